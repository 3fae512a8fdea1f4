/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * OhFoldProblem:
 * @OH_FOLD_FINE: nothing is wrong
 * @OH_FOLD_CONTROL: a control character
 * @OH_FOLD_REORDERS: a mark that turns the order of what follows around, where anybody wrote it
 *
 * Why a text cannot be folded.
 */
typedef enum
{
  OH_FOLD_FINE,
  OH_FOLD_CONTROL,
  OH_FOLD_REORDERS,
} OhFoldProblem;

/**
 * oh_number_fold:
 * @text: valid UTF-8
 * @from_anybody: it comes from a page or a mail: a mark that overrides the direction is refused
 * @problem: (out): why not
 *
 * Brings the ways in which keyboards, scripts and word processors write the same thing together:
 * decimal digits of every script become ASCII, full-width letters and signs, too; every blank
 * becomes " ", every dash "-", every slash "/", every dot in the middle ".", every bracket "(" or
 * ")", every line end "\n". What nobody can see (marks of direction, joiners, soft hyphens, byte
 * order marks, variation selectors; Unicode category Cf and a few more) is gone. Blanks and line
 * ends at both ends, too. All other characters stay.
 *
 * Returns: (transfer full) (nullable): the text
 */
char *oh_number_fold (const char *text, gboolean from_anybody, OhFoldProblem *problem);

/**
 * oh_number_skip_edge:
 * @text: valid UTF-8
 *
 * Returns: (transfer none): @text without the blanks, line ends and invisible marks in front
 */
const char *oh_number_skip_edge (const char *text);

/**
 * oh_number_is_separator:
 * @c: a character of a folded text
 *
 * Returns: whether it only makes a number easier to read
 */
gboolean oh_number_is_separator (char c);

G_END_DECLS
