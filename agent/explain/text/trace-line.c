/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "trace-line.h"

#include <string.h>

#define MARK "--"

static const char *const ways[OH_TRACE_N_WAYS] = {
  [OH_TRACE_UNKNOWN_WAY] = "",
  [OH_TRACE_IN] = "in",
  [OH_TRACE_OUT] = "out",
  [OH_TRACE_NOTE] = "note",
};

static void
append_without (GString *out, OhSlice text, const char *refused)
{
  for (gsize i = 0; i < text.len; i++)
    if (!g_ascii_iscntrl (text.data[i]) && strchr (refused, text.data[i]) == NULL)
      g_string_append_c (out, text.data[i]);
}

void
oh_trace_line_append (const OhTraceLine *line, GString *out)
{
  gint64 second = line->time_us / G_USEC_PER_SEC;
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (second);
  g_autofree char *text = time != NULL ? g_date_time_format (time, "%Y-%m-%dT%H:%M:%S") : NULL;
  gsize before;

  g_return_if_fail (line->way > OH_TRACE_UNKNOWN_WAY && line->way < OH_TRACE_N_WAYS);
  g_string_append_printf (
    out, MARK " %s.%06dZ c%u %s ", text != NULL ? text : "1970-01-01T00:00:00",
    (int) (line->time_us - second * G_USEC_PER_SEC), line->connection, ways[line->way]);
  before = out->len;
  append_without (out, line->peer, " []");
  if (out->len == before)
    g_string_append_c (out, '-');
  g_string_append (out, " [");
  append_without (out, line->verdict, "[]");
  g_string_append (out, "]\n");
}

/* As many digits as there are, at most @max, and nothing but digits. */
static gboolean
eat_digits (OhSlice *cursor, gsize n, guint *out)
{
  guint64 value;

  if (cursor->len < n || !oh_slice_to_uint (oh_slice (cursor->data, n), G_MAXUINT, &value))
    return FALSE;
  *cursor = oh_slice (cursor->data + n, cursor->len - n);
  *out = (guint) value;
  return TRUE;
}

/* "2026-11-21T15:04:05.123456Z" */
static gboolean
eat_time (OhSlice *cursor, gint64 *out)
{
  static const struct
  {
    guint8 digits;
    char after;
  } parts[] = {
    { 4, '-' }, { 2, '-' }, { 2, 'T' }, { 2, ':' }, { 2, ':' }, { 2, '.' }, { 6, 'Z' }
  };
  guint value[G_N_ELEMENTS (parts)];
  g_autoptr (GDateTime) time = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    if (!eat_digits (cursor, parts[i].digits, &value[i]) || !oh_slice_eat (cursor, parts[i].after))
      return FALSE;
  if (value[0] < 1970)
    return FALSE;
  time = g_date_time_new_utc ((int) value[0], (int) value[1], (int) value[2], (int) value[3],
                              (int) value[4], value[5]);
  if (time == NULL)
    return FALSE;
  *out = g_date_time_to_unix (time) * G_USEC_PER_SEC + value[6];
  return TRUE;
}

static gboolean
find_way (OhSlice word, OhTraceWay *out)
{
  for (guint i = OH_TRACE_IN; i < OH_TRACE_N_WAYS; i++)
    if (oh_slice_equal (word, ways[i]))
      {
        *out = (OhTraceWay) i;
        return TRUE;
      }
  return FALSE;
}

gboolean
oh_trace_line_parse (OhSlice text, OhTraceLine *out)
{
  OhTraceLine line = { 0 };
  OhSlice cursor = text;
  guint64 connection;

  if (text.len > OH_TRACE_LINE_MAX || text.len < 4 || memcmp (text.data, MARK " ", 3) != 0)
    return FALSE;
  cursor = oh_slice (text.data + 3, text.len - 3);
  if (!eat_time (&cursor, &line.time_us) || !oh_slice_eat (&cursor, ' ') ||
      !oh_slice_eat (&cursor, 'c') ||
      !oh_slice_to_uint (oh_slice_eat_until (&cursor, " "), G_MAXUINT32, &connection) ||
      !oh_slice_eat (&cursor, ' ') || !find_way (oh_slice_eat_until (&cursor, " "), &line.way) ||
      !oh_slice_eat (&cursor, ' '))
    return FALSE;
  line.connection = (guint) connection;
  line.peer = oh_slice_eat_until (&cursor, " ");
  if (oh_slice_equal (line.peer, "-"))
    line.peer = oh_slice (NULL, 0);
  if (!oh_slice_eat (&cursor, ' ') || !oh_slice_eat (&cursor, '['))
    return FALSE;
  line.verdict = oh_slice_eat_until (&cursor, "]");
  if (!oh_slice_eat (&cursor, ']') || oh_slice_trim (cursor).len != 0)
    return FALSE;
  *out = line;
  return TRUE;
}

/* Whether it reads as a mark once @skip octets are left out. */
static gboolean
is_mark (OhSlice line, gsize skip)
{
  return line.len >= skip + 2 && memcmp (line.data + skip, MARK, 2) == 0 &&
         (line.len == skip + 2 || line.data[skip + 2] == ' ');
}

static gsize
count_backslashes (OhSlice line)
{
  gsize n = 0;

  while (n < line.len && line.data[n] == '\\')
    n++;
  return n;
}

void
oh_trace_body_append (OhSlice octets, GString *out)
{
  OhSlice cursor = octets;

  while (cursor.len > 0)
    {
      OhSlice line = oh_slice_eat_until (&cursor, "\n");

      (void) oh_slice_eat (&cursor, '\n');
      if (line.len > 0 && line.data[line.len - 1] == '\r')
        line.len--;
      if (is_mark (line, count_backslashes (line)))
        g_string_append_c (out, '\\');
      if (line.len > 0)
        g_string_append_len (out, line.data, (gssize) line.len);
      g_string_append_c (out, '\n');
    }
  g_string_append (out, MARK "\n");
}

OhSlice
oh_trace_body_line (OhSlice line)
{
  gsize n = count_backslashes (line);

  return n > 0 && is_mark (line, n) ? oh_slice (line.data + 1, line.len - 1) : line;
}

gboolean
oh_trace_is_end (OhSlice line)
{
  return oh_slice_equal (line, MARK);
}
