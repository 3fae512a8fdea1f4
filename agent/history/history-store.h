/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "history-db.h"

G_BEGIN_DECLS

/* Calls that wait in memory until the disk can be written again: more than anybody has in a day. */
#define OH_HISTORY_UNSAVED_MAX 256

/**
 * OhHistoryStore:
 *
 * The call list as the main loop sees it. The file is opened, read and written by one worker
 * thread, one job after the other, each with its own copies; nothing here waits for a disk. What
 * cannot be written stays in memory and is tried again with the next job.
 *
 * Properties, notified:
 *  - missed (uint): missed calls that are neither seen nor settled
 *  - trouble (string, nullable): why calls are not kept now, with what the user can do; a damaged
 *    file that was put aside is told here once, until the next start
 *
 * Signal: "changed" (OhHistoryDelta *): borrowed; what is in the file now, whoever changed it.
 */
#define OH_TYPE_HISTORY_STORE (oh_history_store_get_type ())
G_DECLARE_FINAL_TYPE (OhHistoryStore, oh_history_store, OH, HISTORY_STORE, GObject)

/**
 * oh_history_store_new:
 * @path: (nullable): the file; NULL for "offhook/history.sqlite" in XDG_STATE_HOME, which is what
 *   the XDG Base Directory Specification has for a history
 * @keeper: (nullable): who writes; NULL for this computer's name
 *
 * Touches no file: the first job does.
 *
 * Returns: (transfer full): the store
 */
OhHistoryStore *oh_history_store_new (const char *path, const char *keeper);

/**
 * oh_history_store_get_missed:
 * @self: the store
 *
 * Returns: missed calls that are neither seen nor settled
 */
guint oh_history_store_get_missed (OhHistoryStore *self);

/**
 * oh_history_store_get_trouble:
 * @self: the store
 *
 * Returns: (transfer none) (nullable): see the property
 */
const char *oh_history_store_get_trouble (OhHistoryStore *self);

/**
 * oh_history_store_start_async:
 * @self: the store
 * @callback: (nullable): called when it is done
 * @user_data: for @callback
 *
 * Opens the file; calls that a killed agent has left going on ended unseen.
 */
void oh_history_store_start_async (OhHistoryStore *self, GAsyncReadyCallback callback,
                                   gpointer user_data);

/**
 * oh_history_store_write_async:
 * @self: the store
 * @entry: a call as it is now; copied
 * @callback: (nullable): called when it is on the disk, or could not be written
 * @user_data: for @callback
 */
void oh_history_store_write_async (OhHistoryStore *self, const OhHistoryEntry *entry,
                                   GAsyncReadyCallback callback, gpointer user_data);

/**
 * oh_history_store_withdraw_async:
 * @self: the store
 * @entry: a call that was written, and turned out to be private; copied
 * @callback: (nullable): called when it is gone
 * @user_data: for @callback
 */
void oh_history_store_withdraw_async (OhHistoryStore *self, const OhHistoryEntry *entry,
                                      GAsyncReadyCallback callback, gpointer user_data);

/**
 * oh_history_store_list_async:
 * @self: the store
 * @query: which; copied
 * @cancellable: (nullable): to stop waiting
 * @callback: called with the answer
 * @user_data: for @callback
 */
void oh_history_store_list_async (OhHistoryStore *self, const OhHistoryQuery *query,
                                  GCancellable *cancellable, GAsyncReadyCallback callback,
                                  gpointer user_data);

/**
 * oh_history_store_list_finish:
 * @self: the store
 * @result: of oh_history_store_list_async()
 * @error: why the file could not be read
 *
 * Returns: (transfer full) (nullable) (element-type OhHistoryEntry): newest first
 */
GPtrArray *oh_history_store_list_finish (OhHistoryStore *self, GAsyncResult *result,
                                         GError **error);

/**
 * oh_history_store_see_async:
 * @self: the store
 * @ids: (nullable) (element-type gint64): calls that the user has seen; NULL for all
 * @callback: (nullable): called when it is written
 * @user_data: for @callback
 */
void oh_history_store_see_async (OhHistoryStore *self, const GArray *ids,
                                 GAsyncReadyCallback callback, gpointer user_data);

/**
 * oh_history_store_remove_async:
 * @self: the store
 * @ids: (nullable) (element-type gint64): calls; NULL for all
 * @callback: (nullable): called when they are gone
 * @user_data: for @callback
 *
 * Calls of this computer that are going on stay: they are no history yet.
 */
void oh_history_store_remove_async (OhHistoryStore *self, const GArray *ids,
                                    GAsyncReadyCallback callback, gpointer user_data);

/**
 * oh_history_store_trim_async:
 * @self: the store
 * @before_us: calls that began before go; microseconds since 1970 UTC
 * @callback: (nullable): called when it is done
 * @user_data: for @callback
 *
 * Also keeps the number of calls below OH_HISTORY_ROWS_MAX.
 */
void oh_history_store_trim_async (OhHistoryStore *self, gint64 before_us,
                                  GAsyncReadyCallback callback, gpointer user_data);

/**
 * oh_history_store_remove_numbers_async:
 * @self: the store
 * @numbers: whose calls go; copied
 * @callback: (nullable): called when they are gone
 * @user_data: for @callback
 */
void oh_history_store_remove_numbers_async (OhHistoryStore *self, const OhPrivateNumbers *numbers,
                                            GAsyncReadyCallback callback, gpointer user_data);

/**
 * oh_history_store_erase_async:
 * @self: the store
 * @callback: (nullable): called when it is done
 * @user_data: for @callback
 *
 * Overwrites all calls and removes the file. Whatever is written later begins a new one.
 */
void oh_history_store_erase_async (OhHistoryStore *self, GAsyncReadyCallback callback,
                                   gpointer user_data);

/**
 * oh_history_store_flush_async:
 * @self: the store
 * @callback: called when all that was asked before is done
 * @user_data: for @callback
 */
void oh_history_store_flush_async (OhHistoryStore *self, GAsyncReadyCallback callback,
                                   gpointer user_data);

/**
 * oh_history_store_finish:
 * @self: the store
 * @result: of any of the above but the list
 * @error: why it was not done; what could not be written is kept and tried again
 *
 * Returns: whether it was done
 */
gboolean oh_history_store_finish (OhHistoryStore *self, GAsyncResult *result, GError **error);

G_END_DECLS
