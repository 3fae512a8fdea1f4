/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "worker.h"

/* Held while the worker must not come back. */
static GMutex gate;

static void
behind_gate (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  g_mutex_lock (&gate);
  g_mutex_unlock (&gate);
  g_task_return_boolean (task, TRUE);
}

static void
on_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_assert_true (g_task_propagate_boolean (G_TASK (result), NULL));
  (*(guint *) user_data)++;
}

/* Neither those who gave up nor those who were told keep the thread from being waited for. */
static void
test_wait (void)
{
  guint n_done = 0;

  g_assert_true (oh_worker_wait (0));
  g_mutex_lock (&gate);
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (GTask) task = g_task_new (NULL, NULL, on_done, &n_done);

      oh_worker_run (task, behind_gate);
    }
  g_assert_false (oh_worker_wait (0));
  g_assert_false (oh_worker_wait (1000));
  g_mutex_unlock (&gate);
  g_assert_true (oh_worker_wait (G_TIME_SPAN_MINUTE));
  g_assert_cmpuint (n_done, ==, 0); /* told by the main loop */
  while (n_done < 3)
    g_main_context_iteration (NULL, TRUE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/worker/wait", test_wait);
  return g_test_run ();
}
