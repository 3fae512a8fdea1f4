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

/* Whatever a page says: what is taken from it are words. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  OhSlice body = oh_slice ((const char *) data, size);
  g_autoptr (OhSnomPage) page = oh_snom_page_parse (body, NULL);

  assert_word (page->model);
  assert_word (page->firmware);
  g_assert_true (page->mac == NULL || strlen (page->mac) == 12);
  return 0;
}
