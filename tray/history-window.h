/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "history-client.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Rows that are read at once; more come as somebody scrolls. */
#define OH_HISTORY_WINDOW_PAGE 100u
/* How long a deletion can be taken back; it is done when that is over, or the window closes. */
#define OH_HISTORY_UNDO_US (G_GINT64_CONSTANT (10) * G_USEC_PER_SEC)

/**
 * OhHistoryWindow:
 *
 * The call list: Enter or a double click calls back through the application's action "dial-typed",
 * Delete deletes with a way back. Closing it marks what was missed as seen.
 */
#define OH_TYPE_HISTORY_WINDOW (oh_history_window_get_type ())
G_DECLARE_FINAL_TYPE (OhHistoryWindow, oh_history_window, OH, HISTORY_WINDOW, GtkApplicationWindow)

/**
 * oh_history_window_new:
 * @application: the application
 * @client: the call list
 *
 * Returns: (transfer none): the window, owned by GTK, not yet shown
 */
OhHistoryWindow *oh_history_window_new (GtkApplication *application, OhHistoryClient *client);

G_END_DECLS
