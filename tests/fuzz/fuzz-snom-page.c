/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "snom-page.h"

#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static void
assert_word (const char *word)
{
  for (const char *p = word; p != NULL && *p != '\0'; p++)
    g_assert_true (g_ascii_isalnum (*p) || strchr ("._-/", *p) != NULL);
}

/* Whatever a page says: what is taken from it are words and UTF-8. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  OhSlice body = oh_slice ((const char *) data, size);
  g_autoptr (OhSnomPage) page = oh_snom_page_parse (body, NULL);
  g_autoptr (GHashTable) settings = oh_snom_settings_parse (body);
  GHashTableIter iter;
  gpointer name, value;

  assert_word (page->model);
  assert_word (page->firmware);
  g_assert_true (page->mac == NULL || strlen (page->mac) == 12);
  g_hash_table_iter_init (&iter, settings);
  while (g_hash_table_iter_next (&iter, &name, &value))
    {
      g_assert_cmpuint (strlen (name), >, 0);
      g_assert_true (g_utf8_validate (value, -1, NULL));
    }
  return 0;
}
