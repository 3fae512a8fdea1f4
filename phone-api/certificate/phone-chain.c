/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "phone-chain.h"

#include <glib/gi18n-lib.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/pkcs7.h>
#include <openssl/x509v3.h>

#include "error.h"

static void
free_certificate (gpointer x509)
{
  X509_free (x509);
}

/* --- reading -------------------------------------------------------------------------------- */

/* Takes @x509. */
static void
add_certificate (GPtrArray *certificates, X509 *x509)
{
  if (certificates->len < OH_PHONE_CHAIN_CERTIFICATES_MAX)
    g_ptr_array_add (certificates, x509);
  else
    X509_free (x509);
}

/* Takes @pkcs7, which may be NULL. */
static void
add_pkcs7 (GPtrArray *certificates, PKCS7 *pkcs7)
{
  STACK_OF (X509) *inside = NULL;

  if (pkcs7 != NULL && PKCS7_type_is_signed (pkcs7) && pkcs7->d.sign != NULL)
    inside = pkcs7->d.sign->cert;
  for (int i = 0; inside != NULL && i < sk_X509_num (inside); i++)
    {
      X509_up_ref (sk_X509_value (inside, i));
      add_certificate (certificates, sk_X509_value (inside, i));
    }
  PKCS7_free (pkcs7);
}

static void
read_pem (GPtrArray *certificates, const char *data, int len)
{
  BIO *bio = BIO_new_mem_buf (data, len);
  X509 *x509;

  while ((x509 = PEM_read_bio_X509 (bio, NULL, NULL, NULL)) != NULL)
    add_certificate (certificates, x509);
  BIO_free (bio);
  if (certificates->len > 0)
    return;
  bio = BIO_new_mem_buf (data, len);
  add_pkcs7 (certificates, PEM_read_bio_PKCS7 (bio, NULL, NULL, NULL));
  BIO_free (bio);
}

static void
read_der (GPtrArray *certificates, const char *data, long len)
{
  const guchar *p = (const guchar *) data;
  X509 *x509 = d2i_X509 (NULL, &p, len);

  if (x509 != NULL)
    {
      add_certificate (certificates, x509);
      return;
    }
  p = (const guchar *) data;
  add_pkcs7 (certificates, d2i_PKCS7 (NULL, &p, len));
}

GPtrArray *
oh_phone_chain_parse (const char *data, gsize len)
{
  GPtrArray *certificates = g_ptr_array_new_with_free_func (free_certificate);

  if (len > 0 && len <= OH_PHONE_CHAIN_FILE_MAX)
    {
      read_pem (certificates, data, (int) len);
      if (certificates->len == 0)
        read_der (certificates, data, (long) len);
    }
  ERR_clear_error ();
  return certificates;
}

GPtrArray *
oh_phone_chain_load (const char *path, GError **error)
{
  g_autofree char *data = NULL;
  g_autoptr (GPtrArray) certificates = NULL;
  gsize len;

  if (!g_file_get_contents (path, &data, &len, error))
    {
      oh_error_adopt (error, _ ("%s cannot be read"), path);
      return NULL;
    }
  certificates = oh_phone_chain_parse (data, len);
  if (certificates->len > 0)
    return g_steal_pointer (&certificates);
  g_set_error (error, OH_ERROR, OH_ERROR_FAILED,
               _ ("There is no certificate in %s. PEM, DER and PKCS #7 can be read."), path);
  return NULL;
}

X509 *
oh_phone_chain_find (GPtrArray *certificates, EVP_PKEY *key)
{
  X509 *found = NULL;

  for (guint i = 0; found == NULL && i < certificates->len; i++)
    if (EVP_PKEY_eq (X509_get0_pubkey (g_ptr_array_index (certificates, i)), key) == 1)
      found = g_ptr_array_index (certificates, i);
  ERR_clear_error ();
  return found;
}

/* --- the way to the root -------------------------------------------------------------------- */

gboolean
oh_phone_chain_is_root (X509 *x509)
{
  return X509_NAME_cmp (X509_get_subject_name (x509), X509_get_issuer_name (x509)) == 0;
}

static X509_STORE *
new_store (GPtrArray *roots)
{
  X509_STORE *store = X509_STORE_new ();

  if (roots == NULL)
    X509_STORE_set_default_paths (store);
  for (guint i = 0; roots != NULL && i < roots->len; i++)
    X509_STORE_add_cert (store, g_ptr_array_index (roots, i));
  return store;
}

static GPtrArray *
copy_chain (X509_STORE_CTX *context)
{
  STACK_OF (X509) *chain = X509_STORE_CTX_get0_chain (context);
  GPtrArray *copy = g_ptr_array_new_with_free_func (free_certificate);

  for (int i = 0; i < sk_X509_num (chain); i++)
    {
      X509_up_ref (sk_X509_value (chain, i));
      g_ptr_array_add (copy, sk_X509_value (chain, i));
    }
  return copy;
}

GPtrArray *
oh_phone_chain_build (X509 *leaf, GPtrArray *others, GPtrArray *roots, gint64 now_s, char **why)
{
  X509_STORE *store = new_store (roots);
  X509_STORE_CTX *context = X509_STORE_CTX_new ();
  STACK_OF (X509) *issuers = sk_X509_new_null ();
  GPtrArray *chain = NULL;

  for (guint i = 0; i < others->len; i++)
    sk_X509_push (issuers, g_ptr_array_index (others, i));
  if (X509_STORE_CTX_init (context, store, leaf, issuers))
    {
      X509_STORE_CTX_set_time (context, 0, (time_t) now_s);
      X509_STORE_CTX_set_purpose (context, X509_PURPOSE_SSL_SERVER);
      if (X509_verify_cert (context) == 1)
        chain = copy_chain (context);
    }
  if (chain == NULL)
    *why = g_strdup (X509_verify_cert_error_string (X509_STORE_CTX_get_error (context)));
  sk_X509_free (issuers);
  X509_STORE_CTX_free (context);
  X509_STORE_free (store);
  ERR_clear_error ();
  return chain;
}

/* --- writing -------------------------------------------------------------------------------- */

char *
oh_phone_chain_to_pem (GPtrArray *certificates, guint first, guint count)
{
  BIO *bio = BIO_new (BIO_s_mem ());
  char *data = NULL;
  char *pem;
  long len;

  for (guint i = first; i < certificates->len && i - first < count; i++)
    PEM_write_bio_X509 (bio, g_ptr_array_index (certificates, i));
  len = BIO_get_mem_data (bio, &data);
  pem = g_strndup (data, (gsize) MAX (len, 0));
  BIO_free (bio);
  return pem;
}

GBytes *
oh_phone_chain_to_der (X509 *x509)
{
  int len = i2d_X509 (x509, NULL);
  guchar *der = g_malloc ((gsize) MAX (len, 0));
  guchar *end = der;

  i2d_X509 (x509, &end);
  return g_bytes_new_take (der, (gsize) MAX (len, 0));
}
