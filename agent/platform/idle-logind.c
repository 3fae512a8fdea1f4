/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "idle-source.h"

#define LOGIN_NAME "org.freedesktop.login1"
#define LOGIN_PATH "/org/freedesktop/login1/session/auto"
#define LOGIN_INTERFACE "org.freedesktop.login1.Session"

typedef struct
{
  GDBusConnection *system; /* (owned) (nullable) */
  GCancellable *gone;      /* (owned): cancelled by stop */
  OhIdleTold told;
  gpointer user_data;
  guint subscription;
} Login;

/*
 * A hint that was never given is "not idle", just as one that says so. Which of the two it is shows
 * the time: 0 until the first one was given.
 */
static void
on_properties (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GVariant) reply =
    g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, NULL);
  g_autoptr (GVariant) properties = NULL;
  gboolean hint = FALSE;
  guint64 since_us = 0;
  Login *self = user_data;

  if (reply == NULL || !g_variant_is_of_type (reply, G_VARIANT_TYPE ("(a{sv})")))
    return; /* cancelled and gone, or no session of logind: nothing to follow */
  properties = g_variant_get_child_value (reply, 0);
  g_variant_lookup (properties, "IdleHint", "b", &hint);
  g_variant_lookup (properties, "IdleSinceHintMonotonic", "t", &since_us);
  if (hint && since_us <= G_MAXINT64)
    self->told ((gint64) since_us, self->user_data);
  else
    self->told (since_us != 0 ? OH_IDLE_ACTIVE : OH_IDLE_UNKNOWN, self->user_data);
}

static void
ask (Login *self)
{
  g_dbus_connection_call (self->system, LOGIN_NAME, LOGIN_PATH, "org.freedesktop.DBus.Properties",
                          "GetAll", g_variant_new ("(s)", LOGIN_INTERFACE), NULL,
                          G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, self->gone, on_properties, self);
}

/* Signals bear the real path of whichever session; "auto" is ours and only an alias. */
static void
on_some_change (GDBusConnection *connection, const char *sender, const char *path,
                const char *interface, const char *signal, GVariant *parameters, gpointer user_data)
{
  ask (user_data);
}

/* The connection comes later than a stop may: what it needs is in here until then. */
typedef struct
{
  GCancellable *gone; /* (owned) */
  Login *login;       /* (unowned): not to be touched when cancelled */
} Wait;

static void
on_system_bus (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Wait *wait = user_data;
  g_autoptr (GCancellable) gone = wait->gone;
  g_autoptr (GDBusConnection) system = g_bus_get_finish (result, NULL);
  Login *self = wait->login;

  if (system == NULL || g_cancellable_is_cancelled (gone))
    return;
  self->system = g_object_ref (system);
  self->subscription = g_dbus_connection_signal_subscribe (
    system, LOGIN_NAME, "org.freedesktop.DBus.Properties", "PropertiesChanged", NULL,
    LOGIN_INTERFACE, G_DBUS_SIGNAL_FLAGS_NONE, on_some_change, self, NULL);
  ask (self);
}

static gpointer
start (OhClock *clock, GDBusConnection *session, gint64 limit_us, OhIdleTold told,
       gpointer user_data)
{
  Login *self = g_new0 (Login, 1);
  Wait *wait = g_new0 (Wait, 1);

  self->gone = g_cancellable_new ();
  self->told = told;
  self->user_data = user_data;
  wait->gone = g_object_ref (self->gone);
  wait->login = self;
  /* Not to be cancelled: the connection is shared, and would stay failed for everybody. */
  g_bus_get (G_BUS_TYPE_SYSTEM, NULL, on_system_bus, wait);
  return self;
}

static void
stop (gpointer source)
{
  Login *self = source;

  g_cancellable_cancel (self->gone);
  if (self->subscription != 0)
    g_dbus_connection_signal_unsubscribe (self->system, self->subscription);
  g_clear_object (&self->system);
  g_object_unref (self->gone);
  g_free (self);
}

const OhIdleSource oh_idle_logind = { start, stop };
