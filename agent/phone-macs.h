/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* More than the file of OH_CONFIG_PHONES_MAX phones can have. */
#define OH_PHONE_MACS_FILE_MAX ((gsize) 16384)

/**
 * OhPhoneMacs:
 *
 * Which phone has which hardware address, over restarts: what the phones themselves have said once
 * they were trusted. No setting, because nobody sets it.
 */
#define OH_TYPE_PHONE_MACS (oh_phone_macs_get_type ())
G_DECLARE_FINAL_TYPE (OhPhoneMacs, oh_phone_macs, OH, PHONE_MACS, GObject)

/**
 * oh_phone_macs_new:
 * @dir: (nullable): folder of the file, made where it is missing; NULL keeps it in memory
 *
 * Begins to read the file; signal "loaded" tells the end of that.
 *
 * Returns: (transfer full): the memory
 */
OhPhoneMacs *oh_phone_macs_new (const char *dir);

/**
 * oh_phone_macs_get:
 * @self: the memory
 * @id: a phone
 *
 * Returns: (transfer none) (nullable): twelve upper-case hex digits
 */
const char *oh_phone_macs_get (OhPhoneMacs *self, const char *id);

/**
 * oh_phone_macs_put:
 * @self: the memory
 * @id: a phone
 * @mac: twelve upper-case hex digits
 *
 * Remembers it; a file that cannot be written only costs the memory of the next run.
 */
void oh_phone_macs_put (OhPhoneMacs *self, const char *id, const char *mac);

G_END_DECLS
