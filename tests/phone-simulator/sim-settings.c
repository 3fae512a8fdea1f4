/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim-settings.h"

#include <string.h>

typedef struct
{
  char *ram;   /* (owned) */
  char *flash; /* (owned) (nullable): never stored */
  char flag;   /* '!', '$' or '&' */
  gboolean by_user;
} Setting;

struct _SimSettings
{
  GHashTable *table; /* (owned) (element-type utf8 Setting) */
  SimSettingChanged changed;
  gpointer user_data;
};

/* clang-format off */
static const struct { const char *name; char flag; const char *value; } factory[] = {
  { "http_user", '$', "admin" },
  { "http_pass", '$', "1234" },
  { "http_scheme", '$', "on" },
  { "http_port", '$', "80" },
  { "https_port", '$', "443" },
  { "webserver_type", '$', "http_https" },
  { "admin_mode", '$', "on" },
  { "admin_mode_password", '$', "0000" },
  { "admin_mode_password_confirm", '$', "0000" },
  { "service_mode_login", '$', "" },
  { "service_mode_pass", '$', "" },
  { "use_hidden_tags", '$', "off" },
  { "restrict_uri_queries", '$', "off" },
  { "check_fqdn_against_server_cert", '$', "off" },
  { "active_line", '!', "1" },
  { "dnd_mode", '!', "off" },
  { "redirect_event", '!', "none" },
  { "redirect_number", '!', "" },
  { "redirect_busy_number", '!', "" },
  { "redirect_time_number", '!', "" },
  { "redirect_time", '!', "" },
  { "keyboard_lock", '!', "off" },
  { "keyboard_lock_pw", '!', "" },
  { "keyboard_lock_emergency", '$', "911 112 110 999 19222" },
  { "xml_notify", '$', "off" },
  { "filter_registrar", '$', "on" },
  { "mb_trusted_hosts", '$', "" },
  { "challenge_checksync", '$', "off" },
  { "csta_control", '$', "off" },
  { "setting_server", '$', "" },
  { "phone_name", '$', "" },
  { "language", '!', "English" },
  { "web_language", '!', "English" },
  { "call_waiting", '!', "on" },
  { "vol_speaker", '!', "8" },
  { "vol_handset", '!', "8" },
  { "vol_ringer", '!', "8" },
  { "mac", '&', "" },
  { "phone_type", '&', "" },
  { "firmware_version", '&', "" },
  { "user_active1", '$', "on" },
  { "user_realname1", '$', "" },
  { "user_name1", '$', "440" },
  { "user_host1", '$', "pbx.example" },
  { "user_pname1", '$', "" },
  { "user_pass1", '$', "" },
  { "user_outbound1", '$', "" },
  { "action_setup_url", '$', "" },
  { "action_incoming_url", '$', "" },
  { "action_outgoing_url", '$', "" },
  { "action_offhook_url", '$', "" },
  { "action_onhook_url", '$', "" },
  { "action_connected_url", '$', "" },
  { "action_disconnected_url", '$', "" },
  { "action_missed_url", '$', "" },
  { "action_hold", '$', "" },
  { "action_unhold", '$', "" },
  { "action_transfer", '$', "" },
  { "action_blind_transfer", '$', "" },
  { "action_attended_transfer", '$', "" },
  { "action_dnd_on_url", '$', "" },
  { "action_dnd_off_url", '$', "" },
  { "action_redirection_on_url", '$', "" },
  { "action_redirection_off_url", '$', "" },
  { "action_reg_failed", '$', "" },
  { "action_log_on_url", '$', "" },
  { "action_log_off_url", '$', "" },
  { "action_longpress_url", '$', "" },
};
/* clang-format on */

static void
setting_free (gpointer data)
{
  Setting *setting = data;

  g_free (setting->ram);
  g_free (setting->flash);
  g_free (setting);
}

static void
fill (SimSettings *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (factory); i++)
    {
      sim_settings_put (self, factory[i].name, factory[i].value);
      sim_settings_flag (self, factory[i].name, factory[i].flag);
    }
}

SimSettings *
sim_settings_new (void)
{
  SimSettings *self = g_new0 (SimSettings, 1);

  self->table = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, setting_free);
  fill (self);
  return self;
}

void
sim_settings_reset (SimSettings *self)
{
  SimSettingChanged changed = g_steal_pointer (&self->changed); /* nobody is told */

  g_hash_table_remove_all (self->table);
  fill (self);
  sim_settings_put (self, "http_user", "");
  sim_settings_put (self, "http_pass", "");
  self->changed = changed;
}

void
sim_settings_free (SimSettings *self)
{
  g_hash_table_unref (self->table);
  g_free (self);
}

void
sim_settings_remove (SimSettings *self, const char *name)
{
  g_hash_table_remove (self->table, name);
}

void
sim_settings_watch (SimSettings *self, SimSettingChanged changed, gpointer user_data)
{
  self->changed = changed;
  self->user_data = user_data;
}

gboolean
sim_settings_has (SimSettings *self, const char *name)
{
  return g_hash_table_contains (self->table, name);
}

const char *
sim_settings_get (SimSettings *self, const char *name)
{
  Setting *setting = g_hash_table_lookup (self->table, name);

  return setting != NULL ? setting->ram : "";
}

gboolean
sim_settings_on (SimSettings *self, const char *name)
{
  const char *value = sim_settings_get (self, name);

  return g_str_equal (value, "on") || g_str_equal (value, "true");
}

const char *
sim_settings_identity (SimSettings *self, const char *stem, guint number)
{
  g_autofree char *name = g_strdup_printf ("%s%u", stem, number);

  return sim_settings_get (self, name);
}

static Setting *
ensure (SimSettings *self, const char *name)
{
  Setting *setting = g_hash_table_lookup (self->table, name);

  if (setting == NULL)
    {
      setting = g_new0 (Setting, 1);
      setting->ram = g_strdup ("");
      setting->flag = '$';
      g_hash_table_insert (self->table, g_strdup (name), setting);
    }
  return setting;
}

static void
change (SimSettings *self, const char *name, Setting *setting, const char *value)
{
  g_autofree char *old = g_steal_pointer (&setting->ram);

  setting->ram = g_strdup (value);
  if (self->changed != NULL && !g_str_equal (old, value))
    self->changed (name, old, setting->ram, self->user_data);
}

void
sim_settings_put (SimSettings *self, const char *name, const char *value)
{
  Setting *setting = ensure (self, name);

  g_free (setting->flash);
  setting->flash = g_strdup (value);
  change (self, name, setting, value);
}

gboolean
sim_settings_write (SimSettings *self, const char *name, const char *value, gboolean strict)
{
  gboolean known = sim_settings_has (self, name);
  Setting *setting;

  if (!known && (strict || g_hash_table_size (self->table) >= SIM_SETTINGS_MAX))
    return FALSE;
  if (strlen (value) > SIM_SETTING_VALUE_MAX)
    return FALSE;
  setting = ensure (self, name);
  if (setting->flag == '&')
    return FALSE;
  setting->by_user = TRUE;
  change (self, name, setting, value);
  return TRUE;
}

void
sim_settings_flag (SimSettings *self, const char *name, char flag)
{
  ensure (self, name)->flag = flag;
}

static void
provision_line (SimSettings *self, const char *line)
{
  const char *colon = strchr (line, ':');
  gsize length = colon != NULL ? (gsize) (colon - line) : 0;
  char flag = length > 1 ? line[length - 1] : '\0';
  gboolean flagged = flag != '\0' && strchr ("!$&", flag) != NULL;
  g_autofree char *name = NULL;
  Setting *setting;

  if (length == 0 || *line == '#' || *line == '<')
    return;
  name = g_strndup (line, flagged ? length - 1 : length);
  setting = ensure (self, name);
  setting->flag = flagged ? flag : '&'; /* no suffix is read-only for the user */
  if (setting->flag == '!' && setting->by_user)
    return;
  setting->by_user = FALSE;
  sim_settings_put (self, name, colon[1] == ' ' ? colon + 2 : colon + 1);
}

void
sim_settings_provision (SimSettings *self, const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (char **line = lines; *line != NULL; line++)
    provision_line (self, g_strchomp (*line));
}

void
sim_settings_store (SimSettings *self)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->table);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Setting *setting = value;

      g_free (setting->flash);
      setting->flash = g_strdup (setting->ram);
    }
}

void
sim_settings_power_cut (SimSettings *self)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->table);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Setting *setting = value;

      if (setting->flash == NULL)
        {
          g_hash_table_iter_remove (&iter);
          continue;
        }
      g_free (setting->ram); /* nothing is reported: the phone has just lost its memory */
      setting->ram = g_strdup (setting->flash);
    }
}

void
sim_settings_foreach (SimSettings *self, SimSettingEach each, gpointer user_data)
{
  GList *names = g_list_sort (g_hash_table_get_keys (self->table), (GCompareFunc) g_strcmp0);

  for (GList *l = names; l != NULL; l = l->next)
    {
      Setting *setting = g_hash_table_lookup (self->table, l->data);

      each (l->data, setting->flag, setting->ram, user_data);
    }
  g_list_free (names);
}

gboolean
sim_settings_is_secret (const char *name)
{
  return strstr (name, "pass") != NULL || strstr (name, "_pw") != NULL ||
         g_str_has_prefix (name, "user_hash");
}
