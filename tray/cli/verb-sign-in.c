/* SPDX-License-Identifier: GPL-3.0-or-later */

/* offhook sign-in, sign-out, password */

#include <glib/gi18n-lib.h>
#include <string.h>

#include "bus-connection.h"
#include "bus-secret.h"
#include "cli-terminal.h"
#include "error.h"
#include "secret-text.h"
#include "verb-parts.h"
#include "verbs.h"

static void
on_state (OhBusAgent1 *agent, GParamSpec *pspec, gpointer user_data)
{
  oh_cli_note ("%s…", oh_verb_endpoint_state (oh_bus_agent1_get_endpoint_state (agent)));
}

static void
on_signed_in (GObject *source, GAsyncResult *result, gpointer user_data)
{
  OhCli *cli = user_data;
  OhBusAgent1 *agent = OH_BUS_AGENT1 (source);
  GError *error = NULL;

  g_signal_handlers_disconnect_by_func (agent, on_state, NULL);
  if (!oh_bus_agent1_call_sign_in_finish (agent, result, &error))
    {
      oh_cli_fail (cli, error);
      return;
    }
  oh_cli_say (cli, _ ("Signed in."));
  oh_cli_done (cli);
}

void
oh_verb_sign_in (OhCli *cli)
{
  OhBusAgent1 *agent = oh_cli_agent (cli);

  g_signal_connect (agent, "notify::endpoint-state", G_CALLBACK (on_state), NULL);
  oh_bus_agent1_call_sign_in (agent, NULL, on_signed_in, cli);
}

static void
on_signed_out (GObject *source, GAsyncResult *result, gpointer user_data)
{
  OhCli *cli = user_data;
  GError *error = NULL;

  if (!oh_bus_agent1_call_sign_out_finish (OH_BUS_AGENT1 (source), result, &error))
    {
      oh_cli_fail (cli, error);
      return;
    }
  oh_cli_say (cli, _ ("Signed out."));
  oh_cli_done (cli);
}

void
oh_verb_sign_out (OhCli *cli)
{
  oh_bus_agent1_call_sign_out (oh_cli_agent (cli), NULL, on_signed_out, cli);
}

/* --- password --- */

static void
on_stored (GObject *source, GAsyncResult *result, gpointer user_data)
{
  OhCli *cli = user_data;
  GError *error = NULL;

  if (!oh_bus_store_secret_finish (OH_BUS_AGENT1 (source), result, &error))
    {
      oh_cli_fail (cli, error);
      return;
    }
  oh_cli_note (_ ("The password is stored in the keyring."));
  oh_cli_done (cli);
}

/* The kinds of org.offhook.Agent1.StoreSecret, by the word after --level. */
static const struct
{
  const char *level;
  const char *kind;
} levels[] = {
  { "user", "phone" },
  { "admin", "phone-admin" },
  { "service", "phone-service" },
};

/* NULL for a word that is no level. */
static const char *
kind_of (OhCli *cli)
{
  const char *level = oh_cli_value (cli, OH_CLI_LEVEL);

  if (oh_cli_arg (cli, 0) == NULL)
    return "sign-in";
  for (gsize i = 0; i < G_N_ELEMENTS (levels); i++)
    if (g_str_equal (levels[i].level, level != NULL ? level : "user"))
      return levels[i].kind;
  return NULL;
}

/* (transfer full): what is stored: of the higher levels name and password in one. */
static char *
new_secret (OhCli *cli, const char *password)
{
  const char *user = oh_cli_value (cli, OH_CLI_USER);
  gsize len = strlen (password) + (user != NULL ? strlen (user) + 1 : 0);
  char *secret = oh_secret_alloc (len + 1);

  g_snprintf (secret, (gulong) len + 1, "%s%s%s", user != NULL ? user : "",
              user != NULL ? "\n" : "", password);
  return secret;
}

static void
on_entered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  OhCli *cli = user_data;
  const char *phone = oh_cli_arg (cli, 0);
  GError *error = NULL;
  char *password = oh_cli_read_line_finish (result, &error);
  char *secret;

  if (password != NULL && password[0] == '\0')
    g_set_error (&error, OH_ERROR, OH_ERROR_USAGE, _ ("An empty password is not stored."));
  if (password == NULL || error != NULL)
    oh_cli_fail (cli, error);
  else
    {
      secret = new_secret (cli, password);
      oh_bus_store_secret_async (oh_cli_agent (cli), kind_of (cli), phone != NULL ? phone : "",
                                 secret, NULL, on_stored, cli);
      oh_secret_free (secret);
    }
  oh_secret_free (password);
}

/* The name of the web page's login is a setting; those of the others go with their passwords. */
static GError *
wrong_options (OhCli *cli)
{
  const char *user = oh_cli_value (cli, OH_CLI_USER);
  const char *kind = kind_of (cli);

  if (kind == NULL)
    return g_error_new_literal (OH_ERROR, OH_ERROR_USAGE,
                                _ ("--level is “user”, “admin” or “service”."));
  if (g_str_has_prefix (kind, "phone-") != (user != NULL))
    return g_error_new_literal (OH_ERROR, OH_ERROR_USAGE,
                                _ ("--user NAME goes with --level admin and --level service; the "
                                   "name of the phone's web page is its setting “user”."));
  if (user != NULL && (user[0] == '\0' || strchr (user, '\n') != NULL))
    return g_error_new_literal (OH_ERROR, OH_ERROR_USAGE, _ ("That is no user name."));
  return NULL;
}

void
oh_verb_password (OhCli *cli)
{
  const char *phone = oh_cli_arg (cli, 0);
  const char *user = oh_cli_value (cli, OH_CLI_USER);
  GError *error = wrong_options (cli);
  g_autofree char *prompt = NULL;

  if (error != NULL)
    {
      oh_cli_fail (cli, error);
      return;
    }
  if (user != NULL)
    prompt = g_strdup_printf (_ ("Password of %s at the phone “%s”: "), user, phone);
  else if (phone != NULL)
    prompt = g_strdup_printf (_ ("Password of the phone “%s”: "), phone);
  else
    prompt =
      g_strdup_printf (_ ("Password of %s: "), oh_bus_agent1_get_endpoint_uri (oh_cli_agent (cli)));
  oh_cli_read_line_async (prompt, TRUE, on_entered, cli);
}
