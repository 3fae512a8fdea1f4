/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "phone.h"

G_BEGIN_DECLS

/**
 * OhCstaPhone:
 *
 * The body of OhPhone for phones that speak uaCSTA over SIP (ECMA-323, TR/87): snom's D8xx, whose
 * web page takes no commands, and every other snom from 8.7.3 on with "csta_control". Commands name
 * single calls, the phone's answer says what became of them, and events come over the same dialog.
 * The line is kept while it is watched or was probed; a dial request leaves once.
 */
#define OH_TYPE_CSTA_PHONE (oh_csta_phone_get_type ())
G_DECLARE_FINAL_TYPE (OhCstaPhone, oh_csta_phone, OH, CSTA_PHONE, OhPhone)

/**
 * oh_csta_phone_new:
 * @id: the name the user gave it
 * @host: "host[:port]" as for the web page; the port is not looked at
 * @plain: TCP without TLS; numbers and names then cross the network in the open
 * @port: where the phone takes SIP; 0 for 5061, or 5060 without TLS (RFC 3261 19.1.2)
 * @clock: (nullable): for tests; the system's clock otherwise
 *
 * Starts in the trust mode "first-use" without a pin, and without a login; sends nothing yet.
 *
 * Returns: (transfer full): the phone
 */
OhPhone *oh_csta_phone_new (const char *id, const char *host, gboolean plain, guint16 port,
                            OhClock *clock);

/**
 * oh_csta_phone_set_identity:
 * @self: a phone
 * @identity: (nullable): "user@host" of the account to control; NULL for the one that the phone
 *   names first
 */
void oh_csta_phone_set_identity (OhCstaPhone *self, const char *identity);

/**
 * oh_csta_phone_rest:
 * @self: a phone
 *
 * Somebody else drives it: ends the conversation and does not look after it until it is asked for
 * something again.
 */
void oh_csta_phone_rest (OhCstaPhone *self);

G_END_DECLS
