/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "history-sql.h"

#include <glib/gi18n-lib.h>

static const char *
advice (int code)
{
  switch (code & 0xff) /* the primary code */
    {
    case SQLITE_FULL: return _ ("The disk is full: make room on it.");
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_CANTOPEN: return _ ("Make the folder and the file writable for this user.");
    case SQLITE_BUSY: return _ ("Another program has locked the file: end it.");
    case SQLITE_IOERR: return _ ("The disk cannot be written: look at it, and at its quota.");
    default: return "";
    }
}

/* ERROR: nothing in our statements can be wrong but the tables that they name. */
static OhError
remedy (int code)
{
  switch (code & 0xff)
    {
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_ERROR: return OH_ERROR_PROTOCOL;
    default: return OH_ERROR_FAILED;
    }
}

gboolean
oh_sql_error (sqlite3 *sqlite, GError **error)
{
  int code = sqlite3_extended_errcode (sqlite);
  const char *file = sqlite3_db_filename (sqlite, "main");
  const char *what = advice (code);

  g_set_error (error, OH_ERROR, (int) remedy (code), _ ("The call list in %s: %s (%d).%s%s"),
               file != NULL ? file : "?", sqlite3_errmsg (sqlite), code, what[0] != '\0' ? " " : "",
               what);
  return FALSE;
}

OhSql *
oh_sql_prepare (sqlite3 *sqlite, const char *text, GError **error)
{
  OhSql *self = NULL;

  if (sqlite3_prepare_v2 (sqlite, text, -1, &self, NULL) != SQLITE_OK)
    oh_sql_error (sqlite, error);
  return self;
}

void
oh_sql_bind_text (OhSql *self, int at, const char *text)
{
  sqlite3_bind_text (self, at, text, -1, SQLITE_TRANSIENT);
}

gboolean
oh_sql_step (OhSql *self, GError **error)
{
  int code = sqlite3_step (self);

  if (code != SQLITE_ROW && code != SQLITE_DONE)
    oh_sql_error (sqlite3_db_handle (self), error);
  return code == SQLITE_ROW;
}

gboolean
oh_sql_run (OhSql *self, GError **error)
{
  int code;

  while ((code = sqlite3_step (self)) == SQLITE_ROW)
    ;
  return code == SQLITE_DONE || oh_sql_error (sqlite3_db_handle (self), error);
}

gboolean
oh_sql_exec (sqlite3 *sqlite, const char *text, GError **error)
{
  return sqlite3_exec (sqlite, text, NULL, NULL, NULL) == SQLITE_OK || oh_sql_error (sqlite, error);
}

gboolean
oh_sql_int (sqlite3 *sqlite, const char *text, gint64 *out, GError **error)
{
  g_autoptr (OhSql) sql = oh_sql_prepare (sqlite, text, error);
  g_autoptr (GError) local = NULL;

  if (sql == NULL)
    return FALSE;
  *out = oh_sql_step (sql, &local) ? sqlite3_column_int64 (sql, 0) : 0;
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

char *
oh_sql_dup_text (OhSql *self, int column)
{
  const char *text = (const char *) sqlite3_column_text (self, column);

  return text != NULL ? g_utf8_make_valid (text, -1) : g_strdup ("");
}
