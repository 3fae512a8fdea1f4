/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* 128 bits of it would do for telling installations apart; the rest is for the secrets made of it.
 */
#define OH_INSTALLATION_ID_DIGITS 64

/**
 * oh_installation_load_id:
 * @dir: (nullable): folder to keep it in; NULL for "offhook" in XDG_STATE_HOME
 *
 * What tells this user's installation from all others, for ever: random, made at the first start,
 * readable by the user alone. Endpoint ids and the secret paths of the event receiver come from
 * it, so it never leaves this computer as it is. Reads a small file: call it before the main loop
 * runs. Where the folder cannot be written, one for this run is made up and the log says so.
 *
 * Returns: (transfer full): OH_INSTALLATION_ID_DIGITS lower-case hexadecimal digits
 */
char *oh_installation_load_id (const char *dir);

/**
 * oh_installation_derive:
 * @id: of oh_installation_load_id()
 * @purpose: what for, for example "events"
 *
 * Returns: (transfer full): 64 hexadecimal digits that nobody who knows another purpose's can guess
 */
char *oh_installation_derive (const char *id, const char *purpose);

G_END_DECLS
