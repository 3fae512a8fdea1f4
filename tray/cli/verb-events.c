/* SPDX-License-Identifier: GPL-3.0-or-later */

/* offhook phone events ID [take|give-back]: whom a phone tells of its calls */

#include "verb-events.h"

#include <glib/gi18n-lib.h>

#include "cli-output.h"
#include "cli-terminal.h"
#include "error.h"
#include "verbs.h"

/* Returns: (transfer full) (nullable): the phone's interface, after the user was told there is none
 */
static OhBusPhoneEvents1 *
named_events (OhCli *cli)
{
  g_autofree char *path = g_strconcat ("/org/offhook/Agent/phones/", oh_cli_arg (cli, 0), NULL);
  OhBusPhoneEvents1 *events = NULL;

  if (g_variant_is_object_path (path))
    events = oh_cli_find (cli, path, "org.offhook.PhoneEvents1");
  if (events == NULL)
    oh_cli_fail (cli, g_error_new (OH_ERROR, OH_ERROR_NO_PHONE,
                                   _ ("There is no phone “%s”; “offhook phone list” shows them."),
                                   oh_cli_arg (cli, 0)));
  return events;
}

void
oh_verb_add_events (JsonBuilder *builder, OhBusPhoneEvents1 *events)
{
  const char *kind = oh_bus_phone_events1_get_holder_kind (events);

  oh_cli_json_text (builder, "events", oh_bus_phone_events1_get_events (events));
  oh_cli_json_text (builder, "events_holder_kind", kind);
  oh_cli_json_text (builder, "events_holder", oh_bus_phone_events1_get_holder (events));
  oh_cli_json_text (builder, "events_address", oh_bus_phone_events1_get_listening (events));
  oh_cli_json_time (builder, "last_event", oh_bus_phone_events1_get_last_event (events));
}

static const char *
in_words (const char *events)
{
  if (g_str_equal (events, "yes"))
    return _ ("it reports its calls");
  if (g_str_equal (events, "partly"))
    return _ ("it reports when calls begin, and cannot report when they are answered or end");
  if (g_str_equal (events, "off"))
    return _ ("it is left alone; what becomes of a call stays unknown");
  if (g_str_equal (events, "no"))
    return _ ("it does not report its calls; what becomes of a call stays unknown");
  return _ ("it was not reached yet");
}

void
oh_verb_print_events (OhBusPhoneEvents1 *events)
{
  const char *kind = oh_bus_phone_events1_get_holder_kind (events);
  const char *host = oh_bus_phone_events1_get_holder (events);
  gint64 last = oh_bus_phone_events1_get_last_event (events);
  g_autoptr (GDateTime) when = g_date_time_new_from_unix_local (last / G_USEC_PER_SEC);
  g_autofree char *time = when != NULL ? g_date_time_format (when, "%c") : NULL;

  g_print ("  %-14s %s\n", _ ("Calls"), in_words (oh_bus_phone_events1_get_events (events)));
  if (g_str_equal (kind, "program"))
    g_print ("  %-14s %s\n", _ ("Reports to"), host[0] != '\0' ? host : _ ("another program"));
  else if (g_str_equal (kind, "offhook"))
    g_print ("  %-14s %s (Offhook)\n", _ ("Reports to"), host);
  else if (oh_bus_phone_events1_get_listening (events)[0] != '\0')
    g_print ("  %-14s %s\n", _ ("Reports to"), oh_bus_phone_events1_get_listening (events));
  if (g_str_equal (oh_bus_phone_events1_get_events (events), "yes") || last > 0)
    g_print ("  %-14s %s\n", _ ("Last report"), last > 0 && time != NULL ? time : _ ("none yet"));
}

static void
show (OhCli *cli, OhBusPhoneEvents1 *events)
{
  JsonBuilder *builder;

  if (oh_cli_json (cli))
    {
      builder = json_builder_new ();
      json_builder_begin_object (builder);
      oh_verb_add_events (builder, events);
      json_builder_end_object (builder);
      oh_cli_json_print (builder);
    }
  else
    oh_verb_print_events (events);
  oh_cli_done (cli);
}

static void
on_taken (GObject *source, GAsyncResult *result, gpointer user_data)
{
  OhCli *cli = user_data;
  GError *error = NULL;

  if (!oh_bus_phone_events1_call_take_finish (OH_BUS_PHONE_EVENTS1 (source), result, &error))
    {
      oh_cli_fail (cli, error);
      return;
    }
  oh_cli_say (cli,
              _ ("The phone reports its calls to Offhook now. “offhook phone events %s "
                 "give-back” undoes that."),
              oh_cli_arg (cli, 0));
  oh_cli_done (cli);
}

static void
take (OhCli *cli, OhBusPhoneEvents1 *events)
{
  g_dbus_proxy_set_default_timeout (G_DBUS_PROXY (events), G_MAXINT); /* the agent has limits */
  oh_bus_phone_events1_call_take (events, NULL, on_taken, cli);
}

static void
on_confirmed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  OhCli *cli = user_data;
  g_autoptr (OhBusPhoneEvents1) events = NULL;
  GError *error = NULL;

  if (!oh_cli_confirm_finish (result, &error))
    oh_cli_fail (cli, error);
  else if ((events = named_events (cli)) != NULL)
    take (cli, events);
}

/* Who loses them is named before. */
static void
ask (OhCli *cli, OhBusPhoneEvents1 *events)
{
  const char *kind = oh_bus_phone_events1_get_holder_kind (events);
  const char *host = oh_bus_phone_events1_get_holder (events);
  g_autofree char *question = NULL;

  if (kind[0] == '\0' || oh_cli_yes (cli))
    {
      take (cli, events);
      return;
    }
  if (g_str_equal (kind, "offhook"))
    question = g_strdup_printf (_ ("The phone reports its calls to the Offhook at %s, which will "
                                   "hear nothing any more. Take them?"),
                                host);
  else
    question = g_strdup_printf (_ ("The phone reports its calls to another program at %s, which "
                                   "will hear nothing any more until you give them back. Take "
                                   "them?"),
                                host[0] != '\0' ? host : "?");
  oh_cli_confirm_async (question, on_confirmed, cli);
}

static void
on_given_back (GObject *source, GAsyncResult *result, gpointer user_data)
{
  OhCli *cli = user_data;
  GError *error = NULL;

  if (!oh_bus_phone_events1_call_give_back_finish (OH_BUS_PHONE_EVENTS1 (source), result, &error))
    {
      oh_cli_fail (cli, error);
      return;
    }
  oh_cli_say (cli, _ ("The phone reports its calls to whom it did before. What becomes of a call "
                      "that is dialled from here stays unknown."));
  oh_cli_done (cli);
}

void
oh_verb_phone_events (OhCli *cli)
{
  g_autoptr (OhBusPhoneEvents1) events = named_events (cli);
  const char *what = oh_cli_arg (cli, 1);

  if (events == NULL)
    return;
  if (what == NULL)
    show (cli, events);
  else if (g_str_equal (what, "take"))
    ask (cli, events);
  else if (g_str_equal (what, "give-back"))
    {
      g_dbus_proxy_set_default_timeout (G_DBUS_PROXY (events), G_MAXINT);
      oh_bus_phone_events1_call_give_back (events, NULL, on_given_back, cli);
    }
  else
    oh_cli_fail (cli, g_error_new (OH_ERROR, OH_ERROR_USAGE,
                                   _ ("“%s” is neither “take” nor “give-back”."), what));
}
