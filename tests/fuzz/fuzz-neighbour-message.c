/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "neighbour-message.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* It comes from the kernel, and is read as if it did not. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GArray) table = g_array_new (FALSE, FALSE, sizeof (OhNeighbour));

  oh_neighbour_read (data, size, table);
  g_assert_cmpuint (table->len, <=, OH_NEIGHBOURS_MAX);
  return 0;
}
