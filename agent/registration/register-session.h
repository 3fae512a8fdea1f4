/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "register-answer.h"
#include "register-leave.h"
#include "registration-settings.h"
#include "security.h"
#include "sip-stack.h"

G_BEGIN_DECLS

/* Refreshes that may go unanswered or come back as 504 before the connection is given up. */
#define OH_REGISTER_ATTEMPTS_MAX 6
/* Between a 504 and the next refresh. */
#define OH_REGISTER_REPEAT_S 60
/* An association that is not used lives as long as the registration, and so much longer. */
#define OH_REGISTER_IDLE_S 30

/**
 * OhRegisterSession:
 *
 * One registration on one connection: the REGISTERs of the handshake, the refreshes, the new
 * handshakes when the association ages or the server forgets it, the farewell. Thrown away with
 * the connection.
 *
 * Signals:
 *  - "granted" (gboolean handshake): a 2xx; @handshake: with a new association
 *  - "redirected" (GPtrArray *targets): a 301 or 302, OhRegisterTarget, possibly none; the session
 *    is over
 *  - "ended" (GError *error, gint retry_s): it is over; @retry_s as oh_register_refusal()
 */
#define OH_TYPE_REGISTER_SESSION (oh_register_session_get_type ())
G_DECLARE_FINAL_TYPE (OhRegisterSession, oh_register_session, OH, REGISTER_SESSION, GObject)

/**
 * oh_register_session_new:
 * @clock: the time
 * @stack: with a transport and the guard
 * @security: the guard of @stack; its peer is set
 * @plan: who signs in; borrowed, must outlive the session
 * @server: the server's name, for messages
 *
 * Returns: (transfer full): a session that has not begun
 */
OhRegisterSession *oh_register_session_new (OhClock *clock, OhSipStack *stack, OhSecurity *security,
                                            const OhRegistrationPlan *plan, const char *server);

/**
 * oh_register_session_begin:
 * @self: a new session
 *
 * Sends the first REGISTER.
 */
void oh_register_session_begin (OhRegisterSession *self);

/**
 * oh_register_session_refresh:
 * @self: a session
 *
 * Refreshes now, unless a REGISTER is under way already or there is nothing to refresh.
 */
void oh_register_session_refresh (OhRegisterSession *self);

/**
 * oh_register_session_leave_async:
 * @self: a session that was granted
 * @callback: called when the server confirmed, or did not in OH_REGISTER_LEAVE_LIMIT_S
 * @user_data: for @callback
 *
 * No signals come after this.
 */
void oh_register_session_leave_async (OhRegisterSession *self, GAsyncReadyCallback callback,
                                      gpointer user_data);

/**
 * oh_register_session_leave_finish:
 * @self: a session
 * @result: of oh_register_session_leave_async()
 *
 * Returns: whether the server confirmed
 */
gboolean oh_register_session_leave_finish (OhRegisterSession *self, GAsyncResult *result);

/**
 * oh_register_session_grant:
 * @self: a session
 *
 * Returns: (transfer none) (nullable): what the server granted last; NULL before the first 2xx
 */
const OhRegisterGrant *oh_register_session_grant (OhRegisterSession *self);

/**
 * oh_register_session_last_status:
 * @self: a session
 *
 * Returns: status of the latest final answer that was let through; 0 when none has come yet
 */
guint oh_register_session_last_status (OhRegisterSession *self);

G_END_DECLS
