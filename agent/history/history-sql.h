/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <sqlite3.h>

#include "error.h"

G_BEGIN_DECLS

/* SQLite with GError: a statement is prepared, given its values, and run. */

typedef sqlite3_stmt OhSql;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhSql, sqlite3_finalize)

/**
 * oh_sql_error:
 * @sqlite: a database; its last call has failed
 * @error: (nullable): OH_ERROR_FAILED with what the user can do about it; OH_ERROR_PROTOCOL when
 *   the file is damaged, or has other tables than ours
 *
 * Returns: FALSE
 */
gboolean oh_sql_error (sqlite3 *sqlite, GError **error);

/**
 * oh_sql_prepare:
 * @sqlite: a database
 * @text: one statement; written in the program, never made of what others wrote
 * @error: (nullable): as oh_sql_error()
 *
 * Returns: (transfer full) (nullable): the statement
 */
OhSql *oh_sql_prepare (sqlite3 *sqlite, const char *text, GError **error);

/**
 * oh_sql_bind_text:
 * @self: a statement
 * @at: which parameter, from 1
 * @text: its value; copied
 */
void oh_sql_bind_text (OhSql *self, int at, const char *text);

/**
 * oh_sql_step:
 * @self: a statement
 * @error: (nullable): as oh_sql_error()
 *
 * Returns: whether there is a row; FALSE at the end, or with an error
 */
gboolean oh_sql_step (OhSql *self, GError **error);

/**
 * oh_sql_run:
 * @self: a statement whose rows nobody wants
 * @error: (nullable): as oh_sql_error()
 *
 * Returns: whether it was done
 */
gboolean oh_sql_run (OhSql *self, GError **error);

/**
 * oh_sql_exec:
 * @sqlite: a database
 * @text: statements without parameters
 * @error: (nullable): as oh_sql_error()
 *
 * Returns: whether all were done
 */
gboolean oh_sql_exec (sqlite3 *sqlite, const char *text, GError **error);

/**
 * oh_sql_int:
 * @sqlite: a database
 * @text: a statement that gives one number
 * @out: (out): it; untouched on failure
 * @error: (nullable): as oh_sql_error()
 *
 * Returns: whether it was asked; no row is 0
 */
gboolean oh_sql_int (sqlite3 *sqlite, const char *text, gint64 *out, GError **error);

/**
 * oh_sql_dup_text:
 * @self: a statement that stands at a row
 * @column: which, from 0
 *
 * Returns: (transfer full): valid UTF-8, "" for NULL: the file may have been written by anybody
 */
char *oh_sql_dup_text (OhSql *self, int column);

G_END_DECLS
