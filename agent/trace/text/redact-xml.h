/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pseudonym.h"

G_BEGIN_DECLS

/* Attributes of one tag that are looked at; the documents have up to fifteen. What comes behind
 * is left out. */
#define OH_REDACT_ATTRIBUTES_MAX 48u

/**
 * oh_redact_xml:
 * @body: one document or several with MIME heads between; whole, cut off or broken
 * @names: what people are called; grows
 * @out: where to write it
 *
 * Not a parser: it makes no tree and never refuses. Names of elements and attributes stay, of
 * values those that are words of the protocol; all other text becomes pseudonyms, comments and
 * whatever is no tag go. Who has an address and a name in one tag is one person.
 */
void oh_redact_xml (OhSlice body, OhPseudonyms *names, GString *out);

G_END_DECLS
