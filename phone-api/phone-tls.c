/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "phone-tls.h"

#include <glib/gi18n-lib.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>
#include <string.h>

#define MAC_DIGITS 12

struct _OhPhoneTls
{
  OhPhoneTrustMode mode;
  char *pin; /* 64 lower-case hex digits, or NULL */
  char *ca_file;
  char *expected_name;
};

/* Hex digits of @text in lower case, everything else dropped: "00:04:13-AA" and "000413aa" are the
   same. */
static char *
hex_only (const char *text)
{
  g_autoptr (GString) digits = g_string_new (NULL);

  for (const char *p = text; p != NULL && *p != '\0'; p++)
    if (g_ascii_isxdigit (*p))
      g_string_append_c (digits, g_ascii_tolower (*p));
  return digits->len > 0 ? g_string_free (g_steal_pointer (&digits), FALSE) : NULL;
}

static char *
non_empty (const char *text)
{
  return text != NULL && *text != '\0' ? g_strdup (text) : NULL;
}

OhPhoneTls *
oh_phone_tls_new (const OhPhoneTrust *trust)
{
  OhPhoneTls *self = g_new0 (OhPhoneTls, 1);

  self->mode = trust->mode;
  self->pin = hex_only (trust->fingerprint);
  self->ca_file = non_empty (trust->ca_file);
  self->expected_name = non_empty (trust->expected_name);
  return self;
}

void
oh_phone_tls_free (OhPhoneTls *self)
{
  if (self == NULL)
    return;
  g_free (self->pin);
  g_free (self->ca_file);
  g_free (self->expected_name);
  g_free (self);
}

OhPhoneTrustMode
oh_phone_tls_get_mode (const OhPhoneTls *self)
{
  return self->mode;
}

gboolean
oh_phone_tls_says_the_same (const OhPhoneTls *self, const OhPhoneTrust *trust)
{
  g_autoptr (OhPhoneTls) other = oh_phone_tls_new (trust);

  return self->mode == other->mode && g_strcmp0 (self->pin, other->pin) == 0 &&
         g_strcmp0 (self->ca_file, other->ca_file) == 0 &&
         g_strcmp0 (self->expected_name, other->expected_name) == 0;
}

static X509 *
x509_of (GTlsCertificate *certificate)
{
  g_autoptr (GByteArray) der = NULL;
  const guchar *p;

  g_object_get (certificate, "certificate", &der, NULL);
  if (der == NULL)
    return NULL;
  p = der->data;
  return d2i_X509 (NULL, &p, (long) der->len);
}

static char *
public_key_hash (X509 *x509)
{
  guchar *der = NULL;
  int len = i2d_X509_PUBKEY (X509_get_X509_PUBKEY (x509), &der);
  char *hash;

  if (len <= 0)
    return NULL;
  hash = g_compute_checksum_for_data (G_CHECKSUM_SHA256, der, (gsize) len);
  OPENSSL_free (der);
  return hash;
}

char *
oh_phone_fingerprint_of (GTlsCertificate *certificate)
{
  X509 *x509 = x509_of (certificate);
  char *hash = x509 != NULL ? public_key_hash (x509) : NULL;

  X509_free (x509);
  return hash;
}

static OhPhoneVerdict
judge_pin (OhPhoneTls *self, const char *fingerprint, const char *host, GError **error)
{
  if (self->pin == NULL && self->mode == OH_PHONE_TRUST_FIRST_USE)
    {
      self->pin = g_strdup (fingerprint);
      return OH_PHONE_VERDICT_FIRST;
    }
  if (self->pin == NULL)
    {
      g_set_error (error, OH_ERROR, OH_ERROR_UNTRUSTED,
                   _ ("No fingerprint is stored for the phone at %s; it shows %s."), host,
                   fingerprint);
      return OH_PHONE_VERDICT_REFUSED;
    }
  if (strcmp (self->pin, fingerprint) == 0)
    return OH_PHONE_VERDICT_ACCEPTED;
  g_set_error (error, OH_ERROR, OH_ERROR_UNTRUSTED,
               _ ("The certificate of the phone at %s has changed: it shows %s, stored is %s. "
                  "Nothing was sent to it."),
               host, fingerprint, self->pin);
  return OH_PHONE_VERDICT_CHANGED;
}

static const char *
flaw_text (GTlsCertificateFlags flaws)
{
  static const struct
  {
    GTlsCertificateFlags flaw;
    const char *text;
  } known[] = {
    /* identity first: a wrong peer matters more than an old one */
    { G_TLS_CERTIFICATE_BAD_IDENTITY, N_ ("it was made for another name") },
    { G_TLS_CERTIFICATE_UNKNOWN_CA, N_ ("no accepted authority has signed it") },
    { G_TLS_CERTIFICATE_REVOKED, N_ ("it was revoked") },
    { G_TLS_CERTIFICATE_EXPIRED, N_ ("it has expired") },
    { G_TLS_CERTIFICATE_NOT_ACTIVATED, N_ ("it is not valid yet") },
    { G_TLS_CERTIFICATE_INSECURE, N_ ("its key or signature is too weak") },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    if (flaws & known[i].flaw)
      return _ (known[i].text);
  return _ ("it could not be checked");
}

static GTlsDatabase *
open_database (OhPhoneTls *self, GError **error)
{
  if (self->ca_file != NULL)
    return g_tls_file_database_new (self->ca_file, error);
  return g_tls_backend_get_default_database (g_tls_backend_get_default ());
}

static gboolean
check_chain (OhPhoneTls *self, GTlsCertificate *certificate, const char *identity, const char *host,
             GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (GTlsDatabase) database = open_database (self, &local);
  g_autoptr (GSocketConnectable) name = NULL;
  GTlsCertificateFlags flaws;

  if (database == NULL)
    {
      g_set_error (error, OH_ERROR, OH_ERROR_UNTRUSTED, _ ("The CA file cannot be read: %s"),
                   local != NULL ? local->message : "");
      return FALSE;
    }
  if (identity != NULL)
    name = g_network_address_new (identity, 0);
  flaws =
    g_tls_database_verify_chain (database, certificate, G_TLS_DATABASE_PURPOSE_AUTHENTICATE_SERVER,
                                 name, NULL, G_TLS_DATABASE_VERIFY_NONE, NULL, NULL);
  if (flaws == 0)
    return TRUE;
  g_set_error (error, OH_ERROR, OH_ERROR_UNTRUSTED,
               _ ("The certificate of the phone at %s is not accepted: %s."), host,
               flaw_text (flaws));
  return FALSE;
}

/* Subject and alternative names as one text. */
static char *
names_of (X509 *x509)
{
  g_autoptr (GString) text = g_string_new (NULL);
  char *subject = X509_NAME_oneline (X509_get_subject_name (x509), NULL, 0);
  GENERAL_NAMES *names = X509_get_ext_d2i (x509, NID_subject_alt_name, NULL, NULL);

  g_string_append (text, subject != NULL ? subject : "");
  OPENSSL_free (subject);
  for (int i = 0; names != NULL && i < sk_GENERAL_NAME_num (names); i++)
    {
      GENERAL_NAME *name = sk_GENERAL_NAME_value (names, i);

      if (name->type == GEN_DNS)
        g_string_append_printf (text, "/%.*s", ASN1_STRING_length (name->d.dNSName),
                                (const char *) ASN1_STRING_get0_data (name->d.dNSName));
    }
  GENERAL_NAMES_free (names);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* Whether some run of twelve hex digits in @names, separators aside, is @mac; or any such run at
   all while the MAC is not known. */
static gboolean
names_have_mac (const char *names, const char *mac)
{
  g_autoptr (GString) run = g_string_new (NULL);

  for (const char *p = names;; p++)
    {
      if (g_ascii_isxdigit (*p))
        g_string_append_c (run, g_ascii_tolower (*p));
      else if (run->len > 0 && (*p == ':' || *p == '-') && g_ascii_isxdigit (p[1]))
        continue;
      else
        {
          if (run->len == MAC_DIGITS && (mac == NULL || strcmp (run->str, mac) == 0))
            return TRUE;
          g_string_truncate (run, 0);
        }
      if (*p == '\0')
        return FALSE;
    }
}

static gboolean
bears_name (X509 *x509, const char *expected)
{
  g_autofree char *hex = hex_only (expected);
  g_autofree char *names = NULL;

  if (X509_check_host (x509, expected, 0, 0, NULL) == 1)
    return TRUE;
  if (hex == NULL || strlen (hex) != MAC_DIGITS ||
      strspn (expected, "0123456789abcdefABCDEF:-") != strlen (expected))
    return FALSE;
  names = names_of (x509);
  return names_have_mac (names, hex);
}

static gboolean
check_bearer (OhPhoneTls *self, GTlsCertificate *certificate, const char *host, const char *mac,
              GError **error)
{
  g_autofree char *known_mac = hex_only (mac);
  X509 *x509 = x509_of (certificate);
  g_autofree char *names = x509 != NULL ? names_of (x509) : g_strdup ("");
  gboolean fits;

  if (self->mode == OH_PHONE_TRUST_FACTORY)
    fits = names_have_mac (names, known_mac);
  else
    fits = x509 != NULL && bears_name (x509, self->expected_name);
  X509_free (x509);
  if (!fits)
    g_set_error (error, OH_ERROR, OH_ERROR_UNTRUSTED,
                 _ ("The certificate of the phone at %s is not accepted: it does not bear the "
                    "name %s."),
                 host,
                 self->mode == OH_PHONE_TRUST_FACTORY ? (mac != NULL ? mac : "MAC")
                                                      : self->expected_name);
  return fits;
}

static OhPhoneVerdict
judge_chain (OhPhoneTls *self, GTlsCertificate *certificate, const char *host, const char *mac,
             GError **error)
{
  gboolean by_host = self->mode == OH_PHONE_TRUST_CA && self->expected_name == NULL;

  if (self->mode == OH_PHONE_TRUST_FACTORY && self->ca_file == NULL)
    {
      /* the system's store would accept any web site's certificate as a phone's */
      g_set_error (error, OH_ERROR, OH_ERROR_UNTRUSTED,
                   _ ("The trust mode “factory” needs the vendor's CA file in “ca-file”."));
      return OH_PHONE_VERDICT_REFUSED;
    }
  if (!check_chain (self, certificate, by_host ? host : NULL, host, error))
    return OH_PHONE_VERDICT_REFUSED;
  if (!by_host && !check_bearer (self, certificate, host, mac, error))
    return OH_PHONE_VERDICT_REFUSED;
  return OH_PHONE_VERDICT_ACCEPTED;
}

OhPhoneVerdict
oh_phone_tls_judge (OhPhoneTls *self, GTlsCertificate *certificate, const char *host,
                    const char *mac, char **out_fingerprint, GError **error)
{
  *out_fingerprint = oh_phone_fingerprint_of (certificate);
  if (*out_fingerprint == NULL)
    {
      g_set_error (error, OH_ERROR, OH_ERROR_UNTRUSTED,
                   _ ("The certificate of the phone at %s cannot be read."), host);
      return OH_PHONE_VERDICT_REFUSED;
    }
  switch (self->mode)
    {
    case OH_PHONE_TRUST_PIN:
    case OH_PHONE_TRUST_FIRST_USE: return judge_pin (self, *out_fingerprint, host, error);
    case OH_PHONE_TRUST_CA:
    case OH_PHONE_TRUST_FACTORY: return judge_chain (self, certificate, host, mac, error);
    case OH_PHONE_TRUST_NONE: return OH_PHONE_VERDICT_ACCEPTED;
    default: g_return_val_if_reached (OH_PHONE_VERDICT_REFUSED);
    }
}
