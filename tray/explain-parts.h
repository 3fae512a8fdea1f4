/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "explain.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * oh_explain_parts_when:
 * @message: a message of a trace
 *
 * Returns: (transfer full): its line and, where known, its time: "1234  15:04:05.123"
 */
char *oh_explain_parts_when (const OhExplainMessage *message);

/**
 * oh_explain_parts_finding:
 * @finding: what was found
 *
 * Returns: (transfer full): all of it in a line, for who does not see the row
 */
char *oh_explain_parts_finding (const OhFinding *finding);

/**
 * oh_explain_parts_finding_box:
 * @finding: what was found
 * @icon: name of the icon for its severity
 *
 * Returns: (transfer floating): how it looks in a row
 */
GtkWidget *oh_explain_parts_finding_box (const OhFinding *finding, const char *icon);

G_END_DECLS
