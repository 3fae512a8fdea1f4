/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "history-sql.h"

G_BEGIN_DECLS

/* What this program reads and writes; PRAGMA user_version of the file. */
#define OH_HISTORY_SCHEMA 2

/**
 * oh_history_schema_bring_up:
 * @sqlite: a database, new or of an older version
 * @error: (nullable): OH_ERROR_UNSUPPORTED when a newer program has written it: that one's calls
 *   are left alone; OH_ERROR_FAILED when it is no call list, or cannot be written
 *
 * Brings the file up to OH_HISTORY_SCHEMA, each step in one transaction with its version: a kill
 * between two of them leaves a file of a version that exists.
 *
 * Returns: whether it is
 */
gboolean oh_history_schema_bring_up (sqlite3 *sqlite, GError **error);

G_END_DECLS
