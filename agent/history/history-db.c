/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "history-db.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "history-db-private.h"
#include "history-schema.h"

/* No name or number is longer than this, in octets; a file that says otherwise is not ours. */
#define VALUE_MAX (64 * 1024)
/* Damaged files that are kept; with more the disk is broken, and the last is replaced. */
#define ASIDE_MAX 9u

OhHistoryDelta *
oh_history_delta_new (void)
{
  OhHistoryDelta *self = g_new0 (OhHistoryDelta, 1);

  self->changed = g_ptr_array_new_with_free_func ((GDestroyNotify) oh_history_entry_free);
  self->removed = g_array_new (FALSE, FALSE, sizeof (gint64));
  return self;
}

void
oh_history_delta_free (OhHistoryDelta *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->changed);
  g_array_unref (self->removed);
  g_free (self);
}

/* --- opening -------------------------------------------------------------------------------- */

/* SQLite gives its journal the modes of the file: so these are the ones of both. Where the file
 * cannot be written it is opened all the same, and read. */
static void
make_file (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int fd;

  g_mkdir_with_parents (folder, 0700);
  fd = g_open (path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (fd < 0)
    return;
  if (fchmod (fd, 0600) != 0)
    g_debug ("fchmod: %s", g_strerror (errno));
  close (fd);
}

static gboolean
check (sqlite3 *sqlite, GError **error)
{
  g_autoptr (OhSql) sql = oh_sql_prepare (sqlite, "PRAGMA quick_check(1)", error);
  g_autofree char *verdict = NULL;

  if (sql == NULL || !oh_sql_step (sql, error))
    return FALSE;
  verdict = oh_sql_dup_text (sql, 0);
  if (g_str_equal (verdict, "ok"))
    return TRUE;
  g_set_error (error, OH_ERROR, OH_ERROR_PROTOCOL, "%s", verdict);
  return FALSE;
}

/* Tables that have our version and are not ours. */
static gboolean
check_columns (OhHistoryDb *self, GError **error)
{
  g_autoptr (OhSql) sql = oh_sql_prepare (
    self->sqlite, "SELECT keeper, " OH_HISTORY_COLUMNS " FROM calls LIMIT 0", error);

  return sql != NULL;
}

/* Why so: see the head of history-db.h. */
static gboolean
set_up (OhHistoryDb *self, GError **error)
{
  sqlite3_busy_timeout (self->sqlite, OH_HISTORY_BUSY_MS);
  sqlite3_db_config (self->sqlite, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  sqlite3_db_config (self->sqlite, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
  sqlite3_db_config (self->sqlite, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
  sqlite3_limit (self->sqlite, SQLITE_LIMIT_LENGTH, VALUE_MAX);
  return oh_sql_exec (self->sqlite,
                      "PRAGMA journal_mode = TRUNCATE;"
                      "PRAGMA synchronous = FULL;"
                      "PRAGMA secure_delete = ON;"
                      "PRAGMA temp_store = MEMORY;",
                      error) &&
         check (self->sqlite, error) && oh_history_schema_bring_up (self->sqlite, error) &&
         check_columns (self, error) && oh_history_find_setup (self, error);
}

static OhHistoryDb *
open_file (const char *path, const char *keeper, gboolean *out_damaged, GError **error)
{
  OhHistoryDb *self = g_new0 (OhHistoryDb, 1);
  g_autoptr (GError) local = NULL;
  gboolean opened;

  self->keeper = g_strdup (keeper);
  make_file (path);
  opened = sqlite3_open_v2 (path, &self->sqlite,
                            SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE,
                            NULL) == SQLITE_OK;
  if (opened ? set_up (self, &local) : oh_sql_error (self->sqlite, &local))
    return self;
  *out_damaged = oh_history_db_is_damaged (local);
  oh_history_db_close (self);
  g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}

static char *
aside_path (const char *path, guint i)
{
  return g_strdup_printf ("%s.damaged-%u", path, i);
}

/* Kept for who can read it: the user, with a backup at hand, or SQLite's own ".recover". */
static char *
set_aside (const char *path)
{
  g_autofree char *journal = g_strconcat (path, "-journal", NULL);
  g_autofree char *aside = NULL;
  guint i = 0;

  do
    {
      g_free (aside);
      aside = aside_path (path, ++i);
    }
  while (i < ASIDE_MAX && g_file_test (aside, G_FILE_TEST_EXISTS));
  if (g_rename (path, aside) != 0)
    return NULL;
  g_unlink (journal); /* it is of that file; to a new one it would be poison */
  return g_steal_pointer (&aside);
}

OhHistoryDb *
oh_history_db_open (const char *path, const char *keeper, char **out_aside, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autofree char *aside = NULL;
  gboolean damaged = FALSE;
  OhHistoryDb *self = open_file (path, keeper, &damaged, &local);

  if (self == NULL && damaged)
    aside = set_aside (path);
  if (aside != NULL)
    {
      g_clear_error (&local);
      self = open_file (path, keeper, &damaged, &local);
    }
  if (out_aside != NULL)
    *out_aside = g_steal_pointer (&aside);
  if (self == NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  return self;
}

void
oh_history_db_close (OhHistoryDb *self)
{
  if (self == NULL)
    return;
  sqlite3_close_v2 (self->sqlite);
  g_free (self->keeper);
  g_free (self);
}

void
oh_history_db_unlink_damaged (const char *path)
{
  for (guint i = 1; i <= ASIDE_MAX; i++)
    {
      g_autofree char *aside = aside_path (path, i);

      g_unlink (aside);
    }
}

gboolean
oh_history_db_is_damaged (const GError *error)
{
  return g_error_matches (error, OH_ERROR, OH_ERROR_PROTOCOL);
}

void
oh_history_db_set_progress (OhHistoryDb *self, int steps, int (*func) (gpointer user_data),
                            gpointer user_data)
{
  sqlite3_progress_handler (self->sqlite, steps, func, user_data);
}
