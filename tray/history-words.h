/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * oh_words_outcome:
 * @outcome: a word of the call list on the bus, "missed"
 *
 * Returns: (transfer none) (nullable): how people say it; NULL for a word that is not known
 */
const char *oh_words_outcome (const char *outcome);

G_END_DECLS
