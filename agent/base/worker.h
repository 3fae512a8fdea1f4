/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * oh_worker_run:
 * @task: as for g_task_run_in_thread()
 * @func: what may wait
 *
 * Runs @func in a thread of its own, and keeps count of those that run. What was cancelled goes on
 * until its library comes back, long after everybody has forgotten it.
 */
void oh_worker_run (GTask *task, GTaskThreadFunc func);

/**
 * oh_worker_wait:
 * @limit_us: how long, in microseconds of real time
 *
 * Waits until no thread of oh_worker_run() runs. Blocks: only for a program whose main loop has
 * ended. Libraries take themselves apart when a program returns from main(), which a thread that
 * still works in one of them (Kerberos, loading its plug-ins) does not survive.
 *
 * Returns: FALSE when the limit was reached: then leave by _exit()
 */
gboolean oh_worker_wait (gint64 limit_us);

G_END_DECLS
