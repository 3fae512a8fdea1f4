/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "finding.h"

G_BEGIN_DECLS

/* Reads a trace and tells what happened. Needs neither agent nor bus nor network: a help desk
 * reads what a user sent. Everything here may be called in any thread, one thread for each
 * explanation. */

/* Octets of a trace, see trace-encoding.h. */
#define OH_EXPLAIN_SIZE_MAX ((gsize) 64 * 1024 * 1024)
/* Messages that are kept; the largest traces seen have 50,000 of 1 KiB. */
#define OH_EXPLAIN_MESSAGES_MAX 200000U
/* Columns of the ladder; more servers than this share the last one. */
#define OH_EXPLAIN_PARTICIPANTS_MAX 6U
/* Different findings; equal ones are counted. Nobody reads more. */
#define OH_EXPLAIN_FINDINGS_MAX 500U

/* OhExplainMessage.call and .transaction of a remark. */
#define OH_EXPLAIN_NONE G_MAXUINT

/**
 * OhExplanation:
 *
 * What a trace says. Does not change once it is made.
 */
typedef struct _OhExplanation OhExplanation;

/**
 * OhExplainMessage:
 * @line: where it begins in the trace, from 1
 * @time_us: microseconds since 1970-01-01 on the clock of who wrote the trace; 0 when not known
 * @from: index of the participant who sent it
 * @to: index of the participant who got it; @from for a remark, which went nowhere
 * @call: which call it belongs to, from 0; calls are numbered as they come;
 *   %OH_EXPLAIN_NONE for a remark
 * @transaction: which transaction it belongs to, from 0; a request and its answers share it;
 *   %OH_EXPLAIN_NONE for a remark
 * @verdict: whether it is as expected (%OH_FINDING_OK)
 * @label: (owned): "REGISTER", "401 Unauthorized"
 * @judged: (owned): what was judged, sentences, translated
 * @text_at: octet of the decoded text where it begins
 * @text_len: octets of it
 *
 * A message or a remark of the trace.
 */
typedef struct
{
  guint line;
  gint64 time_us;
  guint from;
  guint to;
  guint call;
  guint transaction;
  OhFindingSeverity verdict;
  char *label;
  char *judged;
  gsize text_at;
  gsize text_len;
} OhExplainMessage;

/**
 * OhExplainProgress:
 * @done: octets read
 * @total: octets there are
 * @user_data: as given
 *
 * Called now and then while a trace is read, in the reading thread.
 *
 * Returns: FALSE to give up
 */
typedef gboolean (*OhExplainProgress) (gsize done, gsize total, gpointer user_data);

/**
 * oh_explain:
 * @octets: the trace
 * @progress: (nullable) (scope call): told how far it is
 * @user_data: for @progress
 * @error: OH_ERROR_FAILED when there is no SIP in it or it is larger than %OH_EXPLAIN_SIZE_MAX,
 *   OH_ERROR_CANCELLED when @progress gave up
 *
 * Time and memory grow with the length of the trace and nothing else.
 *
 * Returns: (transfer full): what it says; NULL on error
 */
OhExplanation *oh_explain (GBytes *octets, OhExplainProgress progress, gpointer user_data,
                           GError **error);

/**
 * oh_explanation_free:
 * @self: (nullable) (transfer full): an explanation
 */
void oh_explanation_free (OhExplanation *self);

/**
 * oh_explanation_n_messages:
 * @self: an explanation
 *
 * Returns: how many messages and remarks there are
 */
guint oh_explanation_n_messages (const OhExplanation *self);

/**
 * oh_explanation_message:
 * @self: an explanation
 * @n: which, below oh_explanation_n_messages()
 *
 * Returns: (transfer none): it
 */
const OhExplainMessage *oh_explanation_message (const OhExplanation *self, guint n);

/**
 * oh_explanation_message_text:
 * @self: an explanation
 * @n: which message
 *
 * Returns: (transfer full): its text as it stands in the trace, secrets masked
 */
char *oh_explanation_message_text (const OhExplanation *self, guint n);

/**
 * oh_explanation_n_participants:
 * @self: an explanation
 *
 * Returns: how many columns the ladder has
 */
guint oh_explanation_n_participants (const OhExplanation *self);

/**
 * oh_explanation_participant:
 * @self: an explanation
 * @n: which, below oh_explanation_n_participants()
 *
 * Returns: (transfer none): its name
 */
const char *oh_explanation_participant (const OhExplanation *self, guint n);

/**
 * oh_explanation_n_calls:
 * @self: an explanation
 *
 * Returns: how many calls (Call-ID) there are
 */
guint oh_explanation_n_calls (const OhExplanation *self);

/**
 * oh_explanation_call:
 * @self: an explanation
 * @n: which, below oh_explanation_n_calls()
 *
 * Returns: (transfer none): what it is and its Call-ID, translated
 */
const char *oh_explanation_call (const OhExplanation *self, guint n);

/**
 * oh_explanation_findings:
 * @self: an explanation
 *
 * Returns: (transfer none) (element-type OhFinding): worst first, then by line; at least one
 */
const GPtrArray *oh_explanation_findings (const OhExplanation *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhExplanation, oh_explanation_free)

G_END_DECLS
