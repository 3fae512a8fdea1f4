/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "worker.h"

static GMutex lock;
static GCond ended;
static guint n_running; /* under the lock */

#define FUNC "oh-worker-func"

static void
in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  GTaskThreadFunc *func = g_object_get_data (G_OBJECT (task), FUNC);

  (*func) (task, source, task_data, cancellable);
  g_mutex_lock (&lock);
  n_running--;
  g_cond_broadcast (&ended);
  g_mutex_unlock (&lock);
}

void
oh_worker_run (GTask *task, GTaskThreadFunc func)
{
  GTaskThreadFunc *copy = g_new (GTaskThreadFunc, 1); /* a function is no pointer to data */

  *copy = func;
  g_object_set_data_full (G_OBJECT (task), FUNC, copy, g_free);
  g_mutex_lock (&lock);
  n_running++;
  g_mutex_unlock (&lock);
  g_task_run_in_thread (task, in_thread);
}

gboolean
oh_worker_wait (gint64 limit_us)
{
  gint64 end_us = g_get_monotonic_time () + limit_us; /* nocheck: time-is-given the end of it all */
  gboolean in_time = TRUE;

  g_mutex_lock (&lock);
  while (n_running > 0 && in_time)
    in_time = g_cond_wait_until (&ended, &lock, end_us);
  in_time = n_running == 0;
  g_mutex_unlock (&lock);
  return in_time;
}
