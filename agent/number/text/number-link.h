/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "number-text.h"

G_BEGIN_DECLS

/* Links and what stands behind a number in them: RFC 3966 (tel:), RFC 3261 19.1.6 (sip: with
 * user=phone), callto: as programs write it. */

/**
 * oh_number_link_is:
 * @text: a text
 *
 * Returns: whether it begins with one of our schemes
 */
gboolean oh_number_link_is (const char *text);

/**
 * oh_number_link_unwrap:
 * @self: gets the host
 * @link: for which oh_number_link_is() holds
 * @why: (out) (transfer none) (nullable): what is wrong, one translated phrase
 *
 * Takes off scheme, escapes, query and host; the parameters stay.
 *
 * Returns: (transfer full) (nullable): the number with its parameters
 */
char *oh_number_link_unwrap (OhNumberText *self, const char *link, const char **why);

/**
 * oh_number_link_cut_parameters:
 * @self: gets extension, context and tones
 * @body: a folded text; ends at its first parameter afterwards
 * @why: (out) (transfer none) (nullable): what is wrong, one translated phrase
 *
 * Reads ";ext=", ";phone-context=" and ";postd=". An ISDN subaddress (";isub=") names a device
 * behind the same number and cannot be sent by a SIP phone; it is left out, as is what is not
 * known. A mandatory parameter that is not known ("m-…", RFC 3966 5.1) and one that stands twice
 * (RFC 3966 3) make the link useless.
 *
 * Returns: whether they are fine
 */
gboolean oh_number_link_cut_parameters (OhNumberText *self, char *body, const char **why);

/**
 * oh_number_text_add_tones:
 * @self: gets them
 * @text: folded; begins behind the number
 *
 * Reads digits, "*", "#", pauses ("," or "p") and waits (";" or "w"); nothing but pauses is
 * nothing.
 *
 * Returns: whether there is nothing else in @text and not too much of it
 */
gboolean oh_number_text_add_tones (OhNumberText *self, const char *text);

G_END_DECLS
