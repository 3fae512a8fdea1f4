/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ntlm-keys.h"

G_BEGIN_DECLS

/* NTLMv2 in connectionless mode as the SIP servers use it ([MS-NLMP], [MS-SIPAE]): the server
 * speaks first with a CHALLENGE, our AUTHENTICATE states the final flags, every signature has the
 * sequence number 100. Pure: randomness, time and the primitives come in. */

/* Octets of a CHALLENGE or AUTHENTICATE. Five names of 255 UTF-16 units, the longest that
 * [MS-NLMP] 2.2.2.1 servers send, come to 3 KiB. */
#define OH_NTLM_MESSAGE_MAX 8192
/* Octets of the target information: with it the NT response stays far below 16 bit of length. */
#define OH_NTLM_TARGET_INFO_MAX 4096
/* UTF-16 units of a user name, domain, workstation or password; Windows stops at 256. */
#define OH_NTLM_NAME_MAX 256
/**
 * OhNtlmOptions:
 * @OH_NTLM_STRICT: 128 bit, extended session security, no MIC: what the agent uses
 * @OH_NTLM_ALLOW_56: accept 56 bit keys from a server that has no 128
 * @OH_NTLM_ALLOW_OLD_SIGNATURE: accept a server without extended session security; its
 *   signatures are CRC-32 under a key stream that repeats, which is no protection
 * @OH_NTLM_WITH_MIC: when the challenge has a time stamp, add the flags, the channel binding and
 *   the target name to the target information and a MIC to the message
 */
typedef enum
{
  OH_NTLM_STRICT = 0,
  OH_NTLM_ALLOW_56 = 1 << 0,
  OH_NTLM_ALLOW_OLD_SIGNATURE = 1 << 1,
  OH_NTLM_WITH_MIC = 1 << 2,
} OhNtlmOptions;

/**
 * OhNtlmChallenge:
 * @flags: what the server offers
 * @server_challenge: its nonce
 * @info: (nullable): the target information within the message, borrowed, its end pair included
 * @info_len: octets of it, 0 when there is none
 * @time: (nullable): the eight octets of the time stamp within @info, borrowed
 *
 * A CHALLENGE, checked.
 */
typedef struct
{
  guint32 flags;
  guint8 server_challenge[8];
  const guint8 *info;
  gsize info_len;
  const guint8 *time;
} OhNtlmChallenge;

/**
 * OhNtlmIdentity:
 * @user: UTF-8, as typed; a UPN stays whole and goes with an empty @domain
 * @domain: UTF-8, may be empty; its case enters the hash
 * @password: UTF-8
 * @workstation: UTF-8, short upper-case host name; some accounts are bound to it
 *
 * Who signs in. Borrowed.
 */
typedef struct
{
  const char *user;
  const char *domain;
  const char *password;
  const char *workstation;
} OhNtlmIdentity;

/**
 * OhNtlmFresh:
 * @client_challenge: eight random octets
 * @session_key: sixteen random octets, the exported session key
 * @filetime: now in 100 ns since 1601-01-01 UTC; only used when the challenge has no time stamp
 *
 * What must be new for every handshake.
 */
typedef struct
{
  guint8 client_challenge[8];
  guint8 session_key[OH_NTLM_KEY_LENGTH];
  guint64 filetime;
} OhNtlmFresh;

/**
 * oh_ntlm_challenge_parse:
 * @data: the message
 * @len: octets
 * @out: (out): what it says; points into @data; untouched on failure
 * @error: OH_ERROR_PROTOCOL
 *
 * Every offset and length is checked against @len, in any order ([MS-NLMP] 2.2.1.2).
 *
 * Returns: whether it is a CHALLENGE
 */
gboolean oh_ntlm_challenge_parse (const guint8 *data, gsize len, OhNtlmChallenge *out,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * oh_ntlm_nt_key:
 * @crypto: the primitives
 * @identity: who
 * @out: (out): NTOWFv2, [MS-NLMP] 3.3.2; secret
 * @error: OH_ERROR_SIGN_IN for an empty, overlong or ill-encoded name or password
 *
 * Only the user name is put in upper case, letter by letter as Windows does: no locale, and a
 * letter never becomes two.
 *
 * Returns: whether @out was set
 */
gboolean oh_ntlm_nt_key (const OhNtlmCrypto *crypto, const OhNtlmIdentity *identity,
                         guint8 out[OH_NTLM_KEY_LENGTH], GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * oh_ntlm_authenticate:
 * @crypto: the primitives
 * @challenge: the CHALLENGE as it came
 * @identity: who signs in
 * @fresh: random octets and the time
 * @options: what to accept and to add
 * @spn: (nullable): "sip/" and the server's name, only used with OH_NTLM_WITH_MIC
 * @keys: (out): the keys of the association; untouched on failure
 * @error: OH_ERROR_PROTOCOL for a broken challenge, OH_ERROR_MECHANISM for an offer that lacks
 *   what we require, OH_ERROR_SIGN_IN for an identity that cannot be used
 *
 * Returns: (transfer full): the AUTHENTICATE message; NULL on error
 */
GBytes *oh_ntlm_authenticate (const OhNtlmCrypto *crypto, GBytes *challenge,
                              const OhNtlmIdentity *identity, const OhNtlmFresh *fresh,
                              OhNtlmOptions options, const char *spn, OhNtlmKeys *keys,
                              GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
