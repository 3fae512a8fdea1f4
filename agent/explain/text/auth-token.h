/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * OhAuthTokenKind:
 * @OH_AUTH_TOKEN_OTHER: none of these
 * @OH_AUTH_TOKEN_NEGOTIATE: NTLM NEGOTIATE, which this protocol never has
 * @OH_AUTH_TOKEN_CHALLENGE: NTLM CHALLENGE, of a server
 * @OH_AUTH_TOKEN_AUTHENTICATE: NTLM AUTHENTICATE, of a client
 * @OH_AUTH_TOKEN_KERBEROS: a ticket
 * @OH_AUTH_TOKEN_TLS: a TLS record: certificate sign-in
 */
typedef enum
{
  OH_AUTH_TOKEN_OTHER,
  OH_AUTH_TOKEN_NEGOTIATE,
  OH_AUTH_TOKEN_CHALLENGE,
  OH_AUTH_TOKEN_AUTHENTICATE,
  OH_AUTH_TOKEN_KERBEROS,
  OH_AUTH_TOKEN_TLS,
} OhAuthTokenKind;

/**
 * OhAuthToken:
 * @kind: what it is
 * @flags: of NTLM, [MS-NLMP] 2.2.2.5
 * @nt_length: octets of the NT response: 24 for NTLMv1, more for NTLMv2, 0 for none
 */
typedef struct
{
  OhAuthTokenKind kind;
  guint32 flags;
  guint nt_length;
} OhAuthToken;

/**
 * oh_auth_token_describe:
 * @data: a decoded gssapi-data
 * @len: octets
 * @out: (out) (optional): what decides
 *
 * NTLM: kind, flags by name, version, domain or target names, key length, NTLMv1 or v2. Kerberos:
 * the mechanism and the encryption of the ticket. Never a challenge, a response, a key, or a
 * ticket. Every offset is checked.
 *
 * Returns: (transfer full): one line, untranslated: it is made of the names of the specifications
 */
char *oh_auth_token_describe (const guint8 *data, gsize len, OhAuthToken *out);

G_END_DECLS
