/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The machine's clock, and one GSource per alarm.
 *
 * It goes on while the computer sleeps, unlike the loop's own: what others have granted for a time,
 * registrations and subscriptions, runs out there meanwhile. So what fell due in the night rings
 * as soon as anything wakes the loop in the morning, and the system telling of it does. */

#include "clock.h"

#include <time.h>

#define OH_TYPE_CLOCK_SYSTEM (oh_clock_system_get_type ())
G_DECLARE_FINAL_TYPE (OhClockSystem, oh_clock_system, OH, CLOCK_SYSTEM, GObject)

struct _OhClockSystem
{
  GObject parent_instance;
};

typedef struct
{
  GSource source;
  gint64 due_us;
} AlarmSource;

typedef struct
{
  GSourceFunc func;
  gpointer user_data;
} Alarm;

static gint64
system_now_us (OhClock *self)
{
#ifdef CLOCK_BOOTTIME
  struct timespec now;

  if (clock_gettime (CLOCK_BOOTTIME, &now) == 0) /* nocheck: time-is-given this is the clock */
    return (gint64) now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
#endif
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
is_due (GSource *source)
{
  return system_now_us (NULL) >= ((AlarmSource *) source)->due_us;
}

static gboolean
prepare (GSource *source, int *timeout_ms)
{
  gint64 left_us = ((AlarmSource *) source)->due_us - system_now_us (NULL);

  *timeout_ms = (int) CLAMP (left_us / 1000 + 1, 0, G_MAXINT); /* rounded up: never too early */
  return left_us <= 0;
}

static gboolean
dispatch (GSource *source, GSourceFunc func, gpointer user_data)
{
  return func (user_data);
}

static GSourceFuncs alarm_funcs = { .prepare = prepare, .check = is_due, .dispatch = dispatch };

static guint
system_add_alarm (OhClock *self, gint64 due_us, GSourceFunc func, gpointer user_data)
{
  g_autoptr (GSource) source = g_source_new (&alarm_funcs, sizeof (AlarmSource));
  Alarm *alarm = g_new (Alarm, 1);

  *alarm = (Alarm){ func, user_data };
  g_source_set_static_name (source, "oh-alarm");
  ((AlarmSource *) source)->due_us = due_us;
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
