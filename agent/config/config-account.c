/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The account's part of config.h. */
#include "config-account.h"

#include <glib/gi18n-lib.h>

#include "config-value.h"
#include "error.h"

void
oh_config_note_problem (GError **problem, const char *key, const char *value, const char *wanted)
{
  g_autofree char *shown = g_utf8_make_valid (value, -1);

  if (*problem != NULL)
    return;
  g_set_error (problem, OH_ERROR, OH_ERROR_SETTINGS,
               _ ("The setting “%s” has the value “%.64s”, which cannot be used: %s."), key, shown,
               wanted);
}

char *
oh_config_read_file (GSettings *settings, const char *key, GError **problem)
{
  g_autofree char *value = g_settings_get_string (settings, key);

  if (value[0] == '\0' || g_path_is_absolute (value))
    return g_steal_pointer (&value);
  oh_config_note_problem (problem, key, value, _ ("an absolute path is needed"));
  return g_strdup ("");
}

static char *
dup_uri (GSettings *agent, GError **problem)
{
  g_autofree char *value = g_settings_get_string (agent, "uri");
  char *uri = value[0] != '\0' ? oh_config_value_uri (value) : NULL;

  if (uri != NULL)
    return uri;
  if (value[0] != '\0')
    oh_config_note_problem (problem, "uri", value,
                            _ ("an address such as sip:alice@example.org is needed"));
  return g_strdup ("");
}

/* @host: (out) (transfer full): "" for none */
static void
read_server (GSettings *agent, const char *key, char **host, guint16 *port, GError **problem)
{
  g_autofree char *value = g_settings_get_string (agent, key);

  if (value[0] != '\0' && !oh_config_value_address (value, host, port))
    oh_config_note_problem (problem, key, value, _ ("“host” or “host:port” is needed"));
  if (*host == NULL)
    *host = g_strdup ("");
}

/* What is no domain trusts nothing; the others still count. */
static GStrv
dup_domains (GSettings *agent, GError **problem)
{
  g_auto (GStrv) values = g_settings_get_strv (agent, "trusted-domains");
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; values[i] != NULL; i++)
    {
      g_autofree char *host = NULL;
      guint16 port = 0;

      if (oh_config_value_address (values[i], &host, &port) && port == 0)
        g_strv_builder_add (builder, host);
      else
        oh_config_note_problem (problem, "trusted-domains", values[i],
                                _ ("domains such as example.org are needed"));
    }
  return g_strv_builder_end (builder);
}

OhConfigAccount *
oh_config_read_account (GSettings *agent)
{
  OhConfigAccount *account = g_new0 (OhConfigAccount, 1);
  g_autofree char *names = g_settings_get_string (agent, "server-names");
  g_autofree char *mechanism = g_settings_get_string (agent, "mechanism");

  account->uri = dup_uri (agent, &account->problem);
  account->login = g_settings_get_string (agent, "login");
  read_server (agent, "server", &account->server_host, &account->server_port, &account->problem);
  read_server (agent, "external-server", &account->external_host, &account->external_port,
               &account->problem);
  account->names = g_str_equal (names, "strict") ? OH_CONFIG_NAMES_STRICT : OH_CONFIG_NAMES_RELAXED;
  account->trusted_domains = dup_domains (agent, &account->problem);
  if (g_str_equal (mechanism, "kerberos"))
    account->mechanism = OH_CONFIG_MECHANISM_KERBEROS;
  else if (g_str_equal (mechanism, "ntlm"))
    account->mechanism = OH_CONFIG_MECHANISM_NTLM;
  account->allow_56_bit = g_settings_get_boolean (agent, "allow-56-bit");
  account->extended_protection = g_settings_get_boolean (agent, "extended-protection");
  account->ca_file = oh_config_read_file (agent, "ca-file", &account->problem);
  return account;
}
