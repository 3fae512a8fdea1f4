/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "x509-facts.h"

#include <openssl/objects.h>
#include <openssl/x509v3.h>
#include <string.h>
#include <time.h>

#include "mac-address.h"

X509 *
oh_x509_from_tls (GTlsCertificate *certificate)
{
  g_autoptr (GByteArray) der = NULL;
  const guchar *p;

  g_object_get (certificate, "certificate", &der, NULL);
  if (der == NULL)
    return NULL;
  p = der->data;
  return d2i_X509 (NULL, &p, (long) der->len);
}

char *
oh_x509_key_hash (X509 *x509)
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

/* (nullable): the text of a name of a kind that is text */
static const ASN1_IA5STRING *
text_of (const GENERAL_NAME *name)
{
  switch (name->type)
    {
    case GEN_DNS: return name->d.dNSName;
    case GEN_URI: return name->d.uniformResourceIdentifier;
    case GEN_EMAIL: return name->d.rfc822Name;
    default: return NULL;
    }
}

char *
oh_x509_names (X509 *x509)
{
  g_autoptr (GString) text = g_string_new (NULL);
  char *subject = X509_NAME_oneline (X509_get_subject_name (x509), NULL, 0);
  GENERAL_NAMES *names = X509_get_ext_d2i (x509, NID_subject_alt_name, NULL, NULL);

  g_string_append (text, subject != NULL ? subject : "");
  OPENSSL_free (subject);
  for (int i = 0; names != NULL && i < sk_GENERAL_NAME_num (names); i++)
    {
      const ASN1_IA5STRING *name = text_of (sk_GENERAL_NAME_value (names, i));

      if (name != NULL)
        g_string_append_printf (text, "/%.*s", ASN1_STRING_length (name),
                                (const char *) ASN1_STRING_get0_data (name));
    }
  GENERAL_NAMES_free (names);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

gboolean
oh_x509_bears_mac (X509 *x509, const char *mac)
{
  g_autofree char *names = oh_x509_names (x509);

  return oh_mac_stands_in (oh_slice_str (names), mac);
}

gboolean
oh_x509_bears (X509 *x509, const char *name)
{
  g_autofree char *mac = oh_mac_parse (name);

  if (X509_check_host (x509, name, 0, 0, NULL) == 1 || X509_check_ip_asc (x509, name, 0) == 1)
    return TRUE;
  return mac != NULL && oh_x509_bears_mac (x509, mac);
}

char *
oh_x509_weakness (X509 *x509)
{
  g_autoptr (GString) text = g_string_new (NULL);
  EVP_PKEY *key = X509_get0_pubkey (x509);
  int digest = NID_undef;
  int bits = 0;

  if (key == NULL || EVP_PKEY_get_security_bits (key) < OH_X509_SECURITY_BITS_MIN)
    g_string_append_printf (text, "%s %d", key != NULL ? EVP_PKEY_get0_type_name (key) : "?",
                            key != NULL ? EVP_PKEY_get_bits (key) : 0);
  if (!X509_get_signature_info (x509, &digest, NULL, &bits, NULL) ||
      bits < OH_X509_SECURITY_BITS_MIN)
    g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "",
                            digest != NID_undef ? OBJ_nid2sn (digest) : "?");
  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}

static gboolean
seconds_of (const ASN1_TIME *time, gint64 *out)
{
  struct tm parts;
  g_autoptr (GDateTime) date = NULL;

  if (!ASN1_TIME_to_tm (time, &parts))
    return FALSE;
  date = g_date_time_new_utc (parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday, parts.tm_hour,
                              parts.tm_min, parts.tm_sec);
  if (date == NULL)
    return FALSE;
  *out = g_date_time_to_unix (date);
  return TRUE;
}

gboolean
oh_x509_dates (X509 *x509, gint64 *from_s, gint64 *until_s)
{
  return seconds_of (X509_get0_notBefore (x509), from_s) &&
         seconds_of (X509_get0_notAfter (x509), until_s);
}
