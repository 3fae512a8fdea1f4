/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "sip-keep-alive.h"

static gboolean on_alarm (gpointer user_data);

static gint64
due_us (const OhSipKeepAlive *self)
{
  return self->last_sent_us + self->interval_s * G_GINT64_CONSTANT (1000000);
}

static void
arm (OhSipKeepAlive *self)
{
  oh_clock_clear_alarm (self->clock, &self->alarm);
  if (self->interval_s > 0)
    self->alarm = oh_clock_add_alarm (self->clock, due_us (self), on_alarm, self);
}

/* Sending only notes the time, so the alarm may find that it rang too early. */
static gboolean
on_alarm (gpointer user_data)
{
  OhSipKeepAlive *self = user_data;
  gboolean due = oh_clock_now_us (self->clock) >= due_us (self);

  self->alarm = 0;
  if (due)
    oh_sip_keep_alive_sent (self);
  arm (self);
  if (due)
    self->func (self->user_data); /* last: it may stop us */
  return G_SOURCE_REMOVE;
}

void
oh_sip_keep_alive_init (OhSipKeepAlive *self, OhClock *clock, OhSipKeepAliveFunc func,
                        gpointer user_data)
{
  *self = (OhSipKeepAlive){ .clock = clock, .func = func, .user_data = user_data };
  oh_sip_keep_alive_sent (self);
}

void
oh_sip_keep_alive_set (OhSipKeepAlive *self, guint interval_s)
{
  self->interval_s = interval_s;
  arm (self);
}

void
oh_sip_keep_alive_sent (OhSipKeepAlive *self)
{
  self->last_sent_us = oh_clock_now_us (self->clock);
}

void
oh_sip_keep_alive_stop (OhSipKeepAlive *self)
{
  self->interval_s = 0;
  if (self->clock != NULL)
    oh_clock_clear_alarm (self->clock, &self->alarm);
}
