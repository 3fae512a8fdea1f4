/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "clock.h"
#include "phone-value.h"
#include "snom-place.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * OhSnomListener:
 *
 * Where snom phones send their action URLs: one HTTP server for all phones, bound to each local
 * address that routes to a phone. The phones do not log in, so a request counts only when its path
 * has the phone's secret token and it comes from the phone's address. Whatever comes is answered
 * at once with a short text, so that a slow answer never slows the phone's display and a stranger
 * learns nothing.
 */
#define OH_TYPE_SNOM_LISTENER (oh_snom_listener_get_type ())
G_DECLARE_FINAL_TYPE (OhSnomListener, oh_snom_listener, OH, SNOM_LISTENER, GObject)

/**
 * OhSnomEventFunc:
 * @event: (transfer full): what the phone told; the time is not set yet
 * @user_data: what was given with the function
 */
typedef void (*OhSnomEventFunc) (OhPhoneEvent *event, gpointer user_data);

/**
 * OhSnomStrayFunc:
 * @user_data: what was given with the function for events
 *
 * The phone's token came from another address than the phone's: it may have moved. At most once a
 * minute.
 */
typedef void (*OhSnomStrayFunc) (gpointer user_data);

/**
 * oh_snom_listener_new:
 * @secret: (nullable): a secret of this installation, at least 16 octets, that outlives the
 *   process: a phone's token is derived from it, so that addresses which an earlier run left in
 *   the phone (killed, power cut) are recognised as ours. NULL: a random one for this run
 * @port: the port to listen on, 0 for any; administrators fix one for their firewall
 *
 * Returns: (transfer full): a listener without phones; opens no socket yet
 */
OhSnomListener *oh_snom_listener_new (const char *secret, guint16 port);

/**
 * oh_snom_listener_dup_token:
 * @self: a listener
 * @phone_id: the phone
 *
 * Returns: (transfer full): the phone's secret path element, %OH_SNOM_TOKEN_LENGTH hex digits
 */
char *oh_snom_listener_dup_token (OhSnomListener *self, const char *phone_id);

/**
 * oh_snom_listener_dup_mark:
 * @self: a listener
 *
 * Returns: (transfer full): what names this installation to others, %OH_SNOM_MARK_LENGTH hex
 * digits; no secret, and the secret cannot be found from it
 */
char *oh_snom_listener_dup_mark (OhSnomListener *self);

/**
 * oh_snom_listener_add:
 * @self: a listener
 * @phone_id: the phone; an earlier registration under this name is replaced
 * @local: the local address that routes to the phone, for example of a connection to it: listens
 *   there
 * @remote: the phone's address: only requests from there count
 * @func: for its events
 * @user_data: for @func; call oh_snom_listener_remove() before it goes away
 * @error: (nullable): OH_ERROR_FAILED when @local cannot be listened on
 *
 * Returns: (transfer full) (nullable): "http://ADDRESS:PORT/offhook-MARK/s/TOKEN/", to which the
 * phone adds the event and its query
 */
char *oh_snom_listener_add (OhSnomListener *self, const char *phone_id, GInetAddress *local,
                            GInetAddress *remote, OhSnomEventFunc func, gpointer user_data,
                            GError **error);

/**
 * oh_snom_listener_set_stray:
 * @self: a listener
 * @phone_id: a phone that was added
 * @stray: (nullable): called when its token comes from elsewhere
 */
void oh_snom_listener_set_stray (OhSnomListener *self, const char *phone_id, OhSnomStrayFunc stray);

/**
 * oh_snom_listener_set_clock:
 * @self: a listener without phones
 * @clock: for tests; the system's clock otherwise
 */
void oh_snom_listener_set_clock (OhSnomListener *self, OhClock *clock);

/**
 * oh_snom_listener_remove:
 * @self: a listener
 * @phone_id: the phone
 * @user_data: as given to oh_snom_listener_add(): when another has taken the place since, it stays
 */
void oh_snom_listener_remove (OhSnomListener *self, const char *phone_id, gpointer user_data);

/**
 * OhSnomCallMeFunc:
 * @phone: whose request it was, its address; NULL when it was not the code
 * @user_data: what was given with the function
 *
 * Somebody has told what was dialled. What it was, unless the code, stays in the listener.
 */
typedef void (*OhSnomCallMeFunc) (GInetAddress *phone, gpointer user_data);

/**
 * oh_snom_listener_expect:
 * @self: a listener that expects nothing
 * @code: what the user shall dial
 * @locals: (element-type GInetAddress): local addresses to listen on as well
 * @func: for each who tells what was dialled; may call oh_snom_listener_expect_nothing()
 * @user_data: for @func
 * @error: (nullable): OH_ERROR_FAILED when none of @locals can be listened on
 *
 * Until oh_snom_listener_expect_nothing(), takes %OH_SNOM_CALL_ME_PATH from any address, too, and
 * "outgoing" of an earlier Offhook, whoever's token it has. The answer is the one that everything
 * gets, whether it was the code or not, and the code is compared in constant time.
 *
 * Returns: whether it listens
 */
gboolean oh_snom_listener_expect (OhSnomListener *self, const char *code, GPtrArray *locals,
                                  OhSnomCallMeFunc func, gpointer user_data, GError **error);

/**
 * oh_snom_listener_expect_nothing:
 * @self: a listener
 */
void oh_snom_listener_expect_nothing (OhSnomListener *self);

/**
 * oh_snom_listener_get_n_refused:
 * @self: a listener
 *
 * Returns: how many requests were not counted: wrong token, foreign address, wrong method, too
 *   long, too slow, too many, or no event of ours
 */
guint oh_snom_listener_get_n_refused (OhSnomListener *self);

G_END_DECLS
