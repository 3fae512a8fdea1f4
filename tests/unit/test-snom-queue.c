/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "snom-queue.h"

#include "error.h"
#include "fake-clock.h"

/* Who was started, by his letter, and how the others ended. */
typedef struct
{
  OhFakeClock *clock;
  OhSnomQueue *queue;
  GString *started;
  GString *ended;
} Fixture;

static void
on_start (GTask *task, gpointer user_data)
{
  Fixture *fixture = user_data;

  g_string_append (fixture->started, g_task_get_task_data (task));
}

static void
on_end (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Fixture *fixture = user_data;
  g_autoptr (GError) error = NULL;

  g_string_append (fixture->ended, g_task_get_task_data (G_TASK (result)));
  if (g_task_propagate_boolean (G_TASK (result), &error))
    g_string_append_c (fixture->ended, '+');
  else
    g_string_append (fixture->ended, error->code == OH_ERROR_CANCELLED ? "!" : "?");
}

static void
push (Fixture *fixture, const char *letter, GCancellable *cancellable)
{
  GTask *task = g_task_new (NULL, cancellable, on_end, fixture);

  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, g_strdup (letter), g_free);
  oh_snom_queue_push (fixture->queue, task);
}

static void
settle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

/* The one under way is done: the phone rests, the next one may go. */
static void
end_current (Fixture *fixture)
{
  g_autoptr (GTask) task = oh_snom_queue_take (fixture->queue);

  oh_snom_queue_rest (fixture->queue);
  g_task_return_boolean (task, TRUE);
  oh_snom_queue_pump (fixture->queue);
  settle ();
}

static void
set_up (Fixture *fixture, gconstpointer unused)
{
  fixture->clock = oh_fake_clock_new ();
  fixture->queue = oh_snom_queue_new (OH_CLOCK (fixture->clock), on_start, fixture);
  fixture->started = g_string_new (NULL);
  fixture->ended = g_string_new (NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer unused)
{
  oh_snom_queue_free (fixture->queue);
  g_string_free (fixture->started, TRUE);
  g_string_free (fixture->ended, TRUE);
  g_object_unref (fixture->clock);
}

/* One at a time, in order, and the pause is exactly as long as it was set. */
static void
test_order_and_gap (Fixture *fixture, gconstpointer unused)
{
  static const gint64 gaps[] = { OH_SNOM_GAP_US, OH_SNOM_GAP_SLOW_US };

  for (gsize i = 0; i < G_N_ELEMENTS (gaps); i++)
    {
      g_string_truncate (fixture->started, 0);
      oh_snom_queue_set_gap (fixture->queue, gaps[i]);
      oh_fake_clock_advance (fixture->clock, OH_SNOM_GAP_SLOW_US);
      push (fixture, "a", NULL);
      push (fixture, "b", NULL);
      g_assert_cmpstr (fixture->started->str, ==, "a");
      end_current (fixture);
      g_assert_cmpstr (fixture->started->str, ==, "a");
      oh_fake_clock_advance (fixture->clock, gaps[i] - 1);
      g_assert_cmpstr (fixture->started->str, ==, "a");
      oh_fake_clock_advance (fixture->clock, 1);
      g_assert_cmpstr (fixture->started->str, ==, "ab");
      end_current (fixture);
    }
  g_assert_true (oh_snom_queue_is_idle (fixture->queue));
}

/* Who waits and is cancelled is told at once, and never started; the one under way is not touched.
 */
static void
test_cancel (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GCancellable) first = g_cancellable_new ();
  g_autoptr (GCancellable) second = g_cancellable_new ();

  push (fixture, "a", first);
  push (fixture, "b", second);
  push (fixture, "c", NULL);
  g_cancellable_cancel (first);
  g_cancellable_cancel (second);
  settle ();
  g_assert_cmpstr (fixture->ended->str, ==, "b!");
  end_current (fixture);
  oh_fake_clock_advance (fixture->clock, OH_SNOM_GAP_US);
  g_assert_cmpstr (fixture->started->str, ==, "ac");
  end_current (fixture);
  g_assert_cmpstr (fixture->ended->str, ==, "b!a+c+");
}

/* Cancelled in the very moment of its turn: not started either. */
static void
test_cancel_at_turn (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GCancellable) second = g_cancellable_new ();

  push (fixture, "a", NULL);
  push (fixture, "b", second);
  end_current (fixture);
  g_cancellable_cancel (second);
  oh_fake_clock_advance (fixture->clock, OH_SNOM_GAP_US);
  g_assert_cmpstr (fixture->started->str, ==, "a");
  settle ();
  g_assert_cmpstr (fixture->ended->str, ==, "a+b!");
  g_assert_true (oh_snom_queue_is_idle (fixture->queue));
}

/* The same once more comes before all others, after the gap. */
static void
test_again (Fixture *fixture, gconstpointer unused)
{
  push (fixture, "a", NULL);
  push (fixture, "b", NULL);
  oh_snom_queue_rest (fixture->queue);
  oh_snom_queue_again (fixture->queue);
  oh_fake_clock_advance (fixture->clock, OH_SNOM_GAP_US);
  g_assert_cmpstr (fixture->started->str, ==, "aa");
  end_current (fixture);
  oh_fake_clock_advance (fixture->clock, OH_SNOM_GAP_US);
  g_assert_cmpstr (fixture->started->str, ==, "aab");
  end_current (fixture);
}

static void
test_limit (Fixture *fixture, gconstpointer unused)
{
  push (fixture, "a", NULL);
  for (guint i = 0; i < OH_SNOM_QUEUE_MAX; i++)
    push (fixture, "b", NULL);
  settle ();
  g_assert_cmpstr (fixture->ended->str, ==, "");
  push (fixture, "c", NULL);
  settle ();
  g_assert_cmpstr (fixture->ended->str, ==, "c?");
  for (guint i = 0; i <= OH_SNOM_QUEUE_MAX; i++)
    {
      end_current (fixture);
      oh_fake_clock_advance (fixture->clock, OH_SNOM_GAP_US);
    }
  g_assert_true (oh_snom_queue_is_idle (fixture->queue));
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/snom-queue/order-and-gap", test_order_and_gap);
  ADD ("/snom-queue/cancel", test_cancel);
  ADD ("/snom-queue/cancel-at-turn", test_cancel_at_turn);
  ADD ("/snom-queue/again", test_again);
  ADD ("/snom-queue/limit", test_limit);
  return g_test_run ();
}
