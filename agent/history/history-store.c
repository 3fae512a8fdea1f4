/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "history-store.h"

#include "history-worker.h"

#define FILE_NAME "history.sqlite"

struct _OhHistoryStore
{
  GObject parent_instance;

  GThreadPool *pool; /* (owned): one thread: jobs are done in the order in which they were asked */
  OhHistoryWorker *worker; /* (owned): the thread's; ours again when no job is left */
  guint missed;
  char *trouble; /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (OhHistoryStore, oh_history_store, G_TYPE_OBJECT)

enum
{
  PROP_MISSED = 1,
  PROP_TROUBLE,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];
static guint changed_signal;

/* --- the thread ----------------------------------------------------------------------------- */

/* @data: the task, whose source holds the store: while a job is there the worker is. */
static void
work (gpointer data, gpointer user_data)
{
  g_autoptr (GTask) task = data;
  OhHistoryStore *self = g_task_get_source_object (task);
  GError *error = NULL;

  if (oh_history_worker_run (self->worker, g_task_get_task_data (task), &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* --- the main loop -------------------------------------------------------------------------- */

static void
show (OhHistoryStore *self, const OhHistoryJob *job)
{
  const OhHistoryDelta *delta = job->delta;

  if (job->verb == OH_HISTORY_FLUSH)
    return; /* it has looked at nothing */
  g_object_freeze_notify (G_OBJECT (self));
  if (job->counted && job->missed != self->missed)
    {
      self->missed = job->missed;
      g_object_notify_by_pspec (G_OBJECT (self), props[PROP_MISSED]);
    }
  if (g_strcmp0 (self->trouble, job->trouble) != 0)
    {
      g_free (self->trouble);
      self->trouble = g_strdup (job->trouble);
      g_object_notify_by_pspec (G_OBJECT (self), props[PROP_TROUBLE]);
    }
  if (delta->all || delta->changed->len > 0 || delta->removed->len > 0)
    g_signal_emit (self, changed_signal, 0, delta);
  g_object_thaw_notify (G_OBJECT (self));
}

/* Between the thread and who has asked: what everybody is told comes first. */
static void
on_worked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) asked = user_data;
  OhHistoryJob *job = g_task_get_task_data (G_TASK (result));
  GError *error = NULL;
  gboolean done = g_task_propagate_boolean (G_TASK (result), &error);

  show (OH_HISTORY_STORE (source), job);
  if (asked == NULL)
    g_clear_error (&error); /* "trouble" has told it */
  else if (!done)
    g_task_return_error (asked, error);
  else if (job->verb == OH_HISTORY_LIST)
    g_task_return_pointer (asked, g_steal_pointer (&job->entries),
                           (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_boolean (asked, TRUE);
}

/* @job: (transfer full) */
static void
run (OhHistoryStore *self, OhHistoryJob *job, GCancellable *cancellable,
     GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *asked = callback != NULL ? g_task_new (self, cancellable, callback, user_data) : NULL;
  GTask *task = g_task_new (self, NULL, on_worked, asked);

  g_task_set_task_data (task, job, (GDestroyNotify) oh_history_job_free);
  g_thread_pool_push (self->pool, task, NULL); /* takes it */
}

/* --- life ----------------------------------------------------------------------------------- */

static void
oh_history_store_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  OhHistoryStore *self = OH_HISTORY_STORE (object);

  switch (id)
    {
    case PROP_MISSED: g_value_set_uint (value, self->missed); break;
    case PROP_TROUBLE: g_value_set_string (value, self->trouble); break;
    default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

/* No job is left, because each holds a reference: the thread is idle and not waited for. It may be
 * the thread itself that drops the last one. */
static void
oh_history_store_finalize (GObject *object)
{
  OhHistoryStore *self = OH_HISTORY_STORE (object);

  g_thread_pool_free (self->pool, FALSE, FALSE);
  oh_history_worker_free (self->worker);
  g_free (self->trouble);
  G_OBJECT_CLASS (oh_history_store_parent_class)->finalize (object);
}

static void
oh_history_store_class_init (OhHistoryStoreClass *class)
{
  const GParamFlags read = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  G_OBJECT_CLASS (class)->get_property = oh_history_store_get_property;
  G_OBJECT_CLASS (class)->finalize = oh_history_store_finalize;
  props[PROP_MISSED] = g_param_spec_uint ("missed", NULL, NULL, 0, G_MAXUINT, 0, read);
  props[PROP_TROUBLE] = g_param_spec_string ("trouble", NULL, NULL, NULL, read);
  g_object_class_install_properties (G_OBJECT_CLASS (class), N_PROPS, props);
  changed_signal = g_signal_new ("changed", OH_TYPE_HISTORY_STORE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static void
oh_history_store_init (OhHistoryStore *self)
{
  self->pool = g_thread_pool_new (work, NULL, 1, FALSE, NULL);
}

OhHistoryStore *
oh_history_store_new (const char *path, const char *keeper)
{
  OhHistoryStore *self = g_object_new (OH_TYPE_HISTORY_STORE, NULL);
  g_autofree char *usual =
    path == NULL ? g_build_filename (g_get_user_state_dir (), "offhook", FILE_NAME, NULL) : NULL;

  self->worker = oh_history_worker_new (path != NULL ? path : usual,
                                        keeper != NULL ? keeper : g_get_host_name ());
  return self;
}

guint
oh_history_store_get_missed (OhHistoryStore *self)
{
  return self->missed;
}

const char *
oh_history_store_get_trouble (OhHistoryStore *self)
{
  return self->trouble;
}

/* --- what can be asked ---------------------------------------------------------------------- */

static GArray *
copy_ids (const GArray *ids)
{
  return ids != NULL ? g_array_copy ((GArray *) ids) : NULL;
}

void
oh_history_store_start_async (OhHistoryStore *self, GAsyncReadyCallback callback,
                              gpointer user_data)
{
  run (self, oh_history_job_new (OH_HISTORY_START), NULL, callback, user_data);
}

void
oh_history_store_write_async (OhHistoryStore *self, const OhHistoryEntry *entry,
                              GAsyncReadyCallback callback, gpointer user_data)
{
  OhHistoryJob *job = oh_history_job_new (OH_HISTORY_WRITE);

  job->entry = oh_history_entry_copy (entry);
  run (self, job, NULL, callback, user_data);
}

void
oh_history_store_withdraw_async (OhHistoryStore *self, const OhHistoryEntry *entry,
                                 GAsyncReadyCallback callback, gpointer user_data)
{
  OhHistoryJob *job = oh_history_job_new (OH_HISTORY_WITHDRAW);

  job->entry = oh_history_entry_copy (entry);
  run (self, job, NULL, callback, user_data);
}

void
oh_history_store_list_async (OhHistoryStore *self, const OhHistoryQuery *query,
                             GCancellable *cancellable, GAsyncReadyCallback callback,
                             gpointer user_data)
{
  OhHistoryJob *job = oh_history_job_new (OH_HISTORY_LIST);

  job->query = *query;
  job->query.text = g_strdup (query->text);
  run (self, job, cancellable, callback, user_data);
}

GPtrArray *
oh_history_store_list_finish (OhHistoryStore *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
oh_history_store_see_async (OhHistoryStore *self, const GArray *ids, GAsyncReadyCallback callback,
                            gpointer user_data)
{
  OhHistoryJob *job = oh_history_job_new (OH_HISTORY_SEE);

  job->ids = copy_ids (ids);
  run (self, job, NULL, callback, user_data);
}

void
oh_history_store_remove_async (OhHistoryStore *self, const GArray *ids,
                               GAsyncReadyCallback callback, gpointer user_data)
{
  OhHistoryJob *job = oh_history_job_new (OH_HISTORY_REMOVE);

  job->ids = copy_ids (ids);
  run (self, job, NULL, callback, user_data);
}

void
oh_history_store_trim_async (OhHistoryStore *self, gint64 before_us, GAsyncReadyCallback callback,
                             gpointer user_data)
{
  OhHistoryJob *job = oh_history_job_new (OH_HISTORY_TRIM);

  job->before_us = before_us;
  run (self, job, NULL, callback, user_data);
}

void
oh_history_store_remove_numbers_async (OhHistoryStore *self, const OhPrivateNumbers *numbers,
                                       GAsyncReadyCallback callback, gpointer user_data)
{
  OhHistoryJob *job = oh_history_job_new (OH_HISTORY_REMOVE_NUMBERS);

  job->numbers = oh_private_numbers_copy (numbers);
  run (self, job, NULL, callback, user_data);
}

void
oh_history_store_erase_async (OhHistoryStore *self, GAsyncReadyCallback callback,
                              gpointer user_data)
{
  run (self, oh_history_job_new (OH_HISTORY_ERASE), NULL, callback, user_data);
}

void
oh_history_store_flush_async (OhHistoryStore *self, GAsyncReadyCallback callback,
                              gpointer user_data)
{
  run (self, oh_history_job_new (OH_HISTORY_FLUSH), NULL, callback, user_data);
}

gboolean
oh_history_store_finish (OhHistoryStore *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
