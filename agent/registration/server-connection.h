/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "clock.h"
#include "registration-settings.h"
#include "server-finder.h"
#include "sip-transport.h"

G_BEGIN_DECLS

/**
 * oh_server_connect_async:
 * @clock: for time limits
 * @plan: who wants to connect, copied as far as it is needed
 * @candidates: (nullable) (transfer full) (element-type OhServer): where to; NULL to look for
 *   servers as @plan says
 * @cancellable: (nullable): to give up
 * @callback: called when a connection stands, or none can be had
 * @user_data: for @callback
 *
 * Tries one candidate after the other. A certificate that is not accepted is a failure like any
 * other: the next candidate may have a good one.
 */
void oh_server_connect_async (OhClock *clock, const OhRegistrationPlan *plan, GPtrArray *candidates,
                              GCancellable *cancellable, GAsyncReadyCallback callback,
                              gpointer user_data);

/**
 * oh_server_connect_finish:
 * @result: of oh_server_connect_async()
 * @server: (out) (transfer full): the server that took us
 * @error: of the candidates that failed the one that tells most: one that somebody named before
 *   one that was guessed, one that answered before one that did not; OH_ERROR_CANCELLED
 *
 * Returns: (transfer full): the connection; NULL on error, @server is then untouched
 */
OhSipTransport *oh_server_connect_finish (GAsyncResult *result, OhServer **server,
                                          GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
