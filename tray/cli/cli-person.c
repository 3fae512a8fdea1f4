/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "cli-person.h"

#include "cli-output.h"
#include "presence-words.h"
#include "text-for-eyes.h"

gboolean
oh_cli_person_next (GVariantIter *iter, OhCliPerson *out)
{
  return g_variant_iter_next (iter, "(&s&s&s&s@as@a(sss)@a{sv})", &out->uri, &out->name,
                              &out->presence, &out->note, &out->groups, &out->numbers, &out->more);
}

void
oh_cli_person_clear (OhCliPerson *person)
{
  g_clear_pointer (&person->groups, g_variant_unref);
  g_clear_pointer (&person->numbers, g_variant_unref);
  g_clear_pointer (&person->more, g_variant_unref);
}

/* What a line of the terminal holds of a note. */
#define NOTE_MAX 200u

void
oh_cli_person_json_numbers (JsonBuilder *builder, GVariant *numbers)
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

void
oh_cli_person_json (JsonBuilder *builder, const OhCliPerson *person)
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
  oh_cli_person_json_numbers (builder, person->numbers);
  add_more (builder, person->more);
  json_builder_set_member_name (builder, "directory");
  json_builder_add_boolean_value (builder, FALSE);
  json_builder_end_object (builder);
}

static char *
presence_line (const OhCliPerson *person)
{
  g_auto (GStrv) parts = g_strsplit (person->presence, "/", 2);
  OhWordsPresence presence = { .availability = parts[0],
                               .activity = parts[0] != NULL ? parts[1] : NULL };

  g_variant_lookup (person->more, "since", "x", &presence.since_us);
  g_variant_lookup (person->more, "inactive", "b", &presence.inactive);
  g_variant_lookup (person->more, "out-of-office", "b", &presence.out_of_office);
  return oh_words_presence_line (&presence, g_get_real_time ());
}

void
oh_cli_person_print (const OhCliPerson *person)
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
