/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * OhSecretBuffer:
 *
 * What is typed into a password entry, in memory of secret-text.h: never swapped out, never in a
 * core file, overwritten when it changes and when the dialog closes.
 */
#define OH_TYPE_SECRET_BUFFER (oh_secret_buffer_get_type ())
G_DECLARE_FINAL_TYPE (OhSecretBuffer, oh_secret_buffer, OH, SECRET_BUFFER, GtkEntryBuffer)

/**
 * oh_secret_buffer_attach:
 * @entry: an entry for a password; its characters are hidden, so that GTK neither copies them to
 *   the clipboard nor lets them be dragged away, and it warns of caps lock
 *
 * Lets it keep what is typed in a buffer of this kind, of the length that it had.
 */
void oh_secret_buffer_attach (GtkEntry *entry);

G_END_DECLS
