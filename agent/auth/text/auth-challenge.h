/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "slice.h"

G_BEGIN_DECLS

/* What stands in WWW-Authenticate, Proxy-Authenticate, Authentication-Info and
 * Proxy-Authentication-Info, and what we write into Authorization and Proxy-Authorization
 * ([MS-SIPAE] 2.2). One grammar for all of them, and it is not that of other SIP headers: several
 * challenges may share a line, and commas separate parameters as well as challenges. */

/* Challenges in one header line. A server has four schemes to offer. */
#define OH_AUTH_CHALLENGES_MAX 8
/* Parameters of one challenge; the largest known has ten. */
#define OH_AUTH_PARAMS_MAX 32
/* Octets of a realm, target name, opaque or URL. DNS names end at 255, the rest is shorter. */
#define OH_AUTH_TEXT_MAX 1024
/* Octets of srand; eight digits are usual. */
#define OH_AUTH_SALT_MAX 64
/* Octets of a signature. TLS-DSK has up to 48, Kerberos up to 37. */
#define OH_AUTH_SIGNATURE_MAX ((gsize) 128)
/* Octets of a decoded token. Tickets of people in many groups pass 12 KiB; Windows stops at 48. */
#define OH_AUTH_TOKEN_MAX ((gsize) 48 * 1024)

/**
 * OhAuthScheme:
 * @OH_AUTH_SCHEME_OTHER: one that we do not know; passed over
 * @OH_AUTH_SCHEME_NTLM: NTLM
 * @OH_AUTH_SCHEME_KERBEROS: Kerberos
 * @OH_AUTH_SCHEME_TLS_DSK: certificate, known only to be named to the user
 * @OH_AUTH_SCHEME_DIGEST: anonymous meeting guests, known only to be named
 */
typedef enum
{
  OH_AUTH_SCHEME_OTHER,
  OH_AUTH_SCHEME_NTLM,
  OH_AUTH_SCHEME_KERBEROS,
  OH_AUTH_SCHEME_TLS_DSK,
  OH_AUTH_SCHEME_DIGEST,
  OH_AUTH_N_SCHEMES,
} OhAuthScheme;

/**
 * OhAuthChallenge:
 * @scheme: which
 * @scheme_text: (owned): the word as on the wire: it is signed
 * @realm: (owned) (nullable): case matters
 * @target: (owned) (nullable): targetname, "sip/" kept
 * @opaque: (owned) (nullable): echoed verbatim
 * @version: 2 when it is not there, at most 4
 * @token: (owned) (nullable): gssapi-data, decoded; of size 0 for an empty one
 * @salt: (owned) (nullable): srand as on the wire: it is signed
 * @number: (owned) (nullable): snum as on the wire: it is signed
 * @count: the value of snum; 0 when it is not there or no number of 32 bit
 * @signature: (owned) (nullable): rspauth, decoded
 *
 * A challenge or an Info, whichever header it stood in.
 */
typedef struct
{
  OhAuthScheme scheme;
  char *scheme_text;
  char *realm;
  char *target;
  char *opaque;
  guint version;
  GBytes *token;
  char *salt;
  char *number;
  guint32 count;
  GBytes *signature;
} OhAuthChallenge;

/**
 * OhAuthCredentials:
 * @scheme: "NTLM" or "Kerberos"
 * @realm: of the association
 * @target: of the association
 * @opaque: (nullable): as the server gave it
 * @token: (nullable): gssapi-data, possibly of size 0; NULL after the handshake
 * @version: written with a token when it is 3 or more
 * @salt: (nullable): crand; NULL in a message that is not signed
 * @count: cnum
 * @signature: (nullable): response; NULL in a message that is not signed
 *
 * What goes into a credentials header. Borrowed.
 */
typedef struct
{
  const char *scheme;
  const char *realm;
  const char *target;
  const char *opaque;
  GBytes *token;
  guint version;
  const char *salt;
  guint32 count;
  GBytes *signature;
} OhAuthCredentials;

/**
 * oh_auth_scheme_name:
 * @scheme: a scheme
 *
 * Returns: (transfer none): the word as we write it, "?" for OH_AUTH_SCHEME_OTHER
 */
const char *oh_auth_scheme_name (OhAuthScheme scheme);

/**
 * oh_auth_challenge_free:
 * @self: (nullable) (transfer full): a challenge
 */
void oh_auth_challenge_free (OhAuthChallenge *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhAuthChallenge, oh_auth_challenge_free)

/**
 * oh_auth_challenge_parse:
 * @value: one header line's value, unfolded
 * @error: OH_ERROR_PROTOCOL: what is wrong
 *
 * A new challenge starts where a word is followed by a blank and a name with '='. Values are read
 * up to the next quote, nothing is escaped. Order is free, parameters that are not known are
 * passed over, one that comes twice is refused: it would be read differently by others.
 *
 * Returns: (transfer full) (element-type OhAuthChallenge): the challenges in their order, at least
 *   one; NULL on error
 */
GPtrArray *oh_auth_challenge_parse (OhSlice value, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * oh_auth_credentials_format:
 * @credentials: what to write
 *
 * Returns: (transfer full): the header's value
 */
char *oh_auth_credentials_format (const OhAuthCredentials *credentials);

G_END_DECLS
