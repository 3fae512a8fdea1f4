/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "phone-key.h"

#include <glib/gi18n-lib.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include "error.h"

static const char *const kind_words[OH_PHONE_N_KEY_KINDS] = {
  [OH_PHONE_KEY_RSA_2048] = "rsa-2048",
  [OH_PHONE_KEY_RSA_3072] = "rsa-3072",
  [OH_PHONE_KEY_P256] = "ecdsa-p256",
};

gboolean
oh_phone_key_kind_parse (const char *word, OhPhoneKeyKind *out)
{
  for (guint i = 0; i < OH_PHONE_N_KEY_KINDS; i++)
    if (g_str_equal (word, kind_words[i]))
      {
        *out = i;
        return TRUE;
      }
  return FALSE;
}

gboolean
oh_openssl_fail (GError **error, const char *what)
{
  unsigned long code = ERR_peek_last_error ();
  const char *reason = code != 0 ? ERR_reason_error_string (code) : NULL;

  g_set_error (error, OH_ERROR, OH_ERROR_FAILED, "%s: %s", what, reason != NULL ? reason : "?");
  ERR_clear_error ();
  return FALSE;
}

EVP_PKEY *
oh_phone_key_new (OhPhoneKeyKind kind, GError **error)
{
  EVP_PKEY *key = NULL;

  switch (kind)
    {
    case OH_PHONE_KEY_RSA_2048: key = EVP_PKEY_Q_keygen (NULL, NULL, "RSA", (size_t) 2048); break;
    case OH_PHONE_KEY_RSA_3072: key = EVP_PKEY_Q_keygen (NULL, NULL, "RSA", (size_t) 3072); break;
    case OH_PHONE_KEY_P256: key = EVP_PKEY_Q_keygen (NULL, NULL, "EC", "P-256"); break;
    case OH_PHONE_N_KEY_KINDS:
    default: g_return_val_if_reached (NULL);
    }
  if (key == NULL)
    oh_openssl_fail (error, _ ("No key can be made"));
  return key;
}

gboolean
oh_phone_key_save (EVP_PKEY *key, const char *path, GError **error)
{
  BIO *bio = BIO_new (BIO_s_mem ()); /* which wipes what it frees */
  char *pem = NULL;
  long len = 0;
  gboolean done;

  if (PEM_write_bio_PKCS8PrivateKey (bio, key, NULL, NULL, 0, NULL, NULL))
    len = BIO_get_mem_data (bio, &pem);
  if (len <= 0)
    done = oh_openssl_fail (error, _ ("The key cannot be written"));
  else
    {
      done = g_file_set_contents_full (path, pem, len, G_FILE_SET_CONTENTS_CONSISTENT, 0600, error);
      if (!done)
        oh_error_adopt (error, _ ("The key cannot be written"));
    }
  BIO_free (bio);
  return done;
}

EVP_PKEY *
oh_phone_key_load (const char *path, GError **error)
{
  BIO *bio = BIO_new_file (path, "r");
  EVP_PKEY *key = NULL;
  g_autofree char *what = g_strdup_printf (_ ("The key in %s cannot be read"), path);

  if (bio != NULL) /* "" as the passphrase: nobody is asked on a terminal */
    key = PEM_read_bio_PrivateKey (bio, NULL, NULL, (void *) "");
  BIO_free (bio);
  if (key == NULL)
    oh_openssl_fail (error, what);
  return key;
}
