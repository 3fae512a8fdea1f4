/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What the agent looks at (org.offhook.Agent1.ParseNumber); a longer text is no number, and a page
 * that offers one has something else in mind. Octets. */
#define OH_LINK_TEXT_MAX 256

/**
 * oh_link_text_check:
 * @raw: an argument of the command line: a link of a page, or a number; any octets
 * @error: OH_ERROR_BAD_NUMBER with what is wrong
 *
 * Whether it may be passed to the agent at all: text, short, on one line. What it means is up to
 * the agent, which alone knows how numbers are written here.
 *
 * Returns: whether it may
 */
gboolean oh_link_text_check (const char *raw, GError **error);

G_END_DECLS
