/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "retry.h"

#include "backoff.h"
#include "error.h"
#include "fake-clock.h"

#define SECONDS(n) ((n) *G_GINT64_CONSTANT (1000000))

typedef struct
{
  OhFakeClock *clock;
  OhRetry retry;
  guint n; /* attempts that were due */
} Fixture;

static void
on_due (gpointer user_data)
{
  ((Fixture *) user_data)->n++;
}

static void
set_up (Fixture *f, gconstpointer data)
{
  f->clock = oh_fake_clock_new ();
  oh_retry_init (&f->retry, OH_CLOCK (f->clock), on_due, f);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  oh_retry_clear (&f->retry);
  g_assert_cmpuint (oh_fake_clock_n_alarms (f->clock), ==, 0);
  g_assert_finalize_object (f->clock);
}

/* Returns: seconds until the next attempt, -1 for none */
static gint64
fail_with (Fixture *f, int code, gint asked_s, double random)
{
  g_autoptr (GError) error = g_error_new (OH_ERROR, code, "test");
  gint64 wait_us;

  if (!oh_retry_failed (&f->retry, error, asked_s, random))
    {
      g_assert_cmpint (oh_retry_next_us (&f->retry), ==, 0);
      g_assert_cmpuint (oh_fake_clock_n_alarms (f->clock), ==, 0);
      return -1;
    }
  wait_us = oh_fake_clock_next_due_us (f->clock);
  g_assert_cmpint (oh_retry_next_us (&f->retry), ==,
                   oh_clock_wall_us (OH_CLOCK (f->clock)) + wait_us);
  return wait_us / SECONDS (1);
}

static gint64
fail (Fixture *f)
{
  return fail_with (f, OH_ERROR_UNREACHABLE, OH_REGISTER_BACK_OFF, 0.5);
}

/* A server that is off for a night is asked 150 times, not 10,000. */
static void
test_a_night (Fixture *f, gconstpointer data)
{
  static const gint64 expected[] = { 2, 10, 20, 40, 80, 160, 300, 300, 300 };
  gint64 end_us;

  for (gsize i = 0; i < G_N_ELEMENTS (expected); i++)
    g_assert_cmpint (fail (f), ==, expected[i]);
  oh_retry_clear (&f->retry);
  end_us = oh_clock_now_us (OH_CLOCK (f->clock)) + SECONDS (12 * 3600);
  while (oh_clock_now_us (OH_CLOCK (f->clock)) < end_us)
    oh_fake_clock_advance (f->clock, SECONDS (fail (f)) + SECONDS (1));
  g_assert_cmpuint (f->n, >=, 140);
  g_assert_cmpuint (f->n, <=, 160);
}

/* The random part spreads everybody over the whole range, and not beyond. */
static void
test_jitter (Fixture *f, gconstpointer data)
{
  g_assert_cmpint (fail_with (f, OH_ERROR_UNREACHABLE, 0, 0.0), ==, 0);
  oh_retry_clear (&f->retry);
  g_assert_cmpint (fail_with (f, OH_ERROR_UNREACHABLE, 0, 0.999), ==, 4);
  g_assert_cmpint (fail_with (f, OH_ERROR_UNREACHABLE, 0, 0.0), ==, 8);
  oh_retry_clear (&f->retry);
  (void) fail (f);
  g_assert_cmpint (fail_with (f, OH_ERROR_UNREACHABLE, 0, 0.999), ==, 11);
  for (guint i = 0; i < 100; i++)
    (void) fail (f);
  g_assert_cmpint (fail_with (f, OH_ERROR_UNREACHABLE, 0, 0.0), ==, 240);
  g_assert_cmpint (fail_with (f, OH_ERROR_UNREACHABLE, 0, 0.999), ==, 359);
}

/* What somebody has to mend is never tried again by itself, above all no refused password. */
static void
test_never (Fixture *f, gconstpointer data)
{
  static const int healing[] = { OH_ERROR_UNREACHABLE, OH_ERROR_PROTOCOL, OH_ERROR_TICKET,
                                 OH_ERROR_CLOCK };

  for (int code = 0; code < OH_N_ERRORS; code++)
    {
      gboolean heals = FALSE;

      for (gsize i = 0; i < G_N_ELEMENTS (healing); i++)
        heals = heals || healing[i] == code;
      g_assert_cmpint (fail_with (f, code, 0, 0.5) >= 0, ==, heals);
      g_assert_cmpint (fail_with (f, code, 60, 0.5) >= 0, ==, heals);
      g_assert_cmpint (fail_with (f, code, OH_REGISTER_NEVER, 0.5), ==, -1);
    }
  g_assert_cmpint (fail_with (f, OH_ERROR_SIGN_IN, 60, 0.5), ==, -1);
  oh_fake_clock_advance (f->clock, SECONDS (86400));
  g_assert_cmpuint (f->n, ==, 0);
}

/* Retry-After is a lower bound; those who were told the same come apart; and a server that always
 * says the same short time does not undo the growing pauses. */
static void
test_asked (Fixture *f, gconstpointer data)
{
  g_assert_cmpint (fail_with (f, OH_ERROR_UNREACHABLE, 60, 0.0), ==, 60);
  oh_retry_clear (&f->retry);
  g_assert_cmpint (fail_with (f, OH_ERROR_UNREACHABLE, 60, 0.999), ==, 71);
  for (guint i = 0; i < 10; i++)
    (void) fail_with (f, OH_ERROR_UNREACHABLE, 60, 0.5);
  g_assert_cmpint (fail_with (f, OH_ERROR_UNREACHABLE, 60, 0.5), ==, 300);
  g_assert_cmpint (fail_with (f, OH_ERROR_UNREACHABLE, OH_REGISTER_RETRY_MAX_S, 0.0), ==, 3600);
  g_assert_false (oh_retry_may_hurry (&f->retry));
  oh_fake_clock_advance (f->clock, SECONDS (3599));
  g_assert_false (oh_retry_may_hurry (&f->retry));
  oh_fake_clock_advance (f->clock, SECONDS (1));
  g_assert_cmpuint (f->n, ==, 1);
  (void) fail (f);
  g_assert_true (oh_retry_may_hurry (&f->retry));
}

/* Without a network nothing is counted, however long: the first try after it is the first. */
static void
test_no_network (Fixture *f, gconstpointer data)
{
  g_assert_cmpint (fail (f), ==, 2);
  oh_retry_set_offline (&f->retry, TRUE);
  g_assert_true (oh_retry_is_hopeless (&f->retry));
  for (guint i = 0; i < 20; i++)
    g_assert_cmpint (fail (f), ==, OH_BACKOFF_CAP_US / SECONDS (1));
  oh_retry_set_offline (&f->retry, FALSE);
  g_assert_cmpint (fail (f), ==, 10);
  oh_retry_set_asleep (&f->retry, TRUE);
  g_assert_cmpint (fail (f), ==, OH_BACKOFF_CAP_US / SECONDS (1));
  oh_retry_set_asleep (&f->retry, FALSE);
  g_assert_cmpint (fail (f), ==, 20);
}

/* Standing for a minute makes everything good; standing for less does not. */
static void
test_steady (Fixture *f, gconstpointer data)
{
  for (guint i = 0; i < 3; i++)
    (void) fail (f);
  oh_retry_succeeded (&f->retry);
  g_assert_cmpuint (oh_fake_clock_n_alarms (f->clock), ==, 0);
  oh_fake_clock_advance (f->clock, SECONDS (OH_RETRY_STEADY_S) - 1);
  g_assert_cmpint (fail (f), ==, 40);
  oh_retry_succeeded (&f->retry);
  oh_fake_clock_advance (f->clock, SECONDS (OH_RETRY_STEADY_S));
  g_assert_cmpint (fail (f), ==, 2);
  oh_fake_clock_advance (f->clock, SECONDS (3600));
  g_assert_cmpint (fail (f), ==, 10); /* time alone makes nothing good */
}

static void
test_stopped (Fixture *f, gconstpointer data)
{
  (void) fail (f);
  oh_retry_stop (&f->retry);
  g_assert_cmpint (oh_retry_next_us (&f->retry), ==, 0);
  oh_fake_clock_advance (f->clock, SECONDS (3600));
  g_assert_cmpuint (f->n, ==, 0);
  g_assert_cmpint (fail (f), ==, 10); /* what is counted stays */
}

static void
test_elsewhere (void)
{
  for (int code = 0; code < OH_N_ERRORS; code++)
    {
      g_autoptr (GError) error = g_error_new (OH_ERROR, code, "test");
      gboolean helps =
        code == OH_ERROR_UNTRUSTED || code == OH_ERROR_UNSUPPORTED || code == OH_ERROR_MECHANISM;

      g_assert_cmpint (oh_retry_helps_elsewhere (error), ==, helps);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, test) g_test_add ("/retry/" name, Fixture, NULL, set_up, test, tear_down)
  ADD ("a-night", test_a_night);
  ADD ("jitter", test_jitter);
  ADD ("never", test_never);
  ADD ("asked", test_asked);
  ADD ("no-network", test_no_network);
  ADD ("steady", test_steady);
  ADD ("stopped", test_stopped);
  g_test_add_func ("/retry/elsewhere", test_elsewhere);
  return g_test_run ();
}
