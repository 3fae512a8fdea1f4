/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim-certificate.h"

#include <openssl/bio.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <string.h>

#define DAY_S 86400L

G_DEFINE_AUTOPTR_CLEANUP_FUNC (X509, X509_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EVP_PKEY, EVP_PKEY_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BIO, BIO_vfree)

typedef struct
{
  const char *kind;
  guint bits;
  gboolean has_issuer;
  gboolean has_address;
  gboolean wrong_name;
  gboolean expired;
} CertificateKind;

static const CertificateKind kinds[] = {
  { .kind = "self-signed", .bits = 2048 },
  { .kind = "factory", .bits = 2048, .has_issuer = TRUE },
  { .kind = "enterprise", .bits = 2048, .has_issuer = TRUE, .has_address = TRUE },
  { .kind = "expired", .bits = 2048, .has_issuer = TRUE, .has_address = TRUE, .expired = TRUE },
  { .kind = "wrong-name",
    .bits = 2048,
    .has_issuer = TRUE,
    .has_address = TRUE,
    .wrong_name = TRUE },
  { .kind = "weak", .bits = 1024 },
};

void
sim_certificate_free (SimCertificate *self)
{
  g_clear_object (&self->tls);
  g_free (self->pem);
  g_free (self->ca_pem);
  g_free (self->sha256);
  g_free (self->spki_sha256);
  g_free (self);
}

static char *
take_text (BIO *bio)
{
  char *data = NULL;
  long length = BIO_get_mem_data (bio, &data);

  return g_strndup (data, (gsize) length);
}

static char *
certificate_pem (X509 *certificate)
{
  g_autoptr (BIO) bio = BIO_new (BIO_s_mem ());

  PEM_write_bio_X509 (bio, certificate);
  return take_text (bio);
}

static char *
key_pem (EVP_PKEY *key)
{
  g_autoptr (BIO) bio = BIO_new (BIO_s_mem ());

  PEM_write_bio_PrivateKey (bio, key, NULL, NULL, 0, NULL, NULL);
  return take_text (bio);
}

static void
add_extension (X509 *certificate, int nid, const char *value)
{
  X509_EXTENSION *extension = X509V3_EXT_conf_nid (NULL, NULL, nid, value);

  X509_add_ext (certificate, extension, -1);
  X509_EXTENSION_free (extension);
}

/* Not signed yet. */
static X509 *
draft (EVP_PKEY *key, const char *common_name, long from_s, long until_s)
{
  X509 *certificate = X509_new ();
  X509_NAME *name = X509_get_subject_name (certificate);

  X509_set_version (certificate, X509_VERSION_3);
  ASN1_INTEGER_set_uint64 (X509_get_serialNumber (certificate), g_random_int ());
  X509_gmtime_adj (X509_getm_notBefore (certificate), from_s);
  X509_gmtime_adj (X509_getm_notAfter (certificate), until_s);
  X509_NAME_add_entry_by_txt (name, "O", MBSTRING_UTF8, (const guchar *) "phone-simulator", -1, -1,
                              0);
  X509_NAME_add_entry_by_txt (name, "CN", MBSTRING_UTF8, (const guchar *) common_name, -1, -1, 0);
  X509_set_issuer_name (certificate, name);
  X509_set_pubkey (certificate, key);
  return certificate;
}

static char *
hex (const guint8 *bytes, gsize length)
{
  return g_compute_checksum_for_data (G_CHECKSUM_SHA256, bytes, length);
}

static SimCertificate *
from_pem (const char *certificate, const char *key, GError **error)
{
  g_autofree char *both = g_strconcat (certificate, "\n", key, NULL);
  g_autoptr (BIO) bio = BIO_new_mem_buf (certificate, -1);
  g_autoptr (X509) parsed = PEM_read_bio_X509 (bio, NULL, NULL, NULL);
  g_autoptr (GTlsCertificate) tls = NULL;
  g_autofree guint8 *der = NULL;
  SimCertificate *self;
  guint8 *end;
  int length;

  if (parsed == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "no certificate in PEM");
      return NULL;
    }
  tls = g_tls_certificate_new_from_pem (both, -1, error);
  if (tls == NULL)
    return NULL;
  self = g_new0 (SimCertificate, 1);
  self->tls = g_steal_pointer (&tls);
  self->pem = certificate_pem (parsed);
  length = i2d_X509 (parsed, NULL);
  end = der = g_malloc ((gsize) length);
  i2d_X509 (parsed, &end);
  self->sha256 = hex (der, (gsize) length);
  length = i2d_X509_PUBKEY (X509_get_X509_PUBKEY (parsed), NULL);
  end = der; /* a part of the whole: it fits */
  i2d_X509_PUBKEY (X509_get_X509_PUBKEY (parsed), &end);
  self->spki_sha256 = hex (der, (gsize) length);
  return self;
}

static SimCertificate *
make (const CertificateKind *kind, const char *mac, const char *address, GError **error)
{
  g_autoptr (EVP_PKEY) key = EVP_PKEY_Q_keygen (NULL, NULL, "RSA", (size_t) kind->bits);
  g_autoptr (EVP_PKEY) ca_key =
    kind->has_issuer ? EVP_PKEY_Q_keygen (NULL, NULL, "RSA", (size_t) kind->bits) : NULL;
  g_autoptr (X509) ca =
    kind->has_issuer ? draft (ca_key, "test vendor CA", -400 * DAY_S, 400 * DAY_S) : NULL;
  g_autoptr (X509) certificate =
    draft (key, mac, -300 * DAY_S, kind->expired ? -DAY_S : 300 * DAY_S);
  g_autofree char *names = g_strdup_printf ("IP:%s,DNS:localhost", address);
  const EVP_MD *digest = kind->bits < 2048 ? EVP_sha1 () : EVP_sha256 ();
  g_autofree char *pem = NULL;
  g_autofree char *secret = NULL;
  SimCertificate *self;

  if (kind->has_address)
    add_extension (certificate, NID_subject_alt_name,
                   kind->wrong_name ? "DNS:some-other-phone.example" : names);
  if (ca != NULL)
    {
      add_extension (ca, NID_basic_constraints, "critical,CA:TRUE");
      add_extension (ca, NID_key_usage, "critical,keyCertSign,cRLSign");
      X509_sign (ca, ca_key, digest);
      X509_set_issuer_name (certificate, X509_get_subject_name (ca));
    }
  X509_sign (certificate, ca != NULL ? ca_key : key, digest);
  pem = certificate_pem (certificate);
  secret = key_pem (key);
  self = from_pem (pem, secret, error);
  if (self != NULL && ca != NULL)
    self->ca_pem = certificate_pem (ca);
  return self;
}

SimCertificate *
sim_certificate_make (const char *kind, const char *mac, const char *address, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (kinds[i].kind, kind))
      return make (&kinds[i], mac, address, error);
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
               "a certificate is self-signed, factory, enterprise, expired, wrong-name or weak, "
               "not “%s”",
               kind);
  return NULL;
}

SimCertificate *
sim_certificate_load (const char *certificate, const char *key, GError **error)
{
  g_autofree char *pem = NULL;
  g_autofree char *secret = NULL;

  if (!g_file_get_contents (certificate, &pem, NULL, error) ||
      !g_file_get_contents (key, &secret, NULL, error))
    return NULL;
  return from_pem (pem, secret, error);
}
