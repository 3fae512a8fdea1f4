/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "explain.h"

G_BEGIN_DECLS

/* Columns of a terminal below which the ladder is not squeezed, and beyond which it gains
 * nothing. */
#define OH_LADDER_COLUMNS_MIN 60U
#define OH_LADDER_COLUMNS_MAX 160U

/**
 * OhLadderStyle:
 * @columns: of the terminal; brought between %OH_LADDER_COLUMNS_MIN and %OH_LADDER_COLUMNS_MAX
 * @is_utf8: whether lines and arrows may be drawn with other than ASCII characters
 * @has_colour: whether troubles are coloured as well
 */
typedef struct
{
  guint columns;
  gboolean is_utf8;
  gboolean has_colour;
} OhLadderStyle;

/**
 * oh_ladder_text:
 * @explanation: what a trace says
 * @style: how to draw
 *
 * The conversation as it went, call by call: participants as columns, an arrow for each message
 * with its line in the trace, and below it what was judged. Transactions are set apart. A trouble
 * is marked with a word, not by colour alone.
 *
 * Returns: (transfer full): lines
 */
char *oh_ladder_text (const OhExplanation *explanation, const OhLadderStyle *style);

/**
 * oh_findings_text:
 * @explanation: what a trace says
 * @style: how to draw
 *
 * Returns: (transfer full): the findings, worst first, with the lines where they were seen
 */
char *oh_findings_text (const OhExplanation *explanation, const OhLadderStyle *style);

G_END_DECLS
