/* SPDX-License-Identifier: GPL-3.0-or-later */

/* offhook contacts: everybody in the list; with a query verb-search.c goes on. */

#include <glib/gi18n-lib.h>

#include "cli-output.h"
#include "cli-person.h"
#include "verbs.h"

static void
print_people (OhCli *cli, GVariant *contacts)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  GVariantIter iter;
  OhCliPerson person;

  json_builder_begin_array (builder);
  g_variant_iter_init (&iter, contacts);
  while (oh_cli_person_next (&iter, &person))
    {
      if (oh_cli_json (cli))
        oh_cli_person_json (builder, &person);
      else
        oh_cli_person_print (&person);
      oh_cli_person_clear (&person);
    }
  json_builder_end_array (builder);
  if (oh_cli_json (cli))
    oh_cli_json_print (g_steal_pointer (&builder));
}

static void
on_contacts (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GVariant) contacts = NULL;
  GError *error = NULL;

  if (!oh_bus_agent1_call_list_contacts_finish (OH_BUS_AGENT1 (source), NULL, &contacts, result,
                                                &error))
    {
      oh_cli_fail (user_data, error);
      return;
    }
  print_people (user_data, contacts);
  oh_cli_done (user_data);
}

void
oh_verb_contacts (OhCli *cli)
{
  if (oh_cli_arg (cli, 0) != NULL)
    oh_verb_contacts_search (cli);
  else
    oh_bus_agent1_call_list_contacts (oh_cli_agent (cli), NULL, on_contacts, cli);
}
