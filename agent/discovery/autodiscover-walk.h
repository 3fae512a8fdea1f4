/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

#include "clock.h"

G_BEGIN_DECLS

/* Links and redirects followed from the first request on, [MS-OCDISCWS] 3.1.5. */
#define OH_AUTODISCOVER_STEPS_MAX 10u
#define OH_AUTODISCOVER_REQUEST_LIMIT_S 10

/**
 * oh_autodiscover_walk_async:
 * @session: sends the requests
 * @extra: (nullable): authorities beside those of @session
 * @clock: for the limit of each request
 * @url: where to begin
 * @cancellable: (nullable): to give up
 * @callback: called at the end of the way
 * @user_data: for @callback
 *
 * Follows one service from document to document until one names servers.
 */
void oh_autodiscover_walk_async (SoupSession *session, GTlsDatabase *extra, OhClock *clock,
                                 const char *url, GCancellable *cancellable,
                                 GAsyncReadyCallback callback, gpointer user_data);

/**
 * oh_autodiscover_walk_finish:
 * @result: of oh_autodiscover_walk_async()
 * @error: as oh_autodiscover_finish()
 *
 * Returns: (transfer full) (element-type OhServer): as oh_autodiscover_finish()
 */
GPtrArray *oh_autodiscover_walk_finish (GAsyncResult *result,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
