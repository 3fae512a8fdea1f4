/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "category-xml.h"

G_BEGIN_DECLS

/**
 * oh_custom_activity_pick:
 * @customs: (element-type OhCustomActivity): somebody's own words, the same in several languages
 * @languages: (array zero-terminated=1): what the user reads, the best first, as
 *   g_get_language_names() has them: "de_AT.UTF-8", "de", "C"
 *
 * The primary language of an LCID is what counts, [MS-LCID] 2.1: who reads de_AT reads 1031 too.
 *
 * Returns: (transfer none) (nullable): the words in the best of @languages, else in English, else
 *   the first; NULL when there are none
 */
const char *oh_custom_activity_pick (const GPtrArray *customs, const char *const *languages);

G_END_DECLS
