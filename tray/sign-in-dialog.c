/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "oh-tray"

#include "sign-in-dialog.h"

#include "agent-request.h"
#include "error.h"
#include "secret-buffer.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define SCHEMA "org.offhook.Agent"

struct _OhSignInDialog
{
  GtkDialog parent;

  GtkWidget *form;
  GtkEntry *address_entry;
  GtkEntry *login_entry;
  GtkEntry *server_entry;
  GtkEntry *password_entry;
  GtkSpinner *spinner;
  GtkRevealer *error_revealer;
  GtkLabel *error_label;

  GSettings *settings;       /* (owned) (nullable): NULL where the schema is not installed */
  GCancellable *cancellable; /* (owned): cancelled in dispose */
};

G_DEFINE_FINAL_TYPE (OhSignInDialog, oh_sign_in_dialog, GTK_TYPE_DIALOG)

static void
update_sensitivity (OhSignInDialog *self)
{
  const char *address = gtk_entry_get_text (self->address_entry);

  gtk_dialog_set_response_sensitive (GTK_DIALOG (self), GTK_RESPONSE_OK,
                                     gtk_widget_get_sensitive (self->form) &&
                                       strchr (address, '@') != NULL);
}

static void
set_busy (OhSignInDialog *self, gboolean busy)
{
  gtk_widget_set_sensitive (self->form, !busy);
  g_object_set (self->spinner, "active", busy, "visible", busy, NULL);
  update_sensitivity (self);
}

static void
show_error (OhSignInDialog *self, const GError *error)
{
  const char *advice = error->domain == OH_ERROR ? oh_error_advice (error->code) : "";
  g_autofree char *text = g_strconcat (error->message, advice[0] != '\0' ? "\n" : "", advice, NULL);

  set_busy (self, FALSE);
  gtk_label_set_text (self->error_label, text);
  gtk_revealer_set_reveal_child (self->error_revealer, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->password_entry));
}

static void
on_signed_in (GObject *source, GAsyncResult *result, gpointer user_data)
{
  OhSignInDialog *self = user_data;
  g_autoptr (GError) error = NULL;

  if (oh_agent_request_finish (result, &error))
    gtk_widget_destroy (GTK_WIDGET (self));
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    show_error (self, error); /* when cancelled, self may be gone */
}

static void
on_password_stored (GObject *source, GAsyncResult *result, gpointer user_data)
{
  OhSignInDialog *self = user_data;
  g_autoptr (GError) error = NULL;

  if (oh_agent_request_store_password_finish (result, &error))
    oh_agent_request_async (OH_AGENT_SIGN_IN, NULL, self->cancellable, on_signed_in, self);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    show_error (self, error);
}

static void
store_settings (OhSignInDialog *self)
{
  g_autofree char *address = g_strstrip (g_strdup (gtk_entry_get_text (self->address_entry)));
  g_autofree char *uri =
    g_str_has_prefix (address, "sip:") ? g_strdup (address) : g_strconcat ("sip:", address, NULL);
  const struct
  {
    const char *key, *value;
  } values[] = {
    { "uri", uri },
    { "login", gtk_entry_get_text (self->login_entry) },
    { "server", gtk_entry_get_text (self->server_entry) },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (values); i++)
    {
      g_autofree char *now = g_settings_get_string (self->settings, values[i].key);

      if (g_strcmp0 (now, values[i].value) != 0 &&
          g_settings_is_writable (self->settings, values[i].key))
        g_settings_set_string (self->settings, values[i].key, values[i].value);
    }
  g_settings_apply (self->settings);
}

static void
sign_in (OhSignInDialog *self)
{
  const char *password = gtk_entry_get_text (self->password_entry);

  store_settings (self);
  gtk_revealer_set_reveal_child (self->error_revealer, FALSE);
  set_busy (self, TRUE);
  if (password[0] != '\0')
    oh_agent_request_store_password_async ("sign-in", "", password, self->cancellable,
                                           on_password_stored, self);
  else /* the ticket, or the password that is stored */
    oh_agent_request_async (OH_AGENT_SIGN_IN, NULL, self->cancellable, on_signed_in, self);
  gtk_entry_set_text (self->password_entry, ""); /* it is on its way, or has to be typed anew */
}

static void
oh_sign_in_dialog_response (GtkDialog *dialog, int response)
{
  OhSignInDialog *self = OH_SIGN_IN_DIALOG (dialog);

  if (response == GTK_RESPONSE_OK)
    sign_in (self);
  else
    gtk_widget_destroy (GTK_WIDGET (self));
}

static void
on_address_changed (GtkEditable *editable, OhSignInDialog *self)
{
  update_sensitivity (self);
}

static void
load_entry (OhSignInDialog *self, GtkEntry *entry, const char *key)
{
  g_autofree char *value = g_settings_get_string (self->settings, key);
  gboolean locked = !g_settings_is_writable (self->settings, key);

  gtk_entry_set_text (entry, g_str_has_prefix (value, "sip:") ? value + 4 : value);
  gtk_widget_set_sensitive (GTK_WIDGET (entry), !locked);
  if (locked)
    gtk_widget_set_tooltip_text (GTK_WIDGET (entry), _ ("Set by your administrator"));
}

/* g_settings_new() ends the process where the schema is missing. */
static void
load_settings (OhSignInDialog *self)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema =
    source != NULL ? g_settings_schema_source_lookup (source, SCHEMA, TRUE) : NULL;
  g_autoptr (GError) error = NULL;

  if (schema == NULL)
    {
      error = g_error_new (OH_ERROR, OH_ERROR_FAILED,
                           _ ("The settings of Offhook are not installed. Install the package "
                              "again."));
      show_error (self, error);
      gtk_widget_set_sensitive (self->form, FALSE);
      return;
    }
  self->settings = g_settings_new_full (schema, NULL, NULL);
  load_entry (self, self->address_entry, "uri");
  load_entry (self, self->login_entry, "login");
  load_entry (self, self->server_entry, "server");
}

static void
oh_sign_in_dialog_dispose (GObject *object)
{
  OhSignInDialog *self = OH_SIGN_IN_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->settings);
  G_OBJECT_CLASS (oh_sign_in_dialog_parent_class)->dispose (object);
}

static void
oh_sign_in_dialog_finalize (GObject *object)
{
  g_object_unref (OH_SIGN_IN_DIALOG (object)->cancellable);
  G_OBJECT_CLASS (oh_sign_in_dialog_parent_class)->finalize (object);
}

static void
oh_sign_in_dialog_class_init (OhSignInDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = oh_sign_in_dialog_dispose;
  object_class->finalize = oh_sign_in_dialog_finalize;
  GTK_DIALOG_CLASS (klass)->response = oh_sign_in_dialog_response;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/offhook/Tray/ui/sign-in-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, OhSignInDialog, form);
  gtk_widget_class_bind_template_child (widget_class, OhSignInDialog, address_entry);
  gtk_widget_class_bind_template_child (widget_class, OhSignInDialog, login_entry);
  gtk_widget_class_bind_template_child (widget_class, OhSignInDialog, server_entry);
  gtk_widget_class_bind_template_child (widget_class, OhSignInDialog, password_entry);
  gtk_widget_class_bind_template_child (widget_class, OhSignInDialog, spinner);
  gtk_widget_class_bind_template_child (widget_class, OhSignInDialog, error_revealer);
  gtk_widget_class_bind_template_child (widget_class, OhSignInDialog, error_label);
  gtk_widget_class_bind_template_callback (widget_class, on_address_changed);
}

static void
oh_sign_in_dialog_init (OhSignInDialog *self)
{
  GtkWidget *ok;

  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  oh_secret_buffer_attach (self->password_entry);
  gtk_dialog_add_button (GTK_DIALOG (self), _ ("_Cancel"), GTK_RESPONSE_CANCEL);
  ok = gtk_dialog_add_button (GTK_DIALOG (self), _ ("_Sign In"), GTK_RESPONSE_OK);
  gtk_style_context_add_class (gtk_widget_get_style_context (ok), GTK_STYLE_CLASS_SUGGESTED_ACTION);
  gtk_dialog_set_default_response (GTK_DIALOG (self), GTK_RESPONSE_OK);
  load_settings (self);
  update_sensitivity (self);
  if (gtk_entry_get_text (self->address_entry)[0] != '\0')
    gtk_widget_grab_focus (GTK_WIDGET (self->password_entry));
}

OhSignInDialog *
oh_sign_in_dialog_new (GtkApplication *application, GtkWindow *parent)
{
  return g_object_new (OH_TYPE_SIGN_IN_DIALOG, "application", application, "use-header-bar", 1,
                       "transient-for", parent, NULL);
}
