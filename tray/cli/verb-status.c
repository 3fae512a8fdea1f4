/* SPDX-License-Identifier: GPL-3.0-or-later */

/* offhook status */

#include <glib/gi18n-lib.h>
#include <string.h>

#include "bus-connection.h"
#include "cli-output.h"
#include "status-server.h"
#include "presence-words.h"
#include "verb-parts.h"
#include "verbs.h"

static void
add_endpoint (JsonBuilder *builder, OhBusAgent1 *agent)
{
  json_builder_set_member_name (builder, "endpoint");
  json_builder_begin_object (builder);
  oh_cli_json_text (builder, "state", oh_bus_agent1_get_endpoint_state (agent));
  oh_cli_json_text (builder, "reason", oh_bus_agent1_get_endpoint_reason (agent));
  oh_cli_json_text (builder, "code", oh_bus_agent1_get_endpoint_reason_code (agent));
  oh_cli_json_text (builder, "advice", oh_bus_agent1_get_endpoint_advice (agent));
  oh_cli_json_text (builder, "uri", oh_bus_agent1_get_endpoint_uri (agent));
  oh_cli_json_text (builder, "server", oh_bus_agent1_get_endpoint_server (agent));
  oh_cli_json_text (builder, "mechanism", oh_bus_agent1_get_endpoint_mechanism (agent));
  json_builder_set_member_name (builder, "remote");
  json_builder_add_boolean_value (builder, oh_bus_agent1_get_endpoint_remote (agent));
  oh_cli_json_time (builder, "since", oh_bus_agent1_get_endpoint_since (agent));
  oh_cli_json_time (builder, "lost", oh_bus_agent1_get_endpoint_lost (agent));
  oh_cli_json_time (builder, "next-try", oh_bus_agent1_get_endpoint_next_try (agent));
  json_builder_end_object (builder);
}

static void
print_json (OhCli *cli, OhBusServer1 *server)
{
  g_autoptr (GPtrArray) phones = oh_cli_list (cli, "org.offhook.Phone1");
  g_autoptr (GPtrArray) calls = oh_cli_list (cli, "org.offhook.Call1");
  JsonBuilder *builder = oh_cli_json_begin ();

  add_endpoint (builder, oh_cli_agent (cli));
  json_builder_set_member_name (builder, "presence");
  oh_verb_add_presence (builder, oh_cli_agent (cli));
  json_builder_set_member_name (builder, "phones");
  json_builder_begin_array (builder);
  for (guint i = 0; i < phones->len; i++)
    oh_verb_add_phone (builder, g_ptr_array_index (phones, i));
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "calls");
  json_builder_begin_array (builder);
  for (guint i = 0; i < calls->len; i++)
    oh_verb_add_call (builder, g_ptr_array_index (calls, i));
  json_builder_end_array (builder);
  oh_status_add_server (builder, server);
  oh_cli_json_time (builder, "traceUntil", oh_bus_agent1_get_trace_until (oh_cli_agent (cli)));
  json_builder_end_object (builder);
  oh_cli_json_print (builder);
}

/* Since when people could not reach the user, and when that may end. */
static void
print_outage (OhBusAgent1 *agent)
{
  gint64 lost_us = oh_bus_agent1_get_endpoint_lost (agent);
  gint64 next_us = oh_bus_agent1_get_endpoint_next_try (agent);
  g_autofree char *lost = oh_cli_time (lost_us);
  g_autofree char *next = oh_cli_time (next_us);

  if (lost_us == 0)
    return;
  if (next_us != 0)
    g_print (_ ("           Not signed in since %s; the next try is at %s\n"), lost, next);
  else
    g_print (_ ("           Not signed in since %s\n"), lost);
}

static void
print_endpoint (OhBusAgent1 *agent, OhBusServer1 *server)
{
  const char *state = oh_bus_agent1_get_endpoint_state (agent);
  const char *uri = oh_bus_agent1_get_endpoint_uri (agent);
  g_autofree char *since = oh_cli_time (oh_bus_agent1_get_endpoint_since (agent));

  if (g_str_equal (state, "online"))
    g_print (_ ("Account    %s, signed in to %s with %s since %s\n"), uri,
             oh_bus_agent1_get_endpoint_server (agent),
             oh_bus_agent1_get_endpoint_mechanism (agent), since);
  else
    g_print (_ ("Account    %s, %s\n"), uri[0] != '\0' ? uri : _ ("not set up"),
             oh_verb_endpoint_state (state));
  if (oh_bus_agent1_get_endpoint_remote (agent))
    g_print ("           %s\n", _ ("From outside, through an Edge server"));
  if (oh_bus_agent1_get_endpoint_reason (agent)[0] != '\0')
    g_print ("           %s\n", oh_bus_agent1_get_endpoint_reason (agent));
  if (oh_bus_agent1_get_endpoint_advice (agent)[0] != '\0')
    g_print ("           %s\n", oh_bus_agent1_get_endpoint_advice (agent));
  print_outage (agent);
  if (g_str_equal (state, "failed") || g_str_equal (state, "waiting"))
    {
      g_print ("           %s\n",
               _ ("“offhook doctor” looks at every step and says what is wrong."));
      oh_status_print_help_desk (server);
    }
  if (oh_bus_agent1_get_mechanism_trouble (agent)[0] != '\0')
    g_print ("           %s\n", oh_bus_agent1_get_mechanism_trouble (agent));
}

/* It keeps what is said about people: whoever looks has to see that it is on. */
static void
print_trace (OhBusAgent1 *agent)
{
  gint64 until_us = oh_bus_agent1_get_trace_until (agent);
  g_autofree char *until = oh_cli_time (until_us);

  if (until_us != 0)
    g_print (_ ("Trace      recording until %s; “offhook trace off” ends it\n"), until);
}

static void
print_text (OhCli *cli, OhBusServer1 *server)
{
  OhBusAgent1 *agent = oh_cli_agent (cli);
  g_autoptr (GPtrArray) phones = oh_cli_list (cli, "org.offhook.Phone1");
  g_autoptr (GPtrArray) calls = oh_cli_list (cli, "org.offhook.Call1");
  g_autofree char *presence =
    oh_words_presence (oh_bus_agent1_get_availability (agent), oh_bus_agent1_get_activity (agent));
  const char *note = oh_bus_agent1_get_note (agent);

  print_endpoint (agent, server);
  g_print (_ ("Presence   %s%s%s\n"), presence, note[0] != '\0' ? " – " : "", note);
  if (phones->len == 0)
    g_print (_ ("Phone      none; add yours with “offhook phone add HOST”\n"));
  for (guint i = 0; i < phones->len; i++)
    oh_verb_print_phone (g_ptr_array_index (phones, i));
  for (guint i = 0; i < calls->len; i++)
    oh_verb_print_call (g_ptr_array_index (calls, i));
  oh_status_print_server (server);
  print_trace (agent);
}

static void
print_contacts (OhCli *cli, OhBusContacts1 *roster)
{
  if (oh_bus_contacts1_get_elsewhere (roster))
    g_print (_ ("Contacts   kept in Exchange; Outlook shows and changes them\n"));
  oh_cli_done (cli);
}

static void
on_server (GObject *source, GAsyncResult *result, gpointer user_data)
{
  OhCli *cli = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (OhBusServer1) server = oh_bus_server1_proxy_new_finish (result, &error);

  if (server == NULL)
    g_debug ("what the server provisions with is not known: %s", error->message);
  if (oh_cli_json (cli))
    {
      print_json (cli, server);
      oh_cli_done (cli);
      return;
    }
  print_text (cli, server);
  oh_verb_with_roster (cli, print_contacts);
}

void
oh_verb_status (OhCli *cli)
{
  oh_bus_server1_proxy_new (g_dbus_proxy_get_connection (G_DBUS_PROXY (oh_cli_agent (cli))),
                            G_DBUS_PROXY_FLAGS_NONE, OH_BUS_NAME, OH_BUS_PATH, NULL, on_server,
                            cli);
}
