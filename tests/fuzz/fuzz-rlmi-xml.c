/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "rlmi-xml.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (OhRlmi) parsed = oh_rlmi_parse (oh_slice ((const char *) data, size), NULL);

  g_assert_true (parsed == NULL || size > 0);
  return 0;
}
