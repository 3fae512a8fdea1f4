/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "history-worker.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "error.h"

struct _OhHistoryWorker
{
  char *path;         /* (owned) */
  char *keeper;       /* (owned) */
  OhHistoryDb *db;    /* (owned) (nullable): while it is open */
  GPtrArray *unsaved; /* (owned) (element-type OhHistoryEntry): newest last, one per uid */
  char *said;         /* (owned) (nullable): the trouble that the log has told already */
  char *aside;        /* (owned) (nullable): a damaged file that was put there */
};

OhHistoryJob *
oh_history_job_new (OhHistoryVerb verb)
{
  OhHistoryJob *self = g_new0 (OhHistoryJob, 1);

  self->verb = verb;
  self->delta = oh_history_delta_new ();
  return self;
}

void
oh_history_job_free (OhHistoryJob *self)
{
  if (self == NULL)
    return;
  oh_history_entry_free (self->entry);
  g_free ((char *) self->query.text);
  g_clear_pointer (&self->ids, g_array_unref);
  oh_private_numbers_free (self->numbers);
  oh_history_delta_free (self->delta);
  g_clear_pointer (&self->entries, g_ptr_array_unref);
  g_free (self->trouble);
  g_free (self);
}

OhHistoryWorker *
oh_history_worker_new (const char *path, const char *keeper)
{
  OhHistoryWorker *self = g_new0 (OhHistoryWorker, 1);

  self->path = g_strdup (path);
  self->keeper = g_strdup (keeper);
  self->unsaved = g_ptr_array_new_with_free_func ((GDestroyNotify) oh_history_entry_free);
  return self;
}

void
oh_history_worker_free (OhHistoryWorker *self)
{
  if (self == NULL)
    return;
  oh_history_db_close (self->db);
  g_ptr_array_unref (self->unsaved);
  g_free (self->path);
  g_free (self->keeper);
  g_free (self->said);
  g_free (self->aside);
  g_free (self);
}

/* --- the file ------------------------------------------------------------------------------- */

static gboolean
open_file (OhHistoryWorker *self, GError **error)
{
  g_autofree char *aside = NULL;

  if (self->db == NULL)
    self->db = oh_history_db_open (self->path, self->keeper, &aside, error);
  if (aside != NULL)
    {
      g_message ("the call list was damaged; it is kept as %s, and a new one is begun", aside);
      g_free (self->aside);
      self->aside = g_steal_pointer (&aside);
    }
  return self->db != NULL;
}

/* --- what could not be written yet ---------------------------------------------------------- */

static void
forget_unsaved (OhHistoryWorker *self, const char *uid)
{
  for (guint i = 0; i < self->unsaved->len; i++)
    {
      const OhHistoryEntry *entry = g_ptr_array_index (self->unsaved, i);

      if (g_str_equal (entry->uid, uid))
        {
          g_ptr_array_remove_index (self->unsaved, i);
          return;
        }
    }
}

static void
keep_unsaved (OhHistoryWorker *self, const OhHistoryEntry *entry)
{
  forget_unsaved (self, entry->uid);
  if (self->unsaved->len >= OH_HISTORY_UNSAVED_MAX)
    g_ptr_array_remove_index (self->unsaved, 0);
  g_ptr_array_add (self->unsaved, oh_history_entry_copy (entry));
}

/* In order, and no further than it goes. */
static gboolean
save_unsaved (OhHistoryWorker *self, OhHistoryDelta *delta, GError **error)
{
  while (self->unsaved->len > 0)
    {
      if (!oh_history_db_write (self->db, g_ptr_array_index (self->unsaved, 0), delta, error))
        return FALSE;
      g_ptr_array_remove_index (self->unsaved, 0);
    }
  return TRUE;
}

/* --- jobs ----------------------------------------------------------------------------------- */

static gboolean
write_entry (OhHistoryWorker *self, OhHistoryJob *job, GError **error)
{
  if (oh_history_db_write (self->db, job->entry, job->delta, error))
    return TRUE;
  keep_unsaved (self, job->entry);
  return FALSE;
}

/* What was asked to go goes from memory, too. */
static void
forget_all_unsaved (OhHistoryWorker *self, const OhPrivateNumbers *of)
{
  for (guint i = self->unsaved->len; i-- > 0;)
    {
      const OhHistoryEntry *entry = g_ptr_array_index (self->unsaved, i);

      if (of == NULL || oh_private_numbers_has (of, entry->number))
        g_ptr_array_remove_index (self->unsaved, i);
    }
}

/* Overwritten first, as far as that can be done; then the files go, damaged ones among them. */
static gboolean
erase (OhHistoryWorker *self, OhHistoryJob *job, GError **error)
{
  g_autofree char *journal = g_strconcat (self->path, "-journal", NULL);

  forget_all_unsaved (self, NULL);
  if (self->db == NULL && g_file_test (self->path, G_FILE_TEST_EXISTS))
    open_file (self, NULL);
  if (self->db != NULL)
    oh_history_db_trim (self->db, G_MAXINT64, 0, job->delta, NULL);
  g_clear_pointer (&self->db, oh_history_db_close);
  g_clear_pointer (&self->aside, g_free);
  g_unlink (self->path);
  g_unlink (journal);
  oh_history_db_unlink_damaged (self->path);
  job->delta->all = TRUE;
  job->counted = TRUE; /* none */
  if (!g_file_test (self->path, G_FILE_TEST_EXISTS))
    return TRUE;
  g_set_error (error, OH_ERROR, OH_ERROR_FAILED,
               _ ("The call list in %s cannot be removed. Make its folder writable, or remove it "
                  "yourself."),
               self->path);
  return FALSE;
}

static gboolean
do_job (OhHistoryWorker *self, OhHistoryJob *job, GError **error)
{
  switch (job->verb)
    {
    case OH_HISTORY_START: return oh_history_db_close_ongoing (self->db, job->delta, error);
    case OH_HISTORY_WRITE: return write_entry (self, job, error);
    case OH_HISTORY_WITHDRAW:
      return oh_history_db_withdraw (self->db, job->entry->uid, job->delta, error);
    case OH_HISTORY_LIST:
      job->entries = oh_history_db_list (self->db, &job->query, error);
      return job->entries != NULL;
    case OH_HISTORY_SEE: return oh_history_db_see (self->db, job->ids, job->delta, error);
    case OH_HISTORY_REMOVE:
      if (job->ids == NULL)
        forget_all_unsaved (self, NULL);
      return oh_history_db_remove (self->db, job->ids, job->delta, error);
    case OH_HISTORY_TRIM:
      return oh_history_db_trim (self->db, job->before_us, OH_HISTORY_ROWS_MAX, job->delta, error);
    case OH_HISTORY_REMOVE_NUMBERS:
      forget_all_unsaved (self, job->numbers);
      return oh_history_db_remove_numbers (self->db, job->numbers, job->delta, error);
    case OH_HISTORY_ERASE:
    case OH_HISTORY_FLUSH:
    default: return TRUE; /* not about what is in the file */
    }
}

/* Said once in the log, and shown as long as it lasts. */
static void
tell_trouble (OhHistoryWorker *self, OhHistoryJob *job, const GError *why)
{
  if (why != NULL)
    job->trouble = g_strdup (why->message);
  else if (self->aside != NULL)
    job->trouble = g_strdup_printf (_ ("The call list was damaged and begins anew. What was in it "
                                       "is kept in %s."),
                                    self->aside);
  if (why != NULL && g_strcmp0 (self->said, why->message) != 0)
    g_message ("calls are not kept now, but in memory: %s", why->message);
  g_free (self->said);
  self->said = why != NULL ? g_strdup (why->message) : NULL;
}

/* Opening it again puts a damaged file aside; the calls that wait go into the new one. */
static gboolean
begin_anew (OhHistoryWorker *self, OhHistoryJob *job, GError **error)
{
  if (!oh_history_db_is_damaged (*error))
    return FALSE;
  g_clear_pointer (&self->db, oh_history_db_close);
  job->delta->all = TRUE;
  g_clear_error (error);
  return open_file (self, error) && save_unsaved (self, job->delta, error) &&
         (job->verb == OH_HISTORY_WRITE || do_job (self, job, error));
}

gboolean
oh_history_worker_run (OhHistoryWorker *self, OhHistoryJob *job, GError **error)
{
  g_autoptr (GError) unsaved = NULL;
  g_autoptr (GError) local = NULL;
  gboolean done = FALSE;

  g_return_val_if_fail (job->entry != NULL ||
                          (job->verb != OH_HISTORY_WRITE && job->verb != OH_HISTORY_WITHDRAW),
                        FALSE);
  if (job->verb == OH_HISTORY_FLUSH)
    return TRUE;
  if (job->entry != NULL)
    forget_unsaved (self, job->entry->uid); /* this one is newer, or wants it gone */
  if (job->verb == OH_HISTORY_ERASE)
    done = erase (self, job, &local);
  else if (open_file (self, &local))
    {
      save_unsaved (self, job->delta, &unsaved);
      done = do_job (self, job, &local) || begin_anew (self, job, &local);
    }
  else if (job->verb == OH_HISTORY_WRITE)
    keep_unsaved (self, job->entry);
  if (self->db != NULL)
    job->counted = oh_history_db_count_missed (self->db, &job->missed, NULL);
  tell_trouble (self, job, local != NULL ? local : unsaved);
  if (!done)
    g_propagate_error (error, g_steal_pointer (&local));
  return done;
}
