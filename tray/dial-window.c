/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "oh-tray"

#include "dial-window.h"

#include "agent-request.h"
#include "clock.h"
#include "error.h"
#include "link-text.h"
#include "view-state.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _OhDialWindow
{
  GtkDialog parent;

  GtkEntry *entry;
  GtkLabel *preview;
  GtkListBox *suggestions;
  GtkWidget *suggestions_frame;
  GtkToggleButton *private_check;

  OhAgentClient *client;     /* (owned) */
  OhClock *clock;            /* (unowned): the machine's */
  guint alarm;               /* 0, or the user is still typing */
  GCancellable *cancellable; /* (owned) (nullable): of the preview that is on its way */
  OhDialPurpose purpose;     /* its texts are not kept; done is NULL for a call */
};

G_DEFINE_FINAL_TYPE (OhDialWindow, oh_dial_window, GTK_TYPE_DIALOG)

/* Pixels that the window has with a second button. */
#define OH_DIAL_WIDE 560

/* The number of a suggestion's row. */
#define KEY_NUMBER "oh-number"

static void
activate (OhDialWindow *self, const char *action, const char *target)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));

  if (self->purpose.done != NULL)
    {
      self->purpose.done (target, g_str_equal (action, "dial"), FALSE, self->purpose.user_data);
      gtk_widget_destroy (GTK_WIDGET (self));
      return;
    }
  if (gtk_toggle_button_get_active (self->private_check))
    action = "dial-private";
  g_action_group_activate_action (G_ACTION_GROUP (application), action,
                                  g_variant_new_string (target));
  gtk_widget_destroy (GTK_WIDGET (self));
}

static gboolean
looks_like_number (const char *typed)
{
  for (; *typed != '\0'; typed = g_utf8_next_char (typed))
    if (g_unichar_isdigit (g_utf8_get_char (typed)))
      return TRUE;
  return FALSE;
}

static void
set_preview (OhDialWindow *self, const char *text, gboolean can_call)
{
  gtk_label_set_text (self->preview, text);
  gtk_dialog_set_response_sensitive (GTK_DIALOG (self), GTK_RESPONSE_OK, can_call);
  gtk_dialog_set_response_sensitive (GTK_DIALOG (self), GTK_RESPONSE_APPLY, can_call);
}

static char *
preview_text (const OhParsedNumber *number)
{
  if (number->name[0] != '\0')
    /* TRANSLATORS: a person's name, the number, and what the phone dials */
    return g_strdup_printf (_ ("Calls %s at %s (dials %s)"), number->name, number->display,
                            number->dialled);
  if (g_str_equal (number->display, number->dialled))
    return g_strdup_printf (_ ("Dials %s"), number->dialled);
  /* TRANSLATORS: the number, and what the phone dials */
  return g_strdup_printf (_ ("Calls %s (dials %s)"), number->display, number->dialled);
}

static void
on_parsed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  OhDialWindow *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (OhParsedNumber) number = oh_agent_request_parse_finish (result, &error);
  g_autofree char *text = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return; /* something else was typed, or the window has gone */
  if (number == NULL)
    {
      set_preview (self, error->message, FALSE);
      return;
    }
  text = preview_text (number);
  set_preview (self, text, TRUE);
}

static void
cancel_preview (OhDialWindow *self)
{
  oh_clock_clear_alarm (self->clock, &self->alarm);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static gboolean
on_pause (gpointer user_data)
{
  OhDialWindow *self = user_data;

  self->alarm = 0;
  self->cancellable = g_cancellable_new ();
  oh_agent_request_parse_async (gtk_entry_get_text (self->entry), "user", self->cancellable,
                                on_parsed, self);
  return G_SOURCE_REMOVE;
}

static void
update_preview (OhDialWindow *self, const char *typed)
{
  g_autoptr (GError) error = NULL;

  cancel_preview (self);
  if (!looks_like_number (typed))
    set_preview (self, "", FALSE);
  else if (!oh_link_text_check (typed, &error))
    set_preview (self, error->message, FALSE);
  else
    {
      set_preview (self, gtk_label_get_text (self->preview),
                   FALSE); /* of what stood there before */
      self->alarm = oh_clock_add_alarm_in (self->clock, OH_DIAL_PREVIEW_US, on_pause, self);
    }
}

static void
add_suggestion (OhDialWindow *self, const OhTrayContact *contact, const OhTrayNumber *number)
{
  g_autofree char *name = oh_view_contact_name (contact);
  g_autofree char *presence = oh_view_presence (contact->availability, contact->activity);
  g_autofree char *where = oh_view_number (number);
  g_autofree char *spoken = g_strdup_printf ("%s, %s, %s", name, presence, where);
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *dot = gtk_image_new_from_icon_name (
    oh_view_presence_icon (contact->availability, contact->activity), GTK_ICON_SIZE_MENU);
  GtkWidget *name_label = gtk_label_new (name);
  GtkWidget *number_label = gtk_label_new (where);

  gtk_widget_set_tooltip_text (dot, presence);
  gtk_label_set_ellipsize (GTK_LABEL (name_label), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (name_label), 0);
  gtk_style_context_add_class (gtk_widget_get_style_context (number_label), "dim-label");
  gtk_box_pack_start (GTK_BOX (box), dot, FALSE, FALSE, 0);
  gtk_box_pack_start (GTK_BOX (box), name_label, TRUE, TRUE, 0);
  gtk_box_pack_end (GTK_BOX (box), number_label, FALSE, FALSE, 0);
  g_object_set (box, "margin", 9, NULL);
  gtk_container_add (GTK_CONTAINER (row), box);
  g_object_set_data_full (G_OBJECT (row), KEY_NUMBER, g_strdup (number->number), g_free);
  atk_object_set_name (gtk_widget_get_accessible (row), spoken);
  gtk_widget_show_all (row);
  gtk_list_box_insert (self->suggestions, row, -1);
}

static guint
add_matches (OhDialWindow *self, const char *typed)
{
  OhTrayModel *model = oh_agent_client_get_model (self->client);
  g_auto (GStrv) query = oh_tray_query_new (typed);
  guint n = 0;

  for (guint i = 0; query[0] != NULL && i < model->contacts->len; i++)
    {
      const OhTrayContact *contact = g_ptr_array_index (model->contacts, i);

      if (!oh_tray_contact_matches (contact, (const char *const *) query))
        continue;
      for (guint k = 0; k < contact->numbers->len && n < OH_DIAL_SUGGESTIONS_MAX; k++, n++)
        add_suggestion (self, contact, g_ptr_array_index (contact->numbers, k));
      if (n == OH_DIAL_SUGGESTIONS_MAX)
        break;
    }
  return n;
}

static void
destroy_row (GtkWidget *row, gpointer user_data)
{
  gtk_widget_destroy (row);
}

static void
update_suggestions (OhDialWindow *self, const char *typed)
{
  guint n;

  gtk_container_foreach (GTK_CONTAINER (self->suggestions), destroy_row, NULL);
  n = add_matches (self, typed);
  gtk_widget_set_visible (self->suggestions_frame, n > 0);
  if (n == 0)
    gtk_window_resize (GTK_WINDOW (self), 1, 1); /* no gap where the list was */
}

static void
on_entry_changed (GtkEditable *editable, OhDialWindow *self)
{
  const char *typed = gtk_entry_get_text (self->entry);

  update_preview (self, typed);
  update_suggestions (self, typed);
}

static void
on_row_activated (GtkListBox *list, GtkListBoxRow *row, OhDialWindow *self)
{
  g_autofree char *number = g_strdup (g_object_get_data (G_OBJECT (row), KEY_NUMBER));

  if (self->purpose.done != NULL &&
      gtk_dialog_get_widget_for_response (GTK_DIALOG (self), GTK_RESPONSE_APPLY) != NULL)
    {
      gtk_entry_set_text (self->entry, number); /* which of two ways, a button says */
      gtk_widget_grab_focus (GTK_WIDGET (self->entry));
      gtk_editable_set_position (GTK_EDITABLE (self->entry), -1);
      return;
    }
  activate (self, "dial", number);
}

/* Enter takes the number as it is typed, or the only person that the words fit. */
static void
on_entry_activate (GtkEntry *entry, OhDialWindow *self)
{
  GtkListBoxRow *first = gtk_list_box_get_row_at_index (self->suggestions, 0);

  if (looks_like_number (gtk_entry_get_text (entry)))
    gtk_dialog_response (GTK_DIALOG (self), GTK_RESPONSE_OK);
  else if (first != NULL && gtk_list_box_get_row_at_index (self->suggestions, 1) == NULL)
    on_row_activated (self->suggestions, first, self);
  else if (first != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (first));
}

static void
oh_dial_window_response (GtkDialog *dialog, int response)
{
  OhDialWindow *self = OH_DIAL_WINDOW (dialog);
  g_autofree char *typed = g_strdup (gtk_entry_get_text (self->entry));

  if (response == GTK_RESPONSE_APPLY)
    {
      self->purpose.done (typed, FALSE, TRUE, self->purpose.user_data);
      gtk_widget_destroy (GTK_WIDGET (self));
    }
  else if (response == GTK_RESPONSE_OK)
    activate (self, "dial-typed", typed);
  else
    gtk_widget_destroy (GTK_WIDGET (self));
}

static void
oh_dial_window_dispose (GObject *object)
{
  OhDialWindow *self = OH_DIAL_WINDOW (object);

  cancel_preview (self);
  g_clear_object (&self->client);
  if (self->purpose.destroy != NULL)
    g_clear_pointer (&self->purpose.user_data, self->purpose.destroy);
  G_OBJECT_CLASS (oh_dial_window_parent_class)->dispose (object);
}

static void
oh_dial_window_class_init (OhDialWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = oh_dial_window_dispose;
  GTK_DIALOG_CLASS (klass)->response = oh_dial_window_response;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/offhook/Tray/ui/dial-window.ui");
  gtk_widget_class_bind_template_child (widget_class, OhDialWindow, entry);
  gtk_widget_class_bind_template_child (widget_class, OhDialWindow, preview);
  gtk_widget_class_bind_template_child (widget_class, OhDialWindow, suggestions);
  gtk_widget_class_bind_template_child (widget_class, OhDialWindow, suggestions_frame);
  gtk_widget_class_bind_template_child (widget_class, OhDialWindow, private_check);
  gtk_widget_class_bind_template_callback (widget_class, on_entry_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_entry_activate);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);
}

static void
oh_dial_window_init (OhDialWindow *self)
{
  self->clock = oh_clock_system ();
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_dialog_add_button (GTK_DIALOG (self), _ ("_Cancel"), GTK_RESPONSE_CANCEL);
}

static void
add_buttons (OhDialWindow *self, const char *first, const char *second)
{
  GtkWidget *button;

  if (second != NULL)
    {
      gtk_dialog_add_button (GTK_DIALOG (self), second, GTK_RESPONSE_APPLY);
      gtk_window_set_default_size (GTK_WINDOW (self), OH_DIAL_WIDE, -1); /* or no title fits */
    }
  button = gtk_dialog_add_button (GTK_DIALOG (self), first, GTK_RESPONSE_OK);
  gtk_style_context_add_class (gtk_widget_get_style_context (button),
                               GTK_STYLE_CLASS_SUGGESTED_ACTION);
  set_preview (self, "", FALSE);
}

OhDialWindow *
oh_dial_window_new_for (GtkApplication *application, OhAgentClient *client,
                        const OhDialPurpose *purpose)
{
  OhDialWindow *self =
    g_object_new (OH_TYPE_DIAL_WINDOW, "application", application, "use-header-bar", 1, NULL);

  self->client = g_object_ref (client);
  self->purpose = *purpose;
  gtk_window_set_title (GTK_WINDOW (self), purpose->title);
  gtk_widget_hide (GTK_WIDGET (self->private_check));
  add_buttons (self, purpose->first, purpose->second);
  return self;
}

OhDialWindow *
oh_dial_window_new (GtkApplication *application, OhAgentClient *client)
{
  OhDialWindow *self =
    g_object_new (OH_TYPE_DIAL_WINDOW, "application", application, "use-header-bar", 1, NULL);

  self->client = g_object_ref (client);
  add_buttons (self, _ ("C_all"), NULL);
  return self;
}
