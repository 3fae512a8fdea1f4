/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "trace-line.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* What can be read is written and read again the same; a body never has an end of its own. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  OhSlice text = oh_slice ((const char *) data, size);
  g_autoptr (GString) out = g_string_new (NULL);
  OhTraceLine line, again;
  OhSlice cursor;

  if (oh_trace_line_parse (text, &line))
    {
      oh_trace_line_append (&line, out);
      if (out->len <= OH_TRACE_LINE_MAX &&
          (!oh_trace_line_parse (oh_slice (out->str, out->len - 1), &again) ||
           again.time_us != line.time_us || again.way != line.way))
        g_abort ();
      g_string_truncate (out, 0);
    }
  oh_trace_body_append (text, out);
  cursor = oh_slice (out->str, out->len - 3);
  while (cursor.len > 0)
    {
      OhSlice one = oh_slice_eat_until (&cursor, "\n");

      (void) oh_slice_eat (&cursor, '\n');
      if (oh_trace_is_end (one) || oh_trace_line_parse (one, &again))
        g_abort ();
    }
  return 0;
}
