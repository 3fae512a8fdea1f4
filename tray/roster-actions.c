/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "oh-tray"

#include "roster-actions.h"

#include "contact-store.h"
#include "roster-client.h"
#include "roster-dialog.h"
#include "view-state.h"

#include <glib/gi18n-lib.h>

struct _OhRosterActions
{
  GObject parent;

  OhRosterClient *client;       /* (owned) */
  GtkApplicationWindow *window; /* (unowned) */
  OhContactList *list;          /* (unowned) */
  GtkInfoBar *bar;              /* (unowned) */
  GtkLabel *bar_label;          /* (unowned) */
  GtkWidget *undo_button;       /* (unowned) */
  GtkLabel *age_label;          /* (unowned) */
  char *about;                  /* (owned) (nullable): whom the dialog or the call is about */
  GVariant *undo;               /* (owned) (nullable): arguments of the AddContact that undoes */
};

G_DEFINE_FINAL_TYPE (OhRosterActions, oh_roster_actions, G_TYPE_OBJECT)

/* --- what came of it ------------------------------------------------------------------------ */

static void
say (OhRosterActions *self, GtkMessageType type, const char *text)
{
  gtk_info_bar_set_message_type (self->bar, type);
  gtk_label_set_text (self->bar_label, text);
  gtk_widget_set_visible (self->undo_button, self->undo != NULL);
  gtk_widget_show (GTK_WIDGET (self->bar));
}

static void
forget_undo (OhRosterActions *self)
{
  g_clear_pointer (&self->undo, g_variant_unref);
  gtk_widget_hide (GTK_WIDGET (self->bar));
}

static void
on_changed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OhRosterActions) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer =
    oh_roster_client_call_finish (OH_ROSTER_CLIENT (source), result, &error);

  if (answer == NULL && self->window != NULL)
    say (self, GTK_MESSAGE_ERROR, error->message);
}

/* @arguments: floating */
static void
change (OhRosterActions *self, const char *method, GVariant *arguments)
{
  forget_undo (self);
  oh_roster_client_call_async (self->client, method, arguments, on_changed, g_object_ref (self));
}

/* --- adding --------------------------------------------------------------------------------- */

static void
add_contact (const char *const *values, const char *group, gpointer user_data)
{
  const char *groups[] = { group, NULL };

  change (user_data, "AddContact",
          g_variant_new ("(ss^as)", values[0], values[1], group[0] != '\0' ? groups : groups + 1));
}

static void
ask_contact (OhRosterActions *self, const char *address, const char *name)
{
  g_autoptr (GPtrArray) groups = oh_roster_client_dup_groups (self->client);
  const OhRosterQuestion question = {
    .title = _ ("Add Contact"),
    .accept = _ ("_Add"),
    .labels = { _ ("Addr_ess"), _ ("_Name (optional)") },
    .values = { address, name },
    .required = TRUE,
    .groups = groups,
  };

  oh_roster_ask (GTK_WINDOW (self->window), &question, add_contact, self);
}

static void
on_add_contact (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  ask_contact (user_data, NULL, NULL);
}

/* Somebody of the directory. */
static void
on_add_person (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  const char *address, *name;

  g_variant_get (parameter, "(&s&s)", &address, &name);
  ask_contact (user_data, address, name);
}

static void
add_group (const char *const *values, const char *group, gpointer user_data)
{
  change (user_data, "AddGroup", g_variant_new ("(s)", values[0]));
}

static void
on_add_group (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  OhRosterActions *self = user_data;
  const OhRosterQuestion question = {
    .title = _ ("Add Group"),
    .accept = _ ("_Add"),
    .labels = { _ ("_Name") },
    .required = TRUE,
  };

  oh_roster_ask (GTK_WINDOW (self->window), &question, add_group, self);
}

/* --- what is chosen ------------------------------------------------------------------------- */

/* The group of everybody else has no name to change and stays. */
static gboolean
can_change (OhRosterActions *self, const OhTrayContact *contact, const char *group)
{
  if (contact != NULL || (group != NULL && !g_str_equal (group, OH_CONTACT_STORE_DEFAULT)))
    return TRUE;
  gtk_widget_error_bell (GTK_WIDGET (self->list));
  return FALSE;
}

static void
remember (OhRosterActions *self, const char *about)
{
  g_free (self->about);
  self->about = g_strdup (about);
}

static void
rename_contact (const char *const *values, const char *group, gpointer user_data)
{
  OhRosterActions *self = user_data;

  change (self, "RenameContact", g_variant_new ("(ss)", self->about, values[0]));
}

static void
rename_group (const char *const *values, const char *group, gpointer user_data)
{
  OhRosterActions *self = user_data;

  change (self, "RenameGroup", g_variant_new ("(ss)", self->about, values[0]));
}

static void
on_rename (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  OhRosterActions *self = user_data;
  const char *group;
  const OhTrayContact *contact = oh_contact_list_get_chosen (self->list, &group);
  OhRosterQuestion question = {
    .title = contact != NULL ? _ ("Rename Contact") : _ ("Rename Group"),
    .accept = _ ("Re_name"),
    .labels = { _ ("_Name") },
    .values = { contact != NULL ? contact->name : group },
    .required = contact == NULL, /* without a name of the user's own there is that of the card */
  };

  if (!can_change (self, contact, group))
    return;
  remember (self, contact != NULL ? contact->uri : group);
  oh_roster_ask (GTK_WINDOW (self->window), &question,
                 contact != NULL ? rename_contact : rename_group, self);
}

static void
on_move_to (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  OhRosterActions *self = user_data;
  const char *from;
  const OhTrayContact *contact = oh_contact_list_get_chosen (self->list, &from);

  if (contact != NULL)
    change (self, "MoveContact",
            g_variant_new ("(sss)", contact->uri, from != NULL ? from : "*",
                           g_variant_get_string (parameter, NULL)));
}

/* --- removing, and what undoes it ----------------------------------------------------------- */

typedef struct
{
  OhRosterActions *self; /* (owned) */
  char *uri;             /* (owned) */
  char *shown;           /* (owned): name */
} Removal;

static void
removal_free (Removal *removal)
{
  g_object_unref (removal->self);
  g_free (removal->uri);
  g_free (removal->shown);
  g_free (removal);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Removal, removal_free)

static void
on_removed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Removal) removal = user_data;
  OhRosterActions *self = removal->self;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer =
    oh_roster_client_call_finish (OH_ROSTER_CLIENT (source), result, &error);
  g_autoptr (GVariant) groups = NULL;
  g_autofree char *text = NULL;
  const char *name;

  if (self->window == NULL)
    return;
  if (answer == NULL)
    {
      say (self, GTK_MESSAGE_ERROR, error->message);
      return;
    }
  g_variant_get (answer, "(&s@as)", &name, &groups);
  g_clear_pointer (&self->undo, g_variant_unref);
  self->undo = g_variant_ref_sink (g_variant_new ("(ss@as)", removal->uri, name, groups));
  text = g_strdup_printf (_ ("%s was removed from your contacts"), removal->shown);
  say (self, GTK_MESSAGE_INFO, text);
}

static void
on_remove (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  OhRosterActions *self = user_data;
  const char *group;
  const OhTrayContact *contact = oh_contact_list_get_chosen (self->list, &group);
  Removal *removal;

  if (!can_change (self, contact, group))
    return;
  if (contact == NULL)
    {
      change (self, "RemoveGroup", g_variant_new ("(s)", group));
      return;
    }
  forget_undo (self);
  removal = g_new0 (Removal, 1);
  removal->self = g_object_ref (self);
  removal->uri = g_strdup (contact->uri);
  removal->shown = oh_view_contact_name (contact);
  oh_roster_client_call_async (self->client, "RemoveContact", g_variant_new ("(s)", contact->uri),
                               on_removed, removal);
}

static void
on_undo (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  OhRosterActions *self = user_data;
  g_autoptr (GVariant) undo = g_steal_pointer (&self->undo);

  if (undo != NULL)
    change (self, "AddContact", undo);
}

/* --- groups and age ------------------------------------------------------------------------- */

static void
on_groups (OhRosterActions *self)
{
  g_autoptr (GPtrArray) groups = oh_roster_client_dup_groups (self->client);

  oh_contact_list_set_groups (self->list, groups);
}

static void
on_freshness (OhRosterActions *self)
{
  g_autofree char *note = oh_roster_client_dup_note (self->client);

  gtk_label_set_text (self->age_label, note != NULL ? note : "");
  gtk_widget_set_visible (GTK_WIDGET (self->age_label), note != NULL);
}

/* --- life ----------------------------------------------------------------------------------- */

static void
on_bar_response (GtkInfoBar *bar, int response, OhRosterActions *self)
{
  forget_undo (self);
}

static void
make_bar (OhRosterActions *self, GtkContainer *above)
{
  GtkWidget *bar = gtk_info_bar_new ();
  GtkWidget *label = gtk_label_new (NULL);

  self->bar = GTK_INFO_BAR (bar);
  self->bar_label = GTK_LABEL (label);
  gtk_label_set_xalign (self->bar_label, 0);
  gtk_label_set_line_wrap (self->bar_label, TRUE);
  gtk_label_set_selectable (self->bar_label, FALSE);
  gtk_container_add (GTK_CONTAINER (gtk_info_bar_get_content_area (self->bar)), label);
  self->undo_button = gtk_button_new_with_mnemonic (_ ("_Undo"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->undo_button), "win.undo");
  gtk_container_add (GTK_CONTAINER (gtk_info_bar_get_action_area (self->bar)), self->undo_button);
  gtk_info_bar_set_show_close_button (self->bar, TRUE);
  g_signal_connect_object (bar, "response", G_CALLBACK (on_bar_response), self, 0);
  gtk_widget_show_all (bar);
  gtk_widget_set_no_show_all (bar, TRUE);
  gtk_widget_hide (bar);
  gtk_container_add (above, bar);
}

static void
make_age (OhRosterActions *self, GtkContainer *below)
{
  GtkWidget *label = gtk_label_new (NULL);

  self->age_label = GTK_LABEL (label);
  g_object_set (label, "margin", 6, "wrap", TRUE, "no-show-all", TRUE, NULL);
  gtk_style_context_add_class (gtk_widget_get_style_context (label), GTK_STYLE_CLASS_DIM_LABEL);
  gtk_container_add (below, label);
}

static void
oh_roster_actions_dispose (GObject *object)
{
  OhRosterActions *self = OH_ROSTER_ACTIONS (object);

  self->window = NULL;
  if (self->client != NULL)
    g_signal_handlers_disconnect_by_data (self->client, self);
  g_clear_object (&self->client);
  g_clear_pointer (&self->undo, g_variant_unref);
  g_clear_pointer (&self->about, g_free);
  G_OBJECT_CLASS (oh_roster_actions_parent_class)->dispose (object);
}

static void
oh_roster_actions_class_init (OhRosterActionsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = oh_roster_actions_dispose;
}

static void
oh_roster_actions_init (OhRosterActions *self)
{
}

OhRosterActions *
oh_roster_actions_new (GtkApplicationWindow *window, OhContactList *list, GtkContainer *above,
                       GtkContainer *below)
{
  static const GActionEntry entries[] = {
    { .name = "add-contact", .activate = on_add_contact },
    { .name = "add-person", .activate = on_add_person, .parameter_type = "(ss)" },
    { .name = "add-group", .activate = on_add_group },
    { .name = "rename", .activate = on_rename },
    { .name = "remove", .activate = on_remove },
    { .name = "move-to", .activate = on_move_to, .parameter_type = "s" },
    { .name = "undo", .activate = on_undo },
  };
  OhRosterActions *self = g_object_new (OH_TYPE_ROSTER_ACTIONS, NULL);

  self->window = window;
  self->list = list;
  make_bar (self, above);
  make_age (self, below);
  g_action_map_add_action_entries (G_ACTION_MAP (window), entries, G_N_ELEMENTS (entries), self);
  self->client = oh_roster_client_new ();
  g_signal_connect_swapped (self->client, "groups-changed", G_CALLBACK (on_groups), self);
  g_signal_connect_swapped (self->client, "freshness-changed", G_CALLBACK (on_freshness), self);
  return self;
}
