/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * oh_trace_actions_add:
 * @application: the tray
 *
 * Adds "trace-record", which tells what will be recorded and begins when the user agrees, and
 * "trace-save", which ends it and asks where to put what was recorded, without names
 * (org.offhook.Trace1).
 */
void oh_trace_actions_add (GtkApplication *application);

G_END_DECLS
