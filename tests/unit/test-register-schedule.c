/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "register-schedule.h"

#include "fake-clock.h"

#define SECONDS(n) ((gint64) (n) *G_USEC_PER_SEC)

typedef struct
{
  OhFakeClock *clock;
  OhRegisterSchedule *schedule;
  guint refreshed, renewed;
} Fixture;

static void
on_refresh (gpointer user_data)
{
  ((Fixture *) user_data)->refreshed++;
}

static void
on_renew (gpointer user_data)
{
  ((Fixture *) user_data)->renewed++;
}

static void
set_up (Fixture *f, gconstpointer data)
{
  f->clock = oh_fake_clock_new ();
  f->schedule = oh_register_schedule_new (OH_CLOCK (f->clock), on_refresh, on_renew, f);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  oh_register_schedule_free (f->schedule);
  g_assert_cmpuint (oh_fake_clock_n_alarms (f->clock), ==, 0);
  g_assert_finalize_object (f->clock);
}

/* Half a minute early, but never sooner than half a minute from now. */
static void
test_refresh (Fixture *f, gconstpointer data)
{
  static const struct
  {
    guint expires_s, refresh_s;
  } cases[] = {
    { 86400, 86370 }, { 7200, 7170 }, { 900, 870 }, { 61, 31 }, { 60, 30 }, { 40, 30 }, { 1, 30 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      f->refreshed = 0;
      oh_register_schedule_granted (f->schedule, cases[i].expires_s, G_MAXINT64);
      oh_fake_clock_advance (f->clock, SECONDS (cases[i].refresh_s) - 1);
      g_assert_cmpuint (f->refreshed, ==, 0);
      oh_fake_clock_advance (f->clock, 1);
      g_assert_cmpuint (f->refreshed, ==, 1);
    }
  oh_fake_clock_advance (f->clock, SECONDS (100000)); /* once, until it is granted again */
  g_assert_cmpuint (f->refreshed, ==, 1);
  g_assert_cmpuint (f->renewed, ==, 0);
}

/* A new association does not wait for the refresh, nor the other way round. */
static void
test_renew (Fixture *f, gconstpointer data)
{
  gint64 now_us = oh_clock_now_us (OH_CLOCK (f->clock));

  oh_register_schedule_granted (f->schedule, 7200, now_us + SECONDS (100));
  oh_register_schedule_refresh_in (f->schedule, 60);
  oh_fake_clock_advance (f->clock, SECONDS (60));
  g_assert_cmpuint (f->refreshed, ==, 1);
  g_assert_cmpuint (f->renewed, ==, 0);
  oh_fake_clock_advance (f->clock, SECONDS (40));
  g_assert_cmpuint (f->renewed, ==, 1);
  /* the next grant replaces both */
  now_us = oh_clock_now_us (OH_CLOCK (f->clock));
  oh_register_schedule_granted (f->schedule, 7200, now_us + SECONDS (100));
  oh_register_schedule_granted (f->schedule, 7200, G_MAXINT64);
  oh_register_schedule_clear_refresh (f->schedule);
  oh_fake_clock_advance (f->clock, SECONDS (7200));
  g_assert_cmpuint (f->refreshed, ==, 1);
  g_assert_cmpuint (f->renewed, ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/register-schedule/refresh", Fixture, NULL, set_up, test_refresh, tear_down);
  g_test_add ("/register-schedule/renew", Fixture, NULL, set_up, test_renew, tear_down);
  return g_test_run ();
}
