/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Octets of a message signature, [MS-NLMP] 2.2.2.9. */
#define OH_NTLM_SIGNATURE_LENGTH 16
#define OH_NTLM_KEY_LENGTH 16

/* The negotiation bits of [MS-NLMP] 2.2.2.5 that play a part here. */
#define OH_NTLM_UNICODE 0x00000001U
#define OH_NTLM_REQUEST_TARGET 0x00000004U
#define OH_NTLM_SIGN 0x00000010U
#define OH_NTLM_DATAGRAM 0x00000040U
#define OH_NTLM_NTLM 0x00000200U
#define OH_NTLM_ALWAYS_SIGN 0x00008000U
#define OH_NTLM_EXTENDED_SESSION_SECURITY 0x00080000U
#define OH_NTLM_IDENTIFY 0x00100000U
#define OH_NTLM_TARGET_INFO 0x00800000U
#define OH_NTLM_VERSION 0x02000000U
#define OH_NTLM_128 0x20000000U
#define OH_NTLM_KEY_EXCH 0x40000000U
#define OH_NTLM_56 0x80000000U

/**
 * OhNtlmDirection:
 * @OH_NTLM_TO_SERVER: what the client signs
 * @OH_NTLM_TO_CLIENT: what the server signs
 */
typedef enum
{
  OH_NTLM_TO_SERVER,
  OH_NTLM_TO_CLIENT,
  OH_NTLM_N_DIRECTIONS,
} OhNtlmDirection;

typedef struct _OhNtlmCrypto OhNtlmCrypto;

/**
 * OhNtlmCrypto:
 * @md4: RFC 1320
 * @md5: RFC 1321
 * @hmac_md5: RFC 2104 with a key of 16 octets
 * @rc4: a fresh key stream for each call, key of 16 octets; @in and @out may be the same
 *
 * The primitives, each FALSE when the library refused. ntlm-crypto.h has them from OpenSSL.
 */
struct _OhNtlmCrypto
{
  gboolean (*md4) (const OhNtlmCrypto *self, const guint8 *data, gsize len,
                   guint8 out[OH_NTLM_KEY_LENGTH]);
  gboolean (*md5) (const OhNtlmCrypto *self, const guint8 *data, gsize len,
                   guint8 out[OH_NTLM_KEY_LENGTH]);
  gboolean (*hmac_md5) (const OhNtlmCrypto *self, const guint8 key[OH_NTLM_KEY_LENGTH],
                        const guint8 *data, gsize len, guint8 out[OH_NTLM_KEY_LENGTH]);
  gboolean (*rc4) (const OhNtlmCrypto *self, const guint8 key[OH_NTLM_KEY_LENGTH], const guint8 *in,
                   gsize len, guint8 *out);
};

/**
 * OhNtlmKeys:
 * @flags: what was negotiated
 * @session_key: the exported session key, used as it is only without extended session security
 * @sign: signing keys, by direction
 * @seal: sealing keys, by direction
 * @datagram: sealing keys of sequence number 100, by direction
 *
 * The keys of one association. Secret: oh_ntlm_keys_clear() when done.
 */
typedef struct
{
  guint32 flags;
  guint8 session_key[OH_NTLM_KEY_LENGTH];
  guint8 sign[OH_NTLM_N_DIRECTIONS][OH_NTLM_KEY_LENGTH];
  guint8 seal[OH_NTLM_N_DIRECTIONS][OH_NTLM_KEY_LENGTH];
  guint8 datagram[OH_NTLM_N_DIRECTIONS][OH_NTLM_KEY_LENGTH];
} OhNtlmKeys;

/**
 * oh_ntlm_keys_derive:
 * @crypto: the primitives
 * @session_key: the exported session key
 * @flags: what was negotiated; decides whether 16, 7 or 5 octets make the sealing keys
 * @keys: (out): the keys
 *
 * [MS-NLMP] 3.4.5.
 *
 * Returns: FALSE when a primitive failed
 */
gboolean oh_ntlm_keys_derive (const OhNtlmCrypto *crypto,
                              const guint8 session_key[OH_NTLM_KEY_LENGTH], guint32 flags,
                              OhNtlmKeys *keys) G_GNUC_WARN_UNUSED_RESULT;

/**
 * oh_ntlm_keys_clear:
 * @keys: keys to overwrite
 */
void oh_ntlm_keys_clear (OhNtlmKeys *keys);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (OhNtlmKeys, oh_ntlm_keys_clear)

/**
 * oh_ntlm_sign:
 * @crypto: the primitives
 * @keys: the association's keys
 * @direction: who signs
 * @text: what to sign
 * @len: octets of it, no terminator
 * @out: (out): the signature, [MS-NLMP] 3.4.4, sequence number 100
 *
 * Returns: FALSE when a primitive failed
 */
gboolean oh_ntlm_sign (const OhNtlmCrypto *crypto, const OhNtlmKeys *keys,
                       OhNtlmDirection direction, const char *text, gsize len,
                       guint8 out[OH_NTLM_SIGNATURE_LENGTH]) G_GNUC_WARN_UNUSED_RESULT;

/**
 * oh_ntlm_verify:
 * @crypto: the primitives
 * @keys: the association's keys
 * @direction: who signed
 * @text: what was signed
 * @len: octets of it
 * @signature: what the other end sent
 * @signature_len: octets of it
 *
 * Compares in constant time.
 *
 * Returns: whether the signature is right
 */
gboolean oh_ntlm_verify (const OhNtlmCrypto *crypto, const OhNtlmKeys *keys,
                         OhNtlmDirection direction, const char *text, gsize len,
                         const guint8 *signature, gsize signature_len) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
