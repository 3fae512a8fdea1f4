/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "phone-tls.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "mac-address.h"
#include "x509-facts.h"

/* What is wrong with the date alone is told apart from a wrong peer. */
#define DATE_FLAWS (G_TLS_CERTIFICATE_EXPIRED | G_TLS_CERTIFICATE_NOT_ACTIVATED)

struct _OhPhoneTls
{
  OhPhoneTrustMode mode;
  char *pin; /* 64 lower-case hex digits, or NULL */
  char *ca_file;
  char *expected_name;
  gboolean ignore_date;
  gboolean legacy_tls;
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
  self->ignore_date = trust->ignore_date;
  self->legacy_tls = trust->legacy_tls;
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
oh_phone_tls_allows_legacy (const OhPhoneTls *self)
{
  return self->legacy_tls;
}

gboolean
oh_phone_tls_says_the_same (const OhPhoneTls *self, const OhPhoneTrust *trust)
{
  g_autoptr (OhPhoneTls) other = oh_phone_tls_new (trust);

  return self->mode == other->mode && g_strcmp0 (self->pin, other->pin) == 0 &&
         g_strcmp0 (self->ca_file, other->ca_file) == 0 &&
         g_strcmp0 (self->expected_name, other->expected_name) == 0 &&
         self->ignore_date == other->ignore_date && self->legacy_tls == other->legacy_tls;
}

char *
oh_phone_fingerprint_of (GTlsCertificate *certificate)
{
  g_autoptr (X509) x509 = oh_x509_from_tls (certificate);

  return x509 != NULL ? oh_x509_key_hash (x509) : NULL;
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

static GTlsCertificateFlags
chain_flaws (GTlsDatabase *database, GTlsCertificate *certificate, const char *identity)
{
  g_autoptr (GSocketConnectable) name =
    identity != NULL ? g_network_address_new (identity, 0) : NULL;

  return g_tls_database_verify_chain (database, certificate,
                                      G_TLS_DATABASE_PURPOSE_AUTHENTICATE_SERVER, name, NULL,
                                      G_TLS_DATABASE_VERIFY_NONE, NULL, NULL);
}

static gboolean
fail_dates (X509 *x509, const char *host, GError **error)
{
  gint64 from_s, until_s;
  g_autoptr (GDateTime) from = NULL;
  g_autoptr (GDateTime) until = NULL;
  g_autofree char *from_text = NULL;
  g_autofree char *until_text = NULL;

  if (oh_x509_dates (x509, &from_s, &until_s))
    {
      from = g_date_time_new_from_unix_utc (from_s);
      until = g_date_time_new_from_unix_utc (until_s);
    }
  from_text = from != NULL ? g_date_time_format (from, "%Y-%m-%d") : g_strdup ("?");
  until_text = until != NULL ? g_date_time_format (until, "%Y-%m-%d") : g_strdup ("?");
  g_set_error (error, OH_ERROR, OH_ERROR_UNTRUSTED,
               _ ("The certificate of the phone at %s is the right one, but it is only valid from "
                  "%s to %s. Have it renewed, check this computer's clock, or switch the phone's "
                  "setting “ignore-date” on."),
               host, from_text, until_text);
  return FALSE;
}

/* @host as the judge got it; @by_name: it has to be the certificate's, too, or @mac has to. */
static gboolean
check_chain (OhPhoneTls *self, GTlsCertificate *certificate, X509 *x509, const char *host,
             gboolean by_name, const char *mac, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (GTlsDatabase) database = open_database (self, &local);
  GTlsCertificateFlags flaws;

  if (database == NULL)
    {
      g_set_error (error, OH_ERROR, OH_ERROR_UNTRUSTED, _ ("The CA file cannot be read: %s"),
                   local != NULL ? local->message : "");
      return FALSE;
    }
  flaws = chain_flaws (database, certificate, by_name ? host : NULL);
  if (flaws & G_TLS_CERTIFICATE_BAD_IDENTITY && mac != NULL && oh_x509_bears_mac (x509, mac))
    flaws &= ~G_TLS_CERTIFICATE_BAD_IDENTITY;
  if (self->ignore_date)
    flaws &= ~DATE_FLAWS;
  if (flaws == 0)
    return TRUE;
  if ((flaws & ~DATE_FLAWS) == 0)
    return fail_dates (x509, host, error);
  g_set_error (error, OH_ERROR, OH_ERROR_UNTRUSTED,
               _ ("The certificate of the phone at %s is not accepted: %s."), host,
               flaw_text (flaws));
  return FALSE;
}

/* The maker's certificate has to be this phone's: that of any other of his is as good otherwise. */
static gboolean
check_bearer (OhPhoneTls *self, X509 *x509, const char *host, const char *mac, GError **error)
{
  const char *wanted = self->expected_name;
  gboolean fits;

  if (self->mode == OH_PHONE_TRUST_FACTORY && wanted == NULL)
    {
      fits = oh_x509_bears_mac (x509, mac);
      wanted = mac != NULL ? mac : "MAC";
    }
  else
    fits = oh_x509_bears (x509, wanted);
  if (!fits)
    g_set_error (error, OH_ERROR, OH_ERROR_UNTRUSTED,
                 _ ("The certificate of the phone at %s is not accepted: it does not bear the "
                    "name %s."),
                 host, wanted);
  return fits;
}

static OhPhoneVerdict
judge_chain (OhPhoneTls *self, GTlsCertificate *certificate, X509 *x509, const char *host,
             const char *mac, GError **error)
{
  g_autofree char *known_mac = oh_mac_parse (mac);
  gboolean by_host = self->mode == OH_PHONE_TRUST_CA && self->expected_name == NULL;

  if (self->mode == OH_PHONE_TRUST_FACTORY && self->ca_file == NULL)
    {
      /* the system's store would accept any web site's certificate as a phone's */
      g_set_error (error, OH_ERROR, OH_ERROR_UNTRUSTED,
                   _ ("The trust mode “factory” needs the vendor's CA file in “ca-file”."));
      return OH_PHONE_VERDICT_REFUSED;
    }
  if (!by_host && !check_bearer (self, x509, host, known_mac, error))
    return OH_PHONE_VERDICT_REFUSED;
  if (!check_chain (self, certificate, x509, host, by_host, by_host ? known_mac : NULL, error))
    return OH_PHONE_VERDICT_REFUSED;
  return OH_PHONE_VERDICT_ACCEPTED;
}

static gboolean
judges_by_key (OhPhoneTls *self)
{
  return self->mode == OH_PHONE_TRUST_PIN || self->mode == OH_PHONE_TRUST_FIRST_USE;
}

/* Anybody with some patience makes a second certificate for a weak one. */
static gboolean
check_strength (OhPhoneTls *self, X509 *x509, const char *host, GError **error)
{
  g_autofree char *weakness = oh_x509_weakness (x509);
  gboolean by_key = judges_by_key (self);

  if (weakness == NULL || (by_key && self->legacy_tls))
    return TRUE;
  if (by_key)
    g_set_error (error, OH_ERROR, OH_ERROR_UNTRUSTED,
                 _ ("The certificate of the phone at %s is too weak (%s). If the phone has no "
                    "better one, switch its setting “legacy-tls” on."),
                 host, weakness);
  else
    g_set_error (error, OH_ERROR, OH_ERROR_UNTRUSTED,
                 _ ("The certificate of the phone at %s is too weak to be judged by an authority "
                    "(%s). Have it renewed, or set the phone's “trust” to “pin” and its "
                    "“legacy-tls” on."),
                 host, weakness);
  return FALSE;
}

OhPhoneVerdict
oh_phone_tls_judge (OhPhoneTls *self, GTlsCertificate *certificate, const char *host,
                    const char *mac, char **out_fingerprint, GError **error)
{
  g_autoptr (X509) x509 = oh_x509_from_tls (certificate);
  gboolean changed;

  *out_fingerprint = x509 != NULL ? oh_x509_key_hash (x509) : NULL;
  if (*out_fingerprint == NULL)
    {
      g_set_error (error, OH_ERROR, OH_ERROR_UNTRUSTED,
                   _ ("The certificate of the phone at %s cannot be read."), host);
      return OH_PHONE_VERDICT_REFUSED;
    }
  if (self->mode == OH_PHONE_TRUST_NONE)
    return OH_PHONE_VERDICT_ACCEPTED;
  /* that it is another one matters more than how good it is */
  changed = judges_by_key (self) && self->pin != NULL && strcmp (self->pin, *out_fingerprint) != 0;
  if (!changed && !check_strength (self, x509, host, error))
    return OH_PHONE_VERDICT_REFUSED;
  switch (self->mode)
    {
    case OH_PHONE_TRUST_PIN:
    case OH_PHONE_TRUST_FIRST_USE: return judge_pin (self, *out_fingerprint, host, error);
    case OH_PHONE_TRUST_CA:
    case OH_PHONE_TRUST_FACTORY: return judge_chain (self, certificate, x509, host, mac, error);
    case OH_PHONE_TRUST_NONE:
    default: g_return_val_if_reached (OH_PHONE_VERDICT_REFUSED);
    }
}
