/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "find-source.h"

G_BEGIN_DECLS

/* Names in one search; a user has a phone or two, not a department. */
#define OH_NAME_ASKER_MAX 96u
/* Questions to the name server at a time. */
#define OH_NAME_ASKER_PARALLEL 8u

/**
 * OhNameAsker:
 *
 * Asks the name server for names that phones have: of the phones of the settings whose MAC is
 * known, of the phone that the directory names, and of the user's line. What the directory says is
 * an address or a name is told as such.
 */
#define OH_TYPE_NAME_ASKER (oh_name_asker_get_type ())
G_DECLARE_FINAL_TYPE (OhNameAsker, oh_name_asker, OH, NAME_ASKER, GObject)

/**
 * oh_name_asker_new:
 * @resolver: (nullable): for tests; the default otherwise
 *
 * Returns: (transfer full): the source
 */
OhFindSource *oh_name_asker_new (GResolver *resolver);

G_END_DECLS
