/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "clock.h"
#include "fake-clock.h"

static gboolean
note (gpointer user_data)
{
  g_string_append_c (user_data, '.');
  return G_SOURCE_CONTINUE; /* ignored: an alarm rings once */
}

static gboolean
quit (gpointer user_data)
{
  g_main_loop_quit (user_data);
  return G_SOURCE_REMOVE;
}

static void
test_system (void)
{
  OhClock *clock = oh_clock_system ();
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GString) seen = g_string_new (NULL);
  gint64 before_us = oh_clock_now_us (clock);
  guint removed = oh_clock_add_alarm (clock, 0, note, seen);

  oh_clock_add_alarm (clock, -5, note, seen); /* past: at once */
  oh_clock_clear_alarm (clock, &removed);
  g_assert_cmpuint (removed, ==, 0);
  oh_clock_clear_alarm (clock, &removed); /* nothing set: nothing happens */
  oh_clock_add_alarm_in (clock, 20 * 1000, quit, loop);
  g_main_loop_run (loop);
  g_assert_cmpstr (seen->str, ==, ".");
  g_assert_cmpint (oh_clock_now_us (clock) - before_us, >=, 20 * 1000);
  g_assert_cmpint (oh_clock_wall_us (clock), >, G_GINT64_CONSTANT (1600000000) * G_USEC_PER_SEC);
}

/* Sleep cannot be had here; that the hours of it would be counted can be seen from what the clock
 * is: never behind the loop's, and as fast. */
static void
test_sleep_counts (void)
{
  OhClock *clock = oh_clock_system ();
  gint64 loop_us = g_get_monotonic_time (); /* nocheck: time-is-given to compare with */
  gint64 ahead_us = oh_clock_now_us (clock) - loop_us;

  g_assert_cmpint (ahead_us, >=, 0);
}

static void
test_fake (void)
{
  g_autoptr (OhFakeClock) fake = oh_fake_clock_new ();
  OhClock *clock = OH_CLOCK (fake);
  g_autoptr (GString) seen = g_string_new (NULL);
  gint64 wall_us = oh_clock_wall_us (clock);

  oh_clock_add_alarm_in (clock, 3 * G_USEC_PER_SEC, note, seen);
  g_assert_cmpint (oh_fake_clock_next_due_us (fake), ==, 3 * G_USEC_PER_SEC);
  oh_fake_clock_advance (fake, 3 * G_USEC_PER_SEC - 1);
  g_assert_cmpuint (seen->len, ==, 0);
  oh_fake_clock_advance (fake, 1);
  g_assert_cmpuint (seen->len, ==, 1);
  g_assert_cmpuint (oh_fake_clock_n_alarms (fake), ==, 0);
  g_assert_cmpint (oh_fake_clock_next_due_us (fake), ==, -1);
  g_assert_cmpint (oh_clock_wall_us (clock) - wall_us, ==, 3 * G_USEC_PER_SEC);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/clock/system", test_system);
  g_test_add_func ("/clock/sleep-counts", test_sleep_counts);
  g_test_add_func ("/clock/fake", test_fake);
  return g_test_run ();
}
