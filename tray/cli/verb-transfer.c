/* SPDX-License-Identifier: GPL-3.0-or-later */

/* offhook transfer: at once, or after asking there; then to complete it. */

#include <glib/gi18n-lib.h>

#include "cli-terminal.h"
#include "error.h"
#include "verb-parts.h"
#include "verbs.h"

static void
fail (OhCli *cli, OhError code, const char *text)
{
  oh_cli_fail (cli, g_error_new_literal (OH_ERROR, (int) code, text));
}

/* A transfer under way. */
typedef struct
{
  OhCli *cli;       /* (unowned): lives until it is done */
  OhBusCall1 *call; /* (owned) */
  gboolean confirmed;
} Transfer;

static void send_it (Transfer *transfer);

static void
transfer_free (Transfer *transfer)
{
  g_object_unref (transfer->call);
  g_free (transfer);
}

static void
on_confirmed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Transfer *transfer = user_data;
  GError *error = NULL;

  if (oh_cli_confirm_finish (result, &error))
    {
      transfer->confirmed = TRUE;
      send_it (transfer);
      return;
    }
  oh_cli_fail (transfer->cli, error);
  transfer_free (transfer);
}

static void
say_consulted (OhCli *cli, GVariant *answer)
{
  const char *path;
  g_autoptr (OhBusCall1) call = NULL;
  g_autofree char *other = NULL;

  g_variant_get (answer, "(&o)", &path);
  call = oh_cli_find (cli, path, "org.offhook.Call1");
  if (call == NULL)
    return; /* ended and gone already */
  other = oh_verb_other_end (call);
  oh_cli_say (cli,
              _ ("Asking %s (call %s). “offhook transfer --complete” hands the call on; “offhook "
                 "hangup %s” and “offhook resume” take it back."),
              other, oh_bus_call1_get_id (call), oh_bus_call1_get_id (call));
}

static void
on_answered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Transfer *transfer = user_data;
  OhCli *cli = transfer->cli;
  GError *error = NULL;
  g_autoptr (GVariant) answer = g_dbus_proxy_call_finish (G_DBUS_PROXY (source), result, &error);

  if (g_error_matches (error, OH_ERROR, OH_ERROR_CONFIRM) && !transfer->confirmed)
    {
      oh_error_strip_remote (&error);
      oh_cli_confirm_async (error->message, on_confirmed, transfer);
      g_error_free (error);
      return;
    }
  transfer_free (transfer);
  if (answer == NULL)
    {
      oh_cli_fail (cli, error);
      return;
    }
  if (oh_cli_call_options (cli)->attended)
    say_consulted (cli, answer);
  oh_cli_done (cli);
}

static GVariant *
arguments (const Transfer *transfer)
{
  const OhCliCallOptions *options = oh_cli_call_options (transfer->cli);
  const char *text = oh_cli_arg (transfer->cli, 0);
  GVariantBuilder more;

  if (options->complete)
    return g_variant_new ("()");
  g_variant_builder_init (&more, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&more, "{sv}", "confirmed", g_variant_new_boolean (transfer->confirmed));
  if (options->identity != NULL && options->attended)
    g_variant_builder_add (&more, "{sv}", "identity", g_variant_new_string (options->identity));
  return g_variant_new ("(ss@a{sv})", text, oh_verb_number_source (text),
                        g_variant_builder_end (&more));
}

static void
send_it (Transfer *transfer)
{
  const OhCliCallOptions *options = oh_cli_call_options (transfer->cli);
  const char *method = options->complete   ? "CompleteTransfer"
                       : options->attended ? "Consult"
                                           : "Transfer";

  g_dbus_proxy_call (G_DBUS_PROXY (transfer->call), method, arguments (transfer),
                     G_DBUS_CALL_FLAGS_NONE, G_MAXINT, NULL, on_answered, transfer);
}

static void
start (OhCli *cli, const char *call_id)
{
  static const char *const connected[] = { "connected", NULL };
  GError *error = NULL;
  g_autoptr (OhBusCall1) call = oh_verb_choose_call (cli, call_id, connected, &error);
  Transfer *transfer;

  if (call == NULL)
    {
      oh_cli_fail (cli, error);
      return;
    }
  transfer = g_new0 (Transfer, 1);
  transfer->cli = cli;
  transfer->call = g_steal_pointer (&call);
  transfer->confirmed = oh_cli_yes (cli);
  send_it (transfer);
}

void
oh_verb_transfer (OhCli *cli)
{
  const OhCliCallOptions *options = oh_cli_call_options (cli);
  const char *text = oh_cli_arg (cli, 0);

  if (options->complete && oh_cli_arg (cli, 1) == NULL)
    start (cli, text); /* the call, or none */
  else if (options->complete || text == NULL)
    fail (cli, OH_ERROR_USAGE,
          _ ("Say to whom, or --complete for a transfer that was begun with --attended."));
  else if (!g_utf8_validate (text, -1, NULL))
    fail (cli, OH_ERROR_BAD_NUMBER, _ ("This is not a number: it is not valid UTF-8 text."));
  else
    start (cli, oh_cli_arg (cli, 1));
}
