/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "sip-keep-alive.h"

#include "fake-clock.h"

#define SECONDS(n) ((n) *G_GINT64_CONSTANT (1000000))

typedef struct
{
  OhFakeClock *clock;
  OhSipKeepAlive keep_alive;
  guint n;
  gboolean stops; /* the next one ends it */
} Fixture;

static void
on_due (gpointer user_data)
{
  Fixture *f = user_data;

  f->n++;
  if (f->stops)
    oh_sip_keep_alive_stop (&f->keep_alive);
}

static void
set_up (Fixture *f, gconstpointer data)
{
  f->clock = oh_fake_clock_new ();
  oh_sip_keep_alive_init (&f->keep_alive, OH_CLOCK (f->clock), on_due, f);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  oh_sip_keep_alive_stop (&f->keep_alive);
  oh_sip_keep_alive_stop (&f->keep_alive);
  g_assert_cmpuint (oh_fake_clock_n_alarms (f->clock), ==, 0);
  g_assert_finalize_object (f->clock);
}

static void
test_never (Fixture *f, gconstpointer data)
{
  oh_fake_clock_advance (f->clock, SECONDS (100000));
  g_assert_cmpuint (f->n, ==, 0);
  oh_sip_keep_alive_set (&f->keep_alive, 10);
  oh_sip_keep_alive_set (&f->keep_alive, 0);
  oh_fake_clock_advance (f->clock, SECONDS (100000));
  g_assert_cmpuint (f->n, ==, 0);
}

/* Eight hours of silence: one every four minutes, which is 80 % of the usual 300 s. */
static void
test_a_working_day (Fixture *f, gconstpointer data)
{
  oh_sip_keep_alive_set (&f->keep_alive, 240);
  for (guint i = 0; i < 8 * 3600; i++)
    oh_fake_clock_advance (f->clock, SECONDS (1));
  g_assert_cmpuint (f->n, ==, 120);
}

/* Whatever is sent puts it off, to the second. */
static void
test_busy (Fixture *f, gconstpointer data)
{
  oh_sip_keep_alive_set (&f->keep_alive, 60);
  for (guint i = 0; i < 100; i++)
    {
      oh_fake_clock_advance (f->clock, SECONDS (59));
      oh_sip_keep_alive_sent (&f->keep_alive);
    }
  g_assert_cmpuint (f->n, ==, 0);
  oh_fake_clock_advance (f->clock, SECONDS (59));
  g_assert_cmpuint (f->n, ==, 0);
  oh_fake_clock_advance (f->clock, SECONDS (1));
  g_assert_cmpuint (f->n, ==, 1);
}

/* The interval that the server names counts from what was sent last, not from its answer. */
static void
test_changed (Fixture *f, gconstpointer data)
{
  oh_sip_keep_alive_set (&f->keep_alive, 60);
  oh_fake_clock_advance (f->clock, SECONDS (50));
  oh_sip_keep_alive_set (&f->keep_alive, 240);
  oh_fake_clock_advance (f->clock, SECONDS (189));
  g_assert_cmpuint (f->n, ==, 0);
  oh_fake_clock_advance (f->clock, SECONDS (1));
  g_assert_cmpuint (f->n, ==, 1);
}

static void
test_stopped_by_its_own (Fixture *f, gconstpointer data)
{
  f->stops = TRUE;
  oh_sip_keep_alive_set (&f->keep_alive, 60);
  oh_fake_clock_advance (f->clock, SECONDS (60000));
  g_assert_cmpuint (f->n, ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, test) g_test_add ("/sip-keep-alive/" name, Fixture, NULL, set_up, test, tear_down)
  ADD ("never", test_never);
  ADD ("a-working-day", test_a_working_day);
  ADD ("busy", test_busy);
  ADD ("changed", test_changed);
  ADD ("stopped-by-its-own", test_stopped_by_its_own);
  return g_test_run ();
}
