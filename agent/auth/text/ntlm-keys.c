/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ntlm-keys.h"

#include <openssl/crypto.h>
#include <string.h>

static const guint8 le32_100[4] = { 100 }; /* the one sequence number, [MS-SIPAE] 3.2.5.1 */
static const guint8 signature_version[4] = { 1 };

/* The terminating NUL of the constant belongs to it. */
static gboolean
magic_key (const OhNtlmCrypto *crypto, const guint8 *key, gsize key_len, const char *magic,
           guint8 out[OH_NTLM_KEY_LENGTH])
{
  guint8 text[OH_NTLM_KEY_LENGTH + 64];
  gsize magic_len = strlen (magic) + 1;
  gboolean done;

  g_return_val_if_fail (key_len + magic_len <= sizeof text, FALSE);
  memcpy (text, key, key_len);
  memcpy (text + key_len, magic, magic_len);
  done = crypto->md5 (crypto, text, key_len + magic_len, out);
  OPENSSL_cleanse (text, sizeof text);
  return done;
}

/* A datagram is sealed with a key of its own, made from its sequence number. */
static gboolean
datagram_key (const OhNtlmCrypto *crypto, const guint8 seal[OH_NTLM_KEY_LENGTH],
              guint8 out[OH_NTLM_KEY_LENGTH])
{
  guint8 text[OH_NTLM_KEY_LENGTH + 4];
  gboolean done;

  memcpy (text, seal, OH_NTLM_KEY_LENGTH);
  memcpy (text + OH_NTLM_KEY_LENGTH, le32_100, 4);
  done = crypto->md5 (crypto, text, sizeof text, out);
  OPENSSL_cleanse (text, sizeof text);
  return done;
}

gboolean
oh_ntlm_keys_derive (const OhNtlmCrypto *crypto, const guint8 session_key[OH_NTLM_KEY_LENGTH],
                     guint32 flags, OhNtlmKeys *keys)
{
  static const struct
  {
    const char *sign, *seal;
  } magic[OH_NTLM_N_DIRECTIONS] = {
    { "session key to client-to-server signing key magic constant",
      "session key to client-to-server sealing key magic constant" },
    { "session key to server-to-client signing key magic constant",
      "session key to server-to-client sealing key magic constant" },
  };
  gsize seal_len = flags & OH_NTLM_128 ? 16 : flags & OH_NTLM_56 ? 7 : 5;
  g_auto (OhNtlmKeys) made = { .flags = flags };

  memcpy (made.session_key, session_key, OH_NTLM_KEY_LENGTH);
  for (gsize i = 0; i < OH_NTLM_N_DIRECTIONS; i++)
    if (!magic_key (crypto, session_key, OH_NTLM_KEY_LENGTH, magic[i].sign, made.sign[i]) ||
        !magic_key (crypto, session_key, seal_len, magic[i].seal, made.seal[i]) ||
        !datagram_key (crypto, made.seal[i], made.datagram[i]))
      return FALSE;
  *keys = made;
  return TRUE;
}

void
oh_ntlm_keys_clear (OhNtlmKeys *keys)
{
  OPENSSL_cleanse (keys, sizeof *keys);
}

/* ISO 3309, as [MS-NLMP] 3.4.4.1 wants it. */
static guint32
crc32 (const char *text, gsize len)
{
  guint32 crc = 0xffffffffU;

  for (gsize i = 0; i < len; i++)
    {
      crc ^= (guchar) text[i];
      for (guint bit = 0; bit < 8; bit++)
        crc = crc >> 1 ^ (crc & 1 ? 0xedb88320U : 0);
    }
  return ~crc;
}

/* Without extended session security: one key for both directions, CRC-32 under RC4. */
static gboolean
sign_old (const OhNtlmCrypto *crypto, const OhNtlmKeys *keys, const char *text, gsize len,
          guint8 out[OH_NTLM_SIGNATURE_LENGTH])
{
  guint32 crc = crc32 (text, len);
  guint8 sum[12] = { [4] = crc & 0xff, crc >> 8 & 0xff, crc >> 16 & 0xff, crc >> 24 };

  memcpy (sum + 8, le32_100, 4);
  if (!crypto->rc4 (crypto, keys->session_key, sum, sizeof sum, sum))
    return FALSE;
  memcpy (out, signature_version, 4);
  memset (out + 4, 0, 4);
  memcpy (out + 8, sum + 4, 8);
  return TRUE;
}

gboolean
oh_ntlm_sign (const OhNtlmCrypto *crypto, const OhNtlmKeys *keys, OhNtlmDirection direction,
              const char *text, gsize len, guint8 out[OH_NTLM_SIGNATURE_LENGTH])
{
  g_autoptr (GByteArray) numbered = NULL;
  guint8 sum[16];

  if (!(keys->flags & OH_NTLM_EXTENDED_SESSION_SECURITY))
    return sign_old (crypto, keys, text, len, out);
  numbered = g_byte_array_sized_new (len + 4);
  g_byte_array_append (numbered, le32_100, 4);
  g_byte_array_append (numbered, (const guint8 *) text, len);
  if (!crypto->hmac_md5 (crypto, keys->sign[direction], numbered->data, numbered->len, sum) ||
      !crypto->rc4 (crypto, keys->datagram[direction], sum, 8, sum))
    return FALSE;
  memcpy (out, signature_version, 4);
  memcpy (out + 4, sum, 8);
  memcpy (out + 12, le32_100, 4);
  return TRUE;
}

gboolean
oh_ntlm_verify (const OhNtlmCrypto *crypto, const OhNtlmKeys *keys, OhNtlmDirection direction,
                const char *text, gsize len, const guint8 *signature, gsize signature_len)
{
  guint8 expected[OH_NTLM_SIGNATURE_LENGTH];

  if (signature_len != sizeof expected ||
      !oh_ntlm_sign (crypto, keys, direction, text, len, expected))
    return FALSE;
  if (!(keys->flags & OH_NTLM_EXTENDED_SESSION_SECURITY))
    memcpy (expected + 4, signature + 4, 4); /* the pad is arbitrary */
  return CRYPTO_memcmp (expected, signature, sizeof expected) == 0;
}
