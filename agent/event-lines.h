/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "phone.h"

G_BEGIN_DECLS

/**
 * oh_event_lines_dup_path:
 * @phone_id: a phone
 *
 * Returns: (transfer full): the file in the user's data folder that oh_event_lines_store() writes
 *   for it
 */
char *oh_event_lines_dup_path (const char *phone_id);

/**
 * oh_event_lines_store:
 * @phone: a phone that is watched
 *
 * For a phone that no program can tell where its events go: writes what its administrator has to
 * enter, as lines of the phone's own configuration, readable by nobody else. For every other phone
 * nothing is written. What goes wrong is logged.
 */
void oh_event_lines_store (OhPhone *phone);

G_END_DECLS
