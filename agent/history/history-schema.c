/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "history-schema.h"

#include <glib/gi18n-lib.h>

/* steps[N] makes version N + 1 of version N. Never change one: files made by it exist. */
static const char *const steps[OH_HISTORY_SCHEMA] = {
  /* AUTOINCREMENT: the id of a call that was deleted is never another's. */
  "CREATE TABLE calls ("
  " id INTEGER PRIMARY KEY AUTOINCREMENT,"
  " uid TEXT NOT NULL UNIQUE,"
  " direction TEXT NOT NULL,"
  " number TEXT NOT NULL,"
  " name TEXT NOT NULL,"
  " uri TEXT NOT NULL,"
  " phone TEXT NOT NULL,"
  " begun INTEGER NOT NULL,"    /* microseconds since 1970 UTC, here and below */
  " answered INTEGER NOT NULL," /* 0: not */
  " ended INTEGER NOT NULL,"    /* 0: not, or unknown */
  " outcome TEXT NOT NULL,"
  " seen INTEGER NOT NULL DEFAULT 0,"
  " settled INTEGER NOT NULL DEFAULT 0);"
  "CREATE INDEX calls_begun ON calls (begun);",
  /* A home folder may be on several computers, each with calls of its own that are going on: who
     writes a call is who closes it. And counting missed calls must not read all others. */
  "ALTER TABLE calls ADD COLUMN keeper TEXT NOT NULL DEFAULT '';"
  "CREATE INDEX calls_missed ON calls (begun) WHERE outcome = 'missed' AND settled = 0;"
  "CREATE INDEX calls_ongoing ON calls (keeper) WHERE outcome = 'ongoing';",
};

static gboolean
take_step (sqlite3 *sqlite, gint64 version, GError **error)
{
  g_autofree char *text =
    g_strdup_printf ("BEGIN IMMEDIATE; %s PRAGMA user_version = %" G_GINT64_FORMAT "; COMMIT",
                     steps[version], version + 1);

  if (oh_sql_exec (sqlite, text, error))
    return TRUE;
  sqlite3_exec (sqlite, "ROLLBACK", NULL, NULL, NULL); /* fails where nothing was begun */
  return FALSE;
}

gboolean
oh_history_schema_bring_up (sqlite3 *sqlite, GError **error)
{
  gint64 version = 0;

  if (!oh_sql_int (sqlite, "PRAGMA user_version", &version, error))
    return FALSE;
  if (version > OH_HISTORY_SCHEMA)
    {
      g_set_error (error, OH_ERROR, OH_ERROR_UNSUPPORTED,
                   _ ("The call list in %s was written by a newer version of Offhook. Update "
                      "Offhook, or move the file away."),
                   sqlite3_db_filename (sqlite, "main"));
      return FALSE;
    }
  for (; version >= 0 && version < OH_HISTORY_SCHEMA; version++)
    if (!take_step (sqlite, version, error))
      return FALSE;
  return TRUE;
}
