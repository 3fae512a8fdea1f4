/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "clock.h"
#include "sip-dialog.h"
#include "sip-drops.h"
#include "sip-guard.h"
#include "sip-identity.h"
#include "sip-inbox.h"
#include "sip-message-type.h"
#include "sip-outbox.h"
#include "sip-transport.h"

G_BEGIN_DECLS

/* Messages in a row whose signature does not fit, after which the connection is given up. */
#define OH_SIP_FORGED_MAX 3

/**
 * OhSipStack:
 *
 * Everything that arrives passes the guard before anything is done with it; everything that leaves
 * is protected by it. Then: responses go to the request they answer, requests to their dialog, to
 * the "request" signal, or get the default answer. Lives as long as the account does; transports
 * come and go.
 *
 * Signals:
 *  - "request::METHOD" (OhSipMessage *request) → gboolean, detailed by the method in upper case: a
 *    request of the peer outside any dialog. TRUE: the handler answers it as for OhSipDialog.
 *  - "challenged" (OhSipMessage *response, OhSipMessage *request): the association is gone: a
 *    401/407 to a request other than REGISTER. Emitted once until
 *    oh_sip_stack_association_renewed(); meanwhile everything but REGISTER waits.
 *  - "disconnected" (GError *error): the transport closed by itself; every request under way has
 *    failed with OH_ERROR_UNREACHABLE. The transport is dropped.
 */
#define OH_TYPE_SIP_STACK (oh_sip_stack_get_type ())
G_DECLARE_FINAL_TYPE (OhSipStack, oh_sip_stack, OH, SIP_STACK, GObject)

/**
 * oh_sip_stack_new:
 * @clock: for all time limits
 * @guard: what every message passes, both ways
 *
 * Returns: (transfer full): a stack without transport
 */
OhSipStack *oh_sip_stack_new (OhClock *clock, OhSipGuard *guard);

/**
 * oh_sip_stack_set_transport:
 * @self: a stack
 * @transport: (nullable): a connected transport, for use by this stack alone; NULL to have none
 *
 * Requests that are under way on the transport before fail with OH_ERROR_UNREACHABLE. Does not
 * close the one before; neither is "disconnected" emitted.
 */
void oh_sip_stack_set_transport (OhSipStack *self, OhSipTransport *transport);

/**
 * oh_sip_stack_transport:
 * @self: a stack
 *
 * Returns: (transfer none) (nullable): the transport in use
 */
OhSipTransport *oh_sip_stack_transport (OhSipStack *self);

/**
 * oh_sip_stack_set_identity:
 * @self: a stack
 * @identity: who we are from now on; copied. Call it again when the Contact changes.
 *
 * Dialogs that exist take the new Contact for their next request.
 */
void oh_sip_stack_set_identity (OhSipStack *self, const OhSipIdentity *identity);

/**
 * oh_sip_stack_new_request:
 * @self: a stack with an identity
 * @method: method, upper case
 * @uri: Request-URI and To
 *
 * A request outside any dialog: From with a new tag and the epid, To, a new Call-ID, CSeq 1,
 * Contact when it is known.
 *
 * Returns: (transfer full): a request to add headers and a body to
 */
OhSipMessage *oh_sip_stack_new_request (OhSipStack *self, const char *method, const char *uri);

/**
 * oh_sip_stack_new_dialog:
 * @self: a stack with an identity
 * @remote_uri: whom to begin it with
 *
 * The stack finds the dialog's messages as long as the caller holds the dialog.
 *
 * Returns: (transfer full): an early dialog; its first request is made by
 *   oh_sip_dialog_create_request()
 */
OhSipDialog *oh_sip_stack_new_dialog (OhSipStack *self, const char *remote_uri);

/**
 * oh_sip_stack_accept_dialog:
 * @self: a stack with an identity
 * @request: the peer's request that begins it
 * @error: OH_ERROR_PROTOCOL when it cannot begin a dialog
 *
 * The caller then answers @request with a 2xx; To tag and Contact are put in from the dialog.
 *
 * Returns: (transfer full): a confirmed dialog; NULL when it cannot be
 */
OhSipDialog *oh_sip_stack_accept_dialog (OhSipStack *self, const OhSipMessage *request,
                                         GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * oh_sip_stack_send_async:
 * @self: a stack
 * @request: a request other than ACK and CANCEL, complete but for Via, Max-Forwards, User-Agent,
 *   Content-Length and credentials; not to be changed until the callback. An INVITE must be of
 *   a dialog.
 * @cancellable: (nullable): to stop caring; an INVITE is cancelled (RFC 3261 9.1), the answer to
 *   any other request is thrown away
 * @callback: called when there is a final response or none will come
 * @user_data: for @callback
 *
 * Sends it after those before it, at most OH_SIP_REQUESTS_PER_S. After a 401/407 to a request
 * other than REGISTER it is sent once more, with the next CSeq, when the association has been
 * renewed. A 2xx to an INVITE is acknowledged by the stack.
 */
void oh_sip_stack_send_async (OhSipStack *self, OhSipMessage *request, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer user_data);

/**
 * oh_sip_stack_send_finish:
 * @self: a stack
 * @result: of oh_sip_stack_send_async()
 * @error: OH_ERROR_UNREACHABLE: no connection, connection lost, no answer in time;
 *   OH_ERROR_PROTOCOL: an answer that the guard refused; OH_ERROR_CANCELLED; what the guard said
 *   when it would not protect the request
 *
 * Returns: (transfer full): the final response, whatever its status; NULL when there is none
 */
OhSipMessage *oh_sip_stack_send_finish (OhSipStack *self, GAsyncResult *result,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * oh_sip_stack_respond:
 * @self: a stack
 * @request: what is answered, as it came
 * @response: made by oh_sip_message_new_response(); To tag, Contact (2xx), User-Agent and
 *   credentials are put in
 *
 * Does nothing but log when @request was answered already, is an ACK or BENOTIFY, or came on a
 * connection that is gone.
 */
void oh_sip_stack_respond (OhSipStack *self, const OhSipMessage *request, OhSipMessage *response);

/**
 * oh_sip_stack_reply:
 * @self: a stack
 * @request: what is answered
 * @status: 100 to 699
 *
 * oh_sip_stack_respond() with a response that has nothing but a status.
 */
void oh_sip_stack_reply (OhSipStack *self, const OhSipMessage *request, guint status);

/**
 * oh_sip_stack_association_renewed:
 * @self: a stack
 * @error: (nullable): why it could not be renewed; NULL when it was
 *
 * The answer to "challenged": requests that wait are sent, or fail with a copy of @error.
 */
void oh_sip_stack_association_renewed (OhSipStack *self, const GError *error);

/**
 * oh_sip_stack_dropped:
 * @self: a stack
 * @why: a reason
 *
 * Returns: how many messages reached nothing for that reason since the stack was made
 */
guint64 oh_sip_stack_dropped (OhSipStack *self, OhSipDrop why);

G_END_DECLS
