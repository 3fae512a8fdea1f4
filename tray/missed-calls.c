/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "oh-tray"

#include "missed-calls.h"

#include "clock.h"

#include <glib/gi18n-lib.h>

struct _OhMissedCalls
{
  GApplication *application; /* (unowned) */
  OhHistoryClient *client;   /* (owned) */
  GCancellable *cancellable; /* (owned): cancelled at the end */
  GHashTable *told;          /* (owned) (element-type gint64): ids of calls that were told */
};

/* A notification on its way: GLib complains where nobody shows it, so that is asked first. */
typedef struct
{
  OhMissedCalls *missed; /* (unowned): the request is cancelled before it goes */
  gint64 id;
  GNotification *notification; /* (owned) */
} Asked;

static char *
notification_id (gint64 id)
{
  return g_strdup_printf ("missed-%" G_GINT64_FORMAT, id);
}

static void
on_capabilities (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Asked *asked = user_data;
  g_autofree char *name = notification_id (asked->id);
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer =
    g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);

  /* With CANCELLED the rest may be gone; without an answer the menu tells. */
  if (answer != NULL && g_hash_table_contains (asked->missed->told, &asked->id))
    g_application_send_notification (asked->missed->application, name, asked->notification);
  g_object_unref (asked->notification);
  g_free (asked);
}

/* @notification: (transfer full) */
static void
send (OhMissedCalls *self, gint64 id, GNotification *notification)
{
  GDBusConnection *connection = g_application_get_dbus_connection (self->application);
  Asked *asked;

  if (connection == NULL)
    {
      g_object_unref (notification);
      return;
    }
  asked = g_new0 (Asked, 1);
  asked->missed = self;
  asked->id = id;
  asked->notification = notification;
  g_dbus_connection_call (connection, "org.freedesktop.Notifications",
                          "/org/freedesktop/Notifications", "org.freedesktop.Notifications",
                          "GetCapabilities", NULL, G_VARIANT_TYPE ("(as)"), G_DBUS_CALL_FLAGS_NONE,
                          -1, self->cancellable, on_capabilities, asked);
}

static void
tell (OhMissedCalls *self, const OhHistoryCall *call)
{
  g_autofree char *partner = oh_history_call_partner (call);
  g_autofree char *body = NULL;
  GNotification *notification = g_notification_new (_ ("Missed call"));
  g_autoptr (GIcon) icon = g_themed_icon_new ("call-missed-symbolic");

  if (call->name[0] != '\0' && call->number[0] != '\0')
    body = g_strdup_printf ("%s, %s", partner, call->display);
  g_notification_set_body (notification, body != NULL ? body : partner);
  g_notification_set_icon (notification, icon);
  g_notification_set_category (notification, "call.unanswered");
  if (call->number[0] != '\0')
    g_notification_add_button_with_target (notification, _ ("Call Back"), "app.dial-typed", "s",
                                           call->number);
  g_notification_set_default_action (notification, "app.history");
  send (self, call->id, notification);
}

static void
withdraw (OhMissedCalls *self, gint64 id)
{
  g_autofree char *name = notification_id (id);

  if (g_hash_table_remove (self->told, &id))
    g_application_withdraw_notification (self->application, name);
}

static void
on_call (OhHistoryClient *client, const OhHistoryCall *call, OhMissedCalls *self)
{
  gint64 age_us = oh_clock_wall_us (oh_clock_system ()) - call->begun_us;

  if (!oh_history_call_is_open (call))
    {
      withdraw (self, call->id);
      return;
    }
  if (age_us > OH_MISSED_CALLS_NEWS_US || g_hash_table_contains (self->told, &call->id))
    return;
  g_hash_table_add (self->told, g_memdup2 (&call->id, sizeof call->id));
  tell (self, call);
}

static void
on_removed (OhHistoryClient *client, gint64 id, OhMissedCalls *self)
{
  withdraw (self, id);
}

OhMissedCalls *
oh_missed_calls_new (GApplication *application, OhHistoryClient *client)
{
  OhMissedCalls *self = g_new0 (OhMissedCalls, 1);

  self->application = application;
  self->client = g_object_ref (client);
  self->cancellable = g_cancellable_new ();
  self->told = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_signal_connect (client, "call", G_CALLBACK (on_call), self);
  g_signal_connect (client, "removed", G_CALLBACK (on_removed), self);
  return self;
}

void
oh_missed_calls_free (OhMissedCalls *self)
{
  if (self == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->client, self);
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  g_object_unref (self->client);
  g_hash_table_unref (self->told);
  g_free (self);
}
