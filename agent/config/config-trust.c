/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config-events.h"

/* Returns: (transfer none) (nullable): the settings of a phone, where all of these can be written
 */
static GSettings *
open_for_trust (OhConfig *self, const char *id, GError **error)
{
  static const char *const keys[] = { "ca-file", "expected-name", "trust" };
  GSettings *settings = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      settings = oh_config_open_phone (self, id, keys[i], error);
      if (settings == NULL)
        return NULL;
    }
  return settings;
}

gboolean
oh_config_store_authority (OhConfig *self, const char *id, const char *ca_file,
                           const char *expected_name, GError **error)
{
  GSettings *settings = open_for_trust (self, id, error);

  if (settings == NULL)
    return FALSE;
  g_settings_set_string (settings, "ca-file", ca_file);
  g_settings_set_string (settings, "expected-name", expected_name);
  g_settings_set_string (settings, "trust", "ca"); /* last: it is judged by the two others */
  return TRUE;
}
