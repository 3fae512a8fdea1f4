/* SPDX-License-Identifier: GPL-3.0-or-later */

/* offhook presence */

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
