/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "roaming-self-xml.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (OhRoamingSelf) parsed =
    oh_roaming_self_parse (oh_slice ((const char *) data, size), NULL);

  g_assert_true (parsed == NULL || size > 0);
  return 0;
}
