/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "trace-reader.h"

#include <string.h>

#define BEGIN_RECORD "$$begin_record"
#define END_RECORD "$$end_record"
#define NO_BREAK_SPACE "\xc2\xa0"

void
oh_trace_reader_init (OhTraceReader *self, OhSlice text)
{
  *self = (OhTraceReader){ .text = text, .line = 1 };
}

/* --- lines --------------------------------------------------------------------------------- */

/* The line at @at and where the next one begins. */
static gboolean
line_at (OhSlice text, gsize at, OhSlice *line, gsize *next)
{
  const char *start, *end;
  gsize left;

  if (at >= text.len)
    return FALSE;
  start = text.data + at;
  left = text.len - at;
  end = memchr (start, '\n', MIN (left, OH_TRACE_TEXT_LINE_MAX + 1));
  *line =
    oh_slice (start, end != NULL ? (gsize) (end - start) : MIN (left, OH_TRACE_TEXT_LINE_MAX));
  *next = at + line->len + (end != NULL ? 1 : 0);
  return TRUE;
}

static gboolean
take_line (OhTraceReader *self, OhSlice *line)
{
  gsize next;

  if (!line_at (self->text, self->at, line, &next))
    return FALSE;
  self->at = next;
  self->line++;
  return TRUE;
}

static gboolean
peek_line (const OhTraceReader *self, OhSlice *line)
{
  gsize next;

  *line = oh_slice (NULL, 0);
  return line_at (self->text, self->at, line, &next);
}

static gboolean
has_prefix (OhSlice line, const char *prefix)
{
  gsize n = strlen (prefix);

  return line.len >= n && memcmp (line.data, prefix, n) == 0;
}

static gboolean
contains (OhSlice line, const char *word)
{
  return line.len > 0 && memmem (line.data, line.len, word, strlen (word)) != NULL;
}

static void
drop (OhSlice *line, gsize n)
{
  *line = oh_slice (line->data + n, line->len - n);
}

/* A tag of a web page: what stands around the text of a paragraph or of code. */
static gboolean
drop_tag (OhSlice *line)
{
  static const char *const tags[] = { "p",  "pre", "br", "div",  "span",      "code",
                                      "td", "tr",  "li", "font", "blockquote" };
  OhSlice cursor = oh_slice (line->data, MIN (line->len, OH_TRACE_TAG_MAX));
  OhSlice name;
  const char *end;

  if (!oh_slice_eat (&cursor, '<'))
    return FALSE;
  (void) oh_slice_eat (&cursor, '/');
  name = oh_slice_eat_until (&cursor, " />\t");
  end = cursor.len > 0 ? memchr (cursor.data, '>', cursor.len) : NULL;
  for (gsize i = 0; end != NULL && i < G_N_ELEMENTS (tags); i++)
    if (oh_slice_equal_case (name, tags[i]))
      {
        drop (line, (gsize) (end - line->data) + 1);
        return TRUE;
      }
  return FALSE;
}

/* "11/21/2026|15:04:05.123 A2C:1B88 INFO  :: " */
static void
drop_client_log (OhSlice *line)
{
  const char *mark;

  if (line->len < 11 || line->data[2] != '/' || line->data[5] != '/' || line->data[10] != '|')
    return;
  mark = memmem (line->data, MIN (line->len, 80), " :: ", 4);
  if (mark != NULL)
    drop (line, (gsize) (mark - line->data) + 4);
}

OhSlice
oh_trace_unquote (OhSlice line)
{
  gboolean again = TRUE;

  drop_client_log (&line);
  while (again && line.len > 0)
    {
      char first = line.data[0];

      again = TRUE;
      if (first == ' ' || first == '\t' || (first == '>' && line.len > 1) || first == '|')
        drop (&line, 1);
      else if (has_prefix (line, NO_BREAK_SPACE))
        drop (&line, 2);
      else if (has_prefix (line, "&gt; "))
        drop (&line, 5);
      else if (has_prefix (line, "&nbsp;"))
        drop (&line, 6);
      else
        again = drop_tag (&line);
    }
  return line;
}

/* --- start lines --------------------------------------------------------------------------- */

static gboolean
is_status_line (OhSlice line, const char *version)
{
  gsize n = strlen (version);

  return line.len >= n + 4 && memcmp (line.data, version, n) == 0 && line.data[n] == ' ' &&
         line.data[n + 1] >= '1' && line.data[n + 1] <= '6' && g_ascii_isdigit (line.data[n + 2]) &&
         g_ascii_isdigit (line.data[n + 3]) &&
         (line.len == n + 4 || !g_ascii_isalnum (line.data[n + 4]));
}

static gboolean
is_method (OhSlice word)
{
  static const char *const methods[] = { "REGISTER", "SUBSCRIBE", "NOTIFY", "BENOTIFY", "SERVICE",
                                         "INVITE",   "ACK",       "BYE",    "CANCEL",   "OPTIONS",
                                         "INFO",     "MESSAGE",   "REFER",  "PRACK",    "UPDATE",
                                         "PUBLISH",  "NEGOTIATE", "GET",    "POST" };

  if (word.len < 3 || word.len > 9 || !g_ascii_isupper (word.data[0]))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (methods); i++)
    if (oh_slice_equal (word, methods[i]))
      return TRUE;
  return FALSE;
}

gboolean
oh_trace_is_start (OhSlice line, OhSlice next)
{
  OhSlice cursor = line;
  const char *blank;

  if (line.len < 8 || !g_ascii_isupper (line.data[0]))
    return FALSE;
  if (is_status_line (line, "SIP/2.0") || is_status_line (line, "HTTP/1.1") ||
      is_status_line (line, "HTTP/1.0"))
    return TRUE;
  blank = memchr (line.data, ' ', MIN (line.len, 12));
  if (blank == NULL || !is_method (oh_slice (line.data, (gsize) (blank - line.data))))
    return FALSE;
  drop (&cursor, (gsize) (blank - line.data) + 1);
  if (contains (cursor, " SIP/2.0") || contains (cursor, " HTTP/1."))
    return TRUE;
  return oh_slice_has_prefix_case (cursor, "sip") &&
         (oh_slice_has_prefix_case (next, "SIP/2.0") || contains (next, " SIP/2.0")) &&
         !is_status_line (next, "SIP/2.0");
}

/* --- log entries of a front end ------------------------------------------------------------ */

/* "…::11/21/2026-15:04:05.123.0000a1b2 (…": the server's local time. */
static gint64
log_time (OhSlice line)
{
  const char *at = line.len > 0 ? memmem (line.data, MIN (line.len, 200), "::", 2) : NULL;
  g_autoptr (GDateTime) time = NULL;
  guint64 part[7];
  static const guint8 place[7] = { 0, 3, 6, 11, 14, 17, 20 }, width[7] = { 2, 2, 4, 2, 2, 2, 3 };

  if (at == NULL || line.data + line.len - at < 2 + 23)
    return 0;
  at += 2;
  for (gsize i = 0; i < G_N_ELEMENTS (part); i++)
    if (!oh_slice_to_uint (oh_slice (at + place[i], width[i]), 9999, &part[i]))
      return 0;
  time = g_date_time_new_utc ((int) part[2], (int) part[0], (int) part[1], (int) part[3],
                              (int) part[4], (double) part[5]);
  return time != NULL ? g_date_time_to_unix (time) * G_USEC_PER_SEC + (gint64) part[6] * 1000 : 0;
}

/* Where a log went through a mail, its lines are quoted. */
static gboolean
is_log_head (OhSlice line)
{
  line = oh_trace_unquote (line);
  return has_prefix (line, "TL_");
}

/* A log entry whose head was wrapped, or lost: the mark stands on a line near by. Takes the lines
 * up to and with it. */
static gboolean
take_wrapped_mark (OhTraceReader *self)
{
  OhTraceReader ahead = *self;
  OhSlice line;

  for (guint i = 0; i < OH_TRACE_WRAPPED_MAX && take_line (&ahead, &line); i++)
    {
      if (is_log_head (line))
        return FALSE;
      if (contains (line, BEGIN_RECORD))
        {
          *self = ahead;
          return TRUE;
        }
    }
  return FALSE;
}

/* Everything up to its $$end_record, or to the next entry when that was cut off. */
static void
read_record (OhTraceReader *self, OhTraceRecord *record)
{
  gsize start = self->at;
  gsize end = start;
  OhSlice line;

  record->text_line = self->line;
  while (peek_line (self, &line))
    {
      const char *mark = memmem (line.data, line.len, END_RECORD, strlen (END_RECORD));

      if (mark != NULL)
        end = (gsize) (mark - self->text.data);
      if (mark == NULL && is_log_head (line))
        break;
      (void) take_line (self, &line);
      if (mark != NULL)
        break;
      end = self->at;
      if (end - start > OH_TRACE_RECORD_MAX)
        break;
    }
  record->text = oh_slice (self->text.data + start, end - start);
}

/* "Direction: incoming", "Peer: host:port" stand before the start line. */
static void
read_front_end_head (OhTraceRecord *record)
{
  OhTraceReader inside;
  OhSlice line;

  oh_trace_reader_init (&inside, record->text);
  for (guint i = 0; i < 12 && take_line (&inside, &line); i++)
    {
      OhSlice value = oh_trace_unquote (line);
      OhSlice name = oh_slice_eat_until (&value, ":");

      if (!oh_slice_eat (&value, ':'))
        continue;
      value = oh_slice_trim (value);
      if (oh_slice_equal_case (name, "Direction"))
        record->way = oh_slice_has_prefix_case (value, "in") ? OH_TRACE_IN : OH_TRACE_OUT;
      else if (oh_slice_equal_case (name, "Peer"))
        record->peer = value;
      else if (oh_slice_equal_case (name, "Start-Line"))
        record->kind = OH_TRACE_MESSAGE;
      else if (oh_slice_equal_case (name, "LogType") || oh_slice_equal_case (name, "Text"))
        return;
    }
}

static gboolean
front_end_entry (OhTraceReader *self, OhSlice head, guint number, OhTraceRecord *out)
{
  OhTraceRecord record = { .kind = OH_TRACE_REMARK, .source = OH_TRACE_FRONT_END, .line = number };
  const char *begin = memmem (head.data, head.len, BEGIN_RECORD, strlen (BEGIN_RECORD));

  record.time_us = log_time (head);
  record.text_line = number;
  record.text = oh_trace_unquote (head);
  if (begin != NULL || take_wrapped_mark (self))
    {
      read_record (self, &record);
      read_front_end_head (&record);
    }
  *out = record;
  return TRUE;
}

/* --- our own ------------------------------------------------------------------------------- */

static gboolean
own_record (OhTraceReader *self, const OhTraceLine *head, guint number, OhTraceRecord *out)
{
  OhTraceRecord record = {
    .kind = head->way == OH_TRACE_NOTE ? OH_TRACE_REMARK : OH_TRACE_MESSAGE,
    .source = OH_TRACE_OWN,
    .line = number,
    .text_line = number + 1,
    .time_us = head->time_us,
    .is_utc = TRUE,
    .way = head->way,
    .connection = head->connection,
    .peer = head->peer,
    .verdict = head->verdict,
  };
  gsize start = self->at;
  gsize end = start;
  OhTraceLine next;
  OhSlice line;

  while (peek_line (self, &line) && end - start <= OH_TRACE_RECORD_MAX)
    {
      if (has_prefix (line, "-- ") && oh_trace_line_parse (line, &next))
        break; /* its end was cut off */
      (void) take_line (self, &line);
      if (oh_trace_is_end (line))
        break;
      end = self->at;
    }
  record.text = oh_slice (self->text.data + start, end - start);
  *out = record;
  return TRUE;
}

/* --- without framing ----------------------------------------------------------------------- */

/* "11/21/2026|15:04:05.123 A2C:1B88 INFO  :: Sending Packet - 192.0.2.1:5061 (From …" */
static OhTraceWay
client_log_way (OhSlice line)
{
  if (contains (line, "Sending Packet - "))
    return OH_TRACE_OUT;
  return contains (line, "Data Received - ") ? OH_TRACE_IN : OH_TRACE_UNKNOWN_WAY;
}

static gboolean
ends_plain (const OhTraceReader *self, OhSlice line, gboolean is_fragment)
{
  OhTraceReader ahead = *self;
  OhTraceLine head;
  OhSlice here, next = { NULL, 0 };
  OhSlice clean;

  if (is_log_head (line) || (has_prefix (line, "-- ") && oh_trace_line_parse (line, &head)))
    return TRUE;
  clean = oh_trace_unquote (line);
  if (clean.len == 0 || !g_ascii_isupper (clean.data[0]))
    return FALSE;
  if (has_prefix (clean, "End of Sending Packet") || has_prefix (clean, "End of Data Received"))
    return TRUE;
  (void) take_line (&ahead, &here);
  (void) peek_line (&ahead, &next);
  return oh_trace_is_start (clean, oh_trace_unquote (next)) && !is_fragment;
}

/* The answer of a transfer carries a status line as its body (RFC 3515 2.4.5). */
static gboolean
plain_record (OhTraceReader *self, OhSlice first, guint number, OhTraceWay way, OhTraceRecord *out)
{
  OhTraceRecord record = {
    .kind = OH_TRACE_MESSAGE,
    .source = OH_TRACE_PLAIN,
    .line = number,
    .text_line = number,
    .way = way,
  };
  gboolean is_fragment = FALSE, in_fragment = FALSE;
  OhSlice line;

  while (peek_line (self, &line) &&
         (gsize) (self->text.data + self->at - first.data) <= OH_TRACE_RECORD_MAX &&
         !ends_plain (self, line, in_fragment))
    {
      OhSlice clean = oh_trace_unquote (line);

      in_fragment = is_fragment && clean.len == 0;
      is_fragment |= has_prefix (clean, "Content-Type:") && contains (clean, "message/sipfrag");
      (void) take_line (self, &line);
    }
  record.text = oh_slice (first.data, (gsize) (self->text.data + self->at - first.data));
  *out = record;
  return TRUE;
}

/* "ms-diagnostics: 1000;…" alone, as people quote it. */
static gboolean
is_diagnostics (OhSlice line)
{
  return oh_slice_has_prefix_case (line, "ms-diagnostics:") ||
         oh_slice_has_prefix_case (line, "ms-diagnostics-public:") ||
         oh_slice_has_prefix_case (line, "ms-client-diagnostics:");
}

static gboolean
lone_line (OhSlice line, guint number, OhTraceRecord *out)
{
  *out = (OhTraceRecord){ .kind = OH_TRACE_REMARK,
                          .source = OH_TRACE_PLAIN,
                          .line = number,
                          .text_line = number,
                          .text = line };
  return TRUE;
}

gboolean
oh_trace_reader_next (OhTraceReader *self, OhTraceRecord *out)
{
  OhTraceWay way = OH_TRACE_UNKNOWN_WAY;
  OhSlice line, next;

  for (;;)
    {
      guint number = self->line;
      OhTraceLine head;
      OhSlice clean;

      if (!take_line (self, &line))
        return FALSE;
      if (has_prefix (line, "-- ") && oh_trace_line_parse (line, &head))
        return own_record (self, &head, number, out);
      if (is_log_head (line) || contains (line, BEGIN_RECORD))
        return front_end_entry (self, line, number, out);
      clean = oh_trace_unquote (line);
      if (is_diagnostics (clean))
        return lone_line (clean, number, out);
      if (clean.data != line.data && client_log_way (clean) != OH_TRACE_UNKNOWN_WAY)
        way = client_log_way (clean);
      if (clean.len == 0 || !g_ascii_isupper (clean.data[0]))
        continue;
      (void) peek_line (self, &next);
      if (oh_trace_is_start (clean, oh_trace_unquote (next)))
        return plain_record (self, line, number, way, out);
    }
}
