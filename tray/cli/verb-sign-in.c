/* SPDX-License-Identifier: GPL-3.0-or-later */

/* offhook sign-in, sign-out, password */

#include <glib/gi18n-lib.h>

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

static void
on_entered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  OhCli *cli = user_data;
  const char *phone = oh_cli_arg (cli, 0);
  GError *error = NULL;
  char *secret = oh_cli_read_line_finish (result, &error);

  if (secret != NULL && secret[0] == '\0')
    g_set_error (&error, OH_ERROR, OH_ERROR_USAGE, _ ("An empty password is not stored."));
  if (error != NULL)
    oh_cli_fail (cli, error);
  else
    oh_bus_store_secret_async (oh_cli_agent (cli), phone != NULL ? "phone" : "sign-in",
                               phone != NULL ? phone : "", secret, NULL, on_stored, cli);
  oh_secret_free (secret);
}

void
oh_verb_password (OhCli *cli)
{
  const char *phone = oh_cli_arg (cli, 0);
  g_autofree char *prompt =
    phone != NULL ? g_strdup_printf (_ ("Password of the phone “%s”: "), phone)
                  : g_strdup_printf (_ ("Password of %s: "),
                                     oh_bus_agent1_get_endpoint_uri (oh_cli_agent (cli)));

  oh_cli_read_line_async (prompt, TRUE, on_entered, cli);
}
