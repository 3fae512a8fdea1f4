/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "roster-storage.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "error.h"
#include "worker.h"

/* What a thread works on: copies of everything. */
typedef struct
{
  char *directory;             /* (owned) */
  char *path;                  /* (owned) */
  char *account;               /* (owned) (nullable): whose list is wanted */
  OhContactSnapshot *snapshot; /* (owned) (nullable): what to write; NULL removes the file */
} Errand;

static void
errand_free (gpointer data)
{
  Errand *errand = data;

  g_free (errand->directory);
  g_free (errand->path);
  g_free (errand->account);
  oh_contact_snapshot_free (errand->snapshot);
  g_free (errand);
}

/* @snapshot: (transfer full) (nullable) */
static Errand *
errand_new (const char *path, const char *account, OhContactSnapshot *snapshot)
{
  Errand *errand = g_new0 (Errand, 1);

  errand->directory = g_path_get_dirname (path);
  errand->path = g_strdup (path);
  errand->account = g_strdup (account);
  errand->snapshot = snapshot;
  return errand;
}

static void
set_errno (GError **error, const char *what)
{
  int saved = errno;

  g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (saved), "%s: %s", what,
               g_strerror (saved));
}

static gboolean
is_ours (int fd, gsize *size, GError **error)
{
  struct stat about;

  if (fstat (fd, &about) != 0)
    {
      set_errno (error, "fstat");
      return FALSE;
    }
  if (!S_ISREG (about.st_mode) || about.st_uid != geteuid ())
    {
      g_set_error_literal (error, OH_ERROR, OH_ERROR_PROTOCOL, "not a file of this user");
      return FALSE;
    }
  if (about.st_size < 0 || (guint64) about.st_size > OH_ROSTER_FILE_MAX)
    {
      g_set_error_literal (error, OH_ERROR, OH_ERROR_PROTOCOL, "larger than any list");
      return FALSE;
    }
  *size = (gsize) about.st_size;
  return TRUE;
}

/* Returns: (transfer full) (nullable): as many octets as the file had when it was opened */
static GBytes *
read_whole (int fd, GError **error)
{
  g_autofree guint8 *data = NULL;
  gsize size = 0;
  gsize done = 0;

  if (!is_ours (fd, &size, error))
    return NULL;
  data = g_malloc (size + 1);
  while (done < size)
    {
      gssize n = read (fd, data + done, size - done);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        {
          set_errno (error, "read");
          return NULL;
        }
      if (n == 0)
        break;
      done += (gsize) n;
    }
  return g_bytes_new_take (g_steal_pointer (&data), done);
}

static void
load_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  const Errand *errand = task_data;
  int fd = g_open (errand->path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0);
  g_autoptr (GBytes) content = NULL;
  GError *error = NULL;
  OhContactSnapshot *snapshot;

  if (fd < 0)
    {
      set_errno (&error, "open");
      g_task_return_error (task, error);
      return;
    }
  content = read_whole (fd, &error);
  g_close (fd, NULL);
  snapshot = content != NULL ? oh_roster_file_read (content, errand->account, &error) : NULL;
  if (snapshot == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, snapshot, (GDestroyNotify) oh_contact_snapshot_free);
}

static gboolean
write_whole (int fd, GBytes *content, GError **error)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (content, &size);

  while (size > 0)
    {
      gssize n = write (fd, data, size);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        {
          set_errno (error, "write");
          return FALSE;
        }
      data += n;
      size -= (gsize) n;
    }
  if (fsync (fd) == 0)
    return TRUE;
  set_errno (error, "fsync");
  return FALSE;
}

/* Beside the old one, then in its place. The name beside it is always the same, so that whoever is
 * killed leaves one file at most, which the next writing replaces. */
static gboolean
replace_file (const Errand *errand, GBytes *content, GError **error)
{
  g_autofree char *fresh = g_strconcat (errand->path, ".new", NULL);
  gboolean good;
  int fd;

  if (g_mkdir_with_parents (errand->directory, 0700) != 0)
    {
      set_errno (error, "mkdir");
      return FALSE;
    }
  g_unlink (fresh);
  fd = g_open (fresh, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
  if (fd < 0)
    {
      set_errno (error, "open");
      return FALSE;
    }
  good = write_whole (fd, content, error);
  g_close (fd, NULL);
  if (good && g_rename (fresh, errand->path) == 0)
    return TRUE;
  if (good)
    set_errno (error, "rename");
  g_unlink (fresh);
  return FALSE;
}

static void
store_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Errand *errand = task_data;
  g_autoptr (GBytes) content = NULL;
  GError *error = NULL;

  if (errand->snapshot == NULL)
    g_unlink (errand->path);
  else
    {
      content = oh_roster_file_write (errand->snapshot);
      replace_file (errand, content, &error);
      /* here, not where the task ends: ten thousand people would stop the main loop */
      g_clear_pointer (&errand->snapshot, oh_contact_snapshot_free);
    }
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

/* --- for the loop --------------------------------------------------------------------------- */

void
oh_roster_storage_load_async (gpointer owner, const char *path, const char *account,
                              GCancellable *cancellable, GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (owner, cancellable, callback, user_data);

  g_task_set_source_tag (task, oh_roster_storage_load_async);
  g_task_set_task_data (task, errand_new (path, account, NULL), errand_free);
  oh_worker_run (task, load_thread);
}

OhContactSnapshot *
oh_roster_storage_load_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
oh_roster_storage_store_async (gpointer owner, const char *path, OhContactSnapshot *snapshot,
                               GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (owner, NULL, callback, user_data);

  g_task_set_source_tag (task, oh_roster_storage_store_async);
  g_task_set_task_data (task, errand_new (path, NULL, snapshot), errand_free);
  oh_worker_run (task, store_thread);
}

gboolean
oh_roster_storage_store_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
