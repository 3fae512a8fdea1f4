/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "slice.h"

G_BEGIN_DECLS

/* Far beyond what any phone sends; a longer header is not read. */
#define OH_HTTP_CHALLENGE_MAX 4096

/**
 * OhHttpScheme:
 * @OH_HTTP_NO_SCHEME: nothing that we can answer
 * @OH_HTTP_BASIC: user and password in the open (RFC 7617): only inside TLS
 * @OH_HTTP_DIGEST_MD5: RFC 7616 with MD5, what snom phones offer
 * @OH_HTTP_DIGEST_SHA256: RFC 7616 with SHA-256
 *
 * In rising order of preference.
 */
typedef enum
{
  OH_HTTP_NO_SCHEME,
  OH_HTTP_BASIC,
  OH_HTTP_DIGEST_MD5,
  OH_HTTP_DIGEST_SHA256,
} OhHttpScheme;

/**
 * OhHttpChallenge:
 * @scheme: the best scheme offered
 * @realm: "" when absent
 * @nonce: Digest: never NULL, it is an error to lack one
 * @opaque: (nullable): sent back as it came
 * @qop_auth: Digest: the answer has to have cnonce and nc
 * @stale: Digest: the login was right, only the nonce was too old
 *
 * What a WWW-Authenticate header asks for.
 */
typedef struct
{
  OhHttpScheme scheme;
  char *realm;
  char *nonce;
  char *opaque;
  gboolean qop_auth;
  gboolean stale;
} OhHttpChallenge;

/**
 * oh_http_challenge_parse:
 * @header: (nullable): value of WWW-Authenticate; several headers joined with ", "
 *
 * Picks the best challenge that can be answered. A Digest challenge that offers qop without
 * "auth", that names an algorithm other than MD5 or SHA-256, or that lacks a nonce cannot.
 *
 * Returns: (transfer full) (nullable): the challenge; NULL when none can be answered
 */
OhHttpChallenge *oh_http_challenge_parse (const char *header);

/**
 * oh_http_challenge_free:
 * @challenge: (nullable) (transfer full): a challenge
 */
void oh_http_challenge_free (OhHttpChallenge *challenge);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhHttpChallenge, oh_http_challenge_free)

/**
 * oh_http_answer:
 * @challenge: what was asked
 * @user: user name
 * @password: password
 * @method: of the request that will carry the answer
 * @target: its path and query exactly as it will stand in the request line
 * @cnonce: our nonce, for Digest with qop
 * @nc: how often this nonce has been used, 1 for the first time, for Digest with qop
 *
 * Returns: (transfer full): value of the Authorization header
 */
char *oh_http_answer (const OhHttpChallenge *challenge, const char *user, const char *password,
                      const char *method, const char *target, const char *cnonce, guint nc);

/**
 * oh_http_next_nonce:
 * @header: (nullable): value of Authentication-Info
 *
 * Returns: (transfer full) (nullable): the nonce to use next, RFC 7616 3.5
 */
char *oh_http_next_nonce (const char *header);

G_END_DECLS
