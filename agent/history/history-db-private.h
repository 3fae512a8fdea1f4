/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The inside of OhHistoryDb: history-db.c opens it, history-change.c writes, history-find.c reads.
   Nobody else includes this. */

#include "history-db.h"
#include "history-sql.h"

G_BEGIN_DECLS

/* As oh_history_read_row() wants them. */
#define OH_HISTORY_COLUMNS                                                                         \
  "id, uid, direction, number, name, uri, phone, begun, answered, ended, outcome, seen, settled"

struct _OhHistoryDb
{
  sqlite3 *sqlite;             /* (owned) */
  char *keeper;                /* (owned) */
  const OhHistoryQuery *query; /* (unowned) (nullable): the one that oh_found() answers */
};

/**
 * oh_history_read_row:
 * @sql: a statement that stands at a row of OH_HISTORY_COLUMNS
 *
 * Returns: (transfer full): the entry
 */
OhHistoryEntry *oh_history_read_row (OhSql *sql);

/**
 * oh_history_find_setup:
 * @self: a database that was just opened
 * @error: (nullable): as oh_sql_error()
 *
 * Gives SQLite the function by which entries are searched.
 *
 * Returns: whether it has it
 */
gboolean oh_history_find_setup (OhHistoryDb *self, GError **error);

G_END_DECLS
