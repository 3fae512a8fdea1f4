/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "roster-file.h"

G_BEGIN_DECLS

/**
 * oh_roster_storage_load_async:
 * @owner: (type GObject): source of the result
 * @path: of the file
 * @account: whose list is wanted
 * @cancellable: (nullable): gives up
 * @callback: called when it was read or cannot be
 * @user_data: for @callback
 *
 * Reads a contact list in a thread. Only a regular file of this user is looked at, and never
 * through a link.
 */
void oh_roster_storage_load_async (gpointer owner, const char *path, const char *account,
                                   GCancellable *cancellable, GAsyncReadyCallback callback,
                                   gpointer user_data);

/**
 * oh_roster_storage_load_finish:
 * @result: of oh_roster_storage_load_async()
 * @error: G_FILE_ERROR_NOENT when there is none, another G_FILE_ERROR when it cannot be read,
 *   OH_ERROR_PROTOCOL when it is not such a file
 *
 * Returns: (transfer full) (nullable): the list
 */
OhContactSnapshot *oh_roster_storage_load_finish (GAsyncResult *result, GError **error);

/**
 * oh_roster_storage_store_async:
 * @owner: (type GObject): source of the result
 * @path: of the file; its folder is made where it is missing, for this user alone
 * @snapshot: (transfer full) (nullable): the list; NULL removes the file
 * @callback: called when it was written or cannot be
 * @user_data: for @callback
 *
 * Replaces the file in one step, in a thread; the new one is for this user alone.
 */
void oh_roster_storage_store_async (gpointer owner, const char *path, OhContactSnapshot *snapshot,
                                    GAsyncReadyCallback callback, gpointer user_data);

/**
 * oh_roster_storage_store_finish:
 * @result: of oh_roster_storage_store_async()
 * @error: G_FILE_ERROR
 *
 * Returns: whether it was written
 */
gboolean oh_roster_storage_store_finish (GAsyncResult *result, GError **error);

G_END_DECLS
