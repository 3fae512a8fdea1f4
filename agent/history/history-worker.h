/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "history-store.h"

G_BEGIN_DECLS

/* What the store's thread has: the file, and the calls that wait for it. Nothing of it is touched
   by the main loop; only the store includes this. */

/**
 * OhHistoryVerb:
 *
 * What is to be done; the fields of the job that it takes stand beside it.
 */
typedef enum
{
  OH_HISTORY_START,
  OH_HISTORY_WRITE,          /* entry */
  OH_HISTORY_WITHDRAW,       /* entry */
  OH_HISTORY_LIST,           /* query */
  OH_HISTORY_SEE,            /* ids */
  OH_HISTORY_REMOVE,         /* ids */
  OH_HISTORY_TRIM,           /* before_us */
  OH_HISTORY_REMOVE_NUMBERS, /* numbers */
  OH_HISTORY_ERASE,
  OH_HISTORY_FLUSH,
} OhHistoryVerb;

/**
 * OhHistoryJob:
 * @verb: what to do
 * @entry: (owned) (nullable): in
 * @query: in; its texts are owned, too
 * @ids: (owned) (nullable) (element-type gint64): in
 * @before_us: in
 * @numbers: (owned) (nullable): in
 * @delta: (owned): out: what has changed in the file
 * @entries: (owned) (nullable) (element-type OhHistoryEntry): out, of LIST
 * @missed: out: how many are missed now
 * @counted: out: whether @missed is known
 * @trouble: (owned) (nullable): out: why calls are not kept
 *
 * One job, of its maker before and after, of the worker in between.
 */
typedef struct
{
  OhHistoryVerb verb;
  OhHistoryEntry *entry;
  OhHistoryQuery query;
  GArray *ids;
  gint64 before_us;
  OhPrivateNumbers *numbers;

  OhHistoryDelta *delta;
  GPtrArray *entries;
  guint missed;
  gboolean counted;
  char *trouble;
} OhHistoryJob;

/**
 * oh_history_job_new:
 * @verb: what to do
 *
 * Returns: (transfer full): a job
 */
OhHistoryJob *oh_history_job_new (OhHistoryVerb verb);

/**
 * oh_history_job_free:
 * @self: (nullable) (transfer full): a job
 */
void oh_history_job_free (OhHistoryJob *self);

typedef struct _OhHistoryWorker OhHistoryWorker;

/**
 * oh_history_worker_new:
 * @path: the file
 * @keeper: who writes
 *
 * Returns: (transfer full): a worker that has not opened the file
 */
OhHistoryWorker *oh_history_worker_new (const char *path, const char *keeper);

/**
 * oh_history_worker_free:
 * @self: (nullable) (transfer full): a worker; closes the file
 */
void oh_history_worker_free (OhHistoryWorker *self);

/**
 * oh_history_worker_run:
 * @self: a worker
 * @job: what to do; gets what came of it
 * @error: why it was not done
 *
 * Blocks.
 *
 * Returns: whether it was done
 */
gboolean oh_history_worker_run (OhHistoryWorker *self, OhHistoryJob *job, GError **error);

G_END_DECLS
