/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim-clock.h"

typedef struct
{
  guint id;
  gint64 due_us;
  SimAlarmFunc func;
  gpointer user_data;
} Alarm;

struct _SimClock
{
  gint64 ahead_us; /* how far tests have pushed us */
  GList *alarms;   /* (owned) (element-type Alarm), soonest first, equals in order of arrival */
  guint last_id;
  guint source; /* the GLib timeout for the first alarm, 0 when there is none */
};

SimClock *
sim_clock_new (void)
{
  return g_new0 (SimClock, 1);
}

void
sim_clock_free (SimClock *self)
{
  g_clear_handle_id (&self->source, g_source_remove);
  g_list_free_full (self->alarms, g_free);
  g_free (self);
}

gint64
sim_clock_now_us (SimClock *self)
{
  return g_get_monotonic_time () + self->ahead_us;
}

static gboolean on_due (gpointer user_data);

static void
rearm (SimClock *self)
{
  gint64 wait_us;

  g_clear_handle_id (&self->source, g_source_remove);
  if (self->alarms == NULL)
    return;
  wait_us = ((Alarm *) self->alarms->data)->due_us - sim_clock_now_us (self);
  self->source = g_timeout_add ((guint) CLAMP ((wait_us + 999) / 1000, 0, G_MAXINT), on_due, self);
}

static void
fire_until (SimClock *self, gint64 until_us)
{
  while (self->alarms != NULL && ((Alarm *) self->alarms->data)->due_us <= until_us)
    {
      g_autofree Alarm *alarm = self->alarms->data;

      self->alarms = g_list_delete_link (self->alarms, self->alarms);
      self->ahead_us += MAX (0, alarm->due_us - sim_clock_now_us (self));
      alarm->func (alarm->user_data);
    }
}

static gboolean
on_due (gpointer user_data)
{
  SimClock *self = user_data;

  self->source = 0;
  fire_until (self, sim_clock_now_us (self));
  rearm (self);
  return G_SOURCE_REMOVE;
}

static int
by_due (gconstpointer a, gconstpointer b)
{
  const Alarm *x = a, *y = b;

  /* Never equal: the list keeps equals in order of arrival only if the new one counts as later. */
  return x->due_us < y->due_us ? -1 : x->due_us > y->due_us || x->id > y->id ? 1 : -1;
}

guint
sim_clock_add (SimClock *self, gint64 delay_ms, SimAlarmFunc func, gpointer user_data)
{
  Alarm *alarm = g_new0 (Alarm, 1);

  alarm->id = ++self->last_id;
  alarm->due_us = sim_clock_now_us (self) + MAX (0, delay_ms) * 1000;
  alarm->func = func;
  alarm->user_data = user_data;
  self->alarms = g_list_insert_sorted (self->alarms, alarm, by_due);
  rearm (self);
  return alarm->id;
}

void
sim_clock_remove (SimClock *self, guint *id)
{
  for (GList *l = self->alarms; l != NULL && *id != 0; l = l->next)
    {
      Alarm *alarm = l->data;

      if (alarm->id == *id)
        {
          self->alarms = g_list_delete_link (self->alarms, l);
          g_free (alarm);
          rearm (self);
          break;
        }
    }
  *id = 0;
}

void
sim_clock_advance (SimClock *self, gint64 delta_us)
{
  gint64 until_us = sim_clock_now_us (self) + delta_us;

  if (delta_us < 1)
    return;
  fire_until (self, until_us);
  self->ahead_us += MAX (0, until_us - sim_clock_now_us (self));
  rearm (self);
}
