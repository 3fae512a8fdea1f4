/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "clock.h"
#include "sip-message.h"

G_BEGIN_DECLS

/* We owe the final answer within this, else nobody waits for it any more (timer F over there). */
#define OH_SIP_ANSWER_LIMIT_US (G_GINT64_CONSTANT (32) * G_USEC_PER_SEC)
/* The same for an INVITE, which waits for a person (timer C, RFC 3261 16.6). */
#define OH_SIP_INVITE_ANSWER_LIMIT_US (G_GINT64_CONSTANT (180) * G_USEC_PER_SEC)
/* Timer H: how long the ACK to a refused INVITE may take. */
#define OH_SIP_ACK_LIMIT_US (G_GINT64_CONSTANT (32) * G_USEC_PER_SEC)

/**
 * OhSipServerTransaction:
 *
 * RFC 3261 17.2 over a reliable transport: a request is answered once, a refused INVITE waits for
 * its ACK. Timers G, I and J are zero.
 */
typedef struct _OhSipServerTransaction OhSipServerTransaction;

/**
 * OhSipServerExpired:
 * @self: a transaction whose answer is overdue, or whose ACK never came
 * @user_data: of oh_sip_server_transaction_new()
 *
 * May answer it; is to free it when it is terminated afterwards.
 */
typedef void (*OhSipServerExpired) (OhSipServerTransaction *self, gpointer user_data);

/**
 * oh_sip_server_transaction_key:
 * @request: a request
 *
 * RFC 3261 17.2.3. That of an ACK and a CANCEL is the key of the INVITE they belong to.
 *
 * Returns: (transfer full): what identifies its transaction
 */
char *oh_sip_server_transaction_key (const OhSipMessage *request);

/**
 * oh_sip_server_transaction_new:
 * @clock: for the time limits
 * @request: a request other than ACK; referenced
 * @expired: called when a limit has passed
 * @user_data: for @expired
 *
 * Returns: (transfer full): a transaction that waits for our answer
 */
OhSipServerTransaction *oh_sip_server_transaction_new (OhClock *clock, OhSipMessage *request,
                                                       OhSipServerExpired expired,
                                                       gpointer user_data);

/**
 * oh_sip_server_transaction_free:
 * @self: (transfer full): a transaction
 */
void oh_sip_server_transaction_free (OhSipServerTransaction *self);

/**
 * oh_sip_server_transaction_request:
 * @self: a transaction
 *
 * Returns: (transfer none): what is to be answered
 */
OhSipMessage *oh_sip_server_transaction_request (OhSipServerTransaction *self);

/**
 * oh_sip_server_transaction_tag:
 * @self: a transaction
 *
 * Returns: (transfer none): our To tag for all its answers, unless the request brought one
 */
const char *oh_sip_server_transaction_tag (OhSipServerTransaction *self);

/**
 * oh_sip_server_transaction_set_tag:
 * @self: a transaction that was not answered
 * @tag: the tag of the dialog that it begins; copied
 */
void oh_sip_server_transaction_set_tag (OhSipServerTransaction *self, const char *tag);

/**
 * oh_sip_server_transaction_take_response:
 * @self: a transaction
 * @status: of the answer that is about to be sent
 *
 * Returns: FALSE when it was answered before: do not send
 */
gboolean oh_sip_server_transaction_take_response (OhSipServerTransaction *self, guint status);

/**
 * oh_sip_server_transaction_take_ack:
 * @self: a transaction
 *
 * Returns: whether an ACK was due here; it is then terminated
 */
gboolean oh_sip_server_transaction_take_ack (OhSipServerTransaction *self);

/**
 * oh_sip_server_transaction_is_answered:
 * @self: a transaction
 *
 * Returns: whether its final answer has been given
 */
gboolean oh_sip_server_transaction_is_answered (OhSipServerTransaction *self);

/**
 * oh_sip_server_transaction_is_terminated:
 * @self: a transaction
 *
 * Returns: whether it can be freed
 */
gboolean oh_sip_server_transaction_is_terminated (OhSipServerTransaction *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhSipServerTransaction, oh_sip_server_transaction_free)

G_END_DECLS
