/* SPDX-License-Identifier: GPL-3.0-or-later */

/* offhook call: the number is shown as it will be dialled before anything is dialled that wants a
 * confirmation; then the call is followed as far as --wait says. */

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cli-output.h"
#include "cli-terminal.h"
#include "error.h"
#include "verb-parts.h"
#include "verbs.h"

/* What is to be dialled. */
#define KEY_TEXT "text"

/* The call that this run has dialled; lives until the run is over. */
typedef struct
{
  OhCli *cli;       /* borrowed */
  OhBusCall1 *call; /* (owned) */
  gboolean connected;
} Watch;

static void
free_watch (Watch *watch)
{
  g_signal_handlers_disconnect_by_data (watch->call, watch);
  g_signal_handlers_disconnect_by_data (oh_cli_manager (watch->cli), watch);
  g_object_unref (watch->call);
  g_free (watch);
}

static void
print_call (OhCli *cli, OhBusCall1 *call)
{
  JsonBuilder *builder = json_builder_new ();

  oh_verb_add_call (builder, call);
  oh_cli_json_print (builder);
}

static void
finish (Watch *watch, GError *error)
{
  OhCli *cli = watch->cli;

  if (error == NULL && oh_cli_json (cli))
    print_call (cli, watch->call);
  free_watch (watch);
  if (error != NULL)
    oh_cli_fail (cli, error);
  else
    oh_cli_done (cli);
}

static void
on_ended (Watch *watch)
{
  gboolean wanted_connection = g_str_equal (oh_cli_value (watch->cli, OH_CLI_WAIT), "connected");

  oh_cli_note (_ ("The call has ended."));
  if (wanted_connection && !watch->connected)
    finish (watch,
            g_error_new (OH_ERROR, OH_ERROR_FAILED, _ ("The call ended before anybody answered.")));
  else
    finish (watch, NULL);
}

static void
on_state (Watch *watch)
{
  const char *state = oh_bus_call1_get_state (watch->call);

  if (g_str_equal (state, "ended"))
    {
      on_ended (watch);
      return;
    }
  oh_verb_print_call_note (watch->call);
  if (!g_str_equal (state, "connected"))
    return;
  watch->connected = TRUE;
  if (g_str_equal (oh_cli_value (watch->cli, OH_CLI_WAIT), "connected"))
    finish (watch, NULL);
}

static void
on_removed (GDBusObjectManager *manager, GDBusObject *object, gpointer user_data)
{
  Watch *watch = user_data;
  const char *path = g_dbus_proxy_get_object_path (G_DBUS_PROXY (watch->call));

  if (g_str_equal (g_dbus_object_get_object_path (object), path))
    on_ended (watch);
}

/* The agent went away in mid-call: it cannot be told any more how the call went. */
static void
on_owner (GDBusObjectManager *manager, GParamSpec *pspec, gpointer user_data)
{
  finish (user_data, g_error_new (OH_ERROR, OH_ERROR_OUTCOME_UNKNOWN,
                                  _ ("The agent ended while the call was up.")));
}

static void
follow (OhCli *cli, OhBusCall1 *call)
{
  Watch *watch = g_new0 (Watch, 1);

  watch->cli = cli;
  watch->call = g_object_ref (call);
  if (oh_cli_value (cli, OH_CLI_WAIT) == NULL)
    {
      finish (watch, NULL);
      return;
    }
  g_signal_connect (oh_cli_manager (cli), "object-removed", G_CALLBACK (on_removed), watch);
  g_signal_connect (oh_cli_manager (cli), "notify::name-owner", G_CALLBACK (on_owner), watch);
  g_signal_connect_swapped (call, "notify::state", G_CALLBACK (on_state), watch);
  on_state (watch);
}

static void
on_dialled (GObject *source, GAsyncResult *result, gpointer user_data)
{
  OhCli *cli = user_data;
  g_autofree char *path = NULL;
  g_autofree char *other = NULL;
  g_autoptr (OhBusCall1) call = NULL;
  GError *error = NULL;

  if (!oh_bus_agent1_call_dial_finish (OH_BUS_AGENT1 (source), &path, result, &error))
    {
      oh_cli_fail (cli, error);
      return;
    }
  call = oh_cli_find (cli, path, "org.offhook.Call1");
  if (call == NULL) /* ended and gone already */
    {
      oh_cli_fail (cli, g_error_new (OH_ERROR, OH_ERROR_FAILED, _ ("The call ended at once.")));
      return;
    }
  other = oh_verb_other_end (call);
  oh_cli_say (cli, _ ("The phone “%s” dials %s (call %s)."), oh_bus_call1_get_phone (call), other,
              oh_bus_call1_get_id (call));
  follow (cli, call);
}

static const char *
text_of (OhCli *cli)
{
  const char *last = g_object_get_data (G_OBJECT (oh_cli_agent (cli)), KEY_TEXT);

  return last != NULL ? last : oh_cli_arg (cli, 0);
}

static void
dial (OhCli *cli, gboolean confirmed)
{
  const char *text = text_of (cli);
  const char *phone = oh_cli_value (cli, OH_CLI_PHONE);
  GVariantBuilder options;

  g_variant_builder_init (&options, G_VARIANT_TYPE_VARDICT);
  if (phone != NULL)
    g_variant_builder_add (&options, "{sv}", "phone", g_variant_new_string (phone));
  g_variant_builder_add (&options, "{sv}", "confirmed", g_variant_new_boolean (confirmed));
  g_variant_builder_add (&options, "{sv}", "private",
                         g_variant_new_boolean (oh_cli_given (cli, OH_CLI_PRIVATE)));
  if (oh_cli_call_options (cli)->identity != NULL)
    g_variant_builder_add (&options, "{sv}", "identity",
                           g_variant_new_string (oh_cli_call_options (cli)->identity));
  oh_bus_agent1_call_dial (oh_cli_agent (cli), text, oh_verb_number_source (text),
                           g_variant_builder_end (&options), NULL, on_dialled, cli);
}

static void
on_confirmed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GError *error = NULL;

  if (oh_cli_confirm_finish (result, &error))
    dial (user_data, TRUE);
  else
    oh_cli_fail (user_data, error);
}

static void
ask (OhCli *cli, GVariant *number)
{
  const char *display = "", *name = "", *why = "";
  g_autofree char *question = NULL;

  g_variant_lookup (number, "display", "&s", &display);
  g_variant_lookup (number, "name", "&s", &name);
  g_variant_lookup (number, "confirm-reason", "&s", &why);
  if (why[0] != '\0')
    oh_cli_note ("%s", why);
  question = name[0] != '\0' ? g_strdup_printf (_ ("Dial %s (%s)?"), name, display)
                             : g_strdup_printf (_ ("Dial %s?"), display);
  oh_cli_confirm_async (question, on_confirmed, cli);
}

static void
on_parsed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  OhCli *cli = user_data;
  g_autoptr (GVariant) number = NULL;
  gboolean confirm = FALSE;
  GError *error = NULL;

  if (!oh_bus_agent1_call_parse_number_finish (OH_BUS_AGENT1 (source), &number, result, &error))
    {
      oh_cli_fail (cli, error);
      return;
    }
  g_variant_lookup (number, "confirm", "b", &confirm);
  if (confirm && !oh_cli_yes (cli))
    ask (cli, number);
  else
    dial (cli, confirm);
}

static void
parse (OhCli *cli)
{
  const char *text = text_of (cli);

  if (!g_utf8_validate (text, -1, NULL))
    oh_cli_fail (cli, g_error_new (OH_ERROR, OH_ERROR_BAD_NUMBER,
                                   _ ("This is not a number: it is not valid UTF-8 text.")));
  else
    oh_bus_agent1_call_parse_number (oh_cli_agent (cli), text, oh_verb_number_source (text), NULL,
                                     on_parsed, cli);
}

static void
on_last (GObject *source, GAsyncResult *result, gpointer user_data)
{
  OhCli *cli = user_data;
  GError *error = NULL;
  char *last = oh_verb_history_last_finish (result, &error);

  if (last == NULL)
    {
      oh_cli_fail (cli, error);
      return;
    }
  g_object_set_data_full (G_OBJECT (oh_cli_agent (cli)), KEY_TEXT, last, g_free);
  parse (cli);
}

void
oh_verb_call (OhCli *cli)
{
  gboolean last = oh_cli_given (cli, OH_CLI_LAST);

  if (last == (oh_cli_arg (cli, 0) != NULL))
    oh_cli_fail (cli, g_error_new (OH_ERROR, OH_ERROR_USAGE,
                                   _ ("Say which number, or --last for the one dialled last.")));
  else if (last)
    oh_verb_history_last_async (cli, on_last, cli);
  else
    parse (cli);
}
