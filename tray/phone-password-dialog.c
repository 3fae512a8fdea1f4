/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "oh-tray"

#include "phone-password-dialog.h"

#include "doctor-row.h"
#include "error.h"
#include "new-password.h"
#include "phone-admin-client.h"
#include "secret-buffer.h"
#include "secret-text.h"
#include "text-for-eyes.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Characters of a phone's or user's name that are shown. */
#define NAME_MAX_SHOWN 64

/* What clipboard managers go by that keep no passwords: a target with the text "secret". */
#define SECRET_HINT "x-kde-passwordManagerHint"
#define SECRET_HINT_TEXT "secret"

typedef enum
{
  STATE_LOOKING, /* the phone is read */
  STATE_READY,   /* for the user to choose */
  STATE_BLOCKED, /* this phone's password cannot be set */
  STATE_WRITING, /* by the agent, which goes on whatever happens here */
  STATE_DONE,
} State;

static const guint legal[] = {
  [STATE_LOOKING] = 1 << STATE_READY | 1 << STATE_BLOCKED,
  [STATE_READY] = 1 << STATE_WRITING,
  [STATE_BLOCKED] = 0,
  [STATE_WRITING] = 1 << STATE_READY | 1 << STATE_DONE,
  [STATE_DONE] = 0,
};

struct _OhPhonePasswordDialog
{
  GtkDialog parent;

  GtkLabel *about_label;
  GtkLabel *user_label;
  GtkWidget *form;
  GtkToggleButton *generated_button;
  GtkWidget *generated_row;
  GtkEntry *generated_entry;
  GtkToggleButton *show_button;
  GtkWidget *copy_button;
  GtkWidget *own_button;
  GtkWidget *own_form;
  GtkEntry *own_entry;
  GtkEntry *again_entry;
  GtkLabel *hint_label;
  GtkWidget *report_frame;
  GtkListBox *report_list;
  GtkSpinner *spinner;
  GtkWidget *progress_box;
  GtkLabel *progress_label;
  GtkRevealer *error_revealer;
  GtkLabel *error_label;

  State state;
  char *id;                   /* (owned): of the phone */
  OhPhoneAdminClient *client; /* (owned) */
  GCancellable *cancellable;  /* (owned): cancelled in dispose */
};

G_DEFINE_FINAL_TYPE (OhPhonePasswordDialog, oh_phone_password_dialog, GTK_TYPE_DIALOG)

/* --- what is shown -------------------------------------------------------------------------- */

/* (nullable): why what was typed does not do; "" while there is nothing to say about it yet */
static const char *
why_not (OhPhonePasswordDialog *self)
{
  const char *own = gtk_entry_get_text (self->own_entry);
  const char *again = gtk_entry_get_text (self->again_entry);

  if (gtk_toggle_button_get_active (self->generated_button))
    return NULL;
  if (strlen (own) > OH_PHONE_PASSWORD_OCTETS_MAX)
    return _ ("Phones take no password this long.");
  if (own[0] == '\0' || again[0] == '\0')
    return "";
  return strcmp (own, again) == 0 ? NULL : _ ("Both are not the same yet.");
}

static void
update (OhPhonePasswordDialog *self)
{
  gboolean choosing = self->state <= STATE_READY;
  gboolean generated = gtk_toggle_button_get_active (self->generated_button);
  const char *why = why_not (self);

  gtk_widget_set_sensitive (self->generated_row, generated);
  gtk_widget_set_sensitive (GTK_WIDGET (self->generated_button), choosing);
  gtk_widget_set_sensitive (self->own_button, choosing);
  gtk_widget_set_sensitive (self->own_form, choosing && !generated);
  gtk_widget_set_visible (self->own_form, !generated);
  gtk_label_set_text (self->hint_label, why != NULL ? why : "");
  gtk_dialog_set_response_sensitive (GTK_DIALOG (self), GTK_RESPONSE_OK,
                                     self->state == STATE_READY && why == NULL);
  gtk_dialog_set_response_sensitive (GTK_DIALOG (self), GTK_RESPONSE_CANCEL,
                                     self->state != STATE_WRITING);
}

/* Nothing is left to decide: the only button closes. */
static void
offer_close (OhPhonePasswordDialog *self)
{
  GtkDialog *dialog = GTK_DIALOG (self);
  GtkWidget *close = gtk_dialog_get_widget_for_response (dialog, GTK_RESPONSE_CANCEL);

  gtk_widget_hide (gtk_dialog_get_widget_for_response (dialog, GTK_RESPONSE_OK));
  gtk_button_set_label (GTK_BUTTON (close), _ ("_Close"));
  gtk_dialog_set_default_response (dialog, GTK_RESPONSE_CANCEL);
  gtk_widget_grab_focus (close);
}

static void
set_state (OhPhonePasswordDialog *self, State state)
{
  gboolean busy = state == STATE_LOOKING || state == STATE_WRITING;

  g_return_if_fail ((legal[self->state] & (1 << state)) != 0);
  g_debug ("phone %s: password: %u → %u", self->id, self->state, state);
  self->state = state;
  g_object_set (self->spinner, "active", busy, NULL);
  gtk_widget_set_visible (self->progress_box, busy);
  if (state == STATE_BLOCKED ||
      (state == STATE_DONE && !gtk_toggle_button_get_active (self->generated_button)))
    gtk_widget_hide (self->form);
  update (self);
  gtk_widget_set_visible (GTK_WIDGET (self->about_label),
                          state != STATE_BLOCKED && state != STATE_DONE);
  if (state == STATE_BLOCKED || state == STATE_DONE)
    offer_close (self); /* what is not sensitive takes no focus: after update() */
}

static void
show_error (OhPhonePasswordDialog *self, const GError *error)
{
  const char *advice = error->domain == OH_ERROR ? oh_error_advice (error->code) : "";
  g_autofree char *text = g_strconcat (error->message, advice[0] != '\0' ? "\n" : "", advice, NULL);

  gtk_label_set_text (self->error_label, text);
  gtk_revealer_set_reveal_child (self->error_revealer, TRUE);
}

static void
on_old_row (GtkWidget *row, gpointer user_data)
{
  gtk_widget_destroy (row);
}

/* In place of what stood there. What there is to do is always unfolded. */
static void
show_report (OhPhonePasswordDialog *self, const GPtrArray *report)
{
  gtk_container_foreach (GTK_CONTAINER (self->report_list), on_old_row, NULL);
  for (guint i = 0; i < report->len; i++)
    {
      const OhFinding *finding = g_ptr_array_index (report, i);
      GtkWidget *row = oh_doctor_row_new (finding);

      if (finding->severity < OH_FINDING_WARNING)
        oh_doctor_row_toggle (OH_DOCTOR_ROW (row));
      gtk_widget_show (row);
      gtk_container_add (GTK_CONTAINER (self->report_list), row);
    }
  gtk_widget_set_visible (self->report_frame, report->len > 0);
}

static void
show_user (OhPhonePasswordDialog *self, const char *user)
{
  g_autofree char *name = oh_tray_text_for_eyes (user, NAME_MAX_SHOWN);
  g_autofree char *text = g_strdup_printf (_ ("User name: %s"), name);

  gtk_label_set_text (self->user_label, text);
  gtk_widget_set_visible (GTK_WIDGET (self->user_label), user[0] != '\0');
}

/* --- what is done --------------------------------------------------------------------------- */

static void
on_progress (OhPhoneAdminClient *client, const char *text, OhPhonePasswordDialog *self)
{
  gtk_label_set_text (self->progress_label, text);
}

static void
block (OhPhonePasswordDialog *self, const char *setting)
{
  g_autoptr (GError) error =
    g_error_new (OH_ERROR, OH_ERROR_PHONE_REFUSED,
                 _ ("The phone does not let its password be changed: its setting “%s” cannot be "
                    "written with this login. Nothing was changed."),
                 setting);

  show_error (self, error);
  set_state (self, STATE_BLOCKED);
}

/* A phone that could not be read may be there at the next press of the button. */
static void
on_looked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  OhPhonePasswordDialog *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (OhTrayPhoneLogin) login =
    oh_phone_admin_client_look_finish (OH_PHONE_ADMIN_CLIENT (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return; /* dispose() cancelled us; self may be gone */
  if (login != NULL)
    {
      show_user (self, login->user);
      show_report (self, login->report);
    }
  else
    show_error (self, error);
  if (login != NULL && login->blocked[0] != '\0')
    block (self, login->blocked);
  else
    set_state (self, STATE_READY);
}

static void
on_set (GObject *source, GAsyncResult *result, gpointer user_data)
{
  OhPhonePasswordDialog *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) report =
    oh_phone_admin_client_set_finish (OH_PHONE_ADMIN_CLIENT (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return; /* dispose() cancelled us; self may be gone */
  if (report == NULL)
    {
      show_error (self, error);
      set_state (self, STATE_READY);
      return;
    }
  gtk_entry_set_text (self->own_entry, "");
  gtk_entry_set_text (self->again_entry, "");
  show_report (self, report);
  set_state (self, STATE_DONE);
}

static void
change (OhPhonePasswordDialog *self)
{
  gboolean generated = gtk_toggle_button_get_active (self->generated_button);
  GtkEntry *entry = generated ? self->generated_entry : self->own_entry;

  gtk_revealer_set_reveal_child (self->error_revealer, FALSE);
  gtk_label_set_text (self->progress_label, _ ("The password is changed…"));
  set_state (self, STATE_WRITING);
  oh_phone_admin_client_set_async (self->client, gtk_entry_get_text (entry), self->cancellable,
                                   on_set, self);
}

static void
oh_phone_password_dialog_response (GtkDialog *dialog, int response)
{
  OhPhonePasswordDialog *self = OH_PHONE_PASSWORD_DIALOG (dialog);

  if (response == GTK_RESPONSE_OK && self->state == STATE_READY)
    change (self);
  else if (response != GTK_RESPONSE_OK && response != GTK_RESPONSE_DELETE_EVENT)
    gtk_widget_destroy (GTK_WIDGET (self));
}

/* Who goes away while a phone gets a new password would not hear what counts now. */
static gboolean
oh_phone_password_dialog_delete_event (GtkWidget *widget, GdkEventAny *event)
{
  return OH_PHONE_PASSWORD_DIALOG (widget)->state == STATE_WRITING;
}

/* --- what is typed -------------------------------------------------------------------------- */

static void
on_changed (GtkWidget *widget, OhPhonePasswordDialog *self)
{
  update (self);
}

static void
on_own_toggled (GtkToggleButton *button, OhPhonePasswordDialog *self)
{
  update (self);
  if (gtk_toggle_button_get_active (button))
    gtk_widget_grab_focus (GTK_WIDGET (self->own_entry));
}

static void
on_show_toggled (GtkToggleButton *button, OhPhonePasswordDialog *self)
{
  gtk_entry_set_visibility (self->generated_entry, gtk_toggle_button_get_active (button));
}

static void
on_row_activated (GtkListBox *list, GtkListBoxRow *row, OhPhonePasswordDialog *self)
{
  oh_doctor_row_toggle (OH_DOCTOR_ROW (row));
}

/* @info: of the target: 1 is the hint. */
static void
on_clipboard_get (GtkClipboard *clipboard, GtkSelectionData *data, guint info, gpointer owner)
{
  OhPhonePasswordDialog *self = owner;

  if (info == 1)
    gtk_selection_data_set (data, gtk_selection_data_get_target (data), 8,
                            (const guchar *) SECRET_HINT_TEXT, (int) strlen (SECRET_HINT_TEXT));
  else
    gtk_selection_data_set_text (data, gtk_entry_get_text (self->generated_entry), -1);
}

static void
on_clipboard_clear (GtkClipboard *clipboard, gpointer owner)
{
}

/* Handed out when it is pasted, from memory that is wiped; no copy of it is made here. */
static void
on_copy_clicked (GtkButton *button, OhPhonePasswordDialog *self)
{
  GtkTargetList *list = gtk_target_list_new (NULL, 0);
  GtkTargetEntry *targets;
  int n_targets;

  gtk_target_list_add_text_targets (list, 0);
  gtk_target_list_add (list, gdk_atom_intern_static_string (SECRET_HINT), 0, 1);
  targets = gtk_target_table_new_from_list (list, &n_targets);
  gtk_clipboard_set_with_owner (
    gtk_widget_get_clipboard (GTK_WIDGET (self), GDK_SELECTION_CLIPBOARD), targets,
    (guint) n_targets, on_clipboard_get, on_clipboard_clear, G_OBJECT (self));
  gtk_target_table_free (targets, n_targets);
  gtk_target_list_unref (list);
}

/* --- the object ----------------------------------------------------------------------------- */

static void
oh_phone_password_dialog_dispose (GObject *object)
{
  OhPhonePasswordDialog *self = OH_PHONE_PASSWORD_DIALOG (object);
  GtkClipboard *clipboard = gtk_clipboard_get (GDK_SELECTION_CLIPBOARD);

  g_cancellable_cancel (self->cancellable);
  if (gtk_clipboard_get_owner (clipboard) == object)
    gtk_clipboard_clear (clipboard);
  if (self->client != NULL)
    g_signal_handlers_disconnect_by_data (self->client, self);
  g_clear_object (&self->client);
  G_OBJECT_CLASS (oh_phone_password_dialog_parent_class)->dispose (object);
}

static void
oh_phone_password_dialog_finalize (GObject *object)
{
  OhPhonePasswordDialog *self = OH_PHONE_PASSWORD_DIALOG (object);

  g_object_unref (self->cancellable);
  g_free (self->id);
  G_OBJECT_CLASS (oh_phone_password_dialog_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, OhPhonePasswordDialog, about_label);
  gtk_widget_class_bind_template_child (widget_class, OhPhonePasswordDialog, user_label);
  gtk_widget_class_bind_template_child (widget_class, OhPhonePasswordDialog, form);
  gtk_widget_class_bind_template_child (widget_class, OhPhonePasswordDialog, generated_button);
  gtk_widget_class_bind_template_child (widget_class, OhPhonePasswordDialog, generated_row);
  gtk_widget_class_bind_template_child (widget_class, OhPhonePasswordDialog, generated_entry);
  gtk_widget_class_bind_template_child (widget_class, OhPhonePasswordDialog, show_button);
  gtk_widget_class_bind_template_child (widget_class, OhPhonePasswordDialog, copy_button);
  gtk_widget_class_bind_template_child (widget_class, OhPhonePasswordDialog, own_button);
  gtk_widget_class_bind_template_child (widget_class, OhPhonePasswordDialog, own_form);
  gtk_widget_class_bind_template_child (widget_class, OhPhonePasswordDialog, own_entry);
  gtk_widget_class_bind_template_child (widget_class, OhPhonePasswordDialog, again_entry);
  gtk_widget_class_bind_template_child (widget_class, OhPhonePasswordDialog, hint_label);
  gtk_widget_class_bind_template_child (widget_class, OhPhonePasswordDialog, report_frame);
  gtk_widget_class_bind_template_child (widget_class, OhPhonePasswordDialog, report_list);
  gtk_widget_class_bind_template_child (widget_class, OhPhonePasswordDialog, spinner);
  gtk_widget_class_bind_template_child (widget_class, OhPhonePasswordDialog, progress_box);
  gtk_widget_class_bind_template_child (widget_class, OhPhonePasswordDialog, progress_label);
  gtk_widget_class_bind_template_child (widget_class, OhPhonePasswordDialog, error_revealer);
  gtk_widget_class_bind_template_child (widget_class, OhPhonePasswordDialog, error_label);
}

static void
oh_phone_password_dialog_class_init (OhPhonePasswordDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = oh_phone_password_dialog_dispose;
  object_class->finalize = oh_phone_password_dialog_finalize;
  widget_class->delete_event = oh_phone_password_dialog_delete_event;
  GTK_DIALOG_CLASS (klass)->response = oh_phone_password_dialog_response;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/offhook/Tray/ui/phone-password-dialog.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_own_toggled);
  gtk_widget_class_bind_template_callback (widget_class, on_show_toggled);
  gtk_widget_class_bind_template_callback (widget_class, on_copy_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);
}

static void
generate (OhPhonePasswordDialog *self)
{
  char *password = oh_password_new (OH_PASSWORD_TEXT);

  gtk_entry_set_text (self->generated_entry, password);
  oh_secret_free (password);
}

static void
oh_phone_password_dialog_init (OhPhonePasswordDialog *self)
{
  GtkWidget *ok;

  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  oh_secret_buffer_attach (self->generated_entry);
  oh_secret_buffer_attach (self->own_entry);
  oh_secret_buffer_attach (self->again_entry);
  atk_object_set_name (gtk_widget_get_accessible (GTK_WIDGET (self->generated_entry)),
                       _ ("Password made by this computer"));
  atk_object_set_name (gtk_widget_get_accessible (GTK_WIDGET (self->report_list)),
                       _ ("What there is to know"));
  gtk_dialog_add_button (GTK_DIALOG (self), _ ("_Cancel"), GTK_RESPONSE_CANCEL);
  ok = gtk_dialog_add_button (GTK_DIALOG (self), _ ("C_hange"), GTK_RESPONSE_OK);
  gtk_style_context_add_class (gtk_widget_get_style_context (ok), GTK_STYLE_CLASS_SUGGESTED_ACTION);
  gtk_dialog_set_default_response (GTK_DIALOG (self), GTK_RESPONSE_OK);
  generate (self);
}

static void
load (OhPhonePasswordDialog *self, const char *id)
{
  g_autofree char *name = oh_tray_text_for_eyes (id, NAME_MAX_SHOWN);
  g_autofree char *about = g_strdup_printf (
    _ ("The web page of the phone “%s” gets a new password, which Offhook keeps in "
       "your keyring; the old one no longer opens it."),
    name);

  self->id = g_strdup (id);
  gtk_label_set_text (self->about_label, about);
  gtk_label_set_text (self->progress_label, _ ("The phone is read…"));
  self->client = oh_phone_admin_client_new (id);
  g_signal_connect (self->client, "progress", G_CALLBACK (on_progress), self);
  update (self);
  oh_phone_admin_client_look_async (self->client, self->cancellable, on_looked, self);
}

void
oh_phone_password_dialog_present (GtkApplication *application, const char *id)
{
  GtkWindow *parent = gtk_application_get_active_window (application);
  OhPhonePasswordDialog *self;

  for (GList *l = gtk_application_get_windows (application); l != NULL; l = l->next)
    if (OH_IS_PHONE_PASSWORD_DIALOG (l->data) &&
        g_str_equal (OH_PHONE_PASSWORD_DIALOG (l->data)->id, id))
      {
        gtk_window_present (l->data);
        return;
      }
  self = g_object_new (OH_TYPE_PHONE_PASSWORD_DIALOG, "application", application, "use-header-bar",
                       1, "transient-for", parent, NULL);
  load (self, id);
  gtk_window_present (GTK_WINDOW (self));
}
