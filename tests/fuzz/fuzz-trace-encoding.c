/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "trace-encoding.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GString) text = oh_trace_decode (oh_slice ((const char *) data, size));

  if (!g_utf8_validate_len (text->str, text->len, NULL))
    g_abort ();
  return 0;
}
