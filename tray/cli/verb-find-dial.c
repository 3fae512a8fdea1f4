/* SPDX-License-Identifier: GPL-3.0-or-later */

/* offhook phone find --dial */

#include "verb-find.h"

#include <glib/gi18n-lib.h>
#include <unistd.h>

#include "cli-output.h"
#include "cli-terminal.h"
#include "error.h"

static guint seconds_left;
static guint ticking; /* source */

static gboolean
on_second (gpointer user_data)
{
  if (seconds_left > 0)
    seconds_left--;
  g_printerr (_ ("\r\033[K%u seconds left …"), seconds_left);
  return G_SOURCE_CONTINUE;
}

static void
stop_ticking (void)
{
  if (ticking == 0)
    return;
  g_clear_handle_id (&ticking, g_source_remove);
  g_printerr ("\r\033[K");
}

/* The code is what was asked for: on its own, so that it is read at a glance. */
static void
on_code (OhBusFinder1 *finder, const char *code, guint port, guint seconds, gpointer user_data)
{
  oh_cli_note (_ ("Dial this code on your phone: %s"), code);
  oh_cli_note (_ ("Waiting for %u seconds, at port %u; Ctrl-C ends it."), seconds, port);
  seconds_left = seconds;
  if (isatty (STDERR_FILENO) != 0 && ticking == 0)
    ticking = g_timeout_add_seconds (1, on_second, NULL);
}

static void
on_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  OhCli *cli = user_data;
  g_autoptr (GPtrArray) phones = NULL;
  GVariant *phone = NULL;
  GError *error = NULL;

  stop_ticking ();
  if (!oh_bus_finder1_call_find_by_code_finish (OH_BUS_FINDER1 (source), &phone, result, &error))
    {
      oh_cli_fail (cli, error);
      return;
    }
  phones = g_ptr_array_new_with_free_func ((GDestroyNotify) g_variant_unref);
  g_ptr_array_add (phones, phone);
  oh_found_print (cli, phones);
  oh_cli_note (_ ("“offhook phone add ADDRESS” sets it up."));
  oh_cli_done (cli);
}

static void
on_interrupt (gpointer user_data)
{
  oh_bus_finder1_call_cancel_code (user_data, NULL, NULL, NULL);
}

void
oh_verb_find_dial (OhCli *cli, OhBusFinder1 *finder)
{
  if (oh_cli_given (cli, OH_CLI_PROBE) || oh_cli_given (cli, OH_CLI_PAIR) ||
      oh_cli_value (cli, OH_CLI_SECONDS) != NULL)
    {
      oh_cli_fail (cli, g_error_new_literal (OH_ERROR, OH_ERROR_USAGE,
                                             _ ("--dial stands alone: no --probe, --pair or "
                                                "--wait beside it.")));
      return;
    }
  /* The agent has its limit; the bus needs none. */
  g_dbus_proxy_set_default_timeout (G_DBUS_PROXY (finder), G_MAXINT);
  g_signal_connect (finder, "code", G_CALLBACK (on_code), NULL);
  oh_cli_on_interrupt (on_interrupt, finder);
  oh_bus_finder1_call_find_by_code (finder, NULL, on_found, cli);
}
