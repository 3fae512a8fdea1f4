/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "server.h"

G_BEGIN_DECLS

/* Three short lines are in it; whoever put more there did not write it with this program. */
#define OH_SERVER_CACHE_FILE_MAX 4096

/**
 * OhServerCache:
 *
 * The server that took us last, for one account: with it a sign-in takes one connection and not a
 * search, and works while DNS does not. Kept in a file so that it outlives the computer's sleep;
 * a file that cannot be read or written costs that and nothing else.
 */
#define OH_TYPE_SERVER_CACHE (oh_server_cache_get_type ())
G_DECLARE_FINAL_TYPE (OhServerCache, oh_server_cache, OH, SERVER_CACHE, GObject)

/**
 * oh_server_cache_new:
 * @dir: (nullable): folder of the file "last-server"; NULL to remember for this run alone
 *
 * Returns: (transfer full): a memory, not loaded
 */
OhServerCache *oh_server_cache_new (const char *dir);

/**
 * oh_server_cache_load_async:
 * @self: a memory
 * @cancellable: (nullable): to give up
 * @callback: called when the file has been read, once, or need not be
 * @user_data: for @callback
 */
void oh_server_cache_load_async (OhServerCache *self, GCancellable *cancellable,
                                 GAsyncReadyCallback callback, gpointer user_data);

/**
 * oh_server_cache_load_finish:
 * @self: a memory
 * @result: of oh_server_cache_load_async()
 *
 * What went wrong is in the log: nobody can do without the rest of the search because of it.
 */
void oh_server_cache_load_finish (OhServerCache *self, GAsyncResult *result);

/**
 * oh_server_cache_get:
 * @self: a memory that is loaded
 * @uri: own address
 * @remote: (out): whether that server is an Edge, for those outside
 *
 * Returns: (transfer none) (nullable): the server; NULL when there is none for @uri
 */
const OhServer *oh_server_cache_get (OhServerCache *self, const char *uri, gboolean *remote);

/**
 * oh_server_cache_put:
 * @self: a memory
 * @uri: own address
 * @server: who took us
 * @remote: as oh_server_cache_get()
 *
 * Replaces what there was, of whomever.
 */
void oh_server_cache_put (OhServerCache *self, const char *uri, const OhServer *server,
                          gboolean remote);

/**
 * oh_server_cache_drop:
 * @self: a memory
 *
 * Forgets: that server sent us away.
 */
void oh_server_cache_drop (OhServerCache *self);

G_END_DECLS
