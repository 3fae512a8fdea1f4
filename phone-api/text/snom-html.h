/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "slice.h"

G_BEGIN_DECLS

/* Reading what phones call HTML: tags in any case, end tags left out, values without quotes. Only
 * what their pages need; no tree, no limits of depth to overrun. */

/* Longest value of an attribute that is of use: an action URL, or the target of a link. */
#define OH_SNOM_ATTRIBUTE_MAX 4096

/**
 * oh_snom_html_from:
 * @whole: a slice
 * @at: at most its length
 *
 * Returns: what follows @at
 */
OhSlice oh_snom_html_from (OhSlice whole, gsize at);

/**
 * oh_snom_html_find:
 * @text: where to look
 * @what: what for, in any case
 *
 * Returns: its index, or -1
 */
gssize oh_snom_html_find (OhSlice text, const char *what);

/**
 * oh_snom_html_text:
 * @html: part of a page
 * @max: octets that are of interest
 *
 * Returns: (transfer full): the text between the tags, each tag a blank, entities decoded, blanks
 *   around it removed; hardly more than @max octets; not necessarily UTF-8
 */
char *oh_snom_html_text (OhSlice html, gsize max);

/**
 * oh_snom_html_next_tag:
 * @cursor: (inout): moved behind the tag
 * @name: (out): what follows "<", "/" included: "form", "/a"
 * @attributes: (out): the rest up to ">"
 *
 * Returns: FALSE when there is none left
 */
gboolean oh_snom_html_next_tag (OhSlice *cursor, OhSlice *name, OhSlice *attributes);

/**
 * oh_snom_html_attribute:
 * @attributes: of oh_snom_html_next_tag()
 * @name: lower case
 *
 * Returns: (transfer full) (nullable): its value, entities decoded; NULL when it is not there, is
 *   longer than %OH_SNOM_ATTRIBUTE_MAX, or is no UTF-8
 */
char *oh_snom_html_attribute (OhSlice attributes, const char *name);

G_END_DECLS
