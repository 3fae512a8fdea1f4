/* SPDX-License-Identifier: GPL-3.0-or-later */

/* offhook contacts */

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cli-output.h"
#include "presence-words.h"
#include "text-for-eyes.h"
#include "verbs.h"

typedef struct
{
  const char *uri, *name, *presence, *note;
  GVariant *groups;  /* (owned) */
  GVariant *numbers; /* (owned) */
  GVariant *more;    /* (owned): since, inactive, out-of-office */
} Person;

/* What a line of the terminal holds of a note. */
#define NOTE_MAX 200u

static gboolean
matches (const Person *person, const char *query)
{
  g_autofree char *name = g_utf8_casefold (person->name, -1);
  g_autofree char *uri = g_utf8_casefold (person->uri, -1);
  g_autofree char *folded = g_utf8_casefold (query, -1);
  GVariantIter numbers;
  const char *number;

  if (strstr (name, folded) != NULL || strstr (uri, folded) != NULL)
    return TRUE;
  g_variant_iter_init (&numbers, person->numbers);
  while (g_variant_iter_next (&numbers, "(&s&s&s)", NULL, &number, NULL))
    if (strstr (number, query) != NULL)
      return TRUE;
  return FALSE;
}

static void
add_numbers (JsonBuilder *builder, GVariant *numbers)
{
  GVariantIter iter;
  const char *type, *number, *display;

  json_builder_set_member_name (builder, "numbers");
  json_builder_begin_array (builder);
  g_variant_iter_init (&iter, numbers);
  while (g_variant_iter_next (&iter, "(&s&s&s)", &type, &number, &display))
    {
      json_builder_begin_object (builder);
      oh_cli_json_text (builder, "type", type);
      oh_cli_json_text (builder, "number", number);
      oh_cli_json_text (builder, "display", display);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
add_more (JsonBuilder *builder, GVariant *more)
{
  static const char *const flags[] = { "inactive", "out-of-office" };
  gint64 since_us = 0;

  g_variant_lookup (more, "since", "x", &since_us);
  oh_cli_json_time (builder, "since", since_us);
  for (gsize i = 0; i < G_N_ELEMENTS (flags); i++)
    {
      gboolean value = FALSE;

      g_variant_lookup (more, flags[i], "b", &value);
      json_builder_set_member_name (builder, flags[i]);
      json_builder_add_boolean_value (builder, value);
    }
}

static void
add_person (JsonBuilder *builder, const Person *person)
{
  g_auto (GStrv) presence = g_strsplit (person->presence, "/", 2);
  GVariantIter groups;
  const char *group;

  json_builder_begin_object (builder);
  oh_cli_json_text (builder, "uri", person->uri);
  oh_cli_json_text (builder, "name", person->name);
  oh_cli_json_text (builder, "availability", presence[0]);
  oh_cli_json_text (builder, "activity", presence[0] != NULL ? presence[1] : NULL);
  json_builder_set_member_name (builder, "note");
  json_builder_add_string_value (builder, person->note);
  json_builder_set_member_name (builder, "groups");
  json_builder_begin_array (builder);
  g_variant_iter_init (&groups, person->groups);
  while (g_variant_iter_next (&groups, "&s", &group))
    json_builder_add_string_value (builder, group);
  json_builder_end_array (builder);
  add_numbers (builder, person->numbers);
  add_more (builder, person->more);
  json_builder_end_object (builder);
}

static char *
presence_line (const Person *person)
{
  g_auto (GStrv) parts = g_strsplit (person->presence, "/", 2);
  OhWordsPresence presence = { .availability = parts[0],
                               .activity = parts[0] != NULL ? parts[1] : NULL };

  g_variant_lookup (person->more, "since", "x", &presence.since_us);
  g_variant_lookup (person->more, "inactive", "b", &presence.inactive);
  g_variant_lookup (person->more, "out-of-office", "b", &presence.out_of_office);
  return oh_words_presence_line (&presence, g_get_real_time ());
}

static void
print_person (const Person *person)
{
  g_autofree char *text = presence_line (person);
  g_autofree char *note = oh_tray_text_for_eyes (person->note, NOTE_MAX);
  GVariantIter iter;
  const char *display;

  g_print ("%-28s %s%s%s\n", person->name[0] != '\0' ? person->name : person->uri, text,
           note[0] != '\0' ? " – " : "", note);
  g_variant_iter_init (&iter, person->numbers);
  while (g_variant_iter_next (&iter, "(&s&s&s)", NULL, NULL, &display))
    g_print ("    %s\n", display);
}

static void
print_people (OhCli *cli, GVariant *contacts)
{
  const char *query = oh_cli_arg (cli, 0);
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  GVariantIter iter;
  Person person;

  json_builder_begin_array (builder);
  g_variant_iter_init (&iter, contacts);
  while (g_variant_iter_next (&iter, "(&s&s&s&s@as@a(sss)@a{sv})", &person.uri, &person.name,
                              &person.presence, &person.note, &person.groups, &person.numbers,
                              &person.more))
    {
      if (query == NULL || matches (&person, query))
        {
          if (oh_cli_json (cli))
            add_person (builder, &person);
          else
            print_person (&person);
        }
      g_variant_unref (person.groups);
      g_variant_unref (person.numbers);
      g_variant_unref (person.more);
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
  oh_bus_agent1_call_list_contacts (oh_cli_agent (cli), NULL, on_contacts, cli);
}
