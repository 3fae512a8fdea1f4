/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "idle-source.h"

/* clang-format off */
static const struct
{
  const char *name; /* also of the interface */
  const char *path;
} savers[] = {
  { "org.freedesktop.ScreenSaver", "/org/freedesktop/ScreenSaver" }, /* KDE */
  { "org.cinnamon.ScreenSaver", "/org/cinnamon/ScreenSaver" },
  { "org.mate.ScreenSaver", "/org/mate/ScreenSaver" },
  { "org.xfce.ScreenSaver", "/org/xfce/ScreenSaver" },
};
/* clang-format on */

/* None of them tells when somebody is back: looked at this often, only while nobody is there. */
#define LOOK_US (G_GINT64_CONSTANT (15) * G_USEC_PER_SEC)
/* The second look, which shows in which unit the first one was. */
#define UNIT_US (G_GINT64_CONSTANT (2) * G_USEC_PER_SEC)
/* A count that grows by more than this in a second of ours counts milliseconds. */
#define SECONDS_MAX 20

typedef struct _Saver Saver;

typedef struct
{
  Saver *saver; /* (unowned) */
  guint which;
} Watch;

struct _Saver
{
  OhClock *clock;           /* (owned) */
  GDBusConnection *session; /* (owned) */
  GCancellable *gone;       /* (owned): cancelled by stop */
  gint64 limit_us;
  OhIdleTold told;
  gpointer user_data;
  Watch watches[G_N_ELEMENTS (savers)];
  guint watched[G_N_ELEMENTS (savers)];
  guint subscribed[G_N_ELEMENTS (savers)];
  int asked;   /* which saver answers; -1 while none does */
  guint alarm; /* the next look */
  gint64
    unit_us;    /* of its counts; 0 while not known: the draft says seconds, KDE has milliseconds */
  gint64 count; /* at the last look */
  gint64 count_at_us;
};

static void ask (Saver *self);

static gboolean
on_time_to_look (gpointer user_data)
{
  Saver *self = user_data;

  self->alarm = 0;
  ask (self);
  return G_SOURCE_REMOVE;
}

static void
look_again (Saver *self, gint64 in_us)
{
  oh_clock_clear_alarm (self->clock, &self->alarm);
  self->alarm = oh_clock_add_alarm_in (self->clock, in_us, on_time_to_look, self);
}

/* Two looks with nobody there in between: the count has grown by the time that passed. */
static void
learn_unit (Saver *self, gint64 count, gint64 now_us)
{
  gint64 passed_s = (now_us - self->count_at_us) / G_USEC_PER_SEC;

  if (self->unit_us == 0 && self->count_at_us != 0 && passed_s > 0 && count > self->count)
    self->unit_us =
      count - self->count > passed_s * SECONDS_MAX ? G_TIME_SPAN_MILLISECOND : G_USEC_PER_SEC;
  self->count = count;
  self->count_at_us = now_us;
}

/*
 * What is below the limit in seconds is below it in milliseconds, too. While the unit is open and
 * the answer hangs on it, a second look shows it before anything is said.
 */
static void
take_count (Saver *self, gint64 count)
{
  gint64 now_us = oh_clock_now_us (self->clock);
  gint64 idle_us;

  learn_unit (self, count, now_us);
  idle_us = count * (self->unit_us != 0 ? self->unit_us : G_USEC_PER_SEC);
  if (idle_us < self->limit_us)
    {
      self->told (OH_IDLE_ACTIVE, self->user_data);
      look_again (self, self->limit_us - idle_us);
    }
  else if (self->unit_us == 0)
    look_again (self, UNIT_US);
  else
    {
      self->told (MAX (now_us - idle_us, 0), self->user_data);
      look_again (self, LOOK_US);
    }
}

static void
on_count (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply =
    g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);
  Saver *self = user_data;
  guint32 count;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return; /* user_data is gone */
  if (reply == NULL || !g_variant_is_of_type (reply, G_VARIANT_TYPE ("(u)")))
    {
      self->asked = -1; /* it has the name and not the method, as GNOME's has */
      self->told (OH_IDLE_UNKNOWN, self->user_data);
      return;
    }
  g_variant_get (reply, "(u)", &count);
  take_count (self, count);
}

static void
ask (Saver *self)
{
  const char *name;

  if (self->asked < 0)
    return;
  name = savers[self->asked].name;
  g_dbus_connection_call (self->session, name, savers[self->asked].path, name, "GetSessionIdleTime",
                          NULL, NULL, G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, self->gone, on_count,
                          self);
}

static void
on_appeared (GDBusConnection *connection, const char *name, const char *owner, gpointer user_data)
{
  const Watch *watch = user_data;
  Saver *self = watch->saver;

  self->asked = (int) watch->which;
  self->unit_us = 0;
  self->count_at_us = 0;
  ask (self);
}

static void
on_vanished (GDBusConnection *connection, const char *name, gpointer user_data)
{
  const Watch *watch = user_data;
  Saver *self = watch->saver;

  if (self->asked != (int) watch->which)
    return;
  self->asked = -1;
  oh_clock_clear_alarm (self->clock, &self->alarm);
  self->told (OH_IDLE_UNKNOWN, self->user_data);
}

/* It covers the screen, or somebody has just made it go. */
static void
on_active_changed (GDBusConnection *connection, const char *sender, const char *path,
                   const char *interface, const char *signal, GVariant *parameters,
                   gpointer user_data)
{
  const Watch *watch = user_data;

  if (watch->saver->asked == (int) watch->which)
    ask (watch->saver);
}

static gpointer
start (OhClock *clock, GDBusConnection *session, gint64 limit_us, OhIdleTold told,
       gpointer user_data)
{
  Saver *self;

  if (session == NULL)
    return NULL;
  self = g_new0 (Saver, 1);
  self->clock = g_object_ref (clock);
  self->session = g_object_ref (session);
  self->gone = g_cancellable_new ();
  self->limit_us = limit_us;
  self->told = told;
  self->user_data = user_data;
  self->asked = -1;
  for (guint i = 0; i < G_N_ELEMENTS (savers); i++)
    {
      self->watches[i] = (Watch){ self, i };
      self->subscribed[i] = g_dbus_connection_signal_subscribe (
        session, savers[i].name, savers[i].name, "ActiveChanged", NULL, NULL,
        G_DBUS_SIGNAL_FLAGS_NONE, on_active_changed, &self->watches[i], NULL);
      self->watched[i] =
        g_bus_watch_name_on_connection (session, savers[i].name, G_BUS_NAME_WATCHER_FLAGS_NONE,
                                        on_appeared, on_vanished, &self->watches[i], NULL);
    }
  return self;
}

static void
stop (gpointer source)
{
  Saver *self = source;

  g_cancellable_cancel (self->gone);
  for (guint i = 0; i < G_N_ELEMENTS (savers); i++)
    {
      g_bus_unwatch_name (self->watched[i]);
      g_dbus_connection_signal_unsubscribe (self->session, self->subscribed[i]);
    }
  oh_clock_clear_alarm (self->clock, &self->alarm);
  g_object_unref (self->gone);
  g_object_unref (self->session);
  g_object_unref (self->clock);
  g_free (self);
}

const OhIdleSource oh_idle_saver = { start, stop };
