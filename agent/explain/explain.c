/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "explain.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "error.h"
#include "explain-judge.h"
#include "explanation-private.h"
#include "sip-header.h"
#include "trace-encoding.h"
#include "trace-mend.h"
#include "trace-reader.h"

G_STATIC_ASSERT (OH_EXPLAIN_SIZE_MAX == OH_TRACE_SIZE_MAX);

/* Octets between two words on the progress. */
#define PROGRESS_STEP ((gsize) 1024 * 1024)
/* Octets of a label. */
#define LABEL_MAX 64

static void
message_clear (gpointer data)
{
  OhExplainMessage *message = data;

  g_free (message->label);
  g_free (message->judged);
}

static void
call_clear (gpointer data)
{
  g_free (((OhExplainCall *) data)->title);
}

static void
note_clear (gpointer data)
{
  g_free (((OhExplainNote *) data)->details);
}

static GHashTable *
new_index (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

static OhExplanation *
new_explanation (GBytes *octets)
{
  OhExplanation *self = g_new0 (OhExplanation, 1);
  gsize len;
  const char *data = g_bytes_get_data (octets, &len);

  self->text = oh_trace_decode (oh_slice (data, len));
  self->messages = g_array_new (FALSE, TRUE, sizeof (OhExplainMessage));
  g_array_set_clear_func (self->messages, message_clear);
  self->participants = g_ptr_array_new_with_free_func (g_free);
  self->columns = new_index ();
  self->calls = g_array_new (FALSE, TRUE, sizeof (OhExplainCall));
  g_array_set_clear_func (self->calls, call_clear);
  self->call_ids = new_index ();
  self->transactions = g_array_new (FALSE, TRUE, sizeof (OhExplainTransaction));
  self->keys = new_index ();
  self->notes = g_array_new (FALSE, TRUE, sizeof (OhExplainNote));
  g_array_set_clear_func (self->notes, note_clear);
  self->findings = g_ptr_array_new_with_free_func ((GDestroyNotify) oh_finding_free);
  self->seen = new_index ();
  return self;
}

/* --- calls and transactions ---------------------------------------------------------------- */

static char *
call_title (OhDiagnosticFlow flow, const OhSipMessage *message, const char *call_id)
{
  OhSipNameAddr from = { .uri = { NULL, 0 } };
  g_autofree char *who = NULL;
  const char *what;

  if (flow == OH_DIAGNOSTIC_WEB)
    return g_strdup (_ ("Web services"));
  if (!oh_sip_name_addr_parse (oh_sip_message_get_slice (message, "From"), &from))
    from.uri = oh_slice (NULL, 0);
  who = oh_slice_dup (from.uri);
  switch ((int) flow)
    {
    case OH_DIAGNOSTIC_SIGN_IN: what = _ ("Sign-in"); break;
    case OH_DIAGNOSTIC_WATCH: what = _ ("Subscription"); break;
    case OH_DIAGNOSTIC_LISTS: what = _ ("Contact list"); break;
    case OH_DIAGNOSTIC_PUBLISH: what = _ ("Publication"); break;
    case OH_DIAGNOSTIC_CALL: what = _ ("Call"); break;
    case OH_DIAGNOSTIC_CSTA: what = _ ("Phone control"); break;
    default: what = oh_sip_message_method (message); break;
    }
  /* TRANSLATORS: what it is, who began it, its Call-ID */
  return g_strdup_printf (_ ("%s of %s (%s)"), what, who, call_id);
}

static guint
find_call (OhExplanation *self, const OhSipMessage *message, OhDiagnosticFlow flow)
{
  const char *call_id = oh_sip_message_get (message, "Call-ID");
  guint index;
  OhExplainCall call;

  if (call_id == NULL)
    call_id = "";
  index = GPOINTER_TO_UINT (g_hash_table_lookup (self->call_ids, call_id));
  if (index > 0)
    return index - 1;
  call = (OhExplainCall){ .title = call_title (flow, message, call_id), .flow = flow };
  g_array_append_val (self->calls, call);
  g_hash_table_insert (self->call_ids, g_strdup (call_id), GUINT_TO_POINTER (self->calls->len));
  return self->calls->len - 1;
}

/* Both ends of a dialog count their own requests: the tag of From tells them apart. */
static guint
find_transaction (OhExplanation *self, const OhSipMessage *message, OhDiagnosticFlow flow)
{
  const char *call_id = oh_sip_message_get (message, "Call-ID");
  OhSlice tag = oh_sip_header_tag (oh_sip_message_get_slice (message, "From"));
  const char *cseq = oh_sip_message_get (message, "CSeq");
  g_autofree char *key =
    g_strdup_printf ("%s\n%.*s\n%s", call_id != NULL ? call_id : "", (int) tag.len,
                     tag.data != NULL ? tag.data : "", cseq != NULL ? cseq : "");
  guint index = GPOINTER_TO_UINT (g_hash_table_lookup (self->keys, key));
  OhExplainTransaction transaction = { .flow = flow };

  if (index > 0)
    return index - 1;
  g_array_append_val (self->transactions, transaction);
  g_hash_table_insert (self->keys, g_steal_pointer (&key),
                       GUINT_TO_POINTER (self->transactions->len));
  return self->transactions->len - 1;
}

/* What belongs to a call is of its kind, whatever the method says. */
static OhDiagnosticFlow
flow_within (OhExplanation *self, guint call, OhDiagnosticFlow flow)
{
  OhDiagnosticFlow outer = g_array_index (self->calls, OhExplainCall, call).flow;

  if ((flow == OH_DIAGNOSTIC_OTHER || flow == OH_DIAGNOSTIC_CALL) &&
      (outer == OH_DIAGNOSTIC_CSTA || outer == OH_DIAGNOSTIC_CALL))
    return outer;
  return flow;
}

/* --- who speaks to whom -------------------------------------------------------------------- */

/* The host of "fe1.fabrikam.test:5061": one column for all connections of a host. */
static char *
peer_host (OhSlice peer)
{
  gssize colon = -1;

  for (gsize i = 0; i < peer.len; i++)
    if (peer.data[i] == ':')
      colon = (gssize) i;
  if (colon > 0 && (gsize) colon + 1 < peer.len && g_ascii_isdigit (peer.data[colon + 1]) &&
      (peer.data[0] == '[' || oh_slice_find (peer, ':') == colon))
    peer.len = (gsize) colon;
  return peer.len > 0 ? oh_slice_dup (peer) : g_strdup (_ ("server"));
}

static const char *
writer_name (const OhTraceRecord *record)
{
  switch (record->source)
    {
    case OH_TRACE_OWN: return _ ("this computer");
    case OH_TRACE_FRONT_END: return _ ("front end");
    case OH_TRACE_PLAIN:
    default: return _ ("client");
    }
}

/* A dump without directions: clients register, subscribe and publish, servers notify; for the
 * rest, who registered is the client. */
static gboolean
comes_from_client (OhExplanation *self, const OhSipMessage *message)
{
  static const char *const clients[] = { "REGISTER", "SUBSCRIBE", "SERVICE", "PUBLISH",
                                         "NEGOTIATE" };
  OhSipNameAddr from;

  for (gsize i = 0; i < G_N_ELEMENTS (clients); i++)
    if (oh_sip_message_is_method (message, clients[i]))
      return TRUE;
  if (oh_sip_message_is_method (message, "NOTIFY") ||
      oh_sip_message_is_method (message, "BENOTIFY") ||
      !oh_sip_name_addr_parse (oh_sip_message_get_slice (message, "From"), &from))
    return FALSE;
  if (self->user == NULL)
    self->user = oh_slice_dup (from.uri);
  return oh_slice_equal_case (from.uri, self->user);
}

static void
remember_user (OhExplanation *self, const OhSipMessage *message)
{
  OhSipNameAddr from;

  if (self->user == NULL && oh_sip_message_is_method (message, "REGISTER") &&
      oh_sip_name_addr_parse (oh_sip_message_get_slice (message, "From"), &from))
    self->user = oh_slice_dup (from.uri);
}

static void
find_ends (OhExplanation *self, const OhTraceRecord *record, const OhSipMessage *message,
           OhExplainMessage *out)
{
  guint writer = oh_explain_participant (self, writer_name (record));
  g_autofree char *host = peer_host (record->peer);
  guint other = oh_explain_participant (self, host);
  gboolean sent = record->way == OH_TRACE_OUT;

  remember_user (self, message);
  if (record->way == OH_TRACE_UNKNOWN_WAY)
    sent = comes_from_client (self, message) == oh_sip_message_is_request (message);
  out->from = sent ? writer : other;
  out->to = sent ? other : writer;
}

/* --- records ------------------------------------------------------------------------------- */

static char *
label_of (const OhSipMessage *message)
{
  g_autofree char *label =
    oh_sip_message_is_request (message)
      ? g_strdup (oh_sip_message_method (message))
      : g_strdup_printf ("%u %s", oh_sip_message_status (message), oh_sip_message_reason (message));
  g_autofree char *valid = g_utf8_make_valid (label, -1);

  return g_utf8_substring (valid, 0, MIN (g_utf8_strlen (valid, -1), LABEL_MAX));
}

/* "dropped: server-signature-invalid": our agent let it reach nothing. */
static void
judge_dropped (OhExplainJudge *judge)
{
  OhSlice verdict = judge->record->verdict;
  OhSlice reason = oh_slice_trim (oh_slice (verdict.data + 8, verdict.len - 8));
  const OhDiagnosticCode *code = oh_diagnostic_code_in_text (reason);
  g_autofree char *details = oh_slice_dup (reason);

  oh_explain_find (judge, code != NULL ? code->code : "message-dropped", details);
}

static void
judge_message (OhExplainJudge *judge, const OhSipMessage *message, gboolean is_http,
               OhExplainMessage *out)
{
  OhExplanation *self = judge->self;
  OhDiagnosticFlow flow = oh_explain_flow (message, is_http);
  OhExplainTransaction *transaction;

  out->call = judge->call = find_call (self, message, flow);
  flow = flow_within (self, judge->call, flow);
  out->transaction = judge->transaction = find_transaction (self, message, flow);
  find_ends (self, judge->record, message, out);
  out->label = label_of (message);
  transaction = &g_array_index (self->transactions, OhExplainTransaction, judge->transaction);
  if (oh_slice_has_prefix_case (judge->record->verdict, "dropped:"))
    judge_dropped (judge);
  else if (is_http)
    oh_explain_judge_http (judge, message);
  else if (!oh_sip_message_is_request (message))
    oh_explain_judge_response (judge, message, transaction);
  else
    {
      if (transaction->line == 0)
        {
          transaction->line = judge->record->line;
          transaction->time_us = judge->record->time_us;
        }
      oh_explain_judge_request (judge, message, transaction);
    }
}

/* Entries of a front end's log that are no trouble are no news: there are thousands. */
static gboolean
is_worth (const OhTraceRecord *record)
{
  return record->source != OH_TRACE_FRONT_END || oh_diagnostic_code_in_text (record->text) != NULL;
}

static void
read_record (OhExplanation *self, const OhTraceRecord *record)
{
  g_autoptr (GString) judged = g_string_new (NULL);
  OhExplainJudge judge = { .self = self, .record = record, .judged = judged };
  OhExplainMessage out = { .line = record->line,
                           .time_us = record->time_us,
                           .call = OH_EXPLAIN_NONE,
                           .transaction = OH_EXPLAIN_NONE };
  g_autoptr (OhSipMessage) message = NULL;
  gboolean is_http = FALSE;

  if (record->kind == OH_TRACE_MESSAGE)
    message = oh_trace_mend (record, &is_http);
  if (record->time_us > 0)
    self->last_us = record->time_us;
  if (message != NULL)
    judge_message (&judge, message, is_http, &out);
  else if (record->kind == OH_TRACE_REMARK && is_worth (record))
    {
      out.from = out.to = oh_explain_participant (self, writer_name (record));
      oh_explain_judge_remark (&judge);
      out.label = g_strdup (record->source == OH_TRACE_FRONT_END ? _ ("log entry") : _ ("note"));
    }
  else
    return;
  out.verdict = judge.verdict;
  out.judged = g_strdup (judged->str);
  out.text_at = (gsize) (record->text.data - self->text->str);
  out.text_len = record->text.len;
  g_array_append_val (self->messages, out);
}

/* --- the whole ----------------------------------------------------------------------------- */

static int
by_severity (gconstpointer a, gconstpointer b)
{
  const OhFinding *left = *(const OhFinding *const *) a;
  const OhFinding *right = *(const OhFinding *const *) b;

  if (left->severity != right->severity)
    return left->severity > right->severity ? -1 : 1;
  return left->line < right->line ? -1 : left->line > right->line ? 1 : 0;
}

static gboolean
has_sip (const OhExplanation *self)
{
  return self->messages->len > 0;
}

static void
finish (OhExplanation *self)
{
  oh_explain_judge_end (self);
  oh_explain_report_notes (self);
  if (self->findings->len == 0)
    oh_explain_report (self, oh_diagnostic_code_find ("no-trouble"), NULL, 0);
  g_ptr_array_sort (self->findings, by_severity);
}

OhExplanation *
oh_explain (GBytes *octets, OhExplainProgress progress, gpointer user_data, GError **error)
{
  g_autoptr (OhExplanation) self = NULL;
  OhTraceReader reader;
  OhTraceRecord record;
  gsize told = 0;

  if (g_bytes_get_size (octets) > OH_EXPLAIN_SIZE_MAX)
    {
      g_set_error (error, OH_ERROR, OH_ERROR_FAILED,
                   _ ("The trace is larger than %u MiB. Cut out the part around the trouble."),
                   (guint) (OH_EXPLAIN_SIZE_MAX >> 20));
      return NULL;
    }
  self = new_explanation (octets);
  oh_trace_reader_init (&reader, oh_slice (self->text->str, self->text->len));
  while (oh_trace_reader_next (&reader, &record))
    {
      if (self->messages->len == OH_EXPLAIN_MESSAGES_MAX)
        {
          oh_explain_report (self, oh_diagnostic_code_find ("trace-cut"), NULL, record.line);
          break;
        }
      read_record (self, &record);
      if (progress == NULL || reader.at < told)
        continue;
      told = reader.at + PROGRESS_STEP;
      if (!progress (reader.at, self->text->len, user_data))
        {
          g_set_error_literal (error, OH_ERROR, OH_ERROR_CANCELLED, _ ("Given up."));
          return NULL;
        }
    }
  if (!has_sip (self))
    {
      g_set_error_literal (error, OH_ERROR, OH_ERROR_FAILED,
                           _ ("There is no SIP in it. Expected is a trace of “offhook trace”, a "
                              "log of a front end (TL_INFO … $$begin_record), or SIP messages as "
                              "text."));
      return NULL;
    }
  finish (self);
  return g_steal_pointer (&self);
}
