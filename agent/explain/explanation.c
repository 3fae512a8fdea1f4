/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "explanation-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "trace-mask.h"

/* Octets of what is said of one message; a message has a token or two. */
#define JUDGED_MAX 8192
/* Octets of a log entry that are repeated. */
#define HEADLINE_MAX 300

void
oh_explanation_free (OhExplanation *self)
{
  if (self == NULL)
    return;
  g_string_free (self->text, TRUE);
  g_array_unref (self->messages);
  g_ptr_array_unref (self->participants);
  g_hash_table_unref (self->columns);
  g_array_unref (self->calls);
  g_hash_table_unref (self->call_ids);
  g_array_unref (self->transactions);
  g_hash_table_unref (self->keys);
  g_array_unref (self->notes);
  g_ptr_array_unref (self->findings);
  g_hash_table_unref (self->seen);
  g_free (self->user);
  g_free (self);
}

guint
oh_explanation_n_messages (const OhExplanation *self)
{
  return self->messages->len;
}

const OhExplainMessage *
oh_explanation_message (const OhExplanation *self, guint n)
{
  g_return_val_if_fail (n < self->messages->len, NULL);
  return &g_array_index (self->messages, OhExplainMessage, n);
}

char *
oh_explanation_message_text (const OhExplanation *self, guint n)
{
  const OhExplainMessage *message = oh_explanation_message (self, n);

  g_return_val_if_fail (message != NULL, NULL);
  return oh_trace_mask (oh_slice (self->text->str + message->text_at, message->text_len));
}

guint
oh_explanation_n_participants (const OhExplanation *self)
{
  return self->participants->len;
}

const char *
oh_explanation_participant (const OhExplanation *self, guint n)
{
  g_return_val_if_fail (n < self->participants->len, NULL);
  return g_ptr_array_index (self->participants, n);
}

guint
oh_explanation_n_calls (const OhExplanation *self)
{
  return self->calls->len;
}

const char *
oh_explanation_call (const OhExplanation *self, guint n)
{
  g_return_val_if_fail (n < self->calls->len, NULL);
  return g_array_index (self->calls, OhExplainCall, n).title;
}

const GPtrArray *
oh_explanation_findings (const OhExplanation *self)
{
  return self->findings;
}

/* --- for the judges ------------------------------------------------------------------------ */

guint
oh_explain_participant (OhExplanation *self, const char *name)
{
  guint column = GPOINTER_TO_UINT (g_hash_table_lookup (self->columns, name));

  if (column > 0)
    return column - 1;
  if (self->participants->len == OH_EXPLAIN_PARTICIPANTS_MAX)
    return OH_EXPLAIN_PARTICIPANTS_MAX - 1;
  if (self->participants->len == OH_EXPLAIN_PARTICIPANTS_MAX - 1)
    name = _ ("others");
  g_ptr_array_add (self->participants, g_strdup (name));
  g_hash_table_insert (self->columns, g_strdup (name), GUINT_TO_POINTER (self->participants->len));
  return self->participants->len - 1;
}

void
oh_explain_report (OhExplanation *self, const OhDiagnosticCode *code, const char *details,
                   guint line)
{
  g_autofree char *key = NULL;
  guint times;

  if (code == NULL)
    return;
  key = g_strdup_printf ("%s\n%s", code->code, details != NULL ? details : "");
  times = GPOINTER_TO_UINT (g_hash_table_lookup (self->seen, key));
  if (times == 0)
    {
      if (self->findings->len == OH_EXPLAIN_FINDINGS_MAX)
        return;
      g_ptr_array_add (self->findings,
                       oh_finding_new (code->severity, code->code, _ (code->title), _ (code->cause),
                                       code->remedy[0] != '\0' ? _ (code->remedy) : NULL, line));
      if (details != NULL && details[0] != '\0')
        {
          OhFinding *finding = g_ptr_array_index (self->findings, self->findings->len - 1);
          g_autofree char *cause = g_steal_pointer (&finding->cause);

          /* TRANSLATORS: a sentence of explanation, then what the message says, as it stands */
          finding->cause = g_strdup_printf (_ ("%s Seen: %s."), cause, details);
        }
    }
  g_hash_table_insert (self->seen, g_steal_pointer (&key), GUINT_TO_POINTER (times + 1));
}

void
oh_explain_say (OhExplainJudge *judge, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  if (judge->judged->len + strlen (text) > JUDGED_MAX)
    return;
  if (judge->judged->len > 0)
    g_string_append_c (judge->judged, ' ');
  g_string_append (judge->judged, text);
}

void
oh_explain_find (OhExplainJudge *judge, const char *word, const char *details)
{
  const OhDiagnosticCode *code = oh_diagnostic_code_find (word);

  g_return_if_fail (code != NULL);
  oh_explain_report (judge->self, code, details, judge->record->line);
  oh_explain_say (judge, "%s.", _ (code->title));
  judge->verdict = MAX (judge->verdict, code->severity);
}

/* What an entry is about: "Text: The connection …" in a log, else its first line. */
static OhSlice
headline (const OhTraceRecord *record)
{
  static const char mark[] = "\nText: ";
  OhSlice cursor = oh_slice_trim (record->text);
  const char *text = record->source == OH_TRACE_FRONT_END && cursor.len > 0
                       ? memmem (cursor.data, cursor.len, mark, sizeof mark - 1)
                       : NULL;
  OhSlice line;

  if (text != NULL)
    {
      text += sizeof mark - 1;
      cursor = oh_slice (text, (gsize) (cursor.data + cursor.len - text));
    }
  line = oh_slice_eat_until (&cursor, "\n");
  return oh_slice (line.data, MIN (line.len, HEADLINE_MAX));
}

static gboolean
has_finding (const OhExplanation *self, const char *code)
{
  for (guint i = 0; i < self->findings->len; i++)
    if (strcmp (((const OhFinding *) self->findings->pdata[i])->code, code) == 0)
      return TRUE;
  return FALSE;
}

void
oh_explain_report_notes (OhExplanation *self)
{
  for (guint i = 0; i < self->notes->len; i++)
    {
      const OhExplainNote *note = &g_array_index (self->notes, OhExplainNote, i);

      if (!has_finding (self, note->code->code))
        oh_explain_report (self, note->code, note->details, note->line);
    }
}

/* "ms-diagnostics: 1000;…" alone says less than its message would, and enough. */
static const OhDiagnosticCode *
code_of_header (OhSlice line)
{
  OhDiagnosticSeen seen = { OH_DIAGNOSTIC_OTHER, 400, OH_DIAGNOSTIC_NO_ID, 0 };
  OhSipDiagnostics diagnostics;

  (void) oh_slice_eat_until (&line, ":");
  (void) oh_slice_eat (&line, ':');
  if (!oh_sip_diagnostics_parse (line, &diagnostics))
    return NULL;
  seen.id = diagnostics.id;
  seen.hresult = diagnostics.hresult;
  return oh_diagnostic_code_for (&seen);
}

void
oh_explain_judge_remark (OhExplainJudge *judge)
{
  const OhDiagnosticCode *code = judge->record->source == OH_TRACE_PLAIN
                                   ? code_of_header (judge->record->text)
                                   : oh_diagnostic_code_in_text (judge->record->text);
  g_autofree char *line = oh_slice_dup (headline (judge->record));
  g_autofree char *valid = g_utf8_make_valid (line, -1);

  if (code == NULL)
    oh_explain_say (judge, "%s", valid);
  else if (judge->record->source != OH_TRACE_OWN)
    oh_explain_find (judge, code->code, valid);
  else
    {
      OhExplainNote note = { code, g_steal_pointer (&valid), judge->record->line };

      oh_explain_say (judge, "%s", note.details);
      judge->verdict = MAX (judge->verdict, code->severity);
      if (judge->self->notes->len < OH_EXPLAIN_FINDINGS_MAX)
        g_array_append_val (judge->self->notes, note);
      else
        g_free (note.details);
    }
}
