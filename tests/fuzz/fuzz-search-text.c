/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "search-text.h"

#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* Lines: what is typed, a name, an address, a number. Who is called as was typed is found. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_auto (GStrv) lines = g_strsplit (text, "\n", 4);
  guint n = g_strv_length (lines);
  const char *addresses[] = { n > 2 ? lines[2] : NULL, NULL };
  const char *numbers[] = { n > 3 ? lines[3] : NULL, NULL };
  g_autoptr (OhQuery) query = oh_query_new (lines[0]);
  g_autoptr (OhSearchNeedle) needle = oh_search_needle_new (query);
  g_autoptr (OhSearchText) searched =
    oh_search_text_new (n > 1 ? lines[1] : "", addresses, numbers);
  g_autoptr (OhSearchText) same = oh_search_text_new (query->text, NULL, NULL);

  g_assert_cmpint (oh_search_text_match (searched, needle), <=, OH_SEARCH_NONE);
  g_assert_cmpint (oh_search_text_compare (searched, searched), ==, 0);
  g_assert_cmpint (oh_search_text_match (same, needle), <=, OH_SEARCH_NONE);
  return 0;
}
