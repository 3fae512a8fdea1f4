/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "provisioning.h"

G_BEGIN_DECLS

/**
 * OhProvisionCache:
 *
 * What servers said last, one file for each account, readable by the user alone: so that numbers
 * are read the same before the sign-in as after it. A file that cannot be read or written costs
 * that and nothing else.
 */
#define OH_TYPE_PROVISION_CACHE (oh_provision_cache_get_type ())
G_DECLARE_FINAL_TYPE (OhProvisionCache, oh_provision_cache, OH, PROVISION_CACHE, GObject)

/**
 * oh_provision_cache_new:
 * @dir: (nullable): folder of the files; NULL to keep nothing
 *
 * Returns: (transfer full): a cache
 */
OhProvisionCache *oh_provision_cache_new (const char *dir);

/**
 * oh_provision_cache_load_async:
 * @self: a cache
 * @uri: whose
 * @cancellable: (nullable): to give up
 * @callback: called when it was read
 * @user_data: for @callback
 */
void oh_provision_cache_load_async (OhProvisionCache *self, const char *uri,
                                    GCancellable *cancellable, GAsyncReadyCallback callback,
                                    gpointer user_data);

/**
 * oh_provision_cache_load_finish:
 * @self: a cache
 * @result: of oh_provision_cache_load_async()
 * @error: OH_ERROR_CANCELLED; what else went wrong is in the log
 *
 * Returns: (transfer full) (nullable): what was kept; NULL without @error when nothing was
 */
OhProvisioning *oh_provision_cache_load_finish (OhProvisionCache *self, GAsyncResult *result,
                                                GError **error);

/**
 * oh_provision_cache_store:
 * @self: a cache
 * @uri: whose
 * @said: what the server said
 *
 * Takes the place of what was kept, wholly or not at all.
 */
void oh_provision_cache_store (OhProvisionCache *self, const char *uri, const OhProvisioning *said);

G_END_DECLS
