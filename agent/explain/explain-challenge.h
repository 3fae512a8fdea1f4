/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Challenges and answers, for explain-judge.c only. */

#include "explanation-private.h"
#include "sip-message.h"

G_BEGIN_DECLS

/**
 * oh_explain_read_proof:
 * @judge: the message being judged; what its tokens are is said
 * @message: a request
 * @transaction: (inout): what it proves is set
 */
void oh_explain_read_proof (OhExplainJudge *judge, const OhSipMessage *message,
                            OhExplainTransaction *transaction);

/**
 * oh_explain_judge_challenge:
 * @judge: the message being judged
 * @message: a 401 or 407
 * @transaction: what it answers
 * @details: what the message says of itself
 * @is_told: whether a diagnostics header has told already why
 */
void oh_explain_judge_challenge (OhExplainJudge *judge, const OhSipMessage *message,
                                 const OhExplainTransaction *transaction, const char *details,
                                 gboolean is_told);

/**
 * oh_explain_judge_date:
 * @judge: the message being judged
 * @message: a response with the server's Date
 *
 * Compares it with the time of the trace, where that is ours.
 */
void oh_explain_judge_date (OhExplainJudge *judge, const OhSipMessage *message);

G_END_DECLS
