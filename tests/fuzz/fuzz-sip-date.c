/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "sip-date.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  gint64 unix_s = G_MININT64;
  gboolean read = oh_sip_date_parse (oh_slice ((const char *) data, size), &unix_s);

  if (read == (unix_s == G_MININT64))
    g_abort ();
  return 0;
}
