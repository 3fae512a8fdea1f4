/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sip-stack.h"

G_BEGIN_DECLS

/* How long signing out waits for the server. What is published has had a second before: two are
 * what the end of a session may wait for a server that does not answer. */
#define OH_REGISTER_LEAVE_LIMIT_S 1

/**
 * oh_register_leave_async:
 * @clock: the time
 * @stack: with a transport
 * @request: a REGISTER; its Expires becomes 0
 * @callback: called when the server confirmed, or did not in OH_REGISTER_LEAVE_LIMIT_S
 * @user_data: for @callback
 */
void oh_register_leave_async (OhClock *clock, OhSipStack *stack, OhSipMessage *request,
                              GAsyncReadyCallback callback, gpointer user_data);

/**
 * oh_register_leave_finish:
 * @result: of oh_register_leave_async()
 *
 * Returns: whether the server confirmed
 */
gboolean oh_register_leave_finish (GAsyncResult *result);

G_END_DECLS
