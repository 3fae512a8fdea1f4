/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pseudonym.h"

G_BEGIN_DECLS

/* The second pass: what oh_redact_secrets() and oh_redact_note() have left, without the people in
 * it. Words of the protocol stay by list; whatever is not known to be one is taken for somebody's
 * name, number or note. Names of domains and servers, addresses of computers, call ids and
 * endpoint ids stay: without them there would be nothing to explain. */

/**
 * oh_redact_names:
 * @text: of oh_redact_secrets()
 * @names: what people are called; grows
 *
 * Returns: (transfer full): the same without people
 */
GString *oh_redact_names (OhSlice text, OhPseudonyms *names);

/**
 * oh_redact_note_names:
 * @text: of oh_redact_note()
 * @names: what people are called; grows
 *
 * Returns: (transfer full): the same without people
 */
GString *oh_redact_note_names (OhSlice text, OhPseudonyms *names);

G_END_DECLS
