/* SPDX-License-Identifier: GPL-3.0-or-later */

/* offhook presence, number */

#include <glib/gi18n-lib.h>

#include "cli-output.h"
#include "error.h"
#include "presence-words.h"
#include "verb-parts.h"
#include "verbs.h"

/* --- presence --- */

static void
print_presence (OhCli *cli)
{
  OhBusAgent1 *agent = oh_cli_agent (cli);

  if (oh_cli_json (cli))
    {
      JsonBuilder *builder = json_builder_new ();

      oh_verb_add_presence (builder, agent);
      oh_cli_json_print (builder);
    }
  else
    {
      g_autofree char *text = oh_words_presence (oh_bus_agent1_get_availability (agent),
                                                 oh_bus_agent1_get_activity (agent));
      const char *note = oh_bus_agent1_get_note (agent);

      g_print ("%s%s%s\n", text, note[0] != '\0' ? " – " : "", note);
    }
  oh_cli_done (cli);
}

static void
on_set (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GError *error = NULL;

  if (oh_bus_agent1_call_set_presence_finish (OH_BUS_AGENT1 (source), result, &error))
    print_presence (user_data);
  else
    oh_cli_fail (user_data, error);
}

void
oh_verb_presence (OhCli *cli)
{
  static const char *const words[] = { "available", "busy",     "dnd",   "brb",
                                       "away",      "off-work", "reset", NULL };
  const char *word = oh_cli_arg (cli, 0);
  const char *note = oh_cli_value (cli, OH_CLI_NOTE);
  GVariantBuilder options;

  if (word == NULL && note == NULL)
    {
      print_presence (cli);
      return;
    }
  if (word != NULL && !g_strv_contains (words, word))
    {
      g_autofree char *list = g_strjoinv (", ", (char **) words);

      oh_cli_fail (cli, g_error_new (OH_ERROR, OH_ERROR_USAGE,
                                     _ ("There is no presence “%s”; there are: %s."), word, list));
      return;
    }
  g_variant_builder_init (&options, G_VARIANT_TYPE_VARDICT);
  if (note != NULL)
    g_variant_builder_add (&options, "{sv}", "note", g_variant_new_string (note));
  oh_bus_agent1_call_set_presence (oh_cli_agent (cli), word != NULL ? word : "",
                                   g_variant_builder_end (&options), NULL, on_set, cli);
}

/* --- number --- */

static const char *const number_keys[] = { "typed", "dialled", "display",       "kind",
                                           "rule",  "name",    "confirm-reason" };

static void
print_number (OhCli *cli, GVariant *number)
{
  JsonBuilder *builder = oh_cli_json_begin ();
  gboolean confirm = FALSE;

  for (gsize i = 0; i < G_N_ELEMENTS (number_keys); i++)
    {
      const char *value = NULL;

      g_variant_lookup (number, number_keys[i], "&s", &value);
      oh_cli_json_text (builder, number_keys[i], value);
      if (!oh_cli_json (cli) && value != NULL && value[0] != '\0')
        g_print ("%-15s %s\n", number_keys[i], value);
    }
  g_variant_lookup (number, "confirm", "b", &confirm);
  json_builder_set_member_name (builder, "confirm");
  json_builder_add_boolean_value (builder, confirm);
  json_builder_end_object (builder);
  if (oh_cli_json (cli))
    oh_cli_json_print (builder);
  else
    g_object_unref (builder);
}

static void
on_number (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GVariant) number = NULL;
  GError *error = NULL;

  if (!oh_bus_agent1_call_parse_number_finish (OH_BUS_AGENT1 (source), &number, result, &error))
    {
      oh_cli_fail (user_data, error);
      return;
    }
  print_number (user_data, number);
  oh_cli_done (user_data);
}

void
oh_verb_number (OhCli *cli)
{
  const char *text = oh_cli_arg (cli, 0);

  if (!g_utf8_validate (text, -1, NULL))
    oh_cli_fail (cli, g_error_new (OH_ERROR, OH_ERROR_BAD_NUMBER,
                                   _ ("This is not a number: it is not valid UTF-8 text.")));
  else
    oh_bus_agent1_call_parse_number (oh_cli_agent (cli), text, "user", NULL, on_number, cli);
}
