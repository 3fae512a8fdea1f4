/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "snom-wish.h"
#include "secret-text.h"
#include "snom-settings.h"

#include <string.h>

#define SECURITY_PAGE "/advanced_qos_security.htm"

void
oh_snom_wish_free (OhSnomWish *wish)
{
  if (wish == NULL)
    return;
  g_free (wish->page);
  for (guint i = 0; i < wish->n; i++)
    {
      g_free (wish->names[i]);
      oh_secret_free (wish->values[i]);
    }
  g_free (wish);
}

static OhSnomWish *
new_wish (char *page)
{
  OhSnomWish *wish = g_new0 (OhSnomWish, 1);

  wish->page = page;
  return wish;
}

/* @value: (nullable): NULL leaves the setting. */
static void
add (OhSnomWish *wish, const char *name, const char *value)
{
  if (value == NULL)
    return;
  g_return_if_fail (wish->n < OH_SNOM_WISH_MAX);
  wish->names[wish->n] = g_strdup (name);
  wish->values[wish->n] = oh_secret_dup (value);
  wish->n++;
}

static gboolean
has (GHashTable *settings, const char *name)
{
  return settings != NULL && g_hash_table_contains (settings, name);
}

static void
add_admin (OhSnomWish *wish, GHashTable *settings, const char *user, const char *password)
{
  if (has (settings, "webserver_admin_password") || has (settings, "webserver_admin_name"))
    {
      add (wish, "webserver_admin_name", user);
      add (wish, "webserver_admin_password", password);
      return;
    }
  add (wish, "admin_mode_password", password);
  add (wish, "admin_mode_password_confirm", password);
}

static void
add_user (OhSnomWish *wish, GHashTable *settings, const char *user, const char *password)
{
  gboolean renamed = !has (settings, "http_user") && has (settings, "webserver_user_name");

  add (wish, renamed ? "webserver_user_name" : "http_user", user);
  add (wish, renamed ? "webserver_user_password" : "http_pass", password);
}

OhSnomWish *
oh_snom_wish_login (GHashTable *settings, OhPhoneLoginKind kind, const char *user,
                    const char *password)
{
  OhSnomWish *wish = new_wish (g_strdup (SECURITY_PAGE));

  switch (kind)
    {
    case OH_PHONE_LOGIN_ADMIN: add_admin (wish, settings, user, password); break;
    case OH_PHONE_LOGIN_SERVICE:
      add (wish, "service_mode_login", user);
      add (wish, "service_mode_pass", password);
      break;
    case OH_PHONE_LOGIN_USER:
    case OH_N_PHONE_LOGINS:
    default: add_user (wish, settings, user, password); break;
    }
  return wish;
}

static void
add_numbered (OhSnomWish *wish, const char *stem, guint number, const char *value)
{
  g_autofree char *name = g_strdup_printf ("%s%u", stem, number);

  add (wish, name, value);
}

OhSnomWish *
oh_snom_wish_account (const OhPhoneAccount *account)
{
  g_autoptr (OhSnomWish) wish =
    new_wish (g_strdup_printf ("/line_login.htm?l=%u", account->number));

  add_numbered (wish, "user_realname", account->number, account->display);
  add_numbered (wish, "user_name", account->number, account->name);
  add_numbered (wish, "user_host", account->number, account->host);
  add_numbered (wish, "user_pname", account->number, account->login);
  add_numbered (wish, "user_pass", account->number, account->password);
  add_numbered (wish, "user_outbound", account->number, account->outbound);
  if (wish->n == 0)
    return NULL;
  add_numbered (wish, "user_active", account->number, "on");
  return g_steal_pointer (&wish);
}

OhSnomWish *
oh_snom_wish_crypt (const OhPhoneAccount *account)
{
  static const char *const savp[] = {
    [OH_PHONE_CRYPT_OFF] = "off",
    [OH_PHONE_CRYPT_OPTIONAL] = "optional",
    [OH_PHONE_CRYPT_MANDATORY] = "mandatory",
  };
  gboolean on = account->crypt != OH_PHONE_CRYPT_OFF;
  OhSnomWish *wish;

  if (account->crypt == OH_PHONE_CRYPT_KEEP)
    return NULL;
  wish = new_wish (g_strdup_printf ("/line_rtp.htm?l=%u", account->number));
  add_numbered (wish, "user_srtp", account->number, on ? "on" : "off");
  add_numbered (wish, "user_savp", account->number, savp[account->crypt]);
  return wish;
}

char *
oh_snom_register_target (guint number)
{
  return g_strdup_printf ("/command.htm?REREGISTER=%u", number);
}

void
oh_snom_settings_merge (GHashTable *settings, GHashTable *more)
{
  GHashTableIter iter;
  gpointer name, value;

  g_hash_table_iter_init (&iter, more);
  while (g_hash_table_iter_next (&iter, &name, &value))
    {
      OhSnomSetting *known = g_hash_table_lookup (settings, name);
      const OhSnomSetting *found = value;

      if (known == NULL)
        {
          g_hash_table_iter_steal (&iter);
          g_hash_table_insert (settings, name, value);
        }
      else if (known->permission == OH_SNOM_PERMISSION_UNKNOWN)
        known->permission = found->permission;
    }
  g_hash_table_remove_all (more);
}

gboolean
oh_snom_sees_all (GHashTable *settings)
{
  return has (settings, "http_user") || has (settings, "webserver_user_name");
}

const char *
oh_snom_wish_obstacle (const OhSnomWish *wish, GHashTable *settings)
{
  if (wish == NULL)
    return NULL;
  for (guint i = 0; i < wish->n; i++)
    if (oh_snom_settings_permission (settings, wish->names[i]) == OH_SNOM_PERMISSION_READ_ONLY)
      return wish->names[i];
  return oh_snom_sees_all (settings) ? NULL : "admin_mode";
}

const char *
oh_snom_wish_missed (const OhSnomWish *wish, GHashTable *settings)
{
  for (guint i = 0; wish != NULL && i < wish->n; i++)
    {
      const char *value = oh_snom_settings_value (settings, wish->names[i]);
      gboolean secret = strstr (wish->names[i], "pass") != NULL;

      if (!secret && value != NULL && !g_str_equal (value, wish->values[i]))
        return wish->names[i];
    }
  return NULL;
}

/* The UC edition is the line 8.8 (8.9 and 10 came after it, for other phones). */
static gboolean
is_uc (GHashTable *settings, const char *firmware)
{
  const char *version = oh_snom_settings_value (settings, "firmware_version");

  return (firmware != NULL && g_str_has_prefix (firmware, "8.8.")) ||
         (version != NULL && strstr (version, "-UC") != NULL);
}

/* Whether a value that is written to @name is overwritten by the next resync. */
static gboolean
is_provisioned (GHashTable *settings, const char *name)
{
  return oh_snom_settings_permission (settings, name) != OH_SNOM_PERMISSION_USER;
}

static const char *
provisioned_by (GHashTable *settings)
{
  static const char *const servers[] = { "setting_server", "pnp_server", "redirection_server",
                                         "dhcp_setting_server" };

  for (gsize i = 0; i < G_N_ELEMENTS (servers); i++)
    {
      const char *value = oh_snom_settings_value (settings, servers[i]);

      if (value != NULL && *value != '\0')
        return servers[i];
    }
  return NULL;
}

static char *
dup_numbered (GHashTable *settings, const char *stem, guint number)
{
  g_autofree char *name = g_strdup_printf ("%s%u", stem, number);

  return g_strdup (oh_snom_settings_value (settings, name));
}

static OhPhoneCrypt
read_crypt (GHashTable *settings, guint number)
{
  g_autofree char *srtp = dup_numbered (settings, "user_srtp", number);
  g_autofree char *savp = dup_numbered (settings, "user_savp", number);
  OhPhoneCrypt crypt = OH_PHONE_CRYPT_OPTIONAL;

  if (g_strcmp0 (srtp, "on") != 0)
    return srtp != NULL ? OH_PHONE_CRYPT_OFF : OH_PHONE_CRYPT_KEEP;
  oh_phone_crypt_parse (savp, &crypt);
  return crypt;
}

static void
add_account (OhPhoneAdminView *view, GHashTable *settings, guint number)
{
  g_autofree char *name = g_strdup_printf ("user_name%u", number);
  OhPhoneAccount *account;

  if (!has (settings, name))
    return;
  account = g_new0 (OhPhoneAccount, 1);
  account->number = number;
  account->name = dup_numbered (settings, "user_name", number);
  account->host = dup_numbered (settings, "user_host", number);
  account->outbound = dup_numbered (settings, "user_outbound", number);
  account->login = dup_numbered (settings, "user_pname", number);
  account->display = dup_numbered (settings, "user_realname", number);
  account->crypt = read_crypt (settings, number);
  g_ptr_array_add (view->accounts, account);
}

static void
read_cautions (OhPhoneAdminView *view, GHashTable *settings, const char *firmware, gboolean open)
{
  view->provisioned_by = g_strdup (provisioned_by (settings));
  if (view->provisioned_by != NULL && is_provisioned (settings, "http_pass"))
    view->cautions |= OH_PHONE_CAUTION_PROVISIONED;
  if (oh_snom_settings_is_on (settings, "disable_storing_changes"))
    view->cautions |= OH_PHONE_CAUTION_NEVER_STORED;
  if (is_uc (settings, firmware) && *view->user == '\0')
    view->cautions |= OH_PHONE_CAUTION_ACCOUNT_IS_LOGIN;
  if (open)
    view->cautions |= OH_PHONE_CAUTION_OPEN;
  if (oh_snom_settings_is_on (settings, "use_hidden_tags") ||
      oh_snom_settings_is_on (settings, "restrict_uri_queries"))
    view->cautions |= OH_PHONE_CAUTION_NO_COMMANDS;
}

OhPhoneAdminView *
oh_snom_admin_view (GHashTable *settings, const char *firmware, gboolean open)
{
  OhPhoneAdminView *view = g_new0 (OhPhoneAdminView, 1);
  const char *user = oh_snom_settings_value (settings, "http_user");

  if (user == NULL)
    user = oh_snom_settings_value (settings, "webserver_user_name");
  view->user = g_strdup (user != NULL ? user : "");
  view->digest = oh_snom_settings_is_on (settings, "http_scheme");
  view->accounts = g_ptr_array_new_with_free_func ((GDestroyNotify) oh_phone_account_free);
  read_cautions (view, settings, firmware, open);
  for (guint kind = 0; kind < OH_N_PHONE_LOGINS; kind++)
    {
      g_autoptr (OhSnomWish) wish = oh_snom_wish_login (settings, (OhPhoneLoginKind) kind, "", "");

      view->blocked[kind] = g_strdup (oh_snom_wish_obstacle (wish, settings));
    }
  for (guint number = 1; number <= OH_PHONE_ACCOUNTS_MAX; number++)
    add_account (view, settings, number);
  return view;
}
