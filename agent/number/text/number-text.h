/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "number.h"

G_BEGIN_DECLS

/**
 * OhNumberText:
 * @digits: "+" at most in front, digits, "*" and "#"; as written, no separator left
 * @extension: (nullable): digits of ";ext=" or "ext. 12"
 * @context: (nullable): of ";phone-context=" (RFC 3966 5.1.5)
 * @trunk_zero: a "(0)" was left out behind a country code
 *
 * What is left of a text when everything that is only notation is gone.
 */
typedef struct
{
  char *digits;
  char *extension;
  char *context;
  gboolean trunk_zero;
} OhNumberText;

/**
 * oh_number_text_read:
 * @text: what was typed, or a tel:, callto:, sip: or sips: URI
 * @source: who wrote it
 * @error: (nullable): OH_ERROR_BAD_NUMBER with what is wrong
 *
 * Takes off the scheme, its escapes and parameters, blanks, separators and brackets; maps digits of
 * other scripts. Refuses what is no number: letters, pauses, control characters.
 *
 * Returns: (transfer full) (nullable): what is left
 */
OhNumberText *oh_number_text_read (const char *text, OhNumberSource source, GError **error);

/**
 * oh_number_text_free:
 * @self: (nullable) (transfer full): a text that was read
 */
void oh_number_text_free (OhNumberText *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhNumberText, oh_number_text_free)

G_END_DECLS
