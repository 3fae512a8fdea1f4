/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "sip-message-type.h"

G_BEGIN_DECLS

/* Routes of one dialog; a path through two pools and two edges has six. */
#define OH_SIP_ROUTES_MAX 32

/**
 * OhSipDialogState:
 * @OH_SIP_DIALOG_EARLY: our first request has not been answered yet; the peer has no tag
 * @OH_SIP_DIALOG_CONFIRMED: both tags are known
 * @OH_SIP_DIALOG_TERMINATED: over; nothing can be sent in it
 */
typedef enum
{
  OH_SIP_DIALOG_EARLY,
  OH_SIP_DIALOG_CONFIRMED,
  OH_SIP_DIALOG_TERMINATED,
} OhSipDialogState;

/**
 * OhSipDialog:
 *
 * RFC 3261 12: tags, route set, remote target and sequence numbers that bind messages together.
 * Sends nothing itself. Made by oh_sip_stack_new_dialog() for what we begin and by
 * oh_sip_stack_accept_dialog() for what the peer begins; the stack brings it the requests and
 * responses that belong to it, as long as somebody holds a reference.
 *
 * Signals:
 *  - "request" (OhSipMessage *request) → gboolean: the peer sent one in this dialog, in order.
 *    TRUE: the handler answers it, now or later, with oh_sip_stack_reply() or
 *    oh_sip_stack_respond() (not BENOTIFY and ACK: those are never answered). FALSE: the stack
 *    answers as RFC 3261 and the table of its default answers say.
 *  - "terminated" (GError *why): the peer has lost or left the dialog (481, 408, BYE); the owner
 *    begins a new one where it still needs it. Only for a dialog that was confirmed (who began
 *    it sees the refusal as the response), and not after oh_sip_dialog_terminate().
 */
#define OH_TYPE_SIP_DIALOG (oh_sip_dialog_get_type ())
G_DECLARE_FINAL_TYPE (OhSipDialog, oh_sip_dialog, OH, SIP_DIALOG, GObject)

/**
 * oh_sip_dialog_new_uac:
 * @local: our From, without tag: "<sip:…>;epid=…"
 * @contact: (nullable): our Contact
 * @remote_uri: whom the first request goes to: its Request-URI and To
 *
 * The stack's constructor; everybody else uses oh_sip_stack_new_dialog().
 *
 * Returns: (transfer full): an early dialog with a new Call-ID and tag
 */
OhSipDialog *oh_sip_dialog_new_uac (const char *local, const char *contact, const char *remote_uri);

/**
 * oh_sip_dialog_new_uas:
 * @request: the peer's first request
 * @contact: (nullable): our Contact
 * @error: OH_ERROR_PROTOCOL when it cannot begin a dialog (no From tag, no Contact)
 *
 * The stack's constructor; everybody else uses oh_sip_stack_accept_dialog().
 *
 * Returns: (transfer full): a confirmed dialog with a new tag of ours; NULL when it cannot be
 */
OhSipDialog *oh_sip_dialog_new_uas (const OhSipMessage *request, const char *contact,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * oh_sip_dialog_state:
 * @self: a dialog
 *
 * Returns: its state
 */
OhSipDialogState oh_sip_dialog_state (OhSipDialog *self);

/**
 * oh_sip_dialog_call_id:
 * @self: a dialog
 *
 * Returns: (transfer none): its Call-ID
 */
const char *oh_sip_dialog_call_id (OhSipDialog *self);

/**
 * oh_sip_dialog_local_tag:
 * @self: a dialog
 *
 * Returns: (transfer none): our tag
 */
const char *oh_sip_dialog_local_tag (OhSipDialog *self);

/**
 * oh_sip_dialog_remote_tag:
 * @self: a dialog
 *
 * Returns: (transfer none) (nullable): the peer's tag; NULL while early
 */
const char *oh_sip_dialog_remote_tag (OhSipDialog *self);

/**
 * oh_sip_dialog_remote_target:
 * @self: a dialog
 *
 * Returns: (transfer none): where requests go: the peer's latest Contact
 */
const char *oh_sip_dialog_remote_target (OhSipDialog *self);

/**
 * oh_sip_dialog_create_request:
 * @self: a dialog that is not terminated
 * @method: method, upper case
 *
 * Request-URI, Route, From, To with the peer's tag and epid, Call-ID, the next CSeq (ACK and
 * CANCEL: that of the INVITE) and Contact. Send it with oh_sip_stack_send_async(), which brings
 * the response back to the dialog by itself.
 *
 * Returns: (transfer full): a request to add headers and a body to
 */
OhSipMessage *oh_sip_dialog_create_request (OhSipDialog *self, const char *method);

/**
 * oh_sip_dialog_next_cseq:
 * @self: a dialog
 *
 * For a request that is sent once more.
 *
 * Returns: a number not used in this dialog yet
 */
guint32 oh_sip_dialog_next_cseq (OhSipDialog *self);

/**
 * oh_sip_dialog_set_contact:
 * @self: a dialog
 * @contact: our Contact in requests from now on; copied
 */
void oh_sip_dialog_set_contact (OhSipDialog *self, const char *contact);

/**
 * oh_sip_dialog_matches:
 * @self: a dialog
 * @message: a request of the peer, or a response to one of ours
 *
 * Call-ID and tags, exactly; an early dialog takes any tag of the peer.
 *
 * Returns: whether it belongs here; FALSE once terminated
 */
gboolean oh_sip_dialog_matches (OhSipDialog *self, const OhSipMessage *message);

/**
 * oh_sip_dialog_take_response:
 * @self: a dialog
 * @request: one of ours in this dialog
 * @response: its final response, checked by the guard
 *
 * The stack's: learns tag, route set and target from a 2xx, ends at 481 and 408 (RFC 3261
 * 12.2.1.2) and when the request that should begin it is refused for good.
 */
void oh_sip_dialog_take_response (OhSipDialog *self, const OhSipMessage *request,
                                  const OhSipMessage *response);

/**
 * oh_sip_dialog_take_timeout:
 * @self: a dialog
 *
 * The stack's: a request in this dialog was not answered in time, which counts as 408.
 */
void oh_sip_dialog_take_timeout (OhSipDialog *self);

/**
 * oh_sip_dialog_take_request:
 * @self: a dialog
 * @request: one of the peer in this dialog, checked by the guard
 * @status: (out): for FALSE: the status to answer with
 *
 * The stack's: checks the order (RFC 3261 12.2.2), learns tag and target, then emits "request".
 *
 * Returns: TRUE when a handler took it; FALSE when the stack is to answer with @status, 0 for
 *   "as its table says"
 */
gboolean oh_sip_dialog_take_request (OhSipDialog *self, OhSipMessage *request, guint *status);

/**
 * oh_sip_dialog_terminate:
 * @self: a dialog
 *
 * Ours to end: messages that still come for it are answered 481.
 */
void oh_sip_dialog_terminate (OhSipDialog *self);

G_END_DECLS
