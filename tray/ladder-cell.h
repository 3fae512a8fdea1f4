/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "explain.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * OhLadderCell:
 *
 * One message of a trace as a step of the ladder: a line for each participant and an arrow from
 * one to another with the message's label. Its text says the same to who does not see it.
 */
#define OH_TYPE_LADDER_CELL (oh_ladder_cell_get_type ())
G_DECLARE_FINAL_TYPE (OhLadderCell, oh_ladder_cell, OH, LADDER_CELL, GtkCellRendererText)

/**
 * oh_ladder_cell_new:
 *
 * Returns: (transfer floating): a cell without a message
 */
OhLadderCell *oh_ladder_cell_new (void);

/**
 * oh_ladder_cell_set_message:
 * @self: a cell
 * @explanation: (transfer none): what the message belongs to; must outlive the next drawing
 * @n: which message
 */
void oh_ladder_cell_set_message (OhLadderCell *self, const OhExplanation *explanation, guint n);

/**
 * oh_ladder_cell_x:
 * @explanation: what is drawn
 * @participant: index of a participant
 * @width: pixels of the column
 *
 * Returns: where the participant's line is, pixels from the column's left edge
 */
double oh_ladder_cell_x (const OhExplanation *explanation, guint participant, int width);

G_END_DECLS
