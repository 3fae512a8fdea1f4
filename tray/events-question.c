/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "oh-tray"

#include "events-question.h"

#include "bus-connection.h"
#include "error.h"
#include "notifications.h"

#include <glib/gi18n-lib.h>

#define SCHEMA "org.offhook.Phone"
#define SETTINGS_PATH "/org/offhook/phones/%s/"
#define KEY_LEFT_TO "events-left-to"

struct _OhEventsQuestion
{
  GtkApplication *application; /* (unowned) */
  GtkWidget *dialog;           /* (nullable): ours to destroy */
  char *phone;                 /* (owned) (nullable): which it is about */
  char *holder;                /* (owned) (nullable): "program 192.0.2.1" */
  GHashTable *asked;           /* (owned) (element-type utf8): "desk program 192.0.2.1" */
};

OhEventsQuestion *
oh_events_question_new (GtkApplication *application)
{
  OhEventsQuestion *self = g_new0 (OhEventsQuestion, 1);

  self->application = application;
  self->asked = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

static void
close_dialog (OhEventsQuestion *self)
{
  if (self->dialog != NULL)
    gtk_widget_destroy (self->dialog);
  g_clear_pointer (&self->phone, g_free);
  g_clear_pointer (&self->holder, g_free);
}

void
oh_events_question_free (OhEventsQuestion *self)
{
  if (self == NULL)
    return;
  close_dialog (self);
  g_hash_table_unref (self->asked);
  g_free (self);
}

/* The schema may be missing; g_settings_new() would end the process. */
static GSettings *
settings_of (const char *phone)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema =
    source != NULL ? g_settings_schema_source_lookup (source, SCHEMA, TRUE) : NULL;
  g_autofree char *path = g_strdup_printf (SETTINGS_PATH, phone);

  return schema != NULL && g_settings_schema_has_key (schema, KEY_LEFT_TO)
           ? g_settings_new_full (schema, NULL, path)
           : NULL;
}

static char *
holder_of (const OhTrayPhone *phone)
{
  if (phone->holder_kind == NULL || phone->holder_kind[0] == '\0')
    return NULL;
  return g_strdup_printf ("%s %s", phone->holder_kind, phone->holder);
}

static gboolean
was_left (const char *phone, const char *holder)
{
  g_autoptr (GSettings) settings = settings_of (phone);
  g_autofree char *left = settings != NULL ? g_settings_get_string (settings, KEY_LEFT_TO) : NULL;

  return g_strcmp0 (left, holder) == 0;
}

static void
on_taken (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkApplication) application = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer =
    g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);

  if (answer != NULL)
    return;
  g_dbus_error_strip_remote_error (error);
  oh_notifier_tell_error (application, _ ("The phone still reports its calls to another program"),
                          error);
}

/* Which phone, for whom. */
typedef struct
{
  GtkApplication *application; /* (owned) */
  char *path;                  /* (owned) */
} Taking;

static void
on_connected (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Taking *taking = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GDBusConnection) connection = oh_bus_connect_finish (result, &error);

  if (connection != NULL)
    g_dbus_connection_call (connection, OH_BUS_NAME, taking->path, "org.offhook.PhoneEvents1",
                            "Take", NULL, NULL, G_DBUS_CALL_FLAGS_NONE, G_MAXINT, NULL, on_taken,
                            g_object_ref (taking->application)); /* the agent has the limits */
  else
    oh_notifier_tell_error (taking->application,
                            _ ("The phone still reports its calls to another program"), error);
  g_object_unref (taking->application);
  g_free (taking->path);
  g_free (taking);
}

static void
take (OhEventsQuestion *self)
{
  Taking *taking = g_new0 (Taking, 1);

  taking->application = g_object_ref (self->application);
  taking->path = g_strconcat (OH_BUS_PHONES "/", self->phone, NULL);
  oh_bus_connect_async (NULL, on_connected, taking);
}

static void
leave (OhEventsQuestion *self)
{
  g_autoptr (GSettings) settings = settings_of (self->phone);

  if (settings != NULL)
    g_settings_set_string (settings, KEY_LEFT_TO, self->holder);
}

static void
on_response (GtkDialog *dialog, int response, OhEventsQuestion *self)
{
  if (response == GTK_RESPONSE_ACCEPT)
    take (self);
  else if (response == GTK_RESPONSE_REJECT)
    leave (self); /* closing the window is no answer: asked again at the next start */
  close_dialog (self);
}

static char *
explain (const OhTrayPhone *phone)
{
  if (g_str_equal (phone->holder_kind, "offhook"))
    return g_strdup_printf (_ ("It reports its calls to the Offhook at %s: another computer of "
                               "yours, or another user. A phone reports to one only; the other "
                               "would hear nothing any more."),
                            phone->holder);
  return g_strdup_printf (_ ("It reports its calls to another program at %s, and can report to one "
                             "only. That program would hear nothing any more until Offhook gives "
                             "them back. Without the reports, Offhook dials and does not know what "
                             "becomes of a call."),
                          phone->holder[0] != '\0' ? phone->holder : "?");
}

static void
ask (OhEventsQuestion *self, const OhTrayPhone *phone, const char *holder)
{
  g_autofree char *text = explain (phone);

  self->phone = g_strdup (phone->id);
  self->holder = g_strdup (holder);
  self->dialog =
    gtk_message_dialog_new (gtk_application_get_active_window (self->application),
                            GTK_DIALOG_DESTROY_WITH_PARENT, GTK_MESSAGE_QUESTION, GTK_BUTTONS_NONE,
                            _ ("Shall Offhook follow the calls of the phone “%s”?"), phone->id);
  gtk_message_dialog_format_secondary_text (GTK_MESSAGE_DIALOG (self->dialog), "%s", text);
  gtk_dialog_add_button (GTK_DIALOG (self->dialog), _ ("_Leave It"), GTK_RESPONSE_REJECT);
  gtk_dialog_add_button (GTK_DIALOG (self->dialog), _ ("_Follow Calls"), GTK_RESPONSE_ACCEPT);
  gtk_dialog_set_default_response (GTK_DIALOG (self->dialog), GTK_RESPONSE_REJECT);
  gtk_window_set_title (GTK_WINDOW (self->dialog), _ ("Offhook"));
  gtk_window_set_icon_name (GTK_WINDOW (self->dialog), "org.offhook.Tray");
  gtk_window_set_application (GTK_WINDOW (self->dialog), self->application);
  g_signal_connect (self->dialog, "response", G_CALLBACK (on_response), self);
  g_signal_connect (self->dialog, "destroy", G_CALLBACK (gtk_widget_destroyed), &self->dialog);
  gtk_window_present (GTK_WINDOW (self->dialog));
}

/* Whether what is being asked is still the question. */
static gboolean
still_asks (OhEventsQuestion *self, OhTrayModel *model)
{
  for (guint i = 0; i < model->phones->len; i++)
    {
      const OhTrayPhone *phone = g_ptr_array_index (model->phones, i);
      g_autofree char *holder = holder_of (phone);

      if (g_str_equal (phone->id, self->phone))
        return g_strcmp0 (holder, self->holder) == 0;
    }
  return FALSE;
}

void
oh_events_question_update (OhEventsQuestion *self, OhTrayModel *model)
{
  if (self->dialog != NULL && !still_asks (self, model))
    close_dialog (self);
  for (guint i = 0; i < model->phones->len && self->dialog == NULL; i++)
    {
      const OhTrayPhone *phone = g_ptr_array_index (model->phones, i);
      g_autofree char *holder = holder_of (phone);
      g_autofree char *key = g_strdup_printf ("%s %s", phone->id, holder);

      if (holder == NULL || was_left (phone->id, holder) ||
          !g_hash_table_add (self->asked, g_steal_pointer (&key)))
        continue;
      close_dialog (self); /* of what the user has closed */
      ask (self, phone, holder);
    }
}
