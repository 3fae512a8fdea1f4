/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config-account.h"

OhConfigPresence *
oh_config_read_presence (GSettings *agent)
{
  OhConfigPresence *presence = g_new0 (OhConfigPresence, 1);
  g_autofree char *word = g_settings_get_string (agent, "dnd-sync");
  gint64 idle_min = g_settings_get_uint (agent, "idle-minutes");
  gint64 away_min = g_settings_get_uint (agent, "away-minutes");

  presence->idle_us = idle_min * G_TIME_SPAN_MINUTE;
  presence->away_us = away_min > 0 ? (idle_min + away_min) * G_TIME_SPAN_MINUTE : 0;
  presence->phone_to_presence =
    g_str_equal (word, "phone-to-presence") || g_str_equal (word, "both");
  presence->presence_to_phone =
    g_str_equal (word, "presence-to-phone") || g_str_equal (word, "both");
  return presence;
}
