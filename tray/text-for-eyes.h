/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * oh_tray_text_for_eyes:
 * @text: (nullable): a name, note or number that somebody else wrote
 * @max: characters; what is longer ends in "…"
 *
 * Control characters, line ends and marks that turn the writing direction become blanks: a name
 * cannot dress up as something else.
 *
 * Returns: (transfer full): one line of valid UTF-8
 */
char *oh_tray_text_for_eyes (const char *text, guint max);

G_END_DECLS
