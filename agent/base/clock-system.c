/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The machine's clock: GLib's monotonic time and one GSource per alarm. */

#include "clock.h"

#define OH_TYPE_CLOCK_SYSTEM (oh_clock_system_get_type ())
G_DECLARE_FINAL_TYPE (OhClockSystem, oh_clock_system, OH, CLOCK_SYSTEM, GObject)

struct _OhClockSystem
{
  GObject parent_instance;
};

typedef struct
{
  GSourceFunc func;
  gpointer user_data;
} Alarm;

static gint64
system_now_us (OhClock *self)
{
  return g_get_monotonic_time (); /* nocheck: time-is-given this is the clock */
}

static gint64
system_wall_us (OhClock *self)
{
  return g_get_real_time (); /* nocheck: time-is-given this is the clock */
}

static gboolean
ring (gpointer user_data)
{
  Alarm *alarm = user_data;

  (void) alarm->func (alarm->user_data);
  return G_SOURCE_REMOVE;
}

static gboolean
dispatch_ready_time (GSource *source, GSourceFunc func, gpointer user_data)
{
  return func (user_data);
}

static GSourceFuncs ready_time_funcs = { .dispatch = dispatch_ready_time };

static guint
system_add_alarm (OhClock *self, gint64 due_us, GSourceFunc func, gpointer user_data)
{
  g_autoptr (GSource) source = g_source_new (&ready_time_funcs, sizeof (GSource));
  Alarm *alarm = g_new (Alarm, 1);

  *alarm = (Alarm){ func, user_data };
  g_source_set_static_name (source, "oh-alarm");
  g_source_set_ready_time (source, MAX (due_us, 0));
  g_source_set_callback (source, ring, alarm, g_free);
  return g_source_attach (source, NULL);
}

static void
system_remove_alarm (OhClock *self, guint id)
{
  g_source_remove (id);
}

static void
clock_iface_init (OhClockInterface *iface)
{
  iface->now_us = system_now_us;
  iface->wall_us = system_wall_us;
  iface->add_alarm = system_add_alarm;
  iface->remove_alarm = system_remove_alarm;
}

G_DEFINE_TYPE_WITH_CODE (OhClockSystem, oh_clock_system, G_TYPE_OBJECT,
                         G_IMPLEMENT_INTERFACE (OH_TYPE_CLOCK, clock_iface_init))

static void
oh_clock_system_class_init (OhClockSystemClass *klass)
{
}

static void
oh_clock_system_init (OhClockSystem *self)
{
}

OhClock *
oh_clock_system (void)
{
  static OhClock *the_clock; /* lives as long as the process */

  if (the_clock == NULL)
    the_clock = g_object_new (OH_TYPE_CLOCK_SYSTEM, NULL);
  return the_clock;
}
