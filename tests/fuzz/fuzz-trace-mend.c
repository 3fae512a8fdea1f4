/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "trace-mend.h"

#include "trace-encoding.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GString) text = oh_trace_decode (oh_slice ((const char *) data, size));
  OhTraceReader reader;
  OhTraceRecord record;

  oh_trace_reader_init (&reader, oh_slice (text->str, text->len));
  while (oh_trace_reader_next (&reader, &record))
    {
      gboolean is_http;
      g_autoptr (OhSipMessage) message = oh_trace_mend (&record, &is_http);

      if (message != NULL && !oh_sip_message_is_request (message) &&
          oh_sip_message_status (message) < 100)
        g_abort ();
    }
  return 0;
}
