/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "end-cause.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* Whatever a phone writes there means one of the causes. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);

  g_assert_cmpint (oh_end_cause_parse (text), <=, OH_END_FAILED);
  return 0;
}
