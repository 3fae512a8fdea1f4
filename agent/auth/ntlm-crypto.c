/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ntlm-crypto.h"

#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/provider.h>

#include <glib/gi18n-lib.h>

#include "error.h"

typedef struct
{
  OhNtlmCrypto funcs; /* first: the interface is the object */
  OSSL_LIB_CTX *context;
  OSSL_PROVIDER *standard;
  OSSL_PROVIDER *legacy;
  EVP_MD *md4;
  EVP_MD *md5;
  EVP_MAC *hmac;
  EVP_CIPHER *rc4;
} Primitives;

static const Primitives *
primitives (const OhNtlmCrypto *crypto)
{
  return (const Primitives *) crypto;
}

static gboolean
digest (const EVP_MD *type, const guint8 *data, gsize len, guint8 out[OH_NTLM_KEY_LENGTH])
{
  return EVP_Digest (len > 0 ? (const void *) data : "", len, out, NULL, type, NULL) == 1;
}

static gboolean
do_md4 (const OhNtlmCrypto *crypto, const guint8 *data, gsize len, guint8 out[OH_NTLM_KEY_LENGTH])
{
  return digest (primitives (crypto)->md4, data, len, out);
}

static gboolean
do_md5 (const OhNtlmCrypto *crypto, const guint8 *data, gsize len, guint8 out[OH_NTLM_KEY_LENGTH])
{
  return digest (primitives (crypto)->md5, data, len, out);
}

static gboolean
do_hmac_md5 (const OhNtlmCrypto *crypto, const guint8 key[OH_NTLM_KEY_LENGTH], const guint8 *data,
             gsize len, guint8 out[OH_NTLM_KEY_LENGTH])
{
  EVP_MAC_CTX *context = EVP_MAC_CTX_new (primitives (crypto)->hmac);
  OSSL_PARAM params[] = {
    OSSL_PARAM_construct_utf8_string (OSSL_MAC_PARAM_DIGEST, (char *) "MD5", 0),
    OSSL_PARAM_construct_end (),
  };
  size_t written = 0;
  gboolean done = context != NULL && EVP_MAC_init (context, key, OH_NTLM_KEY_LENGTH, params) == 1 &&
                  EVP_MAC_update (context, data, len) == 1 &&
                  EVP_MAC_final (context, out, &written, OH_NTLM_KEY_LENGTH) == 1;

  EVP_MAC_CTX_free (context);
  return done && written == OH_NTLM_KEY_LENGTH;
}

static gboolean
do_rc4 (const OhNtlmCrypto *crypto, const guint8 key[OH_NTLM_KEY_LENGTH], const guint8 *in,
        gsize len, guint8 *out)
{
  EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new ();
  int written = 0;
  gboolean done = context != NULL && len <= G_MAXINT &&
                  EVP_EncryptInit_ex2 (context, primitives (crypto)->rc4, key, NULL, NULL) == 1 &&
                  EVP_EncryptUpdate (context, out, &written, in, (int) len) == 1;

  EVP_CIPHER_CTX_free (context);
  return done && (gsize) written == len;
}

static void
primitives_free (Primitives *self)
{
  EVP_MD_free (self->md4);
  EVP_MD_free (self->md5);
  EVP_MAC_free (self->hmac);
  EVP_CIPHER_free (self->rc4);
  if (self->legacy != NULL)
    OSSL_PROVIDER_unload (self->legacy);
  if (self->standard != NULL)
    OSSL_PROVIDER_unload (self->standard);
  OSSL_LIB_CTX_free (self->context);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Primitives, primitives_free)

void
oh_ntlm_crypto_free (OhNtlmCrypto *crypto)
{
  if (crypto != NULL)
    primitives_free ((Primitives *) crypto);
}

/* What the library has to say about its last failure, in its own words. */
static OhNtlmCrypto *
unavailable (const char *what, GError **error)
{
  char reason[256] = "";
  unsigned long code = ERR_get_error ();

  ERR_error_string_n (code, reason, sizeof reason);
  ERR_clear_error ();
  g_set_error (error, OH_ERROR, OH_ERROR_MECHANISM, _ ("NTLM unavailable: OpenSSL has no %s (%s)."),
               what, code != 0 ? reason : "-");
  return NULL;
}

OhNtlmCrypto *
oh_ntlm_crypto_new (GError **error)
{
  g_autoptr (Primitives) self = g_new0 (Primitives, 1);

  self->funcs = (OhNtlmCrypto){ do_md4, do_md5, do_hmac_md5, do_rc4 };
  ERR_clear_error ();
  self->context = OSSL_LIB_CTX_new ();
  self->standard = OSSL_PROVIDER_load (self->context, "default");
  self->legacy = OSSL_PROVIDER_load (self->context, "legacy");
  if (self->legacy == NULL)
    return unavailable (_ ("“legacy” provider"), error);
  self->md4 = EVP_MD_fetch (self->context, "MD4", NULL);
  self->md5 = EVP_MD_fetch (self->context, "MD5", NULL);
  self->hmac = EVP_MAC_fetch (self->context, "HMAC", NULL);
  self->rc4 = EVP_CIPHER_fetch (self->context, "RC4", NULL);
  if (self->md4 == NULL || self->md5 == NULL || self->hmac == NULL || self->rc4 == NULL)
    return unavailable ("MD4, MD5, HMAC, RC4", error);
  return (OhNtlmCrypto *) g_steal_pointer (&self);
}
