/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "register-schedule.h"

#define SECONDS(n) ((gint64) (n) *G_USEC_PER_SEC)

struct _OhRegisterSchedule
{
  OhClock *clock; /* (owned) */
  void (*refresh) (gpointer user_data);
  void (*renew) (gpointer user_data);
  gpointer user_data;
  guint refresh_alarm;
  guint renew_alarm;
};

OhRegisterSchedule *
oh_register_schedule_new (OhClock *clock, void (*refresh) (gpointer user_data),
                          void (*renew) (gpointer user_data), gpointer user_data)
{
  OhRegisterSchedule *self = g_new0 (OhRegisterSchedule, 1);

  self->clock = g_object_ref (clock);
  self->refresh = refresh;
  self->renew = renew;
  self->user_data = user_data;
  return self;
}

void
oh_register_schedule_free (OhRegisterSchedule *self)
{
  oh_register_schedule_clear (self);
  g_object_unref (self->clock);
  g_free (self);
}

static gboolean
on_refresh (gpointer user_data)
{
  OhRegisterSchedule *self = user_data;

  self->refresh_alarm = 0;
  self->refresh (self->user_data);
  return G_SOURCE_REMOVE;
}

static gboolean
on_renew (gpointer user_data)
{
  OhRegisterSchedule *self = user_data;

  self->renew_alarm = 0;
  self->renew (self->user_data);
  return G_SOURCE_REMOVE;
}

void
oh_register_schedule_refresh_in (OhRegisterSchedule *self, guint delay_s)
{
  oh_clock_clear_alarm (self->clock, &self->refresh_alarm);
  self->refresh_alarm = oh_clock_add_alarm_in (self->clock, SECONDS (delay_s), on_refresh, self);
}

void
oh_register_schedule_granted (OhRegisterSchedule *self, guint expires_s, gint64 renew_us)
{
  guint early_s = MIN (OH_REGISTER_EARLY_S, expires_s / 2);

  oh_register_schedule_refresh_in (self, MAX (expires_s - early_s, OH_REGISTER_EARLY_S));
  oh_clock_clear_alarm (self->clock, &self->renew_alarm);
  if (renew_us != G_MAXINT64)
    self->renew_alarm = oh_clock_add_alarm (self->clock, renew_us, on_renew, self);
}

void
oh_register_schedule_clear_refresh (OhRegisterSchedule *self)
{
  oh_clock_clear_alarm (self->clock, &self->refresh_alarm);
}

void
oh_register_schedule_clear (OhRegisterSchedule *self)
{
  oh_clock_clear_alarm (self->clock, &self->refresh_alarm);
  oh_clock_clear_alarm (self->clock, &self->renew_alarm);
}
