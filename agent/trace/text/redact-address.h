/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pseudonym.h"

G_BEGIN_DECLS

/**
 * oh_redact_addresses:
 * @text: any text
 * @names: what people are called; grows
 * @out: where to write it
 *
 * Finds "user@host" wherever it stands, "sip:user@host", and "tel:", "callto:" and "+49…" numbers;
 * puts pseudonyms in the place of users and numbers. Everything else stays.
 *
 * Returns: (transfer none) (nullable): the pseudonym of the first of them
 */
const char *oh_redact_addresses (OhSlice text, OhPseudonyms *names, GString *out);

/**
 * oh_redact_is_number:
 * @text: any text
 *
 * Returns: whether it can only be a telephone number: three digits or more and nothing but digits,
 *   blanks and "+-./()*#"
 */
gboolean oh_redact_is_number (OhSlice text);

/**
 * oh_redact_words:
 * @text: what somebody wrote, or is called
 * @names: what people are called; grows
 * @out: where to write the pseudonym: of an address as oh_redact_addresses(), else one for the
 *   whole text; nothing but blanks stays
 */
void oh_redact_words (OhSlice text, OhPseudonyms *names, GString *out);

G_END_DECLS
