/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "trace-mask.h"

#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* What was masked once has nothing left to mask. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *copy = g_strndup ((const char *) data, size);
  g_autofree char *once = oh_trace_mask (oh_slice (copy, strlen (copy)));
  g_autofree char *twice = oh_trace_mask (oh_slice (once, strlen (once)));

  if (strlen (once) > 3 * strlen (copy) + 3 || strlen (twice) > strlen (once) + 3)
    g_abort ();
  return 0;
}
