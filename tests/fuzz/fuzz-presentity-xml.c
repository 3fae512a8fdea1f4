/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "presentity-xml.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* Whatever it holds, it says something about the state and about the note. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (OhCategories) parsed =
    oh_presentity_parse (oh_slice ((const char *) data, size), NULL);
  const OhCategory *state;

  if (parsed == NULL)
    return 0;
  g_assert_cmpuint (parsed->items->len, >=, 2);
  state = g_ptr_array_index (parsed->items, 0);
  g_assert_true (state->empty == (state->availability < 3000));
  return 0;
}
