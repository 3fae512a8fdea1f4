/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config-login.h"

#include "config-events.h"

gboolean
oh_config_store_user (OhConfig *self, const char *id, const char *user, GError **error)
{
  GSettings *settings = oh_config_open_phone (self, id, "user", error);

  return settings != NULL && g_settings_set_string (settings, "user", user);
}
