/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "number.h"

G_BEGIN_DECLS

/**
 * OhNumberText:
 * @digits: "+" at most in front, digits, "*" and "#"; as written, no separator left
 * @extension: (nullable): digits of ";ext=", "ext. 12", "x12"
 * @tones: (nullable): what follows a pause: digits, "*", "#", "," for a pause and "w" for "wait
 *   until I say so"; at most %OH_NUMBER_TONES_MAX
 * @context: (nullable): of ";phone-context=" (RFC 3966 5.1.5), without separators
 * @host: (nullable): of a sip: or sips: URI
 * @trunk_zero: where in @digits the zero of "(0)" stands; 0 for nowhere
 *
 * What is left of a text when everything that is only notation is gone.
 */
typedef struct
{
  char *digits;
  char *extension;
  char *tones;
  char *context;
  char *host;
  gsize trunk_zero;
} OhNumberText;

/**
 * oh_number_text_read:
 * @text: what was typed or pasted, or a tel:, callto:, sip: or sips: URI
 * @source: who wrote it
 * @error: (nullable): OH_ERROR_BAD_NUMBER with what is wrong
 *
 * Takes off the scheme, its escapes and parameters, a label ("Tel.:"), a remark in brackets,
 * quotation marks, blanks, separators and brackets; maps digits of other scripts. Refuses what is
 * no number and what could be two.
 *
 * Returns: (transfer full) (nullable): what is left
 */
OhNumberText *oh_number_text_read (const char *text, OhNumberSource source, GError **error);

/**
 * oh_number_text_refuse:
 * @error: (nullable): gets OH_ERROR_BAD_NUMBER
 * @text: what was read; quoted only as far as it is printable and short
 * @why: one translated phrase
 *
 * Returns: FALSE
 */
gboolean oh_number_text_refuse (GError **error, const char *text, const char *why);

/**
 * oh_number_text_free:
 * @self: (nullable) (transfer full): a text that was read
 */
void oh_number_text_free (OhNumberText *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhNumberText, oh_number_text_free)

G_END_DECLS
