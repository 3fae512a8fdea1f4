/* SPDX-License-Identifier: GPL-3.0-or-later */
/* place: agent/directory/sample.c */
static void
search (GTask *task)
{
  g_task_run_in_thread (task, in_thread);
}
