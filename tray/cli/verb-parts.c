/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "verb-parts.h"
#include "verb-events.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cli-output.h"

typedef struct
{
  const char *word, *text;
} Word;

static const char *
translate (const Word *words, gsize n, const char *word)
{
  for (gsize i = 0; i < n; i++)
    if (g_str_equal (words[i].word, word))
      return _ (words[i].text);
  return word;
}

const char *
oh_verb_endpoint_state (const char *state)
{
  static const Word words[] = {
    { "offline", N_ ("signed out") },     { "connecting", N_ ("connecting") },
    { "signing-in", N_ ("signing in") },  { "online", N_ ("signed in") },
    { "waiting", N_ ("will try again") }, { "failed", N_ ("could not sign in") },
  };

  return translate (words, G_N_ELEMENTS (words), state);
}

static const char *
phone_state (const char *state)
{
  static const Word words[] = {
    { "unknown", N_ ("not looked at yet") },
    { "ready", N_ ("ready") },
    { "unreachable", N_ ("does not answer") },
    { "untrusted", N_ ("certificate not trusted") },
    { "unauthorized", N_ ("wants a password") },
    { "locked-out", N_ ("has locked everybody out for a while") },
    { "unsupported", N_ ("cannot be driven") },
  };

  return translate (words, G_N_ELEMENTS (words), state);
}

static const char *
call_state (const char *state)
{
  static const Word words[] = {
    { "dialing", N_ ("dialling") },
    { "ringing", N_ ("ringing at") },
    { "incoming", N_ ("incoming from") },
    { "connected", N_ ("connected with") },
    { "held", N_ ("on hold:") },
    { "ended", N_ ("ended with") },
    { "unknown", N_ ("state unknown, look at the phone:") },
  };

  return translate (words, G_N_ELEMENTS (words), state);
}

void
oh_verb_add_presence (JsonBuilder *builder, OhBusAgent1 *agent)
{
  json_builder_begin_object (builder);
  oh_cli_json_text (builder, "availability", oh_bus_agent1_get_availability (agent));
  oh_cli_json_text (builder, "activity", oh_bus_agent1_get_activity (agent));
  json_builder_set_member_name (builder, "note"); /* a text, possibly empty, not an unknown */
  json_builder_add_string_value (builder, oh_bus_agent1_get_note (agent));
  json_builder_end_object (builder);
}

/* What the phone's object says of its events beside Phone1; an older agent does not. */
static void
add_events (JsonBuilder *builder, OhBusPhone1 *phone)
{
  GDBusObject *object = g_dbus_interface_get_object (G_DBUS_INTERFACE (phone));
  g_autoptr (GDBusInterface) events =
    object != NULL ? g_dbus_object_get_interface (object, "org.offhook.PhoneEvents1") : NULL;

  if (events != NULL)
    oh_verb_add_events (builder, OH_BUS_PHONE_EVENTS1 (events));
  else
    oh_cli_json_text (builder, "events", oh_bus_phone1_get_events (phone));
}

static void
add_list (JsonBuilder *builder, const char *name, const char *const *words)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
  for (guint i = 0; words != NULL && words[i] != NULL; i++)
    json_builder_add_string_value (builder, words[i]);
  json_builder_end_array (builder);
}

static void
add_forward (JsonBuilder *builder, OhBusPhone1 *phone)
{
  json_builder_set_member_name (builder, "forward");
  json_builder_begin_object (builder);
  oh_cli_json_text (builder, "active", oh_bus_phone1_get_forwarding (phone));
  oh_cli_json_text (builder, "all", oh_bus_phone1_get_forward_all (phone));
  oh_cli_json_text (builder, "busy", oh_bus_phone1_get_forward_busy (phone));
  oh_cli_json_text (builder, "no-answer", oh_bus_phone1_get_forward_no_answer (phone));
  json_builder_set_member_name (builder, "after");
  json_builder_add_int_value (builder, oh_bus_phone1_get_forward_after (phone));
  json_builder_end_object (builder);
}

/* How it is set at the moment, and what it can do. */
static void
add_condition (JsonBuilder *builder, OhBusPhone1 *phone)
{
  oh_cli_json_text (builder, "muted", oh_bus_phone1_get_muted (phone));
  oh_cli_json_text (builder, "locked", oh_bus_phone1_get_locked (phone));
  oh_cli_json_text (builder, "messages-waiting", oh_bus_phone1_get_messages_waiting (phone));
  json_builder_set_member_name (builder, "messages");
  json_builder_add_int_value (builder, oh_bus_phone1_get_messages (phone));
  add_forward (builder, phone);
  oh_cli_json_text (builder, "identity", oh_bus_phone1_get_identity (phone));
  add_list (builder, "identities", oh_bus_phone1_get_identities (phone));
  add_list (builder, "can", oh_bus_phone1_get_can (phone));
  add_list (builder, "habits", oh_bus_phone1_get_habits (phone));
}

void
oh_verb_add_phone (JsonBuilder *builder, OhBusPhone1 *phone)
{
  json_builder_begin_object (builder);
  oh_cli_json_text (builder, "id", oh_bus_phone1_get_id (phone));
  oh_cli_json_text (builder, "host", oh_bus_phone1_get_host (phone));
  oh_cli_json_text (builder, "model", oh_bus_phone1_get_model (phone));
  oh_cli_json_text (builder, "firmware", oh_bus_phone1_get_firmware (phone));
  oh_cli_json_text (builder, "mac", oh_bus_phone1_get_mac (phone));
  oh_cli_json_text (builder, "state", oh_bus_phone1_get_state (phone));
  oh_cli_json_text (builder, "reason", oh_bus_phone1_get_reason (phone));
  oh_cli_json_text (builder, "code", oh_bus_phone1_get_reason_code (phone));
  oh_cli_json_text (builder, "advice", oh_bus_phone1_get_advice (phone));
  oh_cli_json_text (builder, "trust", oh_bus_phone1_get_trust (phone));
  oh_cli_json_text (builder, "fingerprint", oh_bus_phone1_get_fingerprint (phone));
  oh_cli_json_text (builder, "presented", oh_bus_phone1_get_presented_fingerprint (phone));
  add_events (builder, phone);
  json_builder_set_member_name (builder, "dnd");
  json_builder_add_boolean_value (builder, oh_bus_phone1_get_dnd (phone));
  add_condition (builder, phone);
  json_builder_end_object (builder);
}

void
oh_verb_add_call (JsonBuilder *builder, OhBusCall1 *call)
{
  json_builder_begin_object (builder);
  oh_cli_json_text (builder, "id", oh_bus_call1_get_id (call));
  oh_cli_json_text (builder, "phone", oh_bus_call1_get_phone (call));
  oh_cli_json_text (builder, "direction", oh_bus_call1_get_direction (call));
  oh_cli_json_text (builder, "state", oh_bus_call1_get_state (call));
  oh_cli_json_text (builder, "number", oh_bus_call1_get_number (call));
  oh_cli_json_text (builder, "name", oh_bus_call1_get_name (call));
  oh_cli_json_text (builder, "cause", oh_bus_call1_get_cause (call));
  oh_cli_json_time (builder, "since", oh_bus_call1_get_since (call));
  json_builder_end_object (builder);
}

void
oh_verb_print_phone (OhBusPhone1 *phone)
{
  const char *model = oh_bus_phone1_get_model (phone);

  g_print (_ ("Phone %-4s %s%s%s at %s: %s\n"), oh_bus_phone1_get_id (phone),
           model[0] != '\0' ? model : _ ("phone"), model[0] != '\0' ? " " : "",
           oh_bus_phone1_get_firmware (phone), oh_bus_phone1_get_host (phone),
           phone_state (oh_bus_phone1_get_state (phone)));
  if (oh_bus_phone1_get_reason (phone)[0] != '\0')
    g_print ("           %s\n", oh_bus_phone1_get_reason (phone));
  if (oh_bus_phone1_get_advice (phone)[0] != '\0')
    g_print ("           %s\n", oh_bus_phone1_get_advice (phone));
}

char *
oh_verb_other_end (OhBusCall1 *call)
{
  const char *name = oh_bus_call1_get_name (call);
  const char *display = oh_bus_call1_get_display (call);

  if (name[0] != '\0' && display[0] != '\0')
    return g_strdup_printf ("%s (%s)", name, display);
  if (name[0] != '\0' || display[0] != '\0')
    return g_strconcat (name, display, NULL);
  return g_strdup (_ ("a withheld number"));
}

static char *
call_line (OhBusCall1 *call)
{
  g_autofree char *other = oh_verb_other_end (call);
  g_autofree char *since = oh_cli_time (oh_bus_call1_get_since (call));

  return g_strdup_printf (_ ("Call %-5s %s %s on %s since %s"), oh_bus_call1_get_id (call),
                          call_state (oh_bus_call1_get_state (call)), other,
                          oh_bus_call1_get_phone (call), since);
}

void
oh_verb_print_call (OhBusCall1 *call)
{
  g_autofree char *line = call_line (call);

  g_print ("%s\n", line);
}

void
oh_verb_print_call_note (OhBusCall1 *call)
{
  g_autofree char *line = call_line (call);

  g_printerr ("%s\n", line);
}

const char *
oh_verb_number_source (const char *text)
{
  static const char *const schemes[] = { "tel:", "sip:", "sips:", "callto:" };

  for (gsize i = 0; i < G_N_ELEMENTS (schemes); i++)
    if (g_ascii_strncasecmp (text, schemes[i], strlen (schemes[i])) == 0)
      return "link";
  return "user";
}
