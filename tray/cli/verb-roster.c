/* SPDX-License-Identifier: GPL-3.0-or-later */

/* offhook contact add, rename, move, copy, remove; group add, rename, remove, list */

#include <glib/gi18n-lib.h>

#include "bus-connection.h"
#include "cli-output.h"
#include "error.h"
#include "verb-parts.h"
#include "verbs.h"

/* What a verb does once the interface is there. */
typedef void (*Step) (OhCli *cli, OhBusContacts1 *roster);

typedef struct
{
  OhCli *cli; /* (unowned) */
  Step step;
} Start;

static void
on_proxy (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Start *start = user_data;
  GError *error = NULL;
  OhBusContacts1 *roster = oh_bus_contacts1_proxy_new_finish (result, &error);

  if (roster == NULL)
    {
      oh_cli_fail (start->cli, error);
      return;
    }
  /* A change waits for its turn and for the server; the agent has the limits, not the bus. */
  g_dbus_proxy_set_default_timeout (G_DBUS_PROXY (roster), G_MAXINT);
  g_object_set_data_full (G_OBJECT (oh_cli_agent (start->cli)), "roster", roster, g_object_unref);
  start->step (start->cli, roster);
}

void
oh_verb_with_roster (OhCli *cli, Step step)
{
  Start *start = g_new0 (Start, 1);

  start->cli = cli;
  start->step = step;
  oh_bus_contacts1_proxy_new (g_dbus_proxy_get_connection (G_DBUS_PROXY (oh_cli_agent (cli))),
                              G_DBUS_PROXY_FLAGS_NONE, OH_BUS_NAME, OH_BUS_PATH, NULL, on_proxy,
                              start);
}

/* Whatever came of it besides. */
static void
on_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GError *error = NULL;
  g_autoptr (GVariant) answer = g_dbus_proxy_call_finish (G_DBUS_PROXY (source), result, &error);

  if (answer == NULL)
    oh_cli_fail (user_data, error);
  else
    oh_cli_done (user_data);
}

/* @arguments: floating */
static void
call (OhCli *cli, OhBusContacts1 *roster, const char *method, GVariant *arguments)
{
  g_dbus_proxy_call (G_DBUS_PROXY (roster), method, arguments, G_DBUS_CALL_FLAGS_NONE, -1, NULL,
                     on_done, cli);
}

/* The bus takes nothing else. */
static gboolean
are_utf8 (OhCli *cli)
{
  for (guint i = 0; oh_cli_arg (cli, i) != NULL; i++)
    if (!g_utf8_validate (oh_cli_arg (cli, i), -1, NULL))
      {
        oh_cli_fail (
          cli, g_error_new (OH_ERROR, OH_ERROR_USAGE, _ ("An argument is not valid UTF-8 text.")));
        return FALSE;
      }
  return TRUE;
}

/* --- people --- */

static void
add_contact (OhCli *cli, OhBusContacts1 *roster)
{
  const char *name = oh_cli_arg (cli, 1);
  const char *group = oh_cli_value (cli, OH_CLI_GROUP);
  const char *groups[] = { group, NULL };

  call (cli, roster, "AddContact",
        g_variant_new ("(ss^as)", oh_cli_arg (cli, 0), name != NULL ? name : "", groups));
}

void
oh_verb_contact_add (OhCli *cli)
{
  if (are_utf8 (cli))
    oh_verb_with_roster (cli, add_contact);
}

static void
rename_contact (OhCli *cli, OhBusContacts1 *roster)
{
  call (cli, roster, "RenameContact",
        g_variant_new ("(ss)", oh_cli_arg (cli, 0), oh_cli_arg (cli, 1)));
}

void
oh_verb_contact_rename (OhCli *cli)
{
  if (are_utf8 (cli))
    oh_verb_with_roster (cli, rename_contact);
}

static void
move_contact (OhCli *cli, OhBusContacts1 *roster)
{
  const char *from = oh_cli_arg (cli, 2);

  call (
    cli, roster, "MoveContact",
    g_variant_new ("(sss)", oh_cli_arg (cli, 0), from != NULL ? from : "*", oh_cli_arg (cli, 1)));
}

void
oh_verb_contact_move (OhCli *cli)
{
  if (are_utf8 (cli))
    oh_verb_with_roster (cli, move_contact);
}

static void
copy_contact (OhCli *cli, OhBusContacts1 *roster)
{
  call (cli, roster, "CopyContact",
        g_variant_new ("(ss)", oh_cli_arg (cli, 0), oh_cli_arg (cli, 1)));
}

void
oh_verb_contact_copy (OhCli *cli)
{
  if (are_utf8 (cli))
    oh_verb_with_roster (cli, copy_contact);
}

static void
remove_contact (OhCli *cli, OhBusContacts1 *roster)
{
  call (cli, roster, "RemoveContact", g_variant_new ("(s)", oh_cli_arg (cli, 0)));
}

void
oh_verb_contact_remove (OhCli *cli)
{
  if (are_utf8 (cli))
    oh_verb_with_roster (cli, remove_contact);
}

/* --- groups --- */

static void
add_group (OhCli *cli, OhBusContacts1 *roster)
{
  call (cli, roster, "AddGroup", g_variant_new ("(s)", oh_cli_arg (cli, 0)));
}

void
oh_verb_group_add (OhCli *cli)
{
  if (are_utf8 (cli))
    oh_verb_with_roster (cli, add_group);
}

static void
rename_group (OhCli *cli, OhBusContacts1 *roster)
{
  call (cli, roster, "RenameGroup",
        g_variant_new ("(ss)", oh_cli_arg (cli, 0), oh_cli_arg (cli, 1)));
}

void
oh_verb_group_rename (OhCli *cli)
{
  if (are_utf8 (cli))
    oh_verb_with_roster (cli, rename_group);
}

static void
remove_group (OhCli *cli, OhBusContacts1 *roster)
{
  call (cli, roster, "RemoveGroup", g_variant_new ("(s)", oh_cli_arg (cli, 0)));
}

void
oh_verb_group_remove (OhCli *cli)
{
  if (are_utf8 (cli))
    oh_verb_with_roster (cli, remove_group);
}

static void
list_groups (OhCli *cli, OhBusContacts1 *roster)
{
  GVariant *groups = oh_bus_contacts1_get_groups (roster);
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  GVariantIter iter;
  const char *name;
  guint32 id;

  json_builder_begin_array (builder);
  if (groups != NULL)
    g_variant_iter_init (&iter, groups);
  while (groups != NULL && g_variant_iter_next (&iter, "(u&s)", &id, &name))
    {
      gboolean is_default = g_str_equal (name, "~");

      json_builder_begin_object (builder);
      json_builder_set_member_name (builder, "id");
      json_builder_add_int_value (builder, id);
      oh_cli_json_text (builder, "name", is_default ? NULL : name);
      json_builder_end_object (builder);
      if (!oh_cli_json (cli))
        g_print ("%s\n", is_default ? _ ("Other contacts") : name);
    }
  json_builder_end_array (builder);
  if (oh_cli_json (cli))
    oh_cli_json_print (g_steal_pointer (&builder));
  oh_verb_note_roster (roster);
  oh_cli_done (cli);
}

void
oh_verb_group_list (OhCli *cli)
{
  oh_verb_with_roster (cli, list_groups);
}

/* --- how fresh the list is --- */

void
oh_verb_note_roster (OhBusContacts1 *roster)
{
  gint64 as_of_us = oh_bus_contacts1_get_as_of (roster);
  g_autofree char *as_of = as_of_us != 0 ? oh_cli_time (as_of_us) : NULL;

  if (oh_bus_contacts1_get_elsewhere (roster))
    oh_cli_note ("%s", _ ("Your contact list is kept in Exchange; Outlook shows and changes it."));
  else if (!oh_bus_contacts1_get_stale (roster))
    return;
  else if (as_of != NULL)
    oh_cli_note (_ ("As of %s; not signed in."), as_of);
  else
    oh_cli_note ("%s", _ ("Not signed in; no contact list is known yet."));
}
