/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "phone.h"
#include "snom-listener.h"

G_BEGIN_DECLS

/**
 * OhYealinkPhone:
 *
 * The body of OhPhone for Yealink's desk phones (T2 to T5): commands are action URIs, one request
 * each; events are action URLs, which an administrator has to enter at the phone, because nothing
 * documented lets a program do it, see oh_yealink_phone_dup_addresses(). The channel (queue,
 * certificate, login, commands sent once) and the listener are those of the snom body.
 *
 * The phone takes action URIs only from addresses on its list (features.action_uri_limit_ip), and
 * asks its user once whether it shall (features.show_action_uri_option).
 */
#define OH_TYPE_YEALINK_PHONE (oh_yealink_phone_get_type ())
G_DECLARE_FINAL_TYPE (OhYealinkPhone, oh_yealink_phone, OH, YEALINK_PHONE, OhPhone)

/**
 * oh_yealink_phone_new:
 * @id: the name the user gave it
 * @host: "host[:port]"; an IPv6 address in brackets
 * @scheme: (nullable): "https", the default, or "http", which needs the trust mode "none"
 * @listener: (nullable): where its events go; NULL when events are switched off
 * @clock: (nullable): for tests; the system's clock otherwise
 *
 * Starts in the trust mode "first-use" without a pin, and without a login; sends nothing yet.
 *
 * Returns: (transfer full): the phone
 */
OhPhone *oh_yealink_phone_new (const char *id, const char *host, const char *scheme,
                               OhSnomListener *listener, OhClock *clock);

/**
 * oh_yealink_phone_set_identity:
 * @self: a phone
 * @identity: (nullable): "user@server" of the account to call from when a command names none; NULL
 *   for the phone's own choice
 */
void oh_yealink_phone_set_identity (OhYealinkPhone *self, const char *identity);

/**
 * oh_yealink_phone_dup_addresses:
 * @self: a phone that is watched
 *
 * What has to stand in the phone's settings so that its calls can be followed, as lines for its
 * configuration file. They have the secret of this phone in them: for its administrator, not for
 * logs.
 *
 * Returns: (transfer full) (nullable): "action_url.incoming_call = http://..." and so on; NULL
 *   while it is not watched
 */
char *oh_yealink_phone_dup_addresses (OhYealinkPhone *self);

G_END_DECLS
