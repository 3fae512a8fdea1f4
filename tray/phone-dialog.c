/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "oh-tray"

#include "phone-dialog.h"

#include "agent-request.h"
#include "error.h"
#include "found-list.h"
#include "pair-box.h"
#include "secret-buffer.h"
#include "view-state.h"

#include <glib/gi18n-lib.h>

#define SCHEMA "org.offhook.Phone"
#define SETTINGS_PATH "/org/offhook/phones/%s/"

/* In this order, each only where there is something to do. */
typedef enum
{
  STEP_ADD,
  STEP_TRUST,
  STEP_LOGIN,
  STEP_DONE,
} Step;

struct _OhPhoneDialog
{
  GtkDialog parent;

  GtkWidget *found_box;
  GtkWidget *pair_box;
  GtkWidget *form;
  GtkEntry *address_entry;
  GtkEntry *user_entry;
  GtkEntry *password_entry;
  GtkWidget *certificate_box;
  GtkLabel *fingerprint_label;
  GtkToggleButton *trust_button;
  GtkSpinner *spinner;
  GtkRevealer *error_revealer;
  GtkLabel *error_label;

  Step step;
  char *id;                  /* (owned) (nullable): until the phone is added */
  char *presented;           /* (owned): fingerprint that waits for a yes, or "" */
  GCancellable *cancellable; /* (owned): cancelled in dispose */
};

G_DEFINE_FINAL_TYPE (OhPhoneDialog, oh_phone_dialog, GTK_TYPE_DIALOG)

static void next_step (OhPhoneDialog *self);

static void
update_sensitivity (OhPhoneDialog *self)
{
  const char *address = gtk_entry_get_text (self->address_entry);
  gboolean compared =
    self->presented[0] == '\0' || gtk_toggle_button_get_active (self->trust_button);

  gtk_dialog_set_response_sensitive (GTK_DIALOG (self), GTK_RESPONSE_OK,
                                     gtk_widget_get_sensitive (self->form) && address[0] != '\0' &&
                                       compared);
}

static void
set_busy (OhPhoneDialog *self, gboolean busy)
{
  gtk_widget_set_sensitive (self->form, !busy);
  g_object_set (self->spinner, "active", busy, "visible", busy, NULL);
  update_sensitivity (self);
}

static void
show_error (OhPhoneDialog *self, const GError *error)
{
  const char *advice = error->domain == OH_ERROR ? oh_error_advice (error->code) : "";
  g_autofree char *text = g_strconcat (error->message, advice[0] != '\0' ? "\n" : "", advice, NULL);

  set_busy (self, FALSE);
  gtk_label_set_text (self->error_label, text);
  gtk_revealer_set_reveal_child (self->error_revealer, TRUE);
}

/* @error is of a request that has failed; takes it. */
static void
finish_step (OhPhoneDialog *self, GError *error)
{
  g_autoptr (GError) owned = error;

  if (g_error_matches (owned, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return; /* dispose() cancelled us; self may be gone */
  if (owned != NULL)
    {
      show_error (self, owned);
      return;
    }
  self->step++;
  next_step (self);
}

static void
on_added (GObject *source, GAsyncResult *result, gpointer user_data)
{
  OhPhoneDialog *self = user_data;
  GError *error = NULL;
  char *id = oh_agent_request_add_phone_finish (result, &error);

  if (id != NULL)
    {
      self->id = id;
      gtk_widget_set_sensitive (GTK_WIDGET (self->address_entry), FALSE);
    }
  finish_step (self, error);
}

static void
on_trusted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GError *error = NULL;

  oh_agent_request_trust_finish (result, &error);
  finish_step (user_data, error);
}

static void
on_stored (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GError *error = NULL;

  oh_agent_request_store_password_finish (result, &error);
  finish_step (user_data, error);
}

/* The schema may be missing; g_settings_new() would end the process. */
static GSettings *
settings_of (OhPhoneDialog *self)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema =
    source != NULL ? g_settings_schema_source_lookup (source, SCHEMA, TRUE) : NULL;
  g_autofree char *path = self->id != NULL ? g_strdup_printf (SETTINGS_PATH, self->id) : NULL;

  return schema != NULL && path != NULL ? g_settings_new_full (schema, NULL, path) : NULL;
}

static void
store_login (OhPhoneDialog *self)
{
  const char *password = gtk_entry_get_text (self->password_entry);
  g_autoptr (GSettings) settings = settings_of (self);

  if (settings != NULL)
    g_settings_set_string (settings, "user", gtk_entry_get_text (self->user_entry));
  if (password[0] != '\0')
    oh_agent_request_store_password_async ("phone", self->id, password, self->cancellable,
                                           on_stored, self);
  else
    finish_step (self, NULL);
}

static void
next_step (OhPhoneDialog *self)
{
  switch (self->step)
    {
    case STEP_ADD:
      if (self->id == NULL)
        oh_agent_request_add_phone_async (gtk_entry_get_text (self->address_entry),
                                          self->cancellable, on_added, self);
      else
        finish_step (self, NULL);
      break;
    case STEP_TRUST:
      if (self->presented[0] != '\0')
        oh_agent_request_trust_async (self->id, self->presented, self->cancellable, on_trusted,
                                      self);
      else
        finish_step (self, NULL);
      break;
    case STEP_LOGIN: store_login (self); break;
    case STEP_DONE:
    default: gtk_widget_destroy (GTK_WIDGET (self)); break;
    }
}

static void
oh_phone_dialog_response (GtkDialog *dialog, int response)
{
  OhPhoneDialog *self = OH_PHONE_DIALOG (dialog);

  if (response != GTK_RESPONSE_OK)
    {
      gtk_widget_destroy (GTK_WIDGET (self));
      return;
    }
  gtk_revealer_set_reveal_child (self->error_revealer, FALSE);
  set_busy (self, TRUE);
  self->step = STEP_ADD;
  next_step (self);
}

static void
on_changed (GtkWidget *widget, OhPhoneDialog *self)
{
  update_sensitivity (self);
}

static void
load (OhPhoneDialog *self, const OhTrayPhone *phone)
{
  g_autofree char *fingerprint = oh_view_fingerprint (phone->presented);
  g_autoptr (GSettings) settings = NULL;

  self->id = g_strdup (phone->id);
  settings = settings_of (self);
  if (settings != NULL)
    {
      g_autofree char *user = g_settings_get_string (settings, "user");

      gtk_entry_set_text (self->user_entry, user);
      gtk_widget_set_sensitive (GTK_WIDGET (self->user_entry),
                                g_settings_is_writable (settings, "user"));
    }
  gtk_entry_set_text (self->address_entry, phone->host);
  gtk_entry_set_placeholder_text (self->password_entry, _ ("Leave empty to keep the stored one"));
  gtk_widget_set_sensitive (GTK_WIDGET (self->address_entry), FALSE);
  if (phone->state == OH_TRAY_PHONE_UNTRUSTED && phone->presented[0] != '\0')
    {
      g_free (self->presented);
      self->presented = g_strdup (phone->presented);
      gtk_label_set_text (self->fingerprint_label, fingerprint);
      gtk_widget_show (self->certificate_box);
    }
  gtk_widget_grab_focus (GTK_WIDGET (
    gtk_entry_get_text (self->user_entry)[0] != '\0' ? self->password_entry : self->user_entry));
}

/* Picked from what was found: nobody types an address then. */
static void
on_chosen (OhFoundList *list, const char *address, OhPhoneDialog *self)
{
  gtk_entry_set_text (self->address_entry, address);
}

static void
on_pairing_failed (OhPairBox *box, const GError *error, OhPhoneDialog *self)
{
  show_error (self, error);
}

static void
offer_pairing (OhPhoneDialog *self)
{
  GtkWidget *box = oh_pair_box_new (self->address_entry, self->user_entry, self->password_entry);

  g_signal_connect_object (box, "paired", G_CALLBACK (gtk_widget_destroy), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (box, "failed", G_CALLBACK (on_pairing_failed), self, 0);
  gtk_container_add (GTK_CONTAINER (self->pair_box), box);
  gtk_widget_show (box);
  gtk_widget_show (self->pair_box);
}

static void
offer_found (OhPhoneDialog *self)
{
  GtkWidget *list = oh_found_list_new ();

  g_signal_connect_object (list, "chosen", G_CALLBACK (on_chosen), self, 0);
  gtk_container_add (GTK_CONTAINER (self->found_box), list);
  gtk_widget_show (list);
  gtk_widget_show (self->found_box);
}

static void
oh_phone_dialog_dispose (GObject *object)
{
  g_cancellable_cancel (OH_PHONE_DIALOG (object)->cancellable);
  G_OBJECT_CLASS (oh_phone_dialog_parent_class)->dispose (object);
}

static void
oh_phone_dialog_finalize (GObject *object)
{
  OhPhoneDialog *self = OH_PHONE_DIALOG (object);

  g_object_unref (self->cancellable);
  g_free (self->id);
  g_free (self->presented);
  G_OBJECT_CLASS (oh_phone_dialog_parent_class)->finalize (object);
}

static void
oh_phone_dialog_class_init (OhPhoneDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = oh_phone_dialog_dispose;
  object_class->finalize = oh_phone_dialog_finalize;
  GTK_DIALOG_CLASS (klass)->response = oh_phone_dialog_response;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/offhook/Tray/ui/phone-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, OhPhoneDialog, found_box);
  gtk_widget_class_bind_template_child (widget_class, OhPhoneDialog, pair_box);
  gtk_widget_class_bind_template_child (widget_class, OhPhoneDialog, form);
  gtk_widget_class_bind_template_child (widget_class, OhPhoneDialog, address_entry);
  gtk_widget_class_bind_template_child (widget_class, OhPhoneDialog, user_entry);
  gtk_widget_class_bind_template_child (widget_class, OhPhoneDialog, password_entry);
  gtk_widget_class_bind_template_child (widget_class, OhPhoneDialog, certificate_box);
  gtk_widget_class_bind_template_child (widget_class, OhPhoneDialog, fingerprint_label);
  gtk_widget_class_bind_template_child (widget_class, OhPhoneDialog, trust_button);
  gtk_widget_class_bind_template_child (widget_class, OhPhoneDialog, spinner);
  gtk_widget_class_bind_template_child (widget_class, OhPhoneDialog, error_revealer);
  gtk_widget_class_bind_template_child (widget_class, OhPhoneDialog, error_label);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
}

static void
oh_phone_dialog_init (OhPhoneDialog *self)
{
  GtkWidget *ok;

  self->cancellable = g_cancellable_new ();
  self->presented = g_strdup ("");
  gtk_widget_init_template (GTK_WIDGET (self));
  oh_secret_buffer_attach (self->password_entry);
  gtk_dialog_add_button (GTK_DIALOG (self), _ ("_Cancel"), GTK_RESPONSE_CANCEL);
  ok = gtk_dialog_add_button (GTK_DIALOG (self), _ ("_Save"), GTK_RESPONSE_OK);
  gtk_style_context_add_class (gtk_widget_get_style_context (ok), GTK_STYLE_CLASS_SUGGESTED_ACTION);
  gtk_dialog_set_default_response (GTK_DIALOG (self), GTK_RESPONSE_OK);
}

OhPhoneDialog *
oh_phone_dialog_new (GtkApplication *application, GtkWindow *parent, const OhTrayPhone *phone)
{
  OhPhoneDialog *self = g_object_new (OH_TYPE_PHONE_DIALOG, "application", application,
                                      "use-header-bar", 1, "transient-for", parent, NULL);

  if (phone != NULL)
    load (self, phone);
  else
    {
      offer_found (self);
      offer_pairing (self);
      gtk_widget_grab_focus (GTK_WIDGET (self->address_entry)); /* whoever knows it only types */
    }
  update_sensitivity (self);
  return self;
}
