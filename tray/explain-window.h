/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Calls that can be chosen one by one; the others are seen among all. */
#define OH_EXPLAIN_WINDOW_CALLS_MAX 500U

/**
 * OhExplainWindow:
 *
 * Shows what a trace says: the ladder, the findings, and of the chosen message its text and what
 * was judged. A trace comes in by file, drag and drop, or clipboard. Needs no agent.
 */
#define OH_TYPE_EXPLAIN_WINDOW (oh_explain_window_get_type ())
G_DECLARE_FINAL_TYPE (OhExplainWindow, oh_explain_window, OH, EXPLAIN_WINDOW, GtkApplicationWindow)

/**
 * oh_explain_window_new:
 * @application: the application
 *
 * Returns: (transfer none): the window, owned by GTK, empty, not yet shown
 */
OhExplainWindow *oh_explain_window_new (GtkApplication *application);

/**
 * oh_explain_window_open:
 * @self: a window
 * @file: a trace
 *
 * Reads it, in place of what is shown or being read.
 */
void oh_explain_window_open (OhExplainWindow *self, GFile *file);

G_END_DECLS
