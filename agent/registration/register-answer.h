/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sip-diagnostics.h"

G_BEGIN_DECLS

/* What a server may grant; more is taken as this. */
#define OH_REGISTER_EXPIRES_MAX_S 86400
/* A server that grants less would have us do nothing else but register. */
#define OH_REGISTER_EXPIRES_MIN_S 60
/* The lifetime of a 200 that names none but a Contact of ours, RFC 3261 10.2.4. */
#define OH_REGISTER_EXPIRES_DEFAULT_S 3600
/* What Retry-After may ask for; more is taken as this. */
#define OH_REGISTER_RETRY_MAX_S 3600
/* Contacts of a 301 that are looked at. */
#define OH_REGISTER_REDIRECTS_MAX 8
/* Seconds between keep-alives that a server may ask for; more is taken as this. */
#define OH_REGISTER_KEEP_ALIVE_MAX_S 3600

/* oh_register_refusal(): do not try again by yourself. */
#define OH_REGISTER_NEVER (-1)
/* oh_register_refusal(): nothing said; the usual pauses. */
#define OH_REGISTER_BACK_OFF 0

/**
 * OhRegisterGrant:
 * @expires_s: how long the registration lasts; 0 when there is none (any more)
 * @gruu: (owned) (nullable): our address as an endpoint
 * @keep_alive_s: send CRLFCRLF after so many seconds of silence; 0 for never
 * @is_remote: we came in through an Edge server
 * @supported: (owned): option tags of the server
 * @allow_events: (owned) (nullable): its event packages, joined by commas; NULL when it names none
 *
 * What a 200 to REGISTER says.
 */
typedef struct
{
  guint expires_s;
  char *gruu;
  guint keep_alive_s;
  gboolean is_remote;
  GStrv supported;
  char *allow_events;
} OhRegisterGrant;

/**
 * OhRegisterTarget:
 * @host: (owned): host, IPv6 without brackets
 * @port: port; 0 when none is written
 * @tls: over TLS; a target without is only there to be named in a message
 *
 * Where a 301 or 302 sends us.
 */
typedef struct
{
  char *host;
  guint16 port;
  gboolean tls;
} OhRegisterTarget;

/**
 * oh_register_grant_read:
 * @response: a 200 to REGISTER
 * @epid: our endpoint id
 *
 * Returns: (transfer full): what it says
 */
OhRegisterGrant *oh_register_grant_read (const OhSipMessage *response, const char *epid);

/**
 * oh_register_grant_free:
 * @self: (nullable) (transfer full): a grant
 */
void oh_register_grant_free (OhRegisterGrant *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhRegisterGrant, oh_register_grant_free)

/**
 * oh_register_grant_supports:
 * @self: (nullable): a grant
 * @feature: an option tag, "adhoclist"
 *
 * Returns: whether the server has it; FALSE without a grant
 */
gboolean oh_register_grant_supports (const OhRegisterGrant *self, const char *feature);

/**
 * oh_register_target_free:
 * @self: (nullable) (transfer full): a target
 */
void oh_register_target_free (OhRegisterTarget *self);

/**
 * oh_register_redirects:
 * @response: a 301 or 302 to REGISTER
 *
 * Only sip: and sips: addresses count.
 *
 * Returns: (transfer full) (element-type OhRegisterTarget): where to go, the highest q first;
 *   possibly none
 */
GPtrArray *oh_register_redirects (const OhSipMessage *response);

/**
 * oh_register_refusal:
 * @response: a final response to REGISTER other than 2xx, 3xx, 401, 407
 * @server: who sent it, for the message
 * @uri: our address, for the message
 * @error: (out): what it means to the user; status, diagnostics number and the server's own words
 *   are always in the message, because administrators look for them
 *
 * [MS-OCER] has the numbers.
 *
 * Returns: seconds after which to try again; OH_REGISTER_NEVER, OH_REGISTER_BACK_OFF
 */
gint oh_register_refusal (const OhSipMessage *response, const char *server, const char *uri,
                          GError **error);

/**
 * oh_register_dup_reason:
 * @said: what a server says of a refusal
 *
 * Returns: (transfer full): its own words, bounded, valid UTF-8; "" for none
 */
char *oh_register_dup_reason (const OhSipDiagnostics *said);

G_END_DECLS
