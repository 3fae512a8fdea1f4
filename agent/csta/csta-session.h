/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "csta-document.h"
#include "csta-request.h"
#include "sip-stack.h"

G_BEGIN_DECLS

/* A phone answers at once or not at all; longer than that nobody waits for a click. */
#define OH_CSTA_REQUEST_LIMIT_US (G_GINT64_CONSTANT (5) * G_USEC_PER_SEC)
/* How often an idle dialog is asked whether it is still there: a phone that has forgotten it tells
 * no events, and nobody would notice. */
#define OH_CSTA_HEARTBEAT_US (G_GINT64_CONSTANT (60) * G_USEC_PER_SEC)
/* What we offer for RFC 4028; the usual half hour. */
#define OH_CSTA_SESSION_EXPIRES_S 1800u

/**
 * OhCstaSession:
 *
 * One dialog with a phone over which CSTA goes both ways (TR/87 7): an INVITE whose body asks for
 * the system's status, INFO for every request and event, BYE at the end. Requests leave one after
 * the other. Used for one dialog and then thrown away.
 *
 * Signals:
 *  - "event" (gpointer): const OhCstaDocument * of kind EVENT: the phone tells
 *  - "lost" (GError *): the dialog is gone without our doing: OH_ERROR_UNREACHABLE. Once, last.
 */
#define OH_TYPE_CSTA_SESSION (oh_csta_session_get_type ())
G_DECLARE_FINAL_TYPE (OhCstaSession, oh_csta_session, OH, CSTA_SESSION, GObject)

/**
 * oh_csta_session_new:
 * @clock: for all time limits
 * @guard: answers challenges
 * @peer: "host[:port]" of the phone, for messages
 *
 * Returns: (transfer full): a session that is not open
 */
OhCstaSession *oh_csta_session_new (OhClock *clock, OhSipGuard *guard, const char *peer);

/**
 * oh_csta_session_open_async:
 * @self: a session that was never opened
 * @transport: a connected line to the phone; the session closes it
 * @uri: Request-URI: whom to invite, "sip:440@192.0.2.50"
 * @callback: called when the phone has accepted, or not
 * @user_data: for @callback
 */
void oh_csta_session_open_async (OhCstaSession *self, OhSipTransport *transport, const char *uri,
                                 GAsyncReadyCallback callback, gpointer user_data);

/**
 * oh_csta_session_open_finish:
 * @self: a session
 * @result: from the callback
 * @error: OH_ERROR_UNREACHABLE; OH_ERROR_PHONE_LOGIN; OH_ERROR_UNSUPPORTED: it speaks no uaCSTA, or
 *   not with us, and the message names the setting
 *
 * Returns: whether it is open
 */
gboolean oh_csta_session_open_finish (OhCstaSession *self, GAsyncResult *result, GError **error);

/**
 * oh_csta_session_request_async:
 * @self: a session
 * @request: what to ask for; copied
 * @cancellable: (nullable): keeps it from leaving; what has left has left
 * @callback: called once
 * @user_data: for @callback
 */
void oh_csta_session_request_async (OhCstaSession *self, const OhCstaRequest *request,
                                    GCancellable *cancellable, GAsyncReadyCallback callback,
                                    gpointer user_data);

/**
 * oh_csta_session_request_finish:
 * @self: a session
 * @result: from the callback
 * @error: OH_ERROR_OUTCOME_UNKNOWN: it left and no answer came; all others: the phone did not do
 *   it: OH_ERROR_UNREACHABLE, OH_ERROR_PHONE_LOGIN, OH_ERROR_PHONE_REFUSED, OH_ERROR_UNSUPPORTED,
 *   OH_ERROR_CANCELLED
 *
 * Returns: (transfer full): the phone's answer, of kind RESPONSE
 */
OhCstaDocument *oh_csta_session_request_finish (OhCstaSession *self, GAsyncResult *result,
                                                GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * oh_csta_session_is_open:
 * @self: a session
 *
 * Returns: whether requests can leave
 */
gboolean oh_csta_session_is_open (OhCstaSession *self);

/**
 * oh_csta_session_contact:
 * @self: a session that is or was open
 *
 * Returns: (transfer none) (nullable): the address that the phone gave for itself; its user is the
 *   phone's first account
 */
const char *oh_csta_session_contact (OhCstaSession *self);

/**
 * oh_csta_session_product:
 * @self: a session that is or was open
 *
 * Returns: (transfer none) (nullable): User-Agent or Server of the phone
 */
const char *oh_csta_session_product (OhCstaSession *self);

/**
 * oh_csta_session_close:
 * @self: a session
 *
 * Ends the dialog with BYE and the line after it. What was asked and not answered fails.
 */
void oh_csta_session_close (OhCstaSession *self);

G_END_DECLS
