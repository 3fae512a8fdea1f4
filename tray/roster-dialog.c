/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "oh-tray"

#include "roster-dialog.h"

#include "contact-store.h"

#include <glib/gi18n-lib.h>

/* A question that waits for its answer; owned by its dialog. */
typedef struct
{
  GtkDialog *dialog;                       /* (unowned) */
  GtkEntry *entries[OH_ROSTER_FIELDS_MAX]; /* (unowned) (nullable) */
  GtkComboBox *groups;                     /* (unowned) (nullable) */
  gboolean required;
  OhRosterAnswered answered;
  gpointer user_data;
} Ask;

static char *
text_of (GtkEntry *entry)
{
  return entry != NULL ? g_strstrip (g_strdup (gtk_entry_get_text (entry))) : g_strdup ("");
}

static void
on_response (GtkDialog *dialog, int response, Ask *ask)
{
  if (response == GTK_RESPONSE_OK)
    {
      g_autofree char *first = text_of (ask->entries[0]);
      g_autofree char *second = text_of (ask->entries[1]);
      const char *values[OH_ROSTER_FIELDS_MAX] = { first, second };
      const char *group = ask->groups != NULL ? gtk_combo_box_get_active_id (ask->groups) : NULL;

      ask->answered (values, group != NULL ? group : "", ask->user_data);
    }
  gtk_widget_destroy (GTK_WIDGET (dialog));
}

static void
update (Ask *ask)
{
  g_autofree char *first = text_of (ask->entries[0]);

  gtk_dialog_set_response_sensitive (ask->dialog, GTK_RESPONSE_OK,
                                     !ask->required || first[0] != '\0');
}

static void
add_line (GtkGrid *grid, int row, const char *label, GtkWidget *widget)
{
  GtkWidget *name = gtk_label_new_with_mnemonic (label);

  gtk_label_set_xalign (GTK_LABEL (name), 1);
  gtk_style_context_add_class (gtk_widget_get_style_context (name), GTK_STYLE_CLASS_DIM_LABEL);
  gtk_label_set_mnemonic_widget (GTK_LABEL (name), widget);
  gtk_widget_set_hexpand (widget, TRUE);
  gtk_grid_attach (grid, name, 0, row, 1, 1);
  gtk_grid_attach (grid, widget, 1, row, 1, 1);
}

static void
add_entry (Ask *ask, GtkGrid *grid, guint field, const OhRosterQuestion *question)
{
  GtkWidget *entry = gtk_entry_new ();

  gtk_entry_set_max_length (GTK_ENTRY (entry), OH_ROSTER_ENTRY_MAX);
  gtk_entry_set_activates_default (GTK_ENTRY (entry), TRUE);
  gtk_entry_set_width_chars (GTK_ENTRY (entry), 28);
  if (question->values[field] != NULL)
    gtk_entry_set_text (GTK_ENTRY (entry), question->values[field]);
  add_line (grid, (int) field, question->labels[field], entry);
  ask->entries[field] = GTK_ENTRY (entry);
  g_signal_connect_swapped (entry, "changed", G_CALLBACK (update), ask);
}

static void
add_groups (Ask *ask, GtkGrid *grid, const GPtrArray *groups)
{
  GtkWidget *combo = gtk_combo_box_text_new ();

  for (guint i = 0; i < groups->len; i++)
    {
      const char *name = g_ptr_array_index (groups, i);
      gboolean others = g_str_equal (name, OH_CONTACT_STORE_DEFAULT);

      gtk_combo_box_text_append (GTK_COMBO_BOX_TEXT (combo), name,
                                 others ? _ ("Other contacts") : name);
    }
  gtk_combo_box_set_active (GTK_COMBO_BOX (combo), 0);
  add_line (grid, OH_ROSTER_FIELDS_MAX, _ ("_Group"), combo);
  ask->groups = GTK_COMBO_BOX (combo);
}

static GtkWidget *
make_grid (Ask *ask, const OhRosterQuestion *question)
{
  GtkWidget *grid = gtk_grid_new ();

  gtk_grid_set_row_spacing (GTK_GRID (grid), 6);
  gtk_grid_set_column_spacing (GTK_GRID (grid), 12);
  g_object_set (grid, "margin", 12, NULL);
  for (guint i = 0; i < OH_ROSTER_FIELDS_MAX; i++)
    if (question->labels[i] != NULL)
      add_entry (ask, GTK_GRID (grid), i, question);
  if (question->groups != NULL && question->groups->len > 1)
    add_groups (ask, GTK_GRID (grid), question->groups);
  return grid;
}

void
oh_roster_ask (GtkWindow *parent, const OhRosterQuestion *question, OhRosterAnswered answered,
               gpointer user_data)
{
  Ask *ask = g_new0 (Ask, 1);
  GtkWidget *dialog = gtk_dialog_new_with_buttons (
    question->title, parent,
    GTK_DIALOG_MODAL | GTK_DIALOG_DESTROY_WITH_PARENT | GTK_DIALOG_USE_HEADER_BAR, _ ("_Cancel"),
    GTK_RESPONSE_CANCEL, question->accept, GTK_RESPONSE_OK, NULL);

  ask->dialog = GTK_DIALOG (dialog);
  ask->required = question->required;
  ask->answered = answered;
  ask->user_data = user_data;
  gtk_dialog_set_default_response (ask->dialog, GTK_RESPONSE_OK);
  gtk_container_add (GTK_CONTAINER (gtk_dialog_get_content_area (ask->dialog)),
                     make_grid (ask, question));
  g_signal_connect_data (dialog, "response", G_CALLBACK (on_response), ask,
                         (GClosureNotify) (GCallback) g_free, 0);
  update (ask);
  gtk_widget_show_all (dialog);
  gtk_window_present (GTK_WINDOW (dialog));
}
