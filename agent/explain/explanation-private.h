/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The inside of an explanation, for the files of this folder only. */

#include "diagnostic-code.h"
#include "sip-diagnostics.h"
#include "explain.h"
#include "trace-reader.h"

G_BEGIN_DECLS

/**
 * OhExplainCall:
 * @title: (owned): what people read
 * @flow: what it is
 * @has_notify: whether the server ever notified in it
 * @wants_notify: whether a subscription was accepted that must be notified of
 * @accepted_line: where that was
 * @redirects: 301 and 302 so far
 * @refusals: challenges in a row to complete answers or signed requests
 *
 * A call: what shares a Call-ID.
 */
typedef struct
{
  char *title;
  OhDiagnosticFlow flow;
  gboolean has_notify;
  gboolean wants_notify;
  guint accepted_line;
  guint redirects;
  guint refusals;
} OhExplainCall;

/**
 * OhExplainNote:
 * @code: what it says
 * @details: (owned): its text
 * @line: where it is
 *
 * A note of our own trace. The agent notes what came of a message after the message; the message
 * says it better, so notes are reported at the end and only where nothing else said the same.
 */
typedef struct
{
  const OhDiagnosticCode *code;
  char *details;
  guint line;
} OhExplainNote;

/**
 * OhExplainProof:
 * @OH_EXPLAIN_NO_PROOF: no credentials
 * @OH_EXPLAIN_FIRST_STEP: an empty token, which asks for a challenge
 * @OH_EXPLAIN_FINAL_STEP: the answer, or a ticket
 * @OH_EXPLAIN_SIGNED: a signature of an association that stands
 *
 * What a request proves.
 */
typedef enum
{
  OH_EXPLAIN_NO_PROOF,
  OH_EXPLAIN_FIRST_STEP,
  OH_EXPLAIN_FINAL_STEP,
  OH_EXPLAIN_SIGNED,
} OhExplainProof;

/**
 * OhExplainTransaction:
 * @flow: what its request belongs to
 * @proof: what its request proves
 * @is_ntlm_v1: whether the answer in it is NTLMv1
 * @is_tls_dsk: whether it signs in with a certificate
 * @is_weak: whether the answer in it lacks 128 bit
 * @is_register: whether it is a REGISTER
 * @line: where the request is; 0 when the trace has only answers
 * @time_us: when; 0 when not known
 * @is_answered: whether a final answer came
 *
 * A request and its answers: what shares Call-ID and CSeq.
 */
typedef struct
{
  OhDiagnosticFlow flow;
  OhExplainProof proof;
  gboolean is_ntlm_v1;
  gboolean is_tls_dsk;
  gboolean is_weak;
  gboolean is_register;
  guint line;
  gint64 time_us;
  gboolean is_answered;
} OhExplainTransaction;

struct _OhExplanation
{
  GString *text;               /* (owned): decoded */
  GArray *messages;            /* (owned) (element-type OhExplainMessage) */
  GPtrArray *participants;     /* (owned) (element-type utf8) */
  GHashTable *columns;         /* (owned): name of a participant → index + 1 */
  GArray *calls;               /* (owned) (element-type OhExplainCall) */
  GHashTable *call_ids;        /* (owned): Call-ID → index + 1 */
  GArray *transactions;        /* (owned) (element-type OhExplainTransaction) */
  GHashTable *keys;            /* (owned): Call-ID, CSeq → index + 1 */
  GArray *notes;               /* (owned) (element-type OhExplainNote) */
  GPtrArray *findings;         /* (owned) (element-type OhFinding) */
  GHashTable *seen;            /* (owned): code and details → how often */
  char *user;                  /* (owned) (nullable): URI of who registers, to tell directions by */
  gboolean asked_autodiscover; /* whether the last HTTP request was for autodiscover */
  gint64 last_us;              /* time of the last record that has one */
};

/**
 * OhExplainJudge:
 * @self: the explanation
 * @record: where the message comes from
 * @call: index of its call
 * @transaction: index of its transaction
 * @judged: (unowned): sentences for the message
 * @verdict: the worst so far
 *
 * A message being judged.
 */
typedef struct
{
  OhExplanation *self;
  const OhTraceRecord *record;
  guint call;
  guint transaction;
  GString *judged;
  OhFindingSeverity verdict;
} OhExplainJudge;

/**
 * oh_explain_participant:
 * @self: an explanation
 * @name: who
 *
 * Returns: the column, a new one where there is none of that name
 */
guint oh_explain_participant (OhExplanation *self, const char *name);

/**
 * oh_explain_report:
 * @self: an explanation
 * @code: what was found; NULL for nothing
 * @details: (nullable): what the message said, translated; makes part of the cause
 * @line: where
 *
 * Adds a finding, or counts one that is there already.
 */
void oh_explain_report (OhExplanation *self, const OhDiagnosticCode *code, const char *details,
                        guint line);

/**
 * oh_explain_report_notes:
 * @self: an explanation, all messages read
 *
 * Reports the notes that say something new.
 */
void oh_explain_report_notes (OhExplanation *self);

/**
 * oh_explain_say:
 * @judge: a message
 * @format: a sentence, translated
 */
void oh_explain_say (OhExplainJudge *judge, const char *format, ...) G_GNUC_PRINTF (2, 3);

/**
 * oh_explain_find:
 * @judge: a message
 * @word: a code of the table
 * @details: (nullable): as oh_explain_report()
 *
 * Reports it with the line of the message, and lets the message be judged so.
 */
void oh_explain_find (OhExplainJudge *judge, const char *word, const char *details);

/**
 * oh_explain_judge_remark:
 * @judge: a note or a log entry
 */
void oh_explain_judge_remark (OhExplainJudge *judge);

G_END_DECLS
