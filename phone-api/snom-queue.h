/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "clock.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* The phone's single-threaded server cuts its answers short when hurried: the pause after each
   answer, ... */
#define OH_SNOM_GAP_US (G_GINT64_CONSTANT (150) * 1000)
/* ... and that of the 3xx family, the slowest one. */
#define OH_SNOM_GAP_SLOW_US (G_GINT64_CONSTANT (250) * 1000)
/* Requests waiting for one phone; a user presses no more keys than that at once. */
#define OH_SNOM_QUEUE_MAX 32

/**
 * OhSnomQueue:
 *
 * What waits for one phone: one task at a time is under way, the others follow in their order, with
 * a gap after each that was sent. A task whose cancellable is cancelled while it waits leaves at
 * once, and is told that nothing of it was sent. It knows nothing of what the tasks do.
 */
typedef struct _OhSnomQueue OhSnomQueue;

/**
 * OhSnomQueueFunc:
 * @task: (transfer none): the task; it stays under way until oh_snom_queue_end() or
 *   oh_snom_queue_again(), which may be called from here
 * @user_data: what was given with the function
 */
typedef void (*OhSnomQueueFunc) (GTask *task, gpointer user_data);

/**
 * oh_snom_queue_new:
 * @clock: for the gap
 * @start: called when a task's turn has come
 * @user_data: for @start; must outlive the queue
 *
 * Returns: (transfer full): an empty queue with a gap of %OH_SNOM_GAP_US
 */
OhSnomQueue *oh_snom_queue_new (OhClock *clock, OhSnomQueueFunc start, gpointer user_data);

/**
 * oh_snom_queue_free:
 * @self: (nullable) (transfer full): an empty queue with nothing under way
 */
void oh_snom_queue_free (OhSnomQueue *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhSnomQueue, oh_snom_queue_free)

/**
 * oh_snom_queue_set_gap:
 * @self: a queue
 * @gap_us: microseconds between an answer and the next request
 */
void oh_snom_queue_set_gap (OhSnomQueue *self, gint64 gap_us);

/**
 * oh_snom_queue_push:
 * @self: a queue
 * @task: (transfer full): something to do; its cancellable takes it out while it waits
 *
 * A task that finds %OH_SNOM_QUEUE_MAX before it returns OH_ERROR_BUSY; one that was cancelled
 * before its turn returns OH_ERROR_CANCELLED.
 */
void oh_snom_queue_push (OhSnomQueue *self, GTask *task);

/**
 * oh_snom_queue_current:
 * @self: a queue
 *
 * Returns: (transfer none) (nullable): what is under way
 */
GTask *oh_snom_queue_current (OhSnomQueue *self);

/**
 * oh_snom_queue_is_idle:
 * @self: a queue
 *
 * Returns: whether nothing is under way and nothing waits
 */
gboolean oh_snom_queue_is_idle (OhSnomQueue *self);

/**
 * oh_snom_queue_rest:
 * @self: a queue
 *
 * The phone has just answered, or let us down: the gap begins now.
 */
void oh_snom_queue_rest (OhSnomQueue *self);

/**
 * oh_snom_queue_take:
 * @self: a queue with something under way
 *
 * Returns: (transfer full): what was under way; the next one waits for oh_snom_queue_pump(), so
 *   that the taken one's end is told first
 */
GTask *oh_snom_queue_take (OhSnomQueue *self);

/**
 * oh_snom_queue_again:
 * @self: a queue with something under way
 *
 * The same once more, before all others.
 */
void oh_snom_queue_again (OhSnomQueue *self);

/**
 * oh_snom_queue_pump:
 * @self: a queue
 *
 * Starts the next one, unless something is under way or the gap is not over: then later.
 */
void oh_snom_queue_pump (OhSnomQueue *self);

G_END_DECLS
