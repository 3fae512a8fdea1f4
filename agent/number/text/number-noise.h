/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What people select and paste along with a number, and how to tell that it was more than one. */

/**
 * oh_number_noise_strip:
 * @folded: a folded text; cut at its end
 *
 * Takes off what cannot be part of a number: a label in front ("Tel.:", "Büro Berlin:", "phone"),
 * a remark without digits in brackets behind it, quotation marks and pointed brackets around it,
 * and the full stop or comma of the sentence that it stood in.
 *
 * Returns: (transfer none): where the number begins, within @folded
 */
const char *oh_number_noise_strip (char *folded);

/**
 * oh_number_noise_skip_front:
 * @text: a text
 *
 * Returns: (transfer none): @text behind the quotation marks and pointed brackets in front
 */
const char *oh_number_noise_skip_front (const char *text);

/**
 * oh_number_noise_cut_end:
 * @text: a text; cut before the quotation marks and the punctuation at its end
 */
void oh_number_noise_cut_end (char *text);

/**
 * oh_number_noise_is_list:
 * @rest: folded; begins with the "," or ";" behind a number
 *
 * Returns: whether another number follows, rather than tones
 */
gboolean oh_number_noise_is_list (const char *rest);

/**
 * oh_number_noise_is_second:
 * @digits: what was read before a "/"
 * @rest: folded; what follows it
 *
 * Returns: whether both are numbers of their own ("030 1234567 / 030 7654321"), rather than area
 *   code and number ("030/1234567")
 */
gboolean oh_number_noise_is_second (const char *digits, const char *rest);

/**
 * oh_number_noise_counts_digits:
 * @text: folded
 *
 * Returns: how many digits there are
 */
gsize oh_number_noise_counts_digits (const char *text);

G_END_DECLS
