/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "fake-clock.h"

#define WALL_START_US (G_GINT64_CONSTANT (1769850000) * G_USEC_PER_SEC)

typedef struct
{
  guint id;
  gint64 due_us;
  GSourceFunc func;
  gpointer user_data;
} Alarm;

struct _OhFakeClock
{
  GObject parent_instance;

  gint64 now_us;
  guint last_id;
  GPtrArray *alarms; /* (element-type Alarm) (owned), in order of adding */
};

static gint64
fake_now_us (OhClock *clock)
{
  return OH_FAKE_CLOCK (clock)->now_us;
}

static gint64
fake_wall_us (OhClock *clock)
{
  return WALL_START_US + OH_FAKE_CLOCK (clock)->now_us - G_USEC_PER_SEC;
}

static guint
fake_add_alarm (OhClock *clock, gint64 due_us, GSourceFunc func, gpointer user_data)
{
  OhFakeClock *self = OH_FAKE_CLOCK (clock);
  Alarm *alarm = g_new (Alarm, 1);

  *alarm = (Alarm){ ++self->last_id, MAX (due_us, self->now_us), func, user_data };
  g_ptr_array_add (self->alarms, alarm);
  return alarm->id;
}

static void
fake_remove_alarm (OhClock *clock, guint id)
{
  OhFakeClock *self = OH_FAKE_CLOCK (clock);

  for (guint i = 0; i < self->alarms->len; i++)
    {
      Alarm *alarm = g_ptr_array_index (self->alarms, i);

      if (alarm->id != id)
        continue;
      g_ptr_array_remove_index (self->alarms, i);
      return;
    }
  g_critical ("alarm %u is not set", id);
}

static void
clock_iface_init (OhClockInterface *iface)
{
  iface->now_us = fake_now_us;
  iface->wall_us = fake_wall_us;
  iface->add_alarm = fake_add_alarm;
  iface->remove_alarm = fake_remove_alarm;
}

G_DEFINE_TYPE_WITH_CODE (OhFakeClock, oh_fake_clock, G_TYPE_OBJECT,
                         G_IMPLEMENT_INTERFACE (OH_TYPE_CLOCK, clock_iface_init))

static void
oh_fake_clock_finalize (GObject *object)
{
  g_ptr_array_unref (OH_FAKE_CLOCK (object)->alarms);
  G_OBJECT_CLASS (oh_fake_clock_parent_class)->finalize (object);
}

static void
oh_fake_clock_class_init (OhFakeClockClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = oh_fake_clock_finalize;
}

static void
oh_fake_clock_init (OhFakeClock *self)
{
  self->now_us = G_USEC_PER_SEC;
  self->alarms = g_ptr_array_new_with_free_func (g_free);
}

OhFakeClock *
oh_fake_clock_new (void)
{
  return g_object_new (OH_TYPE_FAKE_CLOCK, NULL);
}

static Alarm *
next_alarm (OhFakeClock *self)
{
  Alarm *next = NULL;

  for (guint i = 0; i < self->alarms->len; i++)
    {
      Alarm *alarm = g_ptr_array_index (self->alarms, i);

      if (next == NULL || alarm->due_us < next->due_us)
        next = alarm;
    }
  return next;
}

static void
run_pending (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

void
oh_fake_clock_advance (OhFakeClock *self, gint64 us)
{
  gint64 until_us = self->now_us + us;
  Alarm *alarm;

  run_pending ();
  while ((alarm = next_alarm (self)) != NULL && alarm->due_us <= until_us)
    {
      Alarm rung = *alarm;

      self->now_us = rung.due_us;
      g_ptr_array_remove (self->alarms, alarm);
      (void) rung.func (rung.user_data);
      run_pending ();
    }
  self->now_us = until_us;
}

guint
oh_fake_clock_n_alarms (OhFakeClock *self)
{
  return self->alarms->len;
}

gint64
oh_fake_clock_next_due_us (OhFakeClock *self)
{
  Alarm *alarm = next_alarm (self);

  return alarm != NULL ? alarm->due_us - self->now_us : -1;
}
