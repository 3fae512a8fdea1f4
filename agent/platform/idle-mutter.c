/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "idle-source.h"

#define NAME "org.gnome.Mutter.IdleMonitor"
#define PATH "/org/gnome/Mutter/IdleMonitor/Core"

/* Watches: one that fires whenever the limit is reached, and, after that, one that fires once, when
 * somebody is back. */
typedef struct
{
  OhClock *clock;           /* (owned) */
  GDBusConnection *session; /* (owned) */
  GCancellable *gone;       /* (owned): cancelled by stop */
  gint64 limit_us;
  OhIdleTold told;
  gpointer user_data;
  guint subscription;
  guint name_watch;
  guint32 idle_watch;   /* 0 while there is none */
  guint32 active_watch; /* 0 while there is none */
} Mutter;

static void
call (Mutter *self, const char *method, GVariant *parameters, GAsyncReadyCallback callback)
{
  g_dbus_connection_call (self->session, NAME, PATH, NAME, method, parameters, NULL,
                          G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, self->gone, callback, self);
}

/* Returns: the number of the new watch; 0 when there is none, and then nothing may be touched */
static guint32
finish_watch (GObject *source, GAsyncResult *result)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply =
    g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);
  guint32 id = 0;

  if (reply == NULL)
    g_debug ("idle monitor: %s", error->message);
  else if (g_variant_is_of_type (reply, G_VARIANT_TYPE ("(u)")))
    g_variant_get (reply, "(u)", &id);
  return id;
}

static void
on_idle_watch (GObject *source, GAsyncResult *result, gpointer user_data)
{
  guint32 id = finish_watch (source, result);
  Mutter *self = user_data;

  if (id == 0)
    return; /* cancelled and gone, or refused: the next source is asked then */
  self->idle_watch = id;
  self->told (OH_IDLE_ACTIVE, self->user_data); /* from now on it is known when that ends */
}

static void
on_active_watch (GObject *source, GAsyncResult *result, gpointer user_data)
{
  guint32 id = finish_watch (source, result);

  if (id != 0)
    ((Mutter *) user_data)->active_watch = id;
}

static void
on_fired (GDBusConnection *connection, const char *sender, const char *path, const char *interface,
          const char *signal, GVariant *parameters, gpointer user_data)
{
  Mutter *self = user_data;
  guint32 id;

  if (!g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(u)")))
    return;
  g_variant_get (parameters, "(u)", &id);
  if (id == self->idle_watch)
    {
      call (self, "AddUserActiveWatch", NULL, on_active_watch);
      self->told (MAX (oh_clock_now_us (self->clock) - self->limit_us, 0), self->user_data);
    }
  else if (id == self->active_watch && id != 0)
    {
      self->active_watch = 0;
      self->told (OH_IDLE_ACTIVE, self->user_data);
    }
}

/* Where it has been idle for longer already, the watch fires at once. */
static void
on_appeared (GDBusConnection *connection, const char *name, const char *owner, gpointer user_data)
{
  Mutter *self = user_data;

  call (self, "AddIdleWatch",
        g_variant_new ("(t)", (guint64) (self->limit_us / G_TIME_SPAN_MILLISECOND)), on_idle_watch);
}

static void
on_vanished (GDBusConnection *connection, const char *name, gpointer user_data)
{
  Mutter *self = user_data;

  self->idle_watch = 0;
  self->active_watch = 0;
  self->told (OH_IDLE_UNKNOWN, self->user_data);
}

static gpointer
start (OhClock *clock, GDBusConnection *session, gint64 limit_us, OhIdleTold told,
       gpointer user_data)
{
  Mutter *self;

  if (session == NULL)
    return NULL;
  self = g_new0 (Mutter, 1);
  self->clock = g_object_ref (clock);
  self->session = g_object_ref (session);
  self->gone = g_cancellable_new ();
  self->limit_us = limit_us;
  self->told = told;
  self->user_data = user_data;
  self->subscription = g_dbus_connection_signal_subscribe (
    session, NAME, NAME, "WatchFired", PATH, NULL, G_DBUS_SIGNAL_FLAGS_NONE, on_fired, self, NULL);
  self->name_watch = g_bus_watch_name_on_connection (session, NAME, G_BUS_NAME_WATCHER_FLAGS_NONE,
                                                     on_appeared, on_vanished, self, NULL);
  return self;
}

static void
remove_watch (Mutter *self, guint32 id)
{
  if (id != 0)
    g_dbus_connection_call (self->session, NAME, PATH, NAME, "RemoveWatch",
                            g_variant_new ("(u)", id), NULL, G_DBUS_CALL_FLAGS_NO_AUTO_START, -1,
                            NULL, NULL, NULL);
}

static void
stop (gpointer source)
{
  Mutter *self = source;

  g_cancellable_cancel (self->gone);
  g_bus_unwatch_name (self->name_watch);
  g_dbus_connection_signal_unsubscribe (self->session, self->subscription);
  remove_watch (self, self->idle_watch);
  remove_watch (self, self->active_watch);
  g_object_unref (self->gone);
  g_object_unref (self->session);
  g_object_unref (self->clock);
  g_free (self);
}

const OhIdleSource oh_idle_mutter = { start, stop };
