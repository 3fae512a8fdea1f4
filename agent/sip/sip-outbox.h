/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "clock.h"
#include "sip-dialog.h"
#include "sip-guard.h"
#include "sip-message.h"

G_BEGIN_DECLS

/* New handshakes within a minute that challenges to other requests than REGISTER may cause. They
 * may come unsigned, so anybody on the way can make one; [MS-SIPAE] allows three in all, and with
 * the third that of the sign-in itself would fail, which costs the connection. Beyond it a
 * challenge is the answer to its request and nothing more. */
#define OH_SIP_HANDSHAKES_PER_MINUTE 2
/* Front ends throttle a client beyond this; more waits in the queue. */
#define OH_SIP_REQUESTS_PER_S 25
/* A new association takes up to three REGISTERs; what waits for it longer has been forgotten. */
#define OH_SIP_RENEW_LIMIT_US (G_GINT64_CONSTANT (180) * G_USEC_PER_SEC)

/* Challenges that one request answers itself: two schemes of three steps each. */
#define OH_SIP_ANSWERS_MAX 6

/**
 * OhSipOutbox:
 *
 * Our requests from the moment they are given to us until they are answered: what waits for its
 * turn, what waits for a new association, what waits for its response. The stack's.
 */
typedef struct _OhSipOutbox OhSipOutbox;

/**
 * OhSipOutboxHandlers:
 * @transmit: puts a new Via with @branch (an ACK or CANCEL brings its own: NULL) and what else is
 *   missing into a request, has it protected and sends it; FALSE and an error when it did not go
 * @challenged: a server that REGISTER passes has forgotten us, says a 401/407 to another request;
 *   TRUE when somebody is going to call oh_sip_outbox_renewed()
 */
typedef struct
{
  gboolean (*transmit) (OhSipMessage *request, const char *branch, gpointer user_data,
                        GError **error);
  gboolean (*challenged) (OhSipMessage *response, OhSipMessage *request, gpointer user_data);
} OhSipOutboxHandlers;

/**
 * oh_sip_outbox_new:
 * @clock: for rate and time limits
 * @guard: answers the challenges of servers that REGISTER does not pass
 * @handlers: static
 * @user_data: for @handlers
 *
 * Returns: (transfer full): an empty outbox
 */
OhSipOutbox *oh_sip_outbox_new (OhClock *clock, OhSipGuard *guard,
                                const OhSipOutboxHandlers *handlers, gpointer user_data);

/**
 * oh_sip_outbox_free:
 * @self: (transfer full): an outbox; what is in it fails with OH_ERROR_CANCELLED
 */
void oh_sip_outbox_free (OhSipOutbox *self);

/**
 * oh_sip_outbox_send:
 * @self: an outbox
 * @request: what to send; referenced, renumbered when it is sent again
 * @dialog: (nullable): the dialog it belongs to; it is brought the response
 * @task: (transfer full) (nullable): returned with the final response or an error; its
 *   cancellable ends the waiting. NULL: nobody wants to know.
 *
 * Sends it in its turn: REGISTER first, all others in the order in which they came.
 */
void oh_sip_outbox_send (OhSipOutbox *self, OhSipMessage *request, OhSipDialog *dialog,
                         GTask *task);

/**
 * oh_sip_outbox_take_response:
 * @self: an outbox
 * @response: checked by the guard
 *
 * Finds the request by the branch of the top Via, or else by Call-ID and CSeq: some servers drop
 * or change the branch.
 *
 * Returns: FALSE when it belongs to no request here
 */
gboolean oh_sip_outbox_take_response (OhSipOutbox *self, OhSipMessage *response);

/**
 * oh_sip_outbox_refuse_response:
 * @self: an outbox
 * @response: what the guard refused; nothing of it is used but which request it names
 * @error: why it was refused
 *
 * A final response that cannot be believed ends the request that it pretends to answer.
 */
void oh_sip_outbox_refuse_response (OhSipOutbox *self, const OhSipMessage *response,
                                    const GError *error);

/**
 * oh_sip_outbox_renewed:
 * @self: an outbox
 * @error: (nullable): why there is no new association
 *
 * What waited for it is sent, or fails with a copy of @error.
 */
void oh_sip_outbox_renewed (OhSipOutbox *self, const GError *error);

/**
 * oh_sip_outbox_fail_all:
 * @self: an outbox
 * @error: why nothing in it will be answered
 */
void oh_sip_outbox_fail_all (OhSipOutbox *self, const GError *error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhSipOutbox, oh_sip_outbox_free)

G_END_DECLS
