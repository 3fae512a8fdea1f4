/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What is expected in the conversation with a front end, for explain.c only. */

#include "explanation-private.h"
#include "sip-message.h"

G_BEGIN_DECLS

/**
 * oh_explain_flow:
 * @message: a request or a response
 * @is_http: whether it is HTTP
 *
 * Returns: what it belongs to; OH_DIAGNOSTIC_OTHER where it does not say, as most responses
 */
OhDiagnosticFlow oh_explain_flow (const OhSipMessage *message, gboolean is_http);

/**
 * oh_explain_judge_request:
 * @judge: the message being judged
 * @message: a request
 * @transaction: (inout): the transaction it begins; what it proves is set
 */
void oh_explain_judge_request (OhExplainJudge *judge, const OhSipMessage *message,
                               OhExplainTransaction *transaction);

/**
 * oh_explain_judge_response:
 * @judge: the message being judged
 * @message: a response
 * @transaction: (inout): the transaction it answers
 */
void oh_explain_judge_response (OhExplainJudge *judge, const OhSipMessage *message,
                                OhExplainTransaction *transaction);

/**
 * oh_explain_judge_http:
 * @judge: the message being judged
 * @message: a request or a response over HTTP
 */
void oh_explain_judge_http (OhExplainJudge *judge, const OhSipMessage *message);

/**
 * oh_explain_judge_end:
 * @self: an explanation, all messages read
 *
 * What can only be told at the end: who was never answered.
 */
void oh_explain_judge_end (OhExplanation *self);

G_END_DECLS
