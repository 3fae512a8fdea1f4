/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "oh-tray"

#include "explain-window.h"

#include "explain-load.h"
#include "explain-parts.h"
#include "ladder-cell.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _OhExplainWindow
{
  GtkApplicationWindow parent;

  GtkStack *stack;
  GtkRevealer *trouble_revealer;
  GtkLabel *trouble_label;
  GtkSpinner *spinner;
  GtkComboBoxText *call_combo;
  GtkWidget *heads;
  GtkTreeView *messages;
  GtkTreeViewColumn *ladder_column;
  GtkListBox *findings;
  GtkLabel *judged_label;
  GtkTextView *text_view;

  GtkListStore *store;        /* (owned): one column, index of a message */
  OhExplanation *explanation; /* (owned) (nullable) */
  GCancellable *cancellable;  /* (owned) (nullable): of what is being read */
};

G_DEFINE_FINAL_TYPE (OhExplainWindow, oh_explain_window, GTK_TYPE_APPLICATION_WINDOW)

/* The line that a finding's row leads to. */
#define KEY_LINE "oh-line"

static const char *const icons[OH_FINDING_N_SEVERITIES] = {
  [OH_FINDING_OK] = "object-select-symbolic",
  [OH_FINDING_INFO] = "dialog-information-symbolic",
  [OH_FINDING_WARNING] = "dialog-warning-symbolic",
  [OH_FINDING_ERROR] = "dialog-error-symbolic",
};

/* --- the list of messages ------------------------------------------------------------------ */

static const OhExplainMessage *
message_at (OhExplainWindow *self, GtkTreeModel *model, GtkTreeIter *iter, guint *n)
{
  gtk_tree_model_get (model, iter, 0, n, -1);
  return oh_explanation_message (self->explanation, *n);
}

static void
show_icon (GtkTreeViewColumn *column, GtkCellRenderer *cell, GtkTreeModel *model, GtkTreeIter *iter,
           gpointer user_data)
{
  guint n;
  const OhExplainMessage *message = message_at (user_data, model, iter, &n);

  g_object_set (cell, "icon-name", icons[message->verdict], NULL);
}

static void
show_line (GtkTreeViewColumn *column, GtkCellRenderer *cell, GtkTreeModel *model, GtkTreeIter *iter,
           gpointer user_data)
{
  guint n;
  const OhExplainMessage *message = message_at (user_data, model, iter, &n);
  g_autofree char *text = oh_explain_parts_when (message);

  g_object_set (cell, "text", text, NULL);
}

static void
show_step (GtkTreeViewColumn *column, GtkCellRenderer *cell, GtkTreeModel *model, GtkTreeIter *iter,
           gpointer user_data)
{
  OhExplainWindow *self = user_data;
  guint n;

  (void) message_at (self, model, iter, &n);
  oh_ladder_cell_set_message (OH_LADDER_CELL (cell), self->explanation, n);
}

static GtkTreeViewColumn *
add_column (OhExplainWindow *self, GtkCellRenderer *cell, GtkTreeCellDataFunc func, int width)
{
  GtkTreeViewColumn *column = gtk_tree_view_column_new ();

  gtk_tree_view_column_pack_start (column, cell, TRUE);
  gtk_tree_view_column_set_cell_data_func (column, cell, func, self, NULL);
  gtk_tree_view_column_set_sizing (column, GTK_TREE_VIEW_COLUMN_FIXED);
  gtk_tree_view_column_set_fixed_width (column, width);
  gtk_tree_view_append_column (self->messages, column);
  return column;
}

/* All rows have one height, so that a hundred thousand cost no more than those that show. */
static void
add_columns (OhExplainWindow *self)
{
  GtkCellRenderer *line = gtk_cell_renderer_text_new ();

  g_object_set (line, "xalign", 1.0, NULL);
  add_column (self, gtk_cell_renderer_pixbuf_new (), show_icon, 28);
  add_column (self, line, show_line, 150);
  self->ladder_column =
    add_column (self, GTK_CELL_RENDERER (oh_ladder_cell_new ()), show_step, 220);
  gtk_tree_view_column_set_expand (self->ladder_column, TRUE);
  g_signal_connect_swapped (self->ladder_column, "notify::width",
                            G_CALLBACK (gtk_widget_queue_draw), self->heads);
  gtk_tree_view_set_fixed_height_mode (self->messages, TRUE);
}

/* The participants' names over their lines. */
static gboolean
on_draw_heads (GtkWidget *widget, cairo_t *cr, OhExplainWindow *self)
{
  int column_x = gtk_tree_view_column_get_x_offset (self->ladder_column);
  int width = gtk_tree_view_column_get_width (self->ladder_column);
  guint n = self->explanation != NULL ? oh_explanation_n_participants (self->explanation) : 0;
  GtkStyleContext *context = gtk_widget_get_style_context (widget);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (PangoLayout) layout =
        gtk_widget_create_pango_layout (widget, oh_explanation_participant (self->explanation, i));
      double x = oh_ladder_cell_x (self->explanation, i, width);
      int room = n > 1 ? width / (int) n : width;
      int text_width;

      pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
      pango_layout_set_width (layout, room * PANGO_SCALE);
      pango_layout_get_pixel_size (layout, &text_width, NULL);
      x = CLAMP (x - text_width / 2.0, 0, MAX (0, width - text_width));
      gtk_render_layout (context, cr, column_x + x, 2, layout);
    }
  return FALSE;
}

static void
fill_messages (OhExplainWindow *self)
{
  int chosen = gtk_combo_box_get_active (GTK_COMBO_BOX (self->call_combo));
  guint n = self->explanation != NULL ? oh_explanation_n_messages (self->explanation) : 0;

  gtk_tree_view_set_model (self->messages, NULL); /* quicker than telling it of each row */
  gtk_list_store_clear (self->store);
  for (guint i = 0; i < n; i++)
    if (chosen <= 0 || oh_explanation_message (self->explanation, i)->call == (guint) chosen - 1)
      gtk_list_store_insert_with_values (self->store, NULL, -1, 0, i, -1);
  gtk_tree_view_set_model (self->messages, GTK_TREE_MODEL (self->store));
}

static void
on_call_chosen (OhExplainWindow *self)
{
  if (self->explanation != NULL)
    fill_messages (self);
}

static void
on_message_selected (OhExplainWindow *self)
{
  GtkTreeSelection *selection = gtk_tree_view_get_selection (self->messages);
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->text_view);
  const OhExplainMessage *message;
  g_autofree char *text = NULL;
  GtkTreeModel *model;
  GtkTreeIter iter;
  guint n;

  if (self->explanation == NULL || !gtk_tree_selection_get_selected (selection, &model, &iter))
    {
      gtk_label_set_text (self->judged_label, "");
      gtk_text_buffer_set_text (buffer, "", 0);
      return;
    }
  message = message_at (self, model, &iter, &n);
  text = oh_explanation_message_text (self->explanation, n);
  gtk_label_set_text (self->judged_label, message->judged);
  gtk_text_buffer_set_text (buffer, text, -1);
}

/* --- the findings -------------------------------------------------------------------------- */

static GtkWidget *
make_finding_row (const OhFinding *finding)
{
  GtkWidget *row = gtk_list_box_row_new ();
  g_autofree char *spoken = oh_explain_parts_finding (finding);

  gtk_container_add (GTK_CONTAINER (row),
                     oh_explain_parts_finding_box (finding, icons[finding->severity]));
  g_object_set_data (G_OBJECT (row), KEY_LINE, GUINT_TO_POINTER (finding->line));
  atk_object_set_name (gtk_widget_get_accessible (row), spoken);
  gtk_widget_show_all (row);
  return row;
}

static void
remove_row (GtkWidget *row, gpointer user_data)
{
  gtk_widget_destroy (row);
}

static void
fill_findings (OhExplainWindow *self)
{
  const GPtrArray *findings = oh_explanation_findings (self->explanation);

  gtk_container_foreach (GTK_CONTAINER (self->findings), remove_row, NULL);
  for (guint i = 0; i < findings->len; i++)
    gtk_container_add (GTK_CONTAINER (self->findings), make_finding_row (findings->pdata[i]));
}

/* The last message that begins at or before the line: a finding has the line of its message. */
static void
go_to_line (OhExplainWindow *self, guint line)
{
  g_autoptr (GtkTreePath) path = NULL;
  guint low = 0, high = oh_explanation_n_messages (self->explanation);

  while (low + 1 < high)
    {
      guint middle = low + (high - low) / 2;

      if (oh_explanation_message (self->explanation, middle)->line <= line)
        low = middle;
      else
        high = middle;
    }
  gtk_combo_box_set_active (GTK_COMBO_BOX (self->call_combo), 0);
  path = gtk_tree_path_new_from_indices ((int) low, -1);
  gtk_tree_view_set_cursor (self->messages, path, NULL, FALSE);
  gtk_tree_view_scroll_to_cell (self->messages, path, NULL, TRUE, 0.5, 0);
}

static void
on_finding_activated (OhExplainWindow *self, GtkListBoxRow *row)
{
  guint line = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (row), KEY_LINE));

  if (line > 0 && self->explanation != NULL)
    go_to_line (self, line);
}

/* --- a trace comes in ---------------------------------------------------------------------- */

static void
fill_calls (OhExplainWindow *self)
{
  guint n = MIN (oh_explanation_n_calls (self->explanation), OH_EXPLAIN_WINDOW_CALLS_MAX);

  gtk_combo_box_text_remove_all (self->call_combo);
  gtk_combo_box_text_append_text (self->call_combo, _ ("All calls"));
  for (guint i = 0; i < n; i++)
    gtk_combo_box_text_append_text (self->call_combo, oh_explanation_call (self->explanation, i));
}

static void
show_explanation (OhExplainWindow *self, OhExplanation *explanation)
{
  gtk_tree_view_set_model (self->messages, NULL);
  gtk_list_store_clear (self->store);
  g_clear_pointer (&self->explanation, oh_explanation_free);
  self->explanation = explanation;
  fill_calls (self);
  gtk_combo_box_set_active (GTK_COMBO_BOX (self->call_combo), 0); /* fills the messages */
  fill_findings (self);
  on_message_selected (self);
  gtk_stack_set_visible_child_name (self->stack, "trace");
  gtk_widget_queue_draw (self->heads);
  gtk_widget_grab_focus (GTK_WIDGET (self->messages));
}

static void
show_trouble (OhExplainWindow *self, const char *text)
{
  if (text != NULL)
    gtk_label_set_text (self->trouble_label, text);
  gtk_revealer_set_reveal_child (self->trouble_revealer, text != NULL);
}

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  OhExplainWindow *self = user_data;
  g_autoptr (GError) error = NULL;
  OhExplanation *explanation = oh_explain_load_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ||
      g_cancellable_is_cancelled (g_task_get_cancellable (G_TASK (result))))
    {
      g_clear_pointer (&explanation, oh_explanation_free);
      return; /* another trace is being read, or the window has gone */
    }
  g_clear_object (&self->cancellable);
  gtk_spinner_stop (self->spinner);
  if (explanation != NULL)
    {
      show_explanation (self, explanation);
      return;
    }
  show_trouble (self, error->message);
  gtk_stack_set_visible_child_name (self->stack, self->explanation != NULL ? "trace" : "empty");
}

static void
cancel (OhExplainWindow *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
load (OhExplainWindow *self, GFile *file, GBytes *octets)
{
  g_autofree char *name = file != NULL ? g_file_get_basename (file) : NULL;
  g_autofree char *shown = name != NULL ? g_filename_display_name (name) : NULL;

  cancel (self);
  show_trouble (self, NULL);
  gtk_header_bar_set_subtitle (GTK_HEADER_BAR (gtk_window_get_titlebar (GTK_WINDOW (self))),
                               shown != NULL ? shown : _ ("Pasted"));
  gtk_stack_set_visible_child_name (self->stack, "busy");
  gtk_spinner_start (self->spinner);
  self->cancellable = g_cancellable_new ();
  oh_explain_load_async (file, octets, self->cancellable, on_loaded, self);
}

void
oh_explain_window_open (OhExplainWindow *self, GFile *file)
{
  g_return_if_fail (OH_IS_EXPLAIN_WINDOW (self));
  load (self, file, NULL);
}

static void
load_text (OhExplainWindow *self, const char *text)
{
  g_autoptr (GBytes) octets = g_bytes_new (text, strlen (text));

  load (self, NULL, octets);
}

static void
on_chosen (GtkNativeDialog *dialog, int response, OhExplainWindow *self)
{
  g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));

  if (response == GTK_RESPONSE_ACCEPT && file != NULL)
    load (self, file, NULL);
  g_object_unref (dialog);
}

static void
on_open (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  GtkFileChooserNative *dialog =
    gtk_file_chooser_native_new (_ ("Explain a Trace"), GTK_WINDOW (user_data),
                                 GTK_FILE_CHOOSER_ACTION_OPEN, _ ("_Open"), _ ("_Cancel"));

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_chosen), user_data, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static void
on_clipboard (GtkClipboard *clipboard, const char *text, gpointer user_data)
{
  g_autoptr (OhExplainWindow) self = user_data;

  if (gtk_widget_in_destruction (GTK_WIDGET (self)))
    return;
  if (text == NULL)
    show_trouble (self, _ ("There is no text on the clipboard."));
  else
    load_text (self, text);
}

static void
on_paste (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  GtkClipboard *clipboard =
    gtk_widget_get_clipboard (GTK_WIDGET (user_data), GDK_SELECTION_CLIPBOARD);

  gtk_clipboard_request_text (clipboard, on_clipboard, g_object_ref (user_data));
}

static void
on_dropped (OhExplainWindow *self, GdkDragContext *context, int x, int y, GtkSelectionData *data,
            guint info, guint time)
{
  g_auto (GStrv) uris = gtk_selection_data_get_uris (data);
  g_autofree guchar *text = uris == NULL ? gtk_selection_data_get_text (data) : NULL;

  if (uris != NULL && uris[0] != NULL)
    {
      g_autoptr (GFile) file = g_file_new_for_uri (uris[0]);

      load (self, file, NULL);
    }
  else if (text != NULL)
    load_text (self, (const char *) text);
  gtk_drag_finish (context, uris != NULL || text != NULL, FALSE, time);
}

static void
on_close (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  gtk_window_close (user_data);
}

/* --- the object ---------------------------------------------------------------------------- */

static void
oh_explain_window_dispose (GObject *object)
{
  OhExplainWindow *self = OH_EXPLAIN_WINDOW (object);

  cancel (self);
  G_OBJECT_CLASS (oh_explain_window_parent_class)->dispose (object);
}

/* Not before: the rows are drawn and read aloud from these until the list has gone. */
static void
oh_explain_window_finalize (GObject *object)
{
  OhExplainWindow *self = OH_EXPLAIN_WINDOW (object);

  g_clear_object (&self->store);
  g_clear_pointer (&self->explanation, oh_explanation_free);
  G_OBJECT_CLASS (oh_explain_window_parent_class)->finalize (object);
}

static void
oh_explain_window_class_init (OhExplainWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = oh_explain_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = oh_explain_window_finalize;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/offhook/Tray/ui/explain-window.ui");
  gtk_widget_class_bind_template_child (widget_class, OhExplainWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, OhExplainWindow, trouble_revealer);
  gtk_widget_class_bind_template_child (widget_class, OhExplainWindow, trouble_label);
  gtk_widget_class_bind_template_child (widget_class, OhExplainWindow, spinner);
  gtk_widget_class_bind_template_child (widget_class, OhExplainWindow, call_combo);
  gtk_widget_class_bind_template_child (widget_class, OhExplainWindow, heads);
  gtk_widget_class_bind_template_child (widget_class, OhExplainWindow, messages);
  gtk_widget_class_bind_template_child (widget_class, OhExplainWindow, findings);
  gtk_widget_class_bind_template_child (widget_class, OhExplainWindow, judged_label);
  gtk_widget_class_bind_template_child (widget_class, OhExplainWindow, text_view);
  gtk_widget_class_bind_template_callback (widget_class, on_draw_heads);
  gtk_widget_class_bind_template_callback (widget_class, on_call_chosen);
  gtk_widget_class_bind_template_callback (widget_class, on_finding_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_message_selected);
  gtk_widget_class_bind_template_callback (widget_class, on_dropped);
}

static void
oh_explain_window_init (OhExplainWindow *self)
{
  static const GActionEntry entries[] = {
    { .name = "open", .activate = on_open },
    { .name = "paste", .activate = on_paste },
    { .name = "close", .activate = on_close },
  };

  gtk_widget_init_template (GTK_WIDGET (self));
  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  self->store = gtk_list_store_new (1, G_TYPE_UINT);
  add_columns (self);
  gtk_drag_dest_set (GTK_WIDGET (self), GTK_DEST_DEFAULT_ALL, NULL, 0, GDK_ACTION_COPY);
  gtk_drag_dest_add_uri_targets (GTK_WIDGET (self));
  gtk_drag_dest_add_text_targets (GTK_WIDGET (self));
}

OhExplainWindow *
oh_explain_window_new (GtkApplication *application)
{
  return g_object_new (OH_TYPE_EXPLAIN_WINDOW, "application", application, NULL);
}
