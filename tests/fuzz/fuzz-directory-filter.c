/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "directory-filter.h"

#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* Whatever was typed, brackets come in pairs and nothing stands outside. */
static void
assert_whole (const char *filter)
{
  guint depth = 0;

  for (const char *p = filter; *p != '\0'; p++)
    {
      g_assert_false (g_ascii_iscntrl (*p));
      depth += *p == '(' ? 1 : 0;
      depth -= *p == ')' ? 1 : 0;
      g_assert_true (depth > 0 || p[1] == '\0');
    }
  g_assert_cmpuint (depth, ==, 0);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autoptr (OhQuery) query = oh_query_new (text);
  g_autofree char *plain = oh_directory_filter (OH_DIRECTORY_PLAIN, query, "(o=x)");
  g_autofree char *active = oh_directory_filter (OH_DIRECTORY_ACTIVE, query, NULL);
  g_autofree char *own = oh_directory_filter_own (text);

  if (plain != NULL)
    assert_whole (plain);
  if (active != NULL)
    assert_whole (active);
  assert_whole (own);
  return 0;
}
