/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "history-view.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * OhHistoryClient:
 *
 * The agent's call list as the tray sees it. Does not start the agent; whoever asks it something
 * does.
 *
 * Signals:
 *  - "changed": the number of missed calls, or whether there is an agent
 *  - "call" (OhHistoryCall *): borrowed: it is new, or has changed
 *  - "removed" (gint64): a call by its id
 *  - "reset": all may be different: read the list anew
 */
#define OH_TYPE_HISTORY_CLIENT (oh_history_client_get_type ())
G_DECLARE_FINAL_TYPE (OhHistoryClient, oh_history_client, OH, HISTORY_CLIENT, GObject)

/**
 * oh_history_client_new:
 *
 * Returns: (transfer full): a client that looks for the agent at once
 */
OhHistoryClient *oh_history_client_new (void);

/**
 * oh_history_client_get_missed:
 * @self: the client
 *
 * Returns: missed calls that are neither seen nor settled
 */
guint oh_history_client_get_missed (OhHistoryClient *self);

/**
 * oh_history_client_keeps_calls:
 * @self: the client
 *
 * Returns: FALSE when the settings say that no calls are kept
 */
gboolean oh_history_client_keeps_calls (OhHistoryClient *self);

/**
 * oh_history_client_get_trouble:
 * @self: the client
 *
 * Returns: (transfer none): why calls are not kept now, with what to do; "" for all is well
 */
const char *oh_history_client_get_trouble (OhHistoryClient *self);

/**
 * oh_history_client_list_async:
 * @self: the client
 * @before: only calls with smaller ids; 0 for the newest
 * @limit: how many at most
 * @missed: only missed ones
 * @text: what is searched for; "" for all
 * @cancellable: (nullable): to stop waiting
 * @callback: called with the answer
 * @user_data: for @callback
 */
void oh_history_client_list_async (OhHistoryClient *self, gint64 before, guint limit,
                                   gboolean missed, const char *text, GCancellable *cancellable,
                                   GAsyncReadyCallback callback, gpointer user_data);

/**
 * oh_history_client_list_finish:
 * @self: the client
 * @result: of oh_history_client_list_async()
 * @error: OH_ERROR_*, ready to be shown
 *
 * Returns: (transfer full) (nullable) (element-type OhHistoryCall): newest first
 */
GPtrArray *oh_history_client_list_finish (OhHistoryClient *self, GAsyncResult *result,
                                          GError **error);

/**
 * oh_history_client_mark_seen:
 * @self: the client
 *
 * The user has seen all that was missed.
 */
void oh_history_client_mark_seen (OhHistoryClient *self);

/**
 * oh_history_client_delete:
 * @self: the client
 * @ids: (element-type gint64): calls to delete for ever, at most 1000
 */
void oh_history_client_delete (OhHistoryClient *self, const GArray *ids);

/**
 * oh_history_client_clear:
 * @self: the client
 *
 * Deletes all calls for ever.
 */
void oh_history_client_clear (OhHistoryClient *self);

G_END_DECLS
