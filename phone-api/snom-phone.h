/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "phone.h"
#include "snom-listener.h"

G_BEGIN_DECLS

/**
 * OhSnomPhone:
 *
 * The body of OhPhone for snom's classic web server (190 ... D785): commands are requests to
 * command.htm, events are requests that the phone makes to an OhSnomListener. One request at a
 * time; the certificate is judged before any credential leaves; a dial request leaves once, on a
 * connection of its own, after certificate and login were settled on a page without effect.
 */
#define OH_TYPE_SNOM_PHONE (oh_snom_phone_get_type ())
G_DECLARE_FINAL_TYPE (OhSnomPhone, oh_snom_phone, OH, SNOM_PHONE, OhPhone)

/**
 * oh_snom_phone_new:
 * @id: the name the user gave it
 * @host: "host[:port]"; an IPv6 address in brackets
 * @scheme: (nullable): "https", the default, or "http"; http needs the trust mode "none", because
 *   the user has to say for each phone that a login may cross the network in the open
 * @listener: (nullable): where its events go; NULL when events are switched off
 * @clock: (nullable): for tests; the system's clock otherwise
 *
 * Starts in the trust mode "first-use" without a pin, and without a login; sends nothing yet.
 *
 * Returns: (transfer full): the phone
 */
OhPhone *oh_snom_phone_new (const char *id, const char *host, const char *scheme,
                            OhSnomListener *listener, OhClock *clock);

/**
 * oh_snom_phone_set_identity:
 * @self: a phone
 * @identity: (nullable): "user@host" of the account to call from when a command names none; NULL
 *   for the phone's own choice
 */
void oh_snom_phone_set_identity (OhSnomPhone *self, const char *identity);

/**
 * OhSnomKeepFunc:
 * @previous: (element-type utf8 utf8): what stood in the phone's action URLs before they became
 *   ours, by setting; all that there is to keep, maybe nothing
 * @user_data: what was given with the function
 * @error: (nullable): why it cannot be kept
 *
 * Keeps it beyond the life of the process, so that it can be given back then.
 *
 * Returns: whether it is kept; what is not kept is not replaced
 */
typedef gboolean (*OhSnomKeepFunc) (GHashTable *previous, gpointer user_data, GError **error);

/**
 * oh_snom_phone_set_previous:
 * @self: a phone
 * @previous: (nullable) (element-type utf8 utf8): what was kept by an earlier run; copied
 * @keep: (nullable): keeps it; without it nobody's place is taken
 * @user_data: for @keep
 * @destroy: (nullable): frees @user_data, when the last errand at the phone is done
 */
void oh_snom_phone_set_previous (OhSnomPhone *self, GHashTable *previous, OhSnomKeepFunc keep,
                                 gpointer user_data, GDestroyNotify destroy);

/**
 * oh_snom_phone_set_take:
 * @self: a phone
 * @programs: whether the next and all later watches may take the places of other programs: the user
 *   was asked
 * @once: whether the next one may also take those of another Offhook: the user asks for it just now
 */
void oh_snom_phone_set_take (OhSnomPhone *self, gboolean programs, gboolean once);

G_END_DECLS
