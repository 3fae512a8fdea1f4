/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "retry.h"

#include "backoff.h"
#include "error.h"

#define SECONDS(n) ((n) *G_GINT64_CONSTANT (1000000))

/* What time can heal without doing harm. A ticket comes back when the user unlocks the screen,
 * a clock is set soon after a laptop woke up. */
static gboolean
heals (const GError *error)
{
  return g_error_matches (error, OH_ERROR, OH_ERROR_UNREACHABLE) ||
         g_error_matches (error, OH_ERROR, OH_ERROR_PROTOCOL) ||
         g_error_matches (error, OH_ERROR, OH_ERROR_TICKET) ||
         g_error_matches (error, OH_ERROR, OH_ERROR_CLOCK);
}

gboolean
oh_retry_helps_elsewhere (const GError *error)
{
  return g_error_matches (error, OH_ERROR, OH_ERROR_UNTRUSTED) ||
         g_error_matches (error, OH_ERROR, OH_ERROR_UNSUPPORTED) ||
         g_error_matches (error, OH_ERROR, OH_ERROR_MECHANISM);
}

void
oh_retry_init (OhRetry *self, OhClock *clock, OhRetryFunc func, gpointer user_data)
{
  *self = (OhRetry){ .clock = clock, .func = func, .user_data = user_data };
}

void
oh_retry_clear (OhRetry *self)
{
  oh_retry_stop (self);
  self->failures = 0;
  self->steady_us = 0;
}

void
oh_retry_stop (OhRetry *self)
{
  oh_clock_clear_alarm (self->clock, &self->alarm);
  self->next_wall_us = 0;
  self->asked = FALSE;
}

void
oh_retry_succeeded (OhRetry *self)
{
  oh_retry_stop (self);
  self->steady_us = oh_clock_now_us (self->clock) + SECONDS (OH_RETRY_STEADY_S);
}

static gboolean
on_alarm (gpointer user_data)
{
  OhRetry *self = user_data;

  self->alarm = 0;
  oh_retry_stop (self);
  self->func (self->user_data); /* last: it may end us */
  return G_SOURCE_REMOVE;
}

/* Where nothing can be reached it is the change that ends the pause; the alarm is only for a
 * system that does not tell us of it. */
static gint64
delay_us (const OhRetry *self, gint asked_s, double random)
{
  gint64 pause_us, asked_us;

  if (oh_retry_is_hopeless (self))
    return OH_BACKOFF_CAP_US;
  pause_us = oh_backoff_delay_us (self->failures, random);
  asked_us = (gint64) ((double) SECONDS (asked_s) * (1.0 + 0.2 * random));
  return MAX (pause_us, asked_us);
}

static void
count (OhRetry *self)
{
  if (self->steady_us > 0 && oh_clock_now_us (self->clock) >= self->steady_us)
    self->failures = 0;
  self->steady_us = 0;
  if (!oh_retry_is_hopeless (self))
    self->failures++;
}

gboolean
oh_retry_failed (OhRetry *self, const GError *error, gint asked_s, double random)
{
  gint64 wait_us;

  oh_retry_stop (self);
  count (self);
  if (asked_s == OH_REGISTER_NEVER || !heals (error))
    return FALSE;
  wait_us = delay_us (self, asked_s, random);
  self->asked = asked_s > 0;
  self->next_wall_us = oh_clock_wall_us (self->clock) + wait_us;
  self->alarm = oh_clock_add_alarm_in (self->clock, wait_us, on_alarm, self);
  return TRUE;
}

gint64
oh_retry_next_us (const OhRetry *self)
{
  return self->next_wall_us;
}

void
oh_retry_set_offline (OhRetry *self, gboolean offline)
{
  self->offline = offline;
}

void
oh_retry_set_asleep (OhRetry *self, gboolean asleep)
{
  self->asleep = asleep;
}

gboolean
oh_retry_is_hopeless (const OhRetry *self)
{
  return self->offline || self->asleep;
}

/* By the wall's time: a night's sleep counts. */
gboolean
oh_retry_may_hurry (const OhRetry *self)
{
  return !self->asked || oh_clock_wall_us (self->clock) >= self->next_wall_us;
}
