/* SPDX-License-Identifier: GPL-3.0-or-later */

/* offhook contacts: everybody in the list; with a query verb-search.c goes on. */

#include <glib/gi18n-lib.h>

#include "cli-output.h"
#include "cli-person.h"
#include "cli-terminal.h"
#include "error.h"
#include "verb-parts.h"
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
  if (oh_cli_json (cli) && oh_cli_watch (cli))
    oh_cli_json_print_line (g_steal_pointer (&builder));
  else if (oh_cli_json (cli))
    oh_cli_json_print (g_steal_pointer (&builder));
}

/* --- the list, and what changes in it --- */

static void
on_contacts (GObject *source, GAsyncResult *result, gpointer user_data)
{
  OhCli *cli = user_data;
  g_autoptr (GVariant) contacts = NULL;
  GError *error = NULL;

  if (!oh_bus_agent1_call_list_contacts_finish (OH_BUS_AGENT1 (source), NULL, &contacts, result,
                                                &error))
    {
      oh_cli_fail (cli, error);
      return;
    }
  print_people (cli, contacts);
  if (!oh_cli_watch (cli))
    oh_cli_done (cli);
}

/* Of who went only the address is known. */
static void
print_removed (OhCli *cli, const char *const *removed)
{
  for (guint i = 0; removed[i] != NULL; i++)
    if (oh_cli_json (cli))
      {
        JsonBuilder *builder = oh_cli_json_begin ();

        oh_cli_json_text (builder, "removed", removed[i]);
        json_builder_end_object (builder);
        oh_cli_json_print_line (builder);
      }
    else
      g_print (_ ("%s is not in the list any more\n"), removed[i]);
}

static void
on_changed (OhBusAgent1 *agent, guint64 revision, GVariant *changed, const char *const *removed,
            OhCli *cli)
{
  if (g_variant_n_children (changed) > 0)
    print_people (cli, changed);
  print_removed (cli, removed);
}

static void
on_freshness (OhBusContacts1 *roster)
{
  oh_verb_note_roster (roster);
}

static void
on_interrupt (gpointer user_data)
{
  oh_cli_done (user_data);
}

static void
list (OhCli *cli, OhBusContacts1 *roster)
{
  oh_verb_note_roster (roster);
  if (oh_cli_arg (cli, 0) != NULL)
    {
      oh_verb_contacts_search (cli);
      return;
    }
  if (oh_cli_watch (cli))
    {
      /* before the list is asked for: a change that crosses it is told twice, not lost */
      g_signal_connect (oh_cli_agent (cli), "contacts-changed", G_CALLBACK (on_changed), cli);
      g_signal_connect (roster, "notify::stale", G_CALLBACK (on_freshness), NULL);
      oh_cli_on_interrupt (on_interrupt, cli);
    }
  oh_bus_agent1_call_list_contacts (oh_cli_agent (cli), NULL, on_contacts, cli);
}

void
oh_verb_contacts (OhCli *cli)
{
  if (oh_cli_watch (cli) && oh_cli_arg (cli, 0) != NULL)
    oh_cli_fail (cli, g_error_new (OH_ERROR, OH_ERROR_USAGE,
                                   _ ("--watch follows the whole list; leave the query out.")));
  else
    oh_verb_with_roster (cli, list);
}
