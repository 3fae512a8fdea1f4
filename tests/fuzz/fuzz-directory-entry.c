/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "directory-entry.h"

#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static void
assert_clean (const char *text)
{
  g_assert_true (g_utf8_validate (text, -1, NULL));
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    g_assert_false (g_unichar_iscntrl (g_utf8_get_char (p)));
}

/* Lines "attribute:octets". Whatever is kept can be shown. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (OhDirectoryEntry) entry = oh_directory_entry_new ();
  OhSlice rest = oh_slice ((const char *) data, size);

  while (rest.len > 0)
    {
      OhSlice line = oh_slice_eat_until (&rest, "\n");
      OhSlice name = oh_slice_eat_until (&line, ":");
      g_autofree char *attribute = oh_slice_dup (name);

      oh_slice_eat (&rest, '\n');
      oh_slice_eat (&line, ':');
      oh_directory_entry_take (entry, attribute, line);
    }
  if (oh_directory_entry_finish (entry))
    g_assert_true (entry->name[0] != '\0');
  assert_clean (entry->name);
  assert_clean (entry->uri);
  assert_clean (entry->mail);
  assert_clean (entry->ip_phone);
  assert_clean (entry->line);
  g_assert_cmpuint (entry->numbers->len, <=, OH_DIRECTORY_NUMBERS_MAX);
  for (guint i = 0; i < entry->numbers->len; i++)
    {
      const OhDirectoryNumber *number = entry->numbers->pdata[i];

      assert_clean (number->display);
      g_assert_cmpuint (strspn (number->number, "+0123456789*#;ext="), ==, strlen (number->number));
    }
  return 0;
}
