/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "snom-settings.h"

#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* Table, text or XML, whatever it says: names are identifiers, values UTF-8, and stars are never
 * handed out as a value. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  OhSlice body = oh_slice ((const char *) data, size);
  g_autoptr (GHashTable) settings = oh_snom_settings_read (body);
  g_autoptr (GHashTable) values = oh_snom_settings_parse (body);
  GHashTableIter iter;
  gpointer name, found;

  g_assert_cmpuint (g_hash_table_size (settings), ==, g_hash_table_size (values));
  g_assert_cmpuint (g_hash_table_size (settings), <=, OH_SNOM_SETTINGS_MAX);
  g_hash_table_iter_init (&iter, settings);
  while (g_hash_table_iter_next (&iter, &name, &found))
    {
      const OhSnomSetting *setting = found;

      g_assert_cmpuint (strlen (name), >, 0);
      g_assert_true (g_str_is_ascii (name) && strpbrk (name, " <>&=") == NULL);
      g_assert_true (g_utf8_validate (setting->value, -1, NULL));
      g_assert_true (setting->masked == (oh_snom_settings_value (settings, name) == NULL));
      g_assert_cmpstr (g_hash_table_lookup (values, name), ==, setting->value);
    }
  return 0;
}
