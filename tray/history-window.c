/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "oh-tray"

#include "history-window.h"

#include "clock.h"
#include "history-rows.h"

#include <glib/gi18n-lib.h>

struct _OhHistoryWindow
{
  GtkApplicationWindow parent;

  GtkSearchEntry *search_entry;
  GtkToggleButton *missed_button;
  GtkStack *stack;
  GtkScrolledWindow *scroller;
  GtkTreeView *view;
  GtkLabel *empty_label;
  GtkRevealer *trouble_revealer;
  GtkLabel *trouble_label;
  GtkRevealer *undo_revealer;
  GtkLabel *undo_label;

  OhClock *clock;            /* (unowned): the machine's */
  OhHistoryClient *client;   /* (owned) */
  GtkListStore *rows;        /* (owned) */
  GCancellable *cancellable; /* (owned) (nullable): of the page that is on its way */
  GArray *deleted;           /* (owned) (element-type gint64): hidden, and not deleted yet */
  gboolean whole;            /* the last page was read */
  guint undo_alarm;
};

G_DEFINE_FINAL_TYPE (OhHistoryWindow, oh_history_window, GTK_TYPE_APPLICATION_WINDOW)

/* --- what is shown -------------------------------------------------------------------------- */

static const char *
typed (OhHistoryWindow *self)
{
  return gtk_entry_get_text (GTK_ENTRY (self->search_entry));
}

static gboolean
is_filtered (OhHistoryWindow *self)
{
  return typed (self)[0] != '\0' || gtk_toggle_button_get_active (self->missed_button);
}

static void
show_empty (OhHistoryWindow *self, const char *text)
{
  gtk_label_set_text (self->empty_label, text);
  gtk_stack_set_visible_child_name (self->stack, "empty");
}

/* Once it is known what there is. */
static void
show_rows (OhHistoryWindow *self)
{
  if (gtk_tree_model_iter_n_children (GTK_TREE_MODEL (self->rows), NULL) > 0)
    gtk_stack_set_visible_child_name (self->stack, "list");
  else if (!oh_history_client_keeps_calls (self->client))
    show_empty (self, _ ("Calls are not kept: the setting “history-days” is 0."));
  else
    show_empty (self, is_filtered (self) ? _ ("No call found") : _ ("No calls yet"));
}

static void
show_trouble (OhHistoryWindow *self)
{
  const char *trouble = oh_history_client_get_trouble (self->client);

  gtk_label_set_text (self->trouble_label, trouble);
  gtk_revealer_set_reveal_child (self->trouble_revealer, trouble[0] != '\0');
}

static gboolean
is_deleted (OhHistoryWindow *self, gint64 id)
{
  for (guint i = 0; i < self->deleted->len; i++)
    if (g_array_index (self->deleted, gint64, i) == id)
      return TRUE;
  return FALSE;
}

/* --- pages ---------------------------------------------------------------------------------- */

static void
on_page (GObject *source, GAsyncResult *result, gpointer user_data)
{
  OhHistoryWindow *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) calls =
    oh_history_client_list_finish (OH_HISTORY_CLIENT (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return; /* something else is wanted, or the window has gone */
  g_clear_object (&self->cancellable);
  if (calls == NULL)
    {
      self->whole = TRUE; /* "reset" comes when the agent does */
      show_empty (self, error->message);
      return;
    }
  for (guint i = 0; i < calls->len; i++)
    {
      const OhHistoryCall *call = g_ptr_array_index (calls, i);

      if (!is_deleted (self, call->id))
        oh_history_rows_append (self->rows, call, oh_clock_wall_us (self->clock));
    }
  self->whole = calls->len < OH_HISTORY_WINDOW_PAGE;
  show_rows (self);
}

static void
read_page (OhHistoryWindow *self)
{
  if (self->cancellable != NULL || self->whole)
    return;
  self->cancellable = g_cancellable_new ();
  oh_history_client_list_async (self->client, oh_history_rows_last_id (self->rows),
                                OH_HISTORY_WINDOW_PAGE,
                                gtk_toggle_button_get_active (self->missed_button), typed (self),
                                self->cancellable, on_page, self);
}

static void
read_anew (OhHistoryWindow *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  gtk_list_store_clear (self->rows);
  self->whole = FALSE;
  gtk_stack_set_visible_child_name (self->stack, "busy");
  read_page (self);
}

static void
on_edge (GtkScrolledWindow *scroller, GtkPositionType edge, OhHistoryWindow *self)
{
  if (edge == GTK_POS_BOTTOM)
    read_page (self);
}

static void
on_call (OhHistoryClient *client, const OhHistoryCall *call, OhHistoryWindow *self)
{
  if (is_deleted (self, call->id))
    return;
  oh_history_rows_put (self->rows, call, !is_filtered (self), oh_clock_wall_us (self->clock));
  if (self->cancellable == NULL)
    show_rows (self);
}

static void
on_removed (OhHistoryClient *client, gint64 id, OhHistoryWindow *self)
{
  oh_history_rows_remove (self->rows, id);
  if (self->cancellable == NULL)
    show_rows (self);
}

/* --- deleting, with a way back -------------------------------------------------------------- */

static void
hide_undo (OhHistoryWindow *self)
{
  oh_clock_clear_alarm (self->clock, &self->undo_alarm);
  gtk_revealer_set_reveal_child (self->undo_revealer, FALSE);
}

static void
delete_now (OhHistoryWindow *self)
{
  hide_undo (self);
  oh_history_client_delete (self->client, self->deleted);
  g_array_set_size (self->deleted, 0);
}

static gboolean
on_undo_alarm (gpointer user_data)
{
  OhHistoryWindow *self = user_data;

  self->undo_alarm = 0;
  delete_now (self);
  return G_SOURCE_REMOVE;
}

static void
on_undo (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  OhHistoryWindow *self = user_data;

  if (self->deleted->len == 0)
    return;
  g_array_set_size (self->deleted, 0);
  hide_undo (self);
  read_anew (self);
}

static void
show_undo (OhHistoryWindow *self)
{
  guint n = self->deleted->len;
  g_autofree char *text =
    g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u call deleted", "%u calls deleted", n), n);

  gtk_label_set_text (self->undo_label, text);
  gtk_revealer_set_reveal_child (self->undo_revealer, TRUE);
  oh_clock_clear_alarm (self->clock, &self->undo_alarm);
  self->undo_alarm = oh_clock_add_alarm_in (self->clock, OH_HISTORY_UNDO_US, on_undo_alarm, self);
}

static void
on_delete (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  OhHistoryWindow *self = user_data;
  GtkTreeSelection *selection = gtk_tree_view_get_selection (self->view);
  GList *paths = gtk_tree_selection_get_selected_rows (selection, NULL);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (GList *l = paths; l != NULL; l = l->next)
    {
      GtkTreeIter iter;
      gint64 id = 0;

      gtk_tree_model_get_iter (GTK_TREE_MODEL (self->rows), &iter, l->data);
      gtk_tree_model_get (GTK_TREE_MODEL (self->rows), &iter, OH_HISTORY_COLUMN_ID, &id, -1);
      g_array_append_val (ids, id);
    }
  g_list_free_full (paths, (GDestroyNotify) gtk_tree_path_free);
  for (guint i = 0; i < ids->len; i++)
    {
      g_array_append_val (self->deleted, g_array_index (ids, gint64, i));
      oh_history_rows_remove (self->rows, g_array_index (ids, gint64, i));
    }
  if (ids->len > 0)
    show_undo (self);
  show_rows (self);
}

static void
on_clear_answered (GtkDialog *dialog, int response, OhHistoryWindow *self)
{
  if (response == GTK_RESPONSE_OK)
    oh_history_client_clear (self->client);
  gtk_widget_destroy (GTK_WIDGET (dialog));
}

static void
on_clear (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  OhHistoryWindow *self = user_data;
  GtkWidget *dialog = gtk_message_dialog_new (
    GTK_WINDOW (self), GTK_DIALOG_MODAL | GTK_DIALOG_DESTROY_WITH_PARENT, GTK_MESSAGE_QUESTION,
    GTK_BUTTONS_NONE, "%s", _ ("Delete the whole call list?"));
  GtkWidget *button;

  gtk_message_dialog_format_secondary_text (GTK_MESSAGE_DIALOG (dialog), "%s",
                                            _ ("It cannot be brought back."));
  gtk_dialog_add_button (GTK_DIALOG (dialog), _ ("_Cancel"), GTK_RESPONSE_CANCEL);
  button = gtk_dialog_add_button (GTK_DIALOG (dialog), _ ("_Delete"), GTK_RESPONSE_OK);
  gtk_style_context_add_class (gtk_widget_get_style_context (button), "destructive-action");
  gtk_dialog_set_default_response (GTK_DIALOG (dialog), GTK_RESPONSE_CANCEL);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_clear_answered), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* --- what the user does --------------------------------------------------------------------- */

static void
on_row_activated (GtkTreeView *view, GtkTreePath *path, GtkTreeViewColumn *column,
                  OhHistoryWindow *self)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));
  g_autofree char *number = NULL;
  GtkTreeIter iter;

  gtk_tree_model_get_iter (GTK_TREE_MODEL (self->rows), &iter, path);
  gtk_tree_model_get (GTK_TREE_MODEL (self->rows), &iter, OH_HISTORY_COLUMN_NUMBER, &number, -1);
  if (number[0] == '\0')
    gtk_widget_error_bell (GTK_WIDGET (view)); /* nobody knows whom to call */
  else
    g_action_group_activate_action (G_ACTION_GROUP (application), "dial-typed",
                                    g_variant_new_string (number));
}

/* Not a shortcut of the window: in the search field the key deletes a letter. */
static gboolean
on_key (GtkWidget *view, GdkEventKey *event, OhHistoryWindow *self)
{
  if (event->keyval != GDK_KEY_Delete && event->keyval != GDK_KEY_KP_Delete)
    return GDK_EVENT_PROPAGATE;
  g_action_group_activate_action (G_ACTION_GROUP (self), "delete", NULL);
  return GDK_EVENT_STOP;
}

static void
on_stop_search (GtkSearchEntry *entry, OhHistoryWindow *self)
{
  gtk_entry_set_text (GTK_ENTRY (entry), "");
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

static void
on_find (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  gtk_widget_grab_focus (GTK_WIDGET (OH_HISTORY_WINDOW (user_data)->search_entry));
}

static void
on_close (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  gtk_window_close (user_data);
}

/* --- life ----------------------------------------------------------------------------------- */

static void
add_columns (OhHistoryWindow *self)
{
  GtkTreeViewColumn *column = gtk_tree_view_column_new ();
  GtkCellRenderer *icon = gtk_cell_renderer_pixbuf_new ();
  GtkCellRenderer *text = gtk_cell_renderer_text_new ();
  GtkCellRenderer *when = gtk_cell_renderer_text_new ();

  g_object_set (icon, "xpad", 9, "ypad", 6, "stock-size", (guint) GTK_ICON_SIZE_MENU, NULL);
  g_object_set (text, "ellipsize", PANGO_ELLIPSIZE_END, "ypad", 6, NULL);
  g_object_set (when, "xpad", 9, "xalign", 1.0, "yalign", 0.5, NULL);
  gtk_tree_view_column_pack_start (column, icon, FALSE);
  gtk_tree_view_column_pack_start (column, text, TRUE);
  gtk_tree_view_column_pack_end (column, when, FALSE);
  gtk_tree_view_column_add_attribute (column, icon, "icon-name", OH_HISTORY_COLUMN_ICON);
  gtk_tree_view_column_add_attribute (column, text, "markup", OH_HISTORY_COLUMN_TEXT);
  gtk_tree_view_column_add_attribute (column, when, "text", OH_HISTORY_COLUMN_WHEN);
  gtk_tree_view_append_column (self->view, column);
}

static void
oh_history_window_dispose (GObject *object)
{
  OhHistoryWindow *self = OH_HISTORY_WINDOW (object);

  if (self->client != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->client, self);
      g_cancellable_cancel (self->cancellable);
      g_clear_object (&self->cancellable);
      oh_clock_clear_alarm (self->clock, &self->undo_alarm);
      oh_history_client_delete (self->client, self->deleted);
      oh_history_client_mark_seen (self->client);
    }
  g_clear_pointer (&self->deleted, g_array_unref);
  g_clear_object (&self->rows);
  g_clear_object (&self->client);
  G_OBJECT_CLASS (oh_history_window_parent_class)->dispose (object);
}

static void
oh_history_window_class_init (OhHistoryWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = oh_history_window_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/offhook/Tray/ui/history-window.ui");
  gtk_widget_class_bind_template_child (widget_class, OhHistoryWindow, search_entry);
  gtk_widget_class_bind_template_child (widget_class, OhHistoryWindow, missed_button);
  gtk_widget_class_bind_template_child (widget_class, OhHistoryWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, OhHistoryWindow, scroller);
  gtk_widget_class_bind_template_child (widget_class, OhHistoryWindow, view);
  gtk_widget_class_bind_template_child (widget_class, OhHistoryWindow, empty_label);
  gtk_widget_class_bind_template_child (widget_class, OhHistoryWindow, trouble_revealer);
  gtk_widget_class_bind_template_child (widget_class, OhHistoryWindow, trouble_label);
  gtk_widget_class_bind_template_child (widget_class, OhHistoryWindow, undo_revealer);
  gtk_widget_class_bind_template_child (widget_class, OhHistoryWindow, undo_label);
  gtk_widget_class_bind_template_callback (widget_class, on_stop_search);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_key);
  gtk_widget_class_bind_template_callback (widget_class, on_edge);
  gtk_widget_class_bind_template_callback_full (widget_class, "on_filter", G_CALLBACK (read_anew));
}

static void
oh_history_window_init (OhHistoryWindow *self)
{
  static const GActionEntry entries[] = {
    { .name = "find", .activate = on_find },     { .name = "close", .activate = on_close },
    { .name = "delete", .activate = on_delete }, { .name = "undo", .activate = on_undo },
    { .name = "clear", .activate = on_clear },
  };

  self->clock = oh_clock_system ();
  self->rows = oh_history_rows_new ();
  self->deleted = g_array_new (FALSE, FALSE, sizeof (gint64));
  gtk_widget_init_template (GTK_WIDGET (self));
  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  add_columns (self);
  gtk_tree_view_set_model (self->view, GTK_TREE_MODEL (self->rows));
  gtk_tree_selection_set_mode (gtk_tree_view_get_selection (self->view), GTK_SELECTION_MULTIPLE);
}

OhHistoryWindow *
oh_history_window_new (GtkApplication *application, OhHistoryClient *client)
{
  OhHistoryWindow *self = g_object_new (OH_TYPE_HISTORY_WINDOW, "application", application, NULL);

  self->client = g_object_ref (client);
  g_signal_connect (client, "call", G_CALLBACK (on_call), self);
  g_signal_connect (client, "removed", G_CALLBACK (on_removed), self);
  g_signal_connect_swapped (client, "reset", G_CALLBACK (read_anew), self);
  g_signal_connect_swapped (client, "changed", G_CALLBACK (show_trouble), self);
  show_trouble (self);
  read_anew (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
  return self;
}
