/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "history-view.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * OhHistoryColumn:
 * @OH_HISTORY_COLUMN_ID: the call's id
 * @OH_HISTORY_COLUMN_ICON: name of its icon
 * @OH_HISTORY_COLUMN_TEXT: partner, and course and number below it, as Pango markup
 * @OH_HISTORY_COLUMN_WHEN: when it began
 * @OH_HISTORY_COLUMN_NUMBER: what is given to Dial; "" when it was withheld
 */
typedef enum
{
  OH_HISTORY_COLUMN_ID,
  OH_HISTORY_COLUMN_ICON,
  OH_HISTORY_COLUMN_TEXT,
  OH_HISTORY_COLUMN_WHEN,
  OH_HISTORY_COLUMN_NUMBER,
  OH_HISTORY_N_COLUMNS,
} OhHistoryColumn;

/* The rows of the call list: a GtkListStore, newest first. */

/**
 * oh_history_rows_new:
 *
 * Returns: (transfer full): no rows
 */
GtkListStore *oh_history_rows_new (void);

/**
 * oh_history_rows_append:
 * @rows: rows
 * @call: older than all of them
 * @now_us: microseconds since 1970-01-01 UTC
 */
void oh_history_rows_append (GtkListStore *rows, const OhHistoryCall *call, gint64 now_us);

/**
 * oh_history_rows_put:
 * @rows: rows
 * @call: changed, or new
 * @insert: whether it gets a row where it has none; only when it is newer than all of them
 * @now_us: microseconds since 1970-01-01 UTC
 */
void oh_history_rows_put (GtkListStore *rows, const OhHistoryCall *call, gboolean insert,
                          gint64 now_us);

/**
 * oh_history_rows_remove:
 * @rows: rows
 * @id: of a call; nothing happens when it has no row
 */
void oh_history_rows_remove (GtkListStore *rows, gint64 id);

/**
 * oh_history_rows_last_id:
 * @rows: rows
 *
 * Returns: id of the oldest call; 0 when there is none
 */
gint64 oh_history_rows_last_id (GtkListStore *rows);

G_END_DECLS
