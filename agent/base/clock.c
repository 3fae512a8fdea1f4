/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "clock.h"

G_DEFINE_INTERFACE (OhClock, oh_clock, G_TYPE_OBJECT)

static void
oh_clock_default_init (OhClockInterface *iface)
{
}

gint64
oh_clock_now_us (OhClock *self)
{
  return OH_CLOCK_GET_IFACE (self)->now_us (self);
}

gint64
oh_clock_wall_us (OhClock *self)
{
  return OH_CLOCK_GET_IFACE (self)->wall_us (self);
}

guint
oh_clock_add_alarm (OhClock *self, gint64 due_us, GSourceFunc func, gpointer user_data)
{
  return OH_CLOCK_GET_IFACE (self)->add_alarm (self, due_us, func, user_data);
}

guint
oh_clock_add_alarm_in (OhClock *self, gint64 delay_us, GSourceFunc func, gpointer user_data)
{
  return oh_clock_add_alarm (self, oh_clock_now_us (self) + delay_us, func, user_data);
}

void
oh_clock_remove_alarm (OhClock *self, guint id)
{
  OH_CLOCK_GET_IFACE (self)->remove_alarm (self, id);
}

void
oh_clock_clear_alarm (OhClock *self, guint *id)
{
  guint alarm = *id;

  *id = 0;
  if (alarm != 0)
    oh_clock_remove_alarm (self, alarm);
}
