/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "trace-reader.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* Records lie within the text, one after the other, and the reader gets on. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  OhSlice text = oh_slice ((const char *) data, size);
  OhTraceReader reader;
  OhTraceRecord record;
  guint line = 0;

  oh_trace_reader_init (&reader, text);
  while (oh_trace_reader_next (&reader, &record))
    {
      if (record.line <= line || record.text_line < record.line)
        g_abort ();
      if (record.text.len > 0 && (record.text.data < text.data ||
                                  record.text.data + record.text.len > text.data + text.len))
        g_abort ();
      line = record.line;
    }
  if (reader.at != text.len)
    g_abort ();
  return 0;
}
