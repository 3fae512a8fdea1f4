/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pseudonym.h"

G_BEGIN_DECLS

/* Octets of base64 that are looked at; a longer token is removed unread. Twice what the largest
 * NTLM message has. */
#define OH_REDACT_TOKEN_MAX ((gsize) 32 * 1024)

/* What stands where something was taken out. */
#define OH_REDACTED "removed"

/**
 * oh_redact_token:
 * @base64: the value of gssapi-data
 * @out: where to write what may be shown
 *
 * NTLM NEGOTIATE and CHALLENGE stay. Of an AUTHENTICATE the responses, the session key and the
 * code over the messages become zero: it can be decoded still, down to flags, version, names and
 * lengths, and a password can no longer be guessed with it ([MS-NLMP] 2.2.1.3). Everything else –
 * Kerberos tickets, certificates, what cannot be read – is removed.
 */
void oh_redact_token (OhSlice base64, GString *out);

/**
 * oh_redact_token_names:
 * @base64: what oh_redact_token() wrote
 * @names: what people are called
 * @out: where to write it
 *
 * The user and the workstation of an AUTHENTICATE become pseudonyms. The domain stays, as the
 * names of servers do.
 */
void oh_redact_token_names (OhSlice base64, OhPseudonyms *names, GString *out);

/**
 * oh_redact_credentials:
 * @value: of an Authorization, WWW-Authenticate, Authentication-Info or Proxy-… header
 * @out: where to write what may be shown
 *
 * Scheme, realm, target name, version, counters and salts stay ([MS-SIPAE] 2.2); of the tokens
 * what oh_redact_token() leaves; signatures, opaque, and every parameter that is not known are
 * removed, and so is everything of a scheme that is not known.
 */
void oh_redact_credentials (OhSlice value, GString *out);

/**
 * oh_redact_credentials_names:
 * @value: what oh_redact_credentials() wrote
 * @names: what people are called
 * @out: where to write it
 */
void oh_redact_credentials_names (OhSlice value, OhPseudonyms *names, GString *out);

G_END_DECLS
