/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "doctor-certificate.h"

static char *
text_or_mark (char *text)
{
  return text != NULL ? text : g_strdup ("?");
}

/* (transfer full): "leaf ← issuing ← root", as far as the other end sent it */
static char *
chain_text (GTlsCertificate *certificate)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint n = 0;

  for (GTlsCertificate *link = certificate; link != NULL && n < OH_DOCTOR_CHAIN_MAX;
       link = g_tls_certificate_get_issuer (link), n++)
    {
      g_autofree char *subject = text_or_mark (g_tls_certificate_get_subject_name (link));

      g_string_append_printf (text, "%s%s", n > 0 ? " ← " : "", subject);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
add_name (GString *text, const char *name)
{
  g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", name);
}

/* (transfer full): DNS names and addresses that it may stand for */
static char *
names_text (GTlsCertificate *certificate)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GPtrArray) names = g_tls_certificate_get_dns_names (certificate);
  g_autoptr (GPtrArray) addresses = g_tls_certificate_get_ip_addresses (certificate);
  guint n = 0;

  for (guint i = 0; names != NULL && i < names->len && n < OH_DOCTOR_NAMES_MAX; i++, n++)
    {
      gsize len;
      const char *name = g_bytes_get_data (g_ptr_array_index (names, i), &len);
      g_autofree char *valid = g_utf8_make_valid (name, (gssize) len);

      add_name (text, valid);
    }
  for (guint i = 0; addresses != NULL && i < addresses->len && n < OH_DOCTOR_NAMES_MAX; i++, n++)
    {
      g_autofree char *address = g_inet_address_to_string (g_ptr_array_index (addresses, i));

      add_name (text, address);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
fingerprint_text (GTlsCertificate *certificate)
{
  g_autoptr (GByteArray) der = NULL;
  g_autofree char *hex = NULL;
  g_autoptr (GString) pairs = g_string_new (NULL);

  g_object_get (certificate, "certificate", &der, NULL);
  if (der == NULL)
    return g_strdup ("?");
  hex = g_compute_checksum_for_data (G_CHECKSUM_SHA256, der->data, der->len);
  for (const char *c = hex; c[0] != '\0'; c += 2)
    g_string_append_printf (pairs, "%s%.2s", pairs->len > 0 ? ":" : "", c);
  return g_string_free (g_steal_pointer (&pairs), FALSE);
}

/* @date: (transfer full) (nullable) */
static gint64
seconds_of (GDateTime *date)
{
  g_autoptr (GDateTime) own = date;

  return own != NULL ? g_date_time_to_unix (own) : 0;
}

OhSeenCertificate *
oh_doctor_certificate_read (GTlsCertificate *certificate)
{
  OhSeenCertificate *self;

  if (certificate == NULL)
    return NULL;
  self = g_new0 (OhSeenCertificate, 1);
  self->subject = text_or_mark (g_tls_certificate_get_subject_name (certificate));
  self->issuer = text_or_mark (g_tls_certificate_get_issuer_name (certificate));
  self->chain = chain_text (certificate);
  self->names = names_text (certificate);
  self->fingerprint = fingerprint_text (certificate);
  self->from_s = seconds_of (g_tls_certificate_get_not_valid_before (certificate));
  self->until_s = seconds_of (g_tls_certificate_get_not_valid_after (certificate));
  return self;
}

void
oh_doctor_certificate_free (OhSeenCertificate *self)
{
  if (self == NULL)
    return;
  g_free ((char *) self->subject);
  g_free ((char *) self->issuer);
  g_free ((char *) self->chain);
  g_free ((char *) self->names);
  g_free ((char *) self->fingerprint);
  g_free (self);
}

guint
oh_doctor_certificate_faults (GTlsCertificateFlags flags)
{
  static const struct
  {
    GTlsCertificateFlags flag;
    OhSeenCertificateFault fault;
  } pairs[] = {
    { G_TLS_CERTIFICATE_UNKNOWN_CA, OH_SEEN_CERTIFICATE_UNKNOWN_CA },
    { G_TLS_CERTIFICATE_BAD_IDENTITY, OH_SEEN_CERTIFICATE_NAME },
    { G_TLS_CERTIFICATE_NOT_ACTIVATED, OH_SEEN_CERTIFICATE_NOT_YET },
    { G_TLS_CERTIFICATE_EXPIRED, OH_SEEN_CERTIFICATE_EXPIRED },
    { G_TLS_CERTIFICATE_REVOKED, OH_SEEN_CERTIFICATE_REVOKED },
    { G_TLS_CERTIFICATE_INSECURE, OH_SEEN_CERTIFICATE_WEAK },
    { G_TLS_CERTIFICATE_GENERIC_ERROR, OH_SEEN_CERTIFICATE_OTHER },
  };
  guint faults = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++)
    if (flags & pairs[i].flag)
      faults |= pairs[i].fault;
  return faults;
}
