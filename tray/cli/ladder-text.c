/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ladder-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* "1234567 15:04:05.123 " stands before the ladder. */
#define GUTTER 21U
/* "  ERROR" stands behind it. */
#define MARGIN 9U
/* What is judged is indented so far, findings a little. */
#define JUDGED_INDENT (GUTTER + 1)
#define FINDING_INDENT 4U

typedef struct
{
  const char *line;   /* a lifeline */
  const char *stroke; /* of an arrow */
  const char *right;
  const char *left;
} Glyphs;

static const Glyphs ascii = { "|", "-", ">", "<" };
static const Glyphs unicode = { "│", "─", "▶", "◀" };

typedef struct
{
  const OhExplanation *explanation;
  const OhLadderStyle *style;
  const Glyphs *glyphs;
  guint columns;
  guint pitch; /* characters from one lifeline to the next */
  GString *out;
} Ladder;

static const char *const colours[OH_FINDING_N_SEVERITIES] = {
  [OH_FINDING_OK] = "\033[32m",
  [OH_FINDING_INFO] = "\033[36m",
  [OH_FINDING_WARNING] = "\033[33m",
  [OH_FINDING_ERROR] = "\033[31;1m",
};

static const char *
mark_of (OhFindingSeverity severity)
{
  switch (severity)
    {
    case OH_FINDING_INFO: return _ ("info");
    case OH_FINDING_WARNING: return _ ("WARNING");
    case OH_FINDING_ERROR: return _ ("ERROR");
    case OH_FINDING_OK:
    case OH_FINDING_N_SEVERITIES:
    default: return _ ("ok");
    }
}

static void
start_colour (Ladder *ladder, OhFindingSeverity severity)
{
  if (ladder->style->has_colour)
    g_string_append (ladder->out, colours[severity]);
}

static void
end_colour (Ladder *ladder)
{
  if (ladder->style->has_colour)
    g_string_append (ladder->out, "\033[0m");
}

/* Text of others may carry what a terminal obeys; it must not. */
static void
append_safe (GString *out, const char *text, glong max)
{
  for (; *text != '\0' && max != 0; text = g_utf8_next_char (text), max--)
    {
      gunichar c = g_utf8_get_char (text);

      g_string_append_unichar (out, g_unichar_iscntrl (c) ? '?' : c);
    }
}

static void
repeat (GString *out, const char *what, guint n)
{
  for (guint i = 0; i < n; i++)
    g_string_append (out, what);
}

static void
append_line_end (Ladder *ladder, guint indent)
{
  g_string_append_c (ladder->out, '\n');
  repeat (ladder->out, " ", indent);
}

/* A word longer than a line: an address, a certificate's name. */
static guint
append_long_word (Ladder *ladder, const char *word, guint width, guint indent)
{
  guint len = (guint) g_utf8_strlen (word, -1);

  for (; len > width; len -= width)
    {
      append_safe (ladder->out, word, (glong) width);
      append_line_end (ladder, indent);
      word = g_utf8_offset_to_pointer (word, (glong) width);
    }
  append_safe (ladder->out, word, -1);
  return len;
}

/* Words filled into lines, each with its indent. */
static void
append_wrapped (Ladder *ladder, const char *text, guint indent)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);
  guint width = ladder->columns - indent;
  guint used = 0;

  repeat (ladder->out, " ", indent);
  for (gsize i = 0; words[i] != NULL; i++)
    {
      guint len = (guint) g_utf8_strlen (words[i], -1);

      if (used > 0 && used + 1 + len > width)
        {
          append_line_end (ladder, indent);
          used = 0;
        }
      if (used > 0)
        {
          g_string_append_c (ladder->out, ' ');
          used++;
        }
      used += append_long_word (ladder, words[i], width, indent);
    }
  g_string_append_c (ladder->out, '\n');
}

/* --- the ladder ---------------------------------------------------------------------------- */

/* Lifelines from column @from on, each but the last followed by blanks. */
static void
append_lifelines (Ladder *ladder, guint from, guint to)
{
  for (guint i = from; i < to; i++)
    {
      g_string_append (ladder->out, ladder->glyphs->line);
      if (i + 1 < oh_explanation_n_participants (ladder->explanation))
        repeat (ladder->out, " ", ladder->pitch - 1);
    }
}

static void
append_heads (Ladder *ladder)
{
  guint n = oh_explanation_n_participants (ladder->explanation);

  repeat (ladder->out, " ", GUTTER);
  for (guint i = 0; i < n; i++)
    {
      const char *name = oh_explanation_participant (ladder->explanation, i);
      guint len = MIN ((guint) g_utf8_strlen (name, -1), ladder->pitch - 1);

      append_safe (ladder->out, name, (glong) len);
      if (i + 1 < n)
        repeat (ladder->out, " ", ladder->pitch - len);
    }
  g_string_append_c (ladder->out, '\n');
}

static void
append_gutter (Ladder *ladder, const OhExplainMessage *message)
{
  g_autoptr (GDateTime) time =
    message->time_us > 0 ? g_date_time_new_from_unix_utc (message->time_us / 1000000) : NULL;
  g_autofree char *text = time != NULL ? g_date_time_format (time, "%H:%M:%S") : NULL;

  g_string_append_printf (ladder->out, "%7u ", message->line);
  if (text != NULL)
    g_string_append_printf (ladder->out, "%s.%03d ", text,
                            (int) (message->time_us % 1000000 / 1000));
  else
    repeat (ladder->out, " ", GUTTER - 8);
}

/* Strokes and head of an arrow with its label in the middle. */
static void
append_arrow (Ladder *ladder, const OhExplainMessage *message, guint width)
{
  gboolean to_right = message->to > message->from;
  guint room = width > 4 ? width - 4 : 0;
  guint len = MIN ((guint) g_utf8_strlen (message->label, -1), room);
  guint strokes = width - 1 - len - (len > 0 ? 2 : 0);

  start_colour (ladder, message->verdict);
  if (!to_right)
    g_string_append (ladder->out, ladder->glyphs->left);
  repeat (ladder->out, ladder->glyphs->stroke, strokes / 2);
  if (len > 0)
    {
      g_string_append_c (ladder->out, ' ');
      append_safe (ladder->out, message->label, (glong) len);
      g_string_append_c (ladder->out, ' ');
    }
  repeat (ladder->out, ladder->glyphs->stroke, strokes - strokes / 2);
  if (to_right)
    g_string_append (ladder->out, ladder->glyphs->right);
  end_colour (ladder);
}

static void
append_message (Ladder *ladder, const OhExplainMessage *message)
{
  guint n = oh_explanation_n_participants (ladder->explanation);
  guint first = MIN (message->from, message->to);
  guint last = MAX (message->from, message->to);

  append_gutter (ladder, message);
  append_lifelines (ladder, 0, first);
  g_string_append (ladder->out, ladder->glyphs->line);
  if (first < last)
    {
      append_arrow (ladder, message, (last - first) * ladder->pitch - 1);
      append_lifelines (ladder, last, n);
    }
  else
    {
      g_string_append_printf (ladder->out, "* ");
      append_safe (ladder->out, message->label, -1);
    }
  g_string_append (ladder->out, "  ");
  start_colour (ladder, message->verdict);
  g_string_append (ladder->out, mark_of (message->verdict));
  end_colour (ladder);
  g_string_append_c (ladder->out, '\n');
  if (message->judged[0] != '\0')
    append_wrapped (ladder, message->judged, JUDGED_INDENT);
}

/* The messages of each call, in the order of the trace: one list for each and one for remarks.
   (transfer full) (element-type GArray) */
static GPtrArray *
sort_by_call (const OhExplanation *explanation)
{
  guint n_calls = oh_explanation_n_calls (explanation);
  GPtrArray *lists = g_ptr_array_new_full (n_calls + 1, (GDestroyNotify) g_array_unref);

  for (guint i = 0; i <= n_calls; i++)
    g_ptr_array_add (lists, g_array_new (FALSE, FALSE, sizeof (guint)));
  for (guint i = 0; i < oh_explanation_n_messages (explanation); i++)
    {
      guint call = oh_explanation_message (explanation, i)->call;
      GArray *list = g_ptr_array_index (lists, call == OH_EXPLAIN_NONE ? n_calls : call);

      g_array_append_val (list, i);
    }
  return lists;
}

static void
append_call (Ladder *ladder, const char *title, const GArray *list)
{
  guint last = OH_EXPLAIN_NONE;

  g_string_append_c (ladder->out, '\n');
  append_wrapped (ladder, title, 0);
  append_heads (ladder);
  for (guint i = 0; i < list->len; i++)
    {
      const OhExplainMessage *message =
        oh_explanation_message (ladder->explanation, g_array_index (list, guint, i));

      if (i > 0 && message->transaction != last)
        {
          repeat (ladder->out, " ", GUTTER);
          append_lifelines (ladder, 0, oh_explanation_n_participants (ladder->explanation));
          g_string_append_c (ladder->out, '\n');
        }
      append_message (ladder, message);
      last = message->transaction;
    }
}

static void
ladder_init (Ladder *ladder, const OhExplanation *explanation, const OhLadderStyle *style)
{
  guint n = oh_explanation_n_participants (explanation);

  *ladder = (Ladder){
    .explanation = explanation,
    .style = style,
    .glyphs = style->is_utf8 ? &unicode : &ascii,
    .columns = CLAMP (style->columns, OH_LADDER_COLUMNS_MIN, OH_LADDER_COLUMNS_MAX),
    .out = g_string_new (NULL),
  };
  ladder->pitch = MAX (8, (ladder->columns - GUTTER - MARGIN) / MAX (1, n - 1));
}

char *
oh_ladder_text (const OhExplanation *explanation, const OhLadderStyle *style)
{
  g_autoptr (GPtrArray) lists = sort_by_call (explanation);
  Ladder ladder;

  ladder_init (&ladder, explanation, style);
  for (guint i = 0; i < lists->len; i++)
    {
      const GArray *list = g_ptr_array_index (lists, i);

      if (list->len > 0)
        append_call (&ladder,
                     i + 1 < lists->len ? oh_explanation_call (explanation, i)
                                        : _ ("Notes and log entries"),
                     list);
    }
  return g_string_free (ladder.out, FALSE);
}

/* --- the findings -------------------------------------------------------------------------- */

static void
append_finding (Ladder *ladder, const OhFinding *finding)
{
  g_string_append_c (ladder->out, '\n');
  start_colour (ladder, finding->severity);
  g_string_append_printf (ladder->out, "%s", mark_of (finding->severity));
  end_colour (ladder);
  g_string_append_printf (ladder->out, "  %s (%s)", finding->title, finding->code);
  if (finding->line > 0)
    g_string_append_printf (ladder->out, _ (", line %u"), finding->line);
  g_string_append_c (ladder->out, '\n');
  if (finding->cause[0] != '\0')
    append_wrapped (ladder, finding->cause, FINDING_INDENT);
  if (finding->remedy[0] != '\0')
    {
      g_autofree char *remedy = g_strdup_printf (_ ("What to do: %s"), finding->remedy);

      append_wrapped (ladder, remedy, FINDING_INDENT);
    }
}

char *
oh_findings_text (const OhExplanation *explanation, const OhLadderStyle *style)
{
  const GPtrArray *findings = oh_explanation_findings (explanation);
  Ladder ladder;

  ladder_init (&ladder, explanation, style);
  for (guint i = 0; i < findings->len; i++)
    append_finding (&ladder, g_ptr_array_index (findings, i));
  return g_string_free (ladder.out, FALSE);
}
