/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "oh-tray"

#include "note-dialog.h"

#include "agent-request.h"
#include "notifications.h"

#include <glib/gi18n-lib.h>

/* Said only when there is not much room left. */
#define FEW_LEFT 50

typedef struct
{
  GtkEntry *entry; /* (unowned): of the dialog */
  GtkLabel *left;  /* (unowned): the same */
} Parts;

static void
on_set (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkApplication) application = user_data;
  g_autoptr (GError) error = NULL;

  if (!oh_agent_request_finish (result, &error))
    oh_notifier_tell_error (application, _ ("Your note could not be changed"), error);
}

static void
on_response (GtkDialog *dialog, int response, gpointer user_data)
{
  const Parts *parts = user_data;

  if (response == GTK_RESPONSE_OK)
    {
      g_autofree char *note = g_strstrip (g_strdup (gtk_entry_get_text (parts->entry)));

      oh_agent_request_async (OH_AGENT_SET_NOTE, note, NULL, on_set,
                              g_object_ref (gtk_window_get_application (GTK_WINDOW (dialog))));
    }
  gtk_widget_destroy (GTK_WIDGET (dialog));
}

static void
on_changed (GtkEditable *editable, gpointer user_data)
{
  const Parts *parts = user_data;
  int left = OH_NOTE_DIALOG_MAX - gtk_entry_get_text_length (parts->entry);
  g_autofree char *text = g_strdup_printf (
    g_dngettext (GETTEXT_PACKAGE, "%d character left", "%d characters left", (gulong) left), left);

  gtk_label_set_text (parts->left, left <= FEW_LEFT ? text : "");
}

static GtkWidget *
form_new (Parts *parts, const char *note)
{
  GtkWidget *form = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *label = gtk_label_new_with_mnemonic (_ ("_Others see beside your status:"));
  GtkWidget *entry = gtk_entry_new ();
  GtkWidget *left = gtk_label_new (NULL);

  g_object_set (form, "margin", 24, NULL);
  gtk_label_set_mnemonic_widget (GTK_LABEL (label), entry);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_xalign (GTK_LABEL (left), 1);
  gtk_style_context_add_class (gtk_widget_get_style_context (left), GTK_STYLE_CLASS_DIM_LABEL);
  gtk_entry_set_max_length (GTK_ENTRY (entry), OH_NOTE_DIALOG_MAX);
  gtk_entry_set_width_chars (GTK_ENTRY (entry), 44);
  gtk_entry_set_activates_default (GTK_ENTRY (entry), TRUE);
  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), _ ("Empty for no note"));
  gtk_entry_set_text (GTK_ENTRY (entry), note);
  gtk_box_pack_start (GTK_BOX (form), label, FALSE, FALSE, 0);
  gtk_box_pack_start (GTK_BOX (form), entry, FALSE, FALSE, 0);
  gtk_box_pack_start (GTK_BOX (form), left, FALSE, FALSE, 0);
  parts->entry = GTK_ENTRY (entry);
  parts->left = GTK_LABEL (left);
  return form;
}

GtkWidget *
oh_note_dialog_new (GtkApplication *application, const char *note)
{
  GtkWidget *dialog =
    g_object_new (GTK_TYPE_DIALOG, "application", application, "use-header-bar", 1, "title",
                  _ ("Note"), "resizable", FALSE, "window-position", GTK_WIN_POS_CENTER, NULL);
  Parts *parts = g_new0 (Parts, 1);
  GtkWidget *form = form_new (parts, note);
  GtkWidget *ok;

  g_object_set_data_full (G_OBJECT (dialog), "oh-parts", parts, g_free);
  gtk_container_add (GTK_CONTAINER (gtk_dialog_get_content_area (GTK_DIALOG (dialog))), form);
  gtk_dialog_add_button (GTK_DIALOG (dialog), _ ("_Cancel"), GTK_RESPONSE_CANCEL);
  ok = gtk_dialog_add_button (GTK_DIALOG (dialog), _ ("_Set"), GTK_RESPONSE_OK);
  gtk_style_context_add_class (gtk_widget_get_style_context (ok), GTK_STYLE_CLASS_SUGGESTED_ACTION);
  gtk_dialog_set_default_response (GTK_DIALOG (dialog), GTK_RESPONSE_OK);
  g_signal_connect (parts->entry, "changed", G_CALLBACK (on_changed), parts);
  g_signal_connect (dialog, "response", G_CALLBACK (on_response), parts);
  gtk_widget_show_all (dialog);
  gtk_window_present (GTK_WINDOW (dialog));
  return dialog;
}
