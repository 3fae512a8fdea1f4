/* SPDX-License-Identifier: GPL-3.0-or-later */

/* offhook contacts QUERY: the contact list at once, then the directory beyond it. */

#include <glib/gi18n-lib.h>

#include "bus-connection.h"
#include "cli-output.h"
#include "cli-person.h"
#include "error.h"
#include "text-for-eyes.h"
#include "verbs.h"

/* Everybody who fits; the list ends there, too. */
#define LIMIT 100000u
/* What a line of the terminal holds of a name or a title. */
#define TEXT_MAX 100u

/* One run. */
typedef struct
{
  OhCli *cli;                 /* (unowned): outlives this */
  OhBusDirectory1 *directory; /* (owned) */
  JsonBuilder *builder;       /* (owned): the answer for programs */
  GStrv found;                /* (owned) (nullable): addresses of contacts, best first */
  GVariant *contacts;         /* (owned) (nullable): the list */
  guint32 id;                 /* of the search */
} Search;

/* Somebody of the directory; borrowed from the variant. */
typedef struct
{
  const char *name, *uri, *mail, *title, *department, *company, *contact;
  GVariant *numbers; /* (owned) */
} Stranger;

static void
search_free (gpointer data)
{
  Search *search = data;

  if (search->directory != NULL)
    g_signal_handlers_disconnect_by_data (search->directory, search);
  g_clear_object (&search->directory);
  g_object_unref (search->builder);
  g_clear_pointer (&search->found, g_strfreev);
  g_clear_pointer (&search->contacts, g_variant_unref);
  g_free (search);
}

static void
end (Search *search, int status)
{
  OhCli *cli = search->cli;

  json_builder_end_array (search->builder);
  if (oh_cli_json (cli))
    oh_cli_json_print (g_object_ref (search->builder));
  oh_cli_end (cli, status);
}

/* --- contacts ------------------------------------------------------------------------------- */

/* Returns: (transfer full) (element-type utf8 GVariant): the contacts by address */
static GHashTable *
index_contacts (GVariant *contacts)
{
  GHashTable *index =
    g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_variant_unref);
  gsize n = g_variant_n_children (contacts);

  for (gsize i = 0; i < n; i++)
    {
      GVariant *contact = g_variant_get_child_value (contacts, i);
      const char *uri;

      g_variant_get_child (contact, 0, "&s", &uri);
      g_hash_table_replace (index, (gpointer) uri, contact);
    }
  return index;
}

static void
show_contact (Search *search, GVariant *contact)
{
  g_autoptr (GVariant) one = g_variant_ref_sink (g_variant_new_array (NULL, &contact, 1));
  GVariantIter iter;
  OhCliPerson person;

  g_variant_iter_init (&iter, one);
  while (oh_cli_person_next (&iter, &person))
    {
      if (oh_cli_json (search->cli))
        oh_cli_person_json (search->builder, &person);
      else
        oh_cli_person_print (&person);
      oh_cli_person_clear (&person);
    }
}

static void
show_contacts (Search *search)
{
  g_autoptr (GHashTable) index = index_contacts (search->contacts);

  for (guint i = 0; search->found[i] != NULL; i++)
    {
      GVariant *contact = g_hash_table_lookup (index, search->found[i]);

      if (contact != NULL) /* else it went in the same breath */
        show_contact (search, contact);
    }
}

/* --- the directory -------------------------------------------------------------------------- */

static void
add_stranger (JsonBuilder *builder, const Stranger *stranger)
{
  json_builder_begin_object (builder);
  oh_cli_json_text (builder, "uri", stranger->uri);
  oh_cli_json_text (builder, "name", stranger->name);
  oh_cli_json_text (builder, "availability", "unknown");
  oh_cli_json_text (builder, "activity", NULL);
  json_builder_set_member_name (builder, "note");
  json_builder_add_string_value (builder, "");
  json_builder_set_member_name (builder, "groups");
  json_builder_begin_array (builder);
  json_builder_end_array (builder);
  oh_cli_person_json_numbers (builder, stranger->numbers);
  json_builder_set_member_name (builder, "directory");
  json_builder_add_boolean_value (builder, TRUE);
  oh_cli_json_text (builder, "contact", stranger->contact);
  oh_cli_json_text (builder, "mail", stranger->mail);
  oh_cli_json_text (builder, "title", stranger->title);
  oh_cli_json_text (builder, "department", stranger->department);
  oh_cli_json_text (builder, "company", stranger->company);
  json_builder_end_object (builder);
}

static void
print_stranger (const Stranger *stranger)
{
  const char *parts[] = { stranger->title, stranger->department, stranger->company };
  g_autofree char *name = oh_tray_text_for_eyes (stranger->name, TEXT_MAX);
  g_autoptr (GString) place = g_string_new (NULL);
  GVariantIter iter;
  const char *display;

  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autofree char *part = oh_tray_text_for_eyes (parts[i], TEXT_MAX);

      if (part[0] != '\0')
        g_string_append_printf (place, ", %s", part);
    }
  g_print ("%-28s %s%s\n", name, _ ("directory"), place->str);
  g_variant_iter_init (&iter, stranger->numbers);
  while (g_variant_iter_next (&iter, "(&s&s&s)", NULL, NULL, &display))
    {
      g_autofree char *shown = oh_tray_text_for_eyes (display, TEXT_MAX);

      g_print ("    %s\n", shown);
    }
}

/* A contact that was shown already is one line, not two. */
static gboolean
is_shown (Search *search, const char *contact)
{
  return g_strv_contains ((const char *const *) search->found, contact);
}

static void
on_found (OhBusDirectory1 *proxy, guint id, GVariant *people, Search *search)
{
  GVariantIter iter;
  Stranger stranger;

  if (id != search->id)
    return;
  g_variant_iter_init (&iter, people);
  while (g_variant_iter_next (&iter, "(&s&s&s&s&s&s&s@a(sss))", &stranger.name, &stranger.uri,
                              &stranger.mail, &stranger.title, &stranger.department,
                              &stranger.company, &stranger.contact, &stranger.numbers))
    {
      if (!is_shown (search, stranger.contact))
        {
          if (oh_cli_json (search->cli))
            add_stranger (search->builder, &stranger);
          else
            print_stranger (&stranger);
        }
      g_variant_unref (stranger.numbers);
    }
}

static void
on_finished (OhBusDirectory1 *proxy, guint id, gboolean more, const char *code, const char *message,
             const char *advice, guint status, Search *search)
{
  if (id != search->id)
    return;
  if (code[0] != '\0')
    oh_cli_note ("%s%s%s", message, advice[0] != '\0' ? " " : "", advice);
  else if (more)
    oh_cli_note (_ ("The directory has more people than these; type more."));
  end (search, (int) status);
}

/* --- the run -------------------------------------------------------------------------------- */

static void
on_search (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Search *search = user_data;
  gboolean directory = FALSE;
  GError *error = NULL;

  if (!oh_bus_directory1_call_search_finish (OH_BUS_DIRECTORY1 (source), &search->id,
                                             &search->found, NULL, &directory, result, &error))
    {
      oh_cli_fail (search->cli, error);
      return;
    }
  show_contacts (search);
  if (!directory)
    end (search, 0);
}

static void
start (Search *search)
{
  GVariantDict options;

  g_variant_dict_init (&options, NULL);
  g_variant_dict_insert (&options, "limit", "u", LIMIT);
  g_variant_dict_insert (&options, "directory", "b", (gboolean) !oh_cli_local (search->cli));
  oh_bus_directory1_call_search (search->directory, oh_cli_arg (search->cli, 0),
                                 g_variant_dict_end (&options), NULL, on_search, search);
}

static void
on_proxy (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Search *search = user_data;
  GError *error = NULL;

  search->directory = oh_bus_directory1_proxy_new_finish (result, &error);
  if (search->directory == NULL)
    {
      oh_cli_fail (search->cli, error);
      return;
    }
  g_signal_connect (search->directory, "found", G_CALLBACK (on_found), search);
  g_signal_connect (search->directory, "finished", G_CALLBACK (on_finished), search);
  start (search);
}

static void
on_contacts (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Search *search = user_data;
  GError *error = NULL;

  if (!oh_bus_agent1_call_list_contacts_finish (OH_BUS_AGENT1 (source), NULL, &search->contacts,
                                                result, &error))
    {
      oh_cli_fail (search->cli, error);
      return;
    }
  oh_bus_directory1_proxy_new (g_dbus_proxy_get_connection (G_DBUS_PROXY (source)),
                               G_DBUS_PROXY_FLAGS_NONE, OH_BUS_NAME, OH_BUS_PATH, NULL, on_proxy,
                               search);
}

void
oh_verb_contacts_search (OhCli *cli)
{
  Search *search = g_new0 (Search, 1);

  search->cli = cli;
  search->builder = json_builder_new ();
  json_builder_begin_array (search->builder);
  g_object_set_data_full (G_OBJECT (oh_cli_agent (cli)), "search", search, search_free);
  oh_bus_agent1_call_list_contacts (oh_cli_agent (cli), NULL, on_contacts, search);
}
