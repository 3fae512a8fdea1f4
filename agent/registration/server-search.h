/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "clock.h"
#include "registration-settings.h"
#include "server.h"
#include "sip-transport.h"

G_BEGIN_DECLS

/* Where we were sent before is tried first after a loss: the primary and the backup registrar. More
 * would keep a laptop that has left the office from looking elsewhere. */
#define OH_SERVER_HOMES_MAX 2u
/* A user on the backup registrar is moved back that long after the primary one works again, at
 * first; twice as long after each time that it did not take them ... */
#define OH_SERVER_PRIMARY_CHECK_S 300
/* ... up to this. */
#define OH_SERVER_PRIMARY_CHECK_MAX_S 3600

/**
 * OhServerSearch:
 *
 * The way to the server that takes us: candidate after candidate, after redirects, and after a
 * loss first to the servers that we were sent to before. Outlives connections; keeps no
 * transport.
 *
 * Signals:
 *  - "primary-back" (): the server that took us is not the first one that we were sent to, and
 *    that one can be connected to again
 */
#define OH_TYPE_SERVER_SEARCH (oh_server_search_get_type ())
G_DECLARE_FINAL_TYPE (OhServerSearch, oh_server_search, OH, SERVER_SEARCH, GObject)

/**
 * oh_server_search_new:
 * @clock: for time limits
 *
 * Returns: (transfer full): a search that has not begun
 */
OhServerSearch *oh_server_search_new (OhClock *clock);

/**
 * oh_server_search_set_plan:
 * @self: a search
 * @plan: (nullable): who wants to sign in; borrowed until it is replaced
 *
 * What was learnt for another plan is forgotten.
 */
void oh_server_search_set_plan (OhServerSearch *self, const OhRegistrationPlan *plan);

/**
 * oh_server_search_begin:
 * @self: a search with a plan
 *
 * From the beginning: names are looked up afresh.
 */
void oh_server_search_begin (OhServerSearch *self);

/**
 * oh_server_search_next_async:
 * @self: a search that has begun
 * @cancellable: (nullable): to give up
 * @callback: called when a connection stands, or none can be had
 * @user_data: for @callback
 *
 * Tries one candidate after the other, from the one after that of the last time. A certificate
 * that is not accepted is a failure like any other: the next candidate may have a good one.
 */
void oh_server_search_next_async (OhServerSearch *self, GCancellable *cancellable,
                                  GAsyncReadyCallback callback, gpointer user_data);

/**
 * oh_server_search_next_finish:
 * @self: a search
 * @result: of oh_server_search_next_async()
 * @server: (out) (transfer full): the server that took the connection
 * @error: of the candidates that failed the one that tells most: one that somebody named before
 *   one that was guessed, one that answered before one that did not; OH_ERROR_CANCELLED
 *
 * Returns: (transfer full): the connection; NULL on error, @server is then untouched
 */
OhSipTransport *oh_server_search_next_finish (OhServerSearch *self, GAsyncResult *result,
                                              OhServer **server,
                                              GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * oh_server_search_pass_over:
 * @self: a search
 * @server: a server that took the connection and then did not answer, or could not serve
 * @error: what it said
 *
 * Returns: whether there is another candidate, for oh_server_search_next_async()
 */
gboolean oh_server_search_pass_over (OhServerSearch *self, const OhServer *server,
                                     const GError *error);

/**
 * oh_server_search_redirect:
 * @self: a search
 * @from: the server that sends us away
 * @targets: (element-type OhRegisterTarget): where to, best first
 * @is_signed: whether the answer was signed: then it may lead anywhere
 * @error: as oh_redirect_trail_follow()
 *
 * The targets become the candidates; the server of last time is forgotten.
 *
 * Returns: whether there is somewhere to go, for oh_server_search_next_async()
 */
gboolean oh_server_search_redirect (OhServerSearch *self, const OhServer *from, GPtrArray *targets,
                                    gboolean is_signed, GError **error);

/**
 * oh_server_search_works:
 * @self: a search
 * @server: it registered us
 * @remote: it is an Edge server
 *
 * Remembers it. Where it is not the first one that a redirect named, that one is tried from time
 * to time.
 */
void oh_server_search_works (OhServerSearch *self, const OhServer *server, gboolean remote);

/**
 * oh_server_search_rest:
 * @self: a search
 *
 * The registration is over, or another one begins: no more "primary-back".
 */
void oh_server_search_rest (OhServerSearch *self);

G_END_DECLS
