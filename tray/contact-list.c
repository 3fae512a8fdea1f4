/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "oh-tray"

#include "contact-list.h"

#include "contact-fill.h"
#include "contact-menu.h"
#include "contact-store.h"

#include <glib/gi18n-lib.h>

struct _OhContactList
{
  GtkTreeView parent;

  OhAgentClient *client; /* (owned) (nullable): before it is set */
  OhContactStore *store; /* (owned) (nullable): what is shown */
  GStrv query;           /* (owned) */
  GPtrArray *groups;     /* (owned) (element-type utf8): in order */
  GHashTable *closed;    /* (owned) (element-type utf8): set of groups */
  GtkWidget *menu;       /* (owned) (nullable): attached to the list */
  OhContactFill *fill;   /* (owned) (nullable): while the store is not full */
  char *fill_uri;        /* (owned) (nullable): who was chosen before */
  char *fill_group;      /* (owned) (nullable): in which group */
};

enum
{
  SIGNAL_FILLED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OhContactList, oh_contact_list, GTK_TYPE_TREE_VIEW)

/* Returns: the row that is chosen, -1 for none */
static int
chosen_row (OhContactList *self)
{
  g_autoptr (GtkTreePath) path = NULL;

  gtk_tree_view_get_cursor (GTK_TREE_VIEW (self), &path, NULL);
  return path != NULL && self->store != NULL ? gtk_tree_path_get_indices (path)[0] : -1;
}

OhTrayContact *
oh_contact_list_get_chosen (OhContactList *self, const char **group)
{
  int row;

  g_return_val_if_fail (OH_IS_CONTACT_LIST (self), NULL);
  row = chosen_row (self);
  *group = row >= 0 ? oh_contact_store_get_group (self->store, (guint) row) : NULL;
  return row >= 0 ? oh_contact_store_get_contact (self->store, (guint) row) : NULL;
}

static OhTrayContact *
selected_contact (OhContactList *self)
{
  const char *group;

  return oh_contact_list_get_chosen (self, &group);
}

/* Chooses a row again; the view does not jump. */
static void
choose (OhContactList *self, const char *uri, const char *group)
{
  GtkAdjustment *place = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self));
  double scrolled = place != NULL ? gtk_adjustment_get_value (place) : 0;
  int row = oh_contact_store_find (self->store, uri, group);

  if (row >= 0)
    {
      g_autoptr (GtkTreePath) path = gtk_tree_path_new_from_indices (row, -1);

      gtk_tree_view_set_cursor (GTK_TREE_VIEW (self), path, NULL, FALSE);
    }
  if (place != NULL)
    gtk_adjustment_set_value (place, scrolled);
}

/* --- filling -------------------------------------------------------------------------------- */

/* Whoever was chosen stays so, wherever the row has gone. */
static void
end_fill (gpointer user_data)
{
  OhContactList *self = user_data;
  g_autofree char *uri = g_steal_pointer (&self->fill_uri);
  g_autofree char *group = g_steal_pointer (&self->fill_group);

  g_clear_pointer (&self->fill, oh_contact_fill_free);
  if (uri != NULL || group != NULL)
    choose (self, uri, group);
  g_signal_emit (self, signals[SIGNAL_FILLED], 0);
}

static void
remember_chosen (OhContactList *self)
{
  const char *standing;
  const OhTrayContact *chosen = oh_contact_list_get_chosen (self, &standing);

  if (chosen == NULL && standing == NULL)
    return; /* or of the last one, when that is not yet at its end */
  g_free (self->fill_uri);
  self->fill_uri = chosen != NULL ? g_strdup (chosen->uri) : NULL;
  g_free (self->fill_group);
  self->fill_group = g_strdup (standing);
}

/* Another query, another list, other groups. */
static void
refill (OhContactList *self)
{
  const OhContactGrouping grouping = { self->groups, self->closed };
  g_autoptr (GPtrArray) nobody = g_ptr_array_new ();
  OhContactStore *before;

  remember_chosen (self);
  g_clear_pointer (&self->fill, oh_contact_fill_free);
  before = g_steal_pointer (&self->store);
  self->store = oh_contact_store_new (nobody, (const char *const *) self->query, &grouping);
  self->fill = oh_contact_fill_new (self->store, oh_agent_client_get_book (self->client));
  gtk_tree_view_set_model (GTK_TREE_VIEW (self), GTK_TREE_MODEL (self->store));
  oh_contact_store_let_go (before);
  if (oh_contact_fill_is_done (self->fill))
    end_fill (self);
  else
    oh_contact_fill_go_on (self->fill, end_fill, self);
}

/* Who needs all of it now waits no longer than GTK takes for so many rows. */
static void
finish_fill (OhContactList *self)
{
  if (self->fill == NULL)
    return;
  oh_contact_fill_finish (self->fill);
  end_fill (self);
}

void
oh_contact_list_set_groups (OhContactList *self, const GPtrArray *names)
{
  gboolean has_default = FALSE;

  g_return_if_fail (OH_IS_CONTACT_LIST (self));

  g_ptr_array_set_size (self->groups, 0);
  for (guint i = 0; i < names->len; i++)
    {
      const char *name = g_ptr_array_index (names, i);

      has_default |= g_str_equal (name, OH_CONTACT_STORE_DEFAULT);
      g_ptr_array_add (self->groups, g_strdup (name));
    }
  if (!has_default)
    g_ptr_array_add (self->groups, g_strdup (OH_CONTACT_STORE_DEFAULT));
  if (self->client != NULL)
    refill (self);
}

static void
set_closed (OhContactList *self, const char *group, gboolean closed)
{
  if (g_hash_table_contains (self->closed, group) == closed)
    return;
  if (closed)
    g_hash_table_add (self->closed, g_strdup (group));
  else
    g_hash_table_remove (self->closed, group);
  refill (self);
}

/* Who shows something else instead of an empty list. */
static void
tell_if_filled (OhContactList *self, guint length_before)
{
  if ((length_before == 0) != (oh_contact_store_get_length (self->store) == 0))
    g_signal_emit (self, signals[SIGNAL_FILLED], 0);
}

static void
on_put (OhContactList *self, OhTrayContact *contact)
{
  guint length = oh_contact_store_get_length (self->store);
  const char *standing;
  const OhTrayContact *chosen = oh_contact_list_get_chosen (self, &standing);
  gboolean is_chosen = chosen != NULL && g_str_equal (chosen->uri, contact->uri);

  oh_contact_store_put (self->store, contact);
  if (is_chosen)
    choose (self, contact->uri, standing);
  tell_if_filled (self, length);
}

static void
on_dropped (OhContactList *self, OhTrayContact *contact)
{
  guint length = oh_contact_store_get_length (self->store);

  oh_contact_store_drop (self->store, contact->uri);
  if (self->fill != NULL)
    oh_contact_fill_begin_again (self->fill);
  tell_if_filled (self, length);
}

void
oh_contact_list_set_client (OhContactList *self, OhAgentClient *client)
{
  OhContactBook *book;

  g_return_if_fail (OH_IS_CONTACT_LIST (self));
  g_return_if_fail (self->client == NULL);

  self->client = g_object_ref (client);
  book = oh_agent_client_get_book (client);
  g_signal_connect_swapped (book, "put", G_CALLBACK (on_put), self);
  g_signal_connect_swapped (book, "dropped", G_CALLBACK (on_dropped), self);
  g_signal_connect_swapped (book, "cleared", G_CALLBACK (refill), self);
  refill (self);
}

void
oh_contact_list_set_query (OhContactList *self, const char *typed)
{
  g_return_if_fail (OH_IS_CONTACT_LIST (self));

  g_strfreev (self->query);
  self->query = oh_tray_query_new (typed);
  if (self->client != NULL)
    refill (self);
}

void
oh_contact_list_set_people (OhContactList *self, const GPtrArray *people)
{
  g_return_if_fail (OH_IS_CONTACT_LIST (self));
  g_return_if_fail (self->client == NULL);

  g_clear_object (&self->store);
  self->store = oh_contact_store_new (people, (const char *const *) self->query, NULL);
  gtk_tree_view_set_model (GTK_TREE_VIEW (self), GTK_TREE_MODEL (self->store));
}

guint
oh_contact_list_get_length (OhContactList *self)
{
  g_return_val_if_fail (OH_IS_CONTACT_LIST (self), 0);
  return self->store != NULL ? oh_contact_store_get_length (self->store) : 0;
}

static GActionGroup *
actions_of (OhContactList *self)
{
  GtkWidget *window = gtk_widget_get_toplevel (GTK_WIDGET (self));

  return G_ACTION_GROUP (gtk_window_get_application (GTK_WINDOW (window)));
}

static void
call_default (OhContactList *self, const OhTrayContact *contact)
{
  const OhTrayNumber *number;

  if (contact == NULL || contact->numbers->len == 0)
    {
      gtk_widget_error_bell (GTK_WIDGET (self));
      return;
    }
  number = g_ptr_array_index (contact->numbers, 0);
  g_action_group_activate_action (actions_of (self), "dial", g_variant_new_string (number->number));
}

void
oh_contact_list_call_first (OhContactList *self)
{
  OhTrayContact *contact;

  g_return_if_fail (OH_IS_CONTACT_LIST (self));
  finish_fill (self);
  contact = selected_contact (self);
  for (guint i = 0; contact == NULL && i < oh_contact_list_get_length (self); i++)
    contact = oh_contact_store_get_contact (self->store, i);
  call_default (self, contact);
}

static void
oh_contact_list_row_activated (GtkTreeView *view, GtkTreePath *path, GtkTreeViewColumn *column)
{
  OhContactList *self = OH_CONTACT_LIST (view);
  guint row = (guint) gtk_tree_path_get_indices (path)[0];
  OhTrayContact *contact = oh_contact_store_get_contact (self->store, row);
  const char *group = oh_contact_store_get_group (self->store, row);

  if (contact == NULL && group != NULL)
    set_closed (self, group, !g_hash_table_contains (self->closed, group));
  else
    call_default (self, contact);
}

static void
act (OhContactList *self, const char *action)
{
  GtkWidget *window = gtk_widget_get_toplevel (GTK_WIDGET (self));

  g_action_group_activate_action (G_ACTION_GROUP (window), action, NULL);
}

/* Left on somebody closes the group they stand in, as in a tree. */
static gboolean
oh_contact_list_key_press_event (GtkWidget *widget, GdkEventKey *event)
{
  OhContactList *self = OH_CONTACT_LIST (widget);
  const char *group = NULL;
  gboolean plain = (event->state & gtk_accelerator_get_default_mod_mask ()) == 0;
  const OhTrayContact *contact = oh_contact_list_get_chosen (self, &group);

  if (plain && event->keyval == GDK_KEY_F2)
    act (self, "rename");
  else if (plain && (event->keyval == GDK_KEY_Delete || event->keyval == GDK_KEY_KP_Delete))
    act (self, "remove");
  else if (plain && group != NULL && event->keyval == GDK_KEY_Left)
    {
      g_autofree char *own = g_strdup (group);

      set_closed (self, own, TRUE);
      choose (self, NULL, own);
    }
  else if (plain && group != NULL && contact == NULL && event->keyval == GDK_KEY_Right)
    set_closed (self, group, FALSE);
  else
    return GTK_WIDGET_CLASS (oh_contact_list_parent_class)->key_press_event (widget, event);
  return GDK_EVENT_STOP;
}

static void
make_menu (OhContactList *self, const OhTrayContact *contact)
{
  g_clear_pointer (&self->menu, gtk_widget_destroy);
  self->menu = oh_contact_menu_new (contact, self->groups, self->client != NULL, actions_of (self));
  gtk_menu_attach_to_widget (GTK_MENU (self->menu), GTK_WIDGET (self), NULL);
}

/* Menu key and Shift+F10: below the row. */
static gboolean
oh_contact_list_popup_menu (GtkWidget *widget)
{
  OhContactList *self = OH_CONTACT_LIST (widget);
  OhTrayContact *contact = selected_contact (self);
  g_autoptr (GtkTreePath) path = NULL;
  GdkRectangle cell;

  if (chosen_row (self) < 0)
    return FALSE;
  make_menu (self, contact);
  gtk_tree_view_get_cursor (GTK_TREE_VIEW (self), &path, NULL);
  gtk_tree_view_get_cell_area (GTK_TREE_VIEW (self), path,
                               gtk_tree_view_get_column (GTK_TREE_VIEW (self), 0), &cell);
  gtk_menu_popup_at_rect (GTK_MENU (self->menu),
                          gtk_tree_view_get_bin_window (GTK_TREE_VIEW (self)), &cell,
                          GDK_GRAVITY_SOUTH_WEST, GDK_GRAVITY_NORTH_WEST, NULL);
  gtk_menu_shell_select_first (GTK_MENU_SHELL (self->menu), TRUE);
  return TRUE;
}

static gboolean
oh_contact_list_button_press_event (GtkWidget *widget, GdkEventButton *event)
{
  OhContactList *self = OH_CONTACT_LIST (widget);
  g_autoptr (GtkTreePath) path = NULL;

  if (!gdk_event_triggers_context_menu ((GdkEvent *) event) ||
      !gtk_tree_view_get_path_at_pos (GTK_TREE_VIEW (self), (int) event->x, (int) event->y, &path,
                                      NULL, NULL, NULL))
    return GTK_WIDGET_CLASS (oh_contact_list_parent_class)->button_press_event (widget, event);
  gtk_tree_view_set_cursor (GTK_TREE_VIEW (self), path, NULL, FALSE);
  make_menu (self, selected_contact (self));
  gtk_menu_popup_at_pointer (GTK_MENU (self->menu), (GdkEvent *) event);
  return GDK_EVENT_STOP;
}

static void
oh_contact_list_dispose (GObject *object)
{
  OhContactList *self = OH_CONTACT_LIST (object);

  if (self->client != NULL)
    g_signal_handlers_disconnect_by_data (oh_agent_client_get_book (self->client), self);
  g_clear_object (&self->client);
  g_clear_pointer (&self->fill, oh_contact_fill_free);
  g_clear_pointer (&self->fill_uri, g_free);
  g_clear_pointer (&self->fill_group, g_free);
  g_clear_pointer (&self->menu, gtk_widget_destroy);
  g_clear_object (&self->store);
  g_clear_pointer (&self->query, g_strfreev);
  g_clear_pointer (&self->groups, g_ptr_array_unref);
  g_clear_pointer (&self->closed, g_hash_table_unref);
  G_OBJECT_CLASS (oh_contact_list_parent_class)->dispose (object);
}

static void
oh_contact_list_class_init (OhContactListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = oh_contact_list_dispose;
  widget_class->key_press_event = oh_contact_list_key_press_event;
  widget_class->popup_menu = oh_contact_list_popup_menu;
  widget_class->button_press_event = oh_contact_list_button_press_event;
  GTK_TREE_VIEW_CLASS (klass)->row_activated = oh_contact_list_row_activated;
  signals[SIGNAL_FILLED] = g_signal_new ("filled", OH_TYPE_CONTACT_LIST, G_SIGNAL_RUN_LAST, 0, NULL,
                                         NULL, NULL, G_TYPE_NONE, 0);
}

static void
oh_contact_list_init (OhContactList *self)
{
  GtkTreeViewColumn *column = gtk_tree_view_column_new ();
  GtkCellRenderer *dot = gtk_cell_renderer_pixbuf_new ();
  GtkCellRenderer *text = gtk_cell_renderer_text_new ();
  GtkTreeView *view = GTK_TREE_VIEW (self);

  self->query = oh_tray_query_new ("");
  self->groups = g_ptr_array_new_with_free_func (g_free);
  self->closed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_object_set (dot, "stock-size", GTK_ICON_SIZE_MENU, "xpad", 12, NULL);
  g_object_set (text, "ellipsize", PANGO_ELLIPSIZE_END, "ypad", 6, NULL);
  gtk_tree_view_column_pack_start (column, dot, FALSE);
  gtk_tree_view_column_add_attribute (column, dot, "icon-name", OH_CONTACT_COLUMN_ICON);
  gtk_tree_view_column_pack_start (column, text, TRUE);
  gtk_tree_view_column_add_attribute (column, text, "markup", OH_CONTACT_COLUMN_TEXT);
  gtk_tree_view_column_set_sizing (column, GTK_TREE_VIEW_COLUMN_FIXED);
  gtk_tree_view_column_set_title (column, _ ("Contact"));
  gtk_tree_view_append_column (view, column);
  gtk_tree_view_set_fixed_height_mode (view, TRUE);
  gtk_tree_view_set_headers_visible (view, FALSE);
  gtk_tree_view_set_enable_search (view, FALSE); /* the window has its own field */
  atk_object_set_name (gtk_widget_get_accessible (GTK_WIDGET (self)), _ ("Contacts"));
}
