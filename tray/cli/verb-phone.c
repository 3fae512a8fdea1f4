/* SPDX-License-Identifier: GPL-3.0-or-later */

/* offhook phone add, list, show, test, trust, remove */

#include <glib/gi18n-lib.h>

#include "cli-output.h"
#include "cli-terminal.h"
#include "error.h"
#include "verb-parts.h"
#include "verb-events.h"
#include "verbs.h"

/* (transfer full) (nullable): the phone that the first argument names; ends the run otherwise */
static OhBusPhone1 *
named_phone (OhCli *cli)
{
  g_autoptr (GPtrArray) phones = oh_cli_list (cli, "org.offhook.Phone1");
  const char *id = oh_cli_arg (cli, 0);

  for (guint i = 0; i < phones->len; i++)
    if (g_str_equal (oh_bus_phone1_get_id (g_ptr_array_index (phones, i)), id))
      return g_object_ref (g_ptr_array_index (phones, i));
  oh_cli_fail (cli,
               g_error_new (OH_ERROR, OH_ERROR_NO_PHONE,
                            _ ("There is no phone “%s”; “offhook phone list” shows them."), id));
  return NULL;
}

static void
on_added (GObject *source, GAsyncResult *result, gpointer user_data)
{
  OhCli *cli = user_data;
  g_autofree char *id = NULL;
  GError *error = NULL;

  if (!oh_bus_agent1_call_add_phone_finish (OH_BUS_AGENT1 (source), &id, result, &error))
    {
      oh_cli_fail (cli, error);
      return;
    }
  g_print ("%s\n", id);
  oh_cli_note (_ ("“offhook phone test %s” tells whether it can be driven."), id);
  oh_cli_done (cli);
}

void
oh_verb_phone_add (OhCli *cli)
{
  oh_bus_agent1_call_add_phone (oh_cli_agent (cli), oh_cli_arg (cli, 0), NULL, on_added, cli);
}

void
oh_verb_phone_list (OhCli *cli)
{
  g_autoptr (GPtrArray) phones = oh_cli_list (cli, "org.offhook.Phone1");
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_array (builder);
  for (guint i = 0; i < phones->len; i++)
    {
      oh_verb_add_phone (builder, g_ptr_array_index (phones, i));
      if (!oh_cli_json (cli))
        oh_verb_print_phone (g_ptr_array_index (phones, i));
    }
  json_builder_end_array (builder);
  if (oh_cli_json (cli))
    oh_cli_json_print (g_steal_pointer (&builder));
  oh_cli_done (cli);
}

static void
print_line (const char *label, const char *value)
{
  if (value != NULL && value[0] != '\0')
    g_print ("  %-14s %s\n", label, value);
}

static void
print_events (OhBusPhone1 *phone)
{
  GDBusObject *object = g_dbus_interface_get_object (G_DBUS_INTERFACE (phone));
  g_autoptr (GDBusInterface) events =
    object != NULL ? g_dbus_object_get_interface (object, "org.offhook.PhoneEvents1") : NULL;

  if (events != NULL)
    oh_verb_print_events (OH_BUS_PHONE_EVENTS1 (events));
}

static void
print_list (const char *label, const char *const *words)
{
  g_autofree char *line = words != NULL ? g_strjoinv (", ", (GStrv) words) : NULL;

  print_line (label, line);
}

static void
print_condition (OhBusPhone1 *phone)
{
  print_line (_ ("Keyboard lock"), oh_bus_phone1_get_locked (phone));
  print_line (_ ("Muted"), oh_bus_phone1_get_muted (phone));
  print_line (_ ("Messages"), oh_bus_phone1_get_messages_waiting (phone));
  print_line (_ ("Forwards all"), oh_bus_phone1_get_forward_all (phone));
  print_line (_ ("When busy"), oh_bus_phone1_get_forward_busy (phone));
  print_line (_ ("Unanswered"), oh_bus_phone1_get_forward_no_answer (phone));
  print_line (_ ("Calls from"), oh_bus_phone1_get_identity (phone));
  print_list (_ ("Accounts"), oh_bus_phone1_get_identities (phone));
  print_list (_ ("Can"), oh_bus_phone1_get_can (phone));
  print_list (_ ("Keys"), oh_bus_phone1_get_habits (phone));
}

/* Until when what it shows is valid, and what to do when that is soon. */
static void
print_expiry (OhCli *cli, OhBusPhone1 *phone)
{
  g_autoptr (OhBusPhoneCertificate1) certificate = oh_cli_find (
    cli, g_dbus_proxy_get_object_path (G_DBUS_PROXY (phone)), "org.offhook.PhoneCertificate1");
  g_autofree char *until = NULL;

  if (certificate == NULL || oh_bus_phone_certificate1_get_expires (certificate) == 0)
    return;
  until = oh_cli_time (oh_bus_phone_certificate1_get_expires (certificate) * G_USEC_PER_SEC);
  print_line (_ ("Valid until"), until);
  print_line ("", oh_bus_phone_certificate1_get_warning (certificate));
  print_line ("", oh_bus_phone_certificate1_get_advice (certificate));
}

void
oh_verb_phone_show (OhCli *cli)
{
  g_autoptr (OhBusPhone1) phone = named_phone (cli);
  g_autofree char *stored = NULL;
  g_autofree char *presented = NULL;

  if (phone == NULL)
    return;
  if (oh_cli_json (cli))
    {
      JsonBuilder *builder = json_builder_new ();

      oh_verb_add_phone (builder, phone);
      oh_cli_json_print (builder);
    }
  else
    {
      stored = oh_cli_fingerprint (oh_bus_phone1_get_fingerprint (phone));
      presented = oh_cli_fingerprint (oh_bus_phone1_get_presented_fingerprint (phone));
      oh_verb_print_phone (phone);
      print_line (_ ("MAC"), oh_bus_phone1_get_mac (phone));
      print_line (_ ("Trust"), oh_bus_phone1_get_trust (phone));
      print_line (_ ("Trusted key"), stored);
      print_line (_ ("Shown key"), presented);
      print_expiry (cli, phone);
      print_events (phone);
      print_condition (phone);
    }
  oh_cli_done (cli);
}

/* --- test --- */

static gboolean
print_steps (OhCli *cli, GVariant *steps)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  const char *step, *outcome, *found, *advice;
  gboolean good = TRUE;
  GVariantIter iter;

  json_builder_begin_array (builder);
  g_variant_iter_init (&iter, steps);
  while (g_variant_iter_next (&iter, "(&s&s&s&s)", &step, &outcome, &found, &advice))
    {
      good = good && !g_str_equal (outcome, "error");
      json_builder_begin_object (builder);
      oh_cli_json_text (builder, "step", step);
      oh_cli_json_text (builder, "severity", outcome);
      oh_cli_json_text (builder, "title", found);
      oh_cli_json_text (builder, "remedy", advice);
      json_builder_end_object (builder);
      if (oh_cli_json (cli))
        continue;
      g_print ("%-8s %-12s %s\n", outcome, step, found);
      if (advice[0] != '\0')
        g_print ("%-21s %s\n", "", advice);
    }
  json_builder_end_array (builder);
  if (oh_cli_json (cli))
    oh_cli_json_print (g_steal_pointer (&builder));
  return good;
}

static OhError
code_of_state (const char *state)
{
  if (g_str_equal (state, "unreachable"))
    return OH_ERROR_UNREACHABLE;
  if (g_str_equal (state, "untrusted"))
    return OH_ERROR_UNTRUSTED;
  if (g_str_equal (state, "unauthorized"))
    return OH_ERROR_PHONE_LOGIN;
  if (g_str_equal (state, "locked-out"))
    return OH_ERROR_PHONE_LOCKED_OUT;
  return g_str_equal (state, "unsupported") ? OH_ERROR_UNSUPPORTED : OH_ERROR_PHONE_REFUSED;
}

static void
on_tested (GObject *source, GAsyncResult *result, gpointer user_data)
{
  OhCli *cli = user_data;
  OhBusPhone1 *phone = OH_BUS_PHONE1 (source);
  g_autoptr (GVariant) steps = NULL;
  GError *error = NULL;

  if (!oh_bus_phone1_call_test_finish (phone, &steps, result, &error))
    oh_cli_fail (cli, error);
  else if (print_steps (cli, steps))
    oh_cli_done (cli);
  else
    oh_cli_fail (cli, g_error_new (OH_ERROR, (int) code_of_state (oh_bus_phone1_get_state (phone)),
                                   _ ("The phone “%s” cannot be driven as it is."),
                                   oh_bus_phone1_get_id (phone)));
}

void
oh_verb_phone_test (OhCli *cli)
{
  g_autoptr (OhBusPhone1) phone = named_phone (cli);

  if (phone == NULL)
    return;
  g_dbus_proxy_set_default_timeout (G_DBUS_PROXY (phone), G_MAXINT);
  oh_bus_phone1_call_test (phone, NULL, on_tested, cli);
}

/* --- trust --- */

static void
on_trusted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  OhCli *cli = user_data;
  g_autofree char *trusted = NULL;
  g_autofree char *pairs = NULL;
  GError *error = NULL;

  if (!oh_bus_phone1_call_trust_certificate_finish (OH_BUS_PHONE1 (source), &trusted, result,
                                                    &error))
    {
      oh_cli_fail (cli, error);
      return;
    }
  pairs = oh_cli_fingerprint (trusted);
  oh_cli_say (cli, _ ("The phone is trusted by its key %s."), pairs);
  oh_cli_done (cli);
}

static void
trust (OhCli *cli, OhBusPhone1 *phone, const char *fingerprint)
{
  oh_bus_phone1_call_trust_certificate (phone, fingerprint, NULL, on_trusted, cli);
}

static void
on_confirmed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  OhCli *cli = user_data;
  GError *error = NULL;
  g_autoptr (OhBusPhone1) phone = NULL;

  if (!oh_cli_confirm_finish (result, &error))
    oh_cli_fail (cli, error);
  else if ((phone = named_phone (cli)) != NULL)
    trust (cli, phone, oh_bus_phone1_get_presented_fingerprint (phone));
}

/* Without a fingerprint the one on the wire is shown: the user compares it with the phone's own
 * display or with what the administrator says, and answers. */
static void
ask (OhCli *cli, OhBusPhone1 *phone)
{
  const char *presented = oh_bus_phone1_get_presented_fingerprint (phone);
  g_autofree char *pairs = oh_cli_fingerprint (presented);
  g_autofree char *question = NULL;

  if (presented[0] == '\0')
    {
      oh_cli_fail (cli, g_error_new (OH_ERROR, OH_ERROR_UNTRUSTED,
                                     _ ("The phone “%s” has not shown a certificate yet; try "
                                        "“offhook phone test %s” first."),
                                     oh_bus_phone1_get_id (phone), oh_bus_phone1_get_id (phone)));
      return;
    }
  question = g_strdup_printf (_ ("The phone shows the key %s. Trust it?"), pairs);
  if (oh_cli_yes (cli))
    trust (cli, phone, presented);
  else
    oh_cli_confirm_async (question, on_confirmed, cli);
}

void
oh_verb_phone_trust (OhCli *cli)
{
  g_autoptr (OhBusPhone1) phone = named_phone (cli);

  if (phone == NULL)
    return;
  if (oh_cli_arg (cli, 1) != NULL)
    trust (cli, phone, oh_cli_arg (cli, 1));
  else
    ask (cli, phone);
}

/* --- remove --- */

static void
on_removed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GError *error = NULL;

  if (oh_bus_agent1_call_remove_phone_finish (OH_BUS_AGENT1 (source), result, &error))
    oh_cli_done (user_data);
  else
    oh_cli_fail (user_data, error);
}

void
oh_verb_phone_remove (OhCli *cli)
{
  oh_bus_agent1_call_remove_phone (oh_cli_agent (cli), oh_cli_arg (cli, 0), NULL, on_removed, cli);
}
