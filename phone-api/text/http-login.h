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
 * @OH_HTTP_DIGEST_MD5: RFC 7616 with MD5 (or MD5-sess), what snom phones offer
 * @OH_HTTP_DIGEST_SHA256: RFC 7616 with SHA-256 (or SHA-256-sess)
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
 * OhHttpQop:
 * @OH_HTTP_QOP_NONE: none was offered: the form of RFC 2069
 * @OH_HTTP_QOP_AUTH: "auth", taken wherever it is offered
 * @OH_HTTP_QOP_AUTH_INT: "auth-int" alone was offered: the body is signed, too
 */
typedef enum
{
  OH_HTTP_QOP_NONE,
  OH_HTTP_QOP_AUTH,
  OH_HTTP_QOP_AUTH_INT,
} OhHttpQop;

/**
 * OhHttpChallenge:
 * @scheme: the best scheme offered
 * @realm: "" when absent
 * @nonce: Digest: never NULL, it is an error to lack one
 * @opaque: (nullable): sent back as it came
 * @qop: Digest: what is answered; but for NONE with cnonce and nc
 * @session: Digest: "-sess": the password is hashed with nonce and cnonce
 * @userhash: Digest: the user's name is not to be sent in the open
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
  OhHttpQop qop;
  gboolean session;
  gboolean userhash;
  gboolean stale;
} OhHttpChallenge;

/**
 * oh_http_challenge_parse:
 * @header: (nullable): value of WWW-Authenticate; several headers joined with ", "
 *
 * Picks the best challenge that can be answered: the strongest, and of equal ones the first. A
 * Digest challenge whose qop has neither "auth" nor "auth-int", that names an algorithm other than
 * MD5 or SHA-256, or that lacks a nonce cannot.
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
 * OhHttpAsked:
 * @method: of the request that will carry the answer
 * @target: its path and query exactly as it will stand in the request line
 * @body: (nullable): what goes with it
 *
 * What an answer vouches for. Borrowed.
 */
typedef struct
{
  const char *method;
  const char *target;
  const char *body;
} OhHttpAsked;

/**
 * oh_http_answer:
 * @challenge: what was asked
 * @user: user name
 * @password: password
 * @asked: the request
 * @cnonce: our nonce, for Digest with qop or session; the same one as long as the nonce, where it
 *   is a session
 * @nc: how often this nonce has been used, 1 for the first time, for Digest with qop
 *
 * Returns: (transfer full): value of the Authorization header
 */
char *oh_http_answer (const OhHttpChallenge *challenge, const char *user, const char *password,
                      const OhHttpAsked *asked, const char *cnonce, guint nc);

/**
 * oh_http_next_nonce:
 * @header: (nullable): value of Authentication-Info
 *
 * Returns: (transfer full) (nullable): the nonce to use next, RFC 7616 3.5
 */
char *oh_http_next_nonce (const char *header);

G_END_DECLS
