/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "oh-tray"

#include "notifications.h"

#include "call-popup.h"
#include "clock.h"
#include "error.h"
#include "view-state.h"

#include <glib/gi18n-lib.h>

struct _OhNotifier
{
  GObject parent;

  OhClock *clock;              /* (unowned): the machine's */
  GtkApplication *application; /* (unowned) */
  GCancellable *cancellable;   /* (owned): cancelled in dispose */
  GHashTable *told;            /* (owned) (element-type utf8 Told): by the call's id */
};

G_DEFINE_FINAL_TYPE (OhNotifier, oh_notifier, G_TYPE_OBJECT)

typedef enum
{
  TOLD_ASKING, /* what the server can do */
  TOLD_NOTIFIED,
  TOLD_POPPED_UP,
} ToldHow;

typedef struct
{
  OhNotifier *notifier; /* (unowned): the owner of the table */
  ToldHow how;
  OhTrayCall *call;   /* (owned): as it was when it came in */
  GtkWidget *popup;   /* (nullable): ours to destroy; NULL unless POPPED_UP */
  gboolean seen;      /* still coming in at this update */
  gint64 notified_us; /* when the notification was sent */
  guint alarm;        /* the notification is old enough to be taken back */
} Told;

typedef struct
{
  OhNotifier *notifier; /* (unowned): the request is cancelled before it goes */
  char *id;             /* (owned) */
} Asked;

static void
told_free (gpointer data)
{
  Told *self = data;

  if (self->popup != NULL)
    gtk_widget_destroy (self->popup);
  oh_clock_clear_alarm (self->notifier->clock, &self->alarm);
  oh_tray_call_free (self->call);
  g_free (self);
}

static void
asked_free (Asked *self)
{
  g_free (self->id);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Asked, asked_free)

static char *
notification_id (const char *call_id)
{
  return g_strconcat ("call-", call_id, NULL);
}

static void
notify (OhNotifier *self, Told *told)
{
  g_autofree char *partner = oh_view_call_partner (told->call);
  g_autofree char *body = oh_view_call_body (told->call);
  g_autofree char *id = notification_id (told->call->id);
  g_autoptr (GNotification) notification = g_notification_new (partner);
  g_autoptr (GIcon) icon = g_themed_icon_new ("offhook-ringing");

  told->how = TOLD_NOTIFIED;
  told->notified_us = oh_clock_now_us (self->clock);
  g_notification_set_body (notification, body);
  g_notification_set_icon (notification, icon);
  g_notification_set_category (notification, "call.incoming");
  g_notification_set_priority (notification, G_NOTIFICATION_PRIORITY_URGENT);
  g_notification_add_button_with_target (notification, _ ("Answer"), "app.answer", "s",
                                         told->call->id);
  g_notification_add_button_with_target (notification, _ ("Reject"), "app.reject", "s",
                                         told->call->id);
  g_notification_set_default_action (notification, "app.contacts");
  g_application_send_notification (G_APPLICATION (self->application), id, notification);
}

static void
pop_up (OhNotifier *self, Told *told)
{
  told->how = TOLD_POPPED_UP;
  told->popup = oh_call_popup_new (self->application, told->call);
  g_signal_connect (told->popup, "destroy", G_CALLBACK (gtk_widget_destroyed), &told->popup);
}

static gboolean
takes_buttons (GVariant *answer)
{
  g_autofree const char **capabilities = NULL;

  if (answer == NULL)
    return FALSE;
  g_variant_get (answer, "(^a&s)", &capabilities);
  return g_strv_contains (capabilities, "actions");
}

static void
on_capabilities (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Asked) asked = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer =
    g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);
  Told *told;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return; /* dispose() cancelled us; the notifier may be gone */
  told = g_hash_table_lookup (asked->notifier->told, asked->id);
  if (told == NULL || told->how != TOLD_ASKING)
    return; /* answered or over meanwhile */
  if (takes_buttons (answer))
    notify (asked->notifier, told);
  else
    pop_up (asked->notifier, told);
}

/* Asked anew for each call: servers come and go. */
static void
tell (OhNotifier *self, const OhTrayCall *call)
{
  GDBusConnection *connection =
    g_application_get_dbus_connection (G_APPLICATION (self->application));
  Told *told = g_new0 (Told, 1);
  Asked *asked;

  told->notifier = self;
  told->seen = TRUE;
  told->call = oh_tray_call_copy (call);
  g_hash_table_insert (self->told, told->call->id, told);
  if (connection == NULL)
    {
      pop_up (self, told);
      return;
    }
  asked = g_new0 (Asked, 1);
  asked->notifier = self;
  asked->id = g_strdup (call->id);
  g_dbus_connection_call (connection, "org.freedesktop.Notifications",
                          "/org/freedesktop/Notifications", "org.freedesktop.Notifications",
                          "GetCapabilities", NULL, G_VARIANT_TYPE ("(as)"), G_DBUS_CALL_FLAGS_NONE,
                          OH_NOTIFIER_PATIENCE_MS, self->cancellable, on_capabilities, asked);
}

static void
withdraw (Told *told)
{
  g_autofree char *id = notification_id (told->call->id);

  if (told->how == TOLD_NOTIFIED)
    g_application_withdraw_notification (G_APPLICATION (told->notifier->application), id);
}

static gboolean
on_settled (gpointer user_data)
{
  Told *told = user_data;

  told->alarm = 0;
  withdraw (told);
  g_hash_table_remove (told->notifier->told, told->call->id);
  return G_SOURCE_REMOVE;
}

/* A hash table's foreach-remove: takes back what no longer comes in. */
static gboolean
withdraw_if_over (gpointer key, gpointer value, gpointer user_data)
{
  OhNotifier *self = user_data;
  Told *told = value;
  gint64 settled_us = told->notified_us + OH_NOTIFIER_SETTLE_US;

  if (told->seen || told->alarm != 0)
    return FALSE;
  if (told->how == TOLD_NOTIFIED && oh_clock_now_us (self->clock) < settled_us)
    {
      told->alarm = oh_clock_add_alarm (self->clock, settled_us, on_settled, told);
      return FALSE;
    }
  withdraw (told);
  return TRUE;
}

/* When the program ends, old enough or not. */
static gboolean
withdraw_always (gpointer key, gpointer value, gpointer user_data)
{
  withdraw (value);
  return TRUE;
}

static void
mark_unseen (OhNotifier *self)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->told);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    ((Told *) value)->seen = FALSE;
}

void
oh_notifier_update (OhNotifier *self, OhTrayModel *model)
{
  g_return_if_fail (OH_IS_NOTIFIER (self));
  mark_unseen (self);
  for (guint i = 0; i < model->calls->len; i++)
    {
      const OhTrayCall *call = g_ptr_array_index (model->calls, i);
      Told *told = g_hash_table_lookup (self->told, call->id);

      if (call->state != OH_TRAY_CALL_INCOMING)
        continue;
      if (told != NULL)
        told->seen = TRUE;
      else
        tell (self, call);
    }
  g_hash_table_foreach_remove (self->told, withdraw_if_over, self);
}

void
oh_notifier_tell_error (GtkApplication *application, const char *title, const GError *error)
{
  const char *advice = error->domain == OH_ERROR ? oh_error_advice (error->code) : "";
  GtkWindow *parent = gtk_application_get_active_window (application);
  GtkWidget *dialog = gtk_message_dialog_new (parent, GTK_DIALOG_DESTROY_WITH_PARENT,
                                              GTK_MESSAGE_ERROR, GTK_BUTTONS_CLOSE, "%s", title);

  gtk_message_dialog_format_secondary_text (GTK_MESSAGE_DIALOG (dialog), "%s%s%s", error->message,
                                            advice[0] != '\0' ? "\n\n" : "", advice);
  gtk_window_set_title (GTK_WINDOW (dialog), _ ("Offhook"));
  gtk_window_set_icon_name (GTK_WINDOW (dialog), "org.offhook.Tray");
  gtk_window_set_application (GTK_WINDOW (dialog), application);
  g_signal_connect (dialog, "response", G_CALLBACK (gtk_widget_destroy), NULL);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
oh_notifier_dispose (GObject *object)
{
  OhNotifier *self = OH_NOTIFIER (object);

  g_cancellable_cancel (self->cancellable);
  if (self->told != NULL)
    g_hash_table_foreach_remove (self->told, withdraw_always, NULL);
  g_clear_pointer (&self->told, g_hash_table_unref);
  g_clear_object (&self->cancellable);
  G_OBJECT_CLASS (oh_notifier_parent_class)->dispose (object);
}

static void
oh_notifier_class_init (OhNotifierClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = oh_notifier_dispose;
}

static void
oh_notifier_init (OhNotifier *self)
{
  self->clock = oh_clock_system ();
  self->cancellable = g_cancellable_new ();
  self->told = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, told_free);
}

OhNotifier *
oh_notifier_new (GtkApplication *application)
{
  OhNotifier *self = g_object_new (OH_TYPE_NOTIFIER, NULL);

  self->application = application;
  return self;
}
