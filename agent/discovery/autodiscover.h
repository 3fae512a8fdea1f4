/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "clock.h"
#include "server.h"

G_BEGIN_DECLS

/* The whole of it: DNS is waiting. One request may take half of that. */
#define OH_AUTODISCOVER_LIMIT_S 20

/**
 * oh_autodiscover_async:
 * @clock: for the limits
 * @uri: own address; sent to the service
 * @domain: its domain
 * @ca_file: (nullable): PEM file of authorities trusted beside those of the system
 * @cancellable: (nullable): to give up
 * @callback: called when an answer names servers, or none will
 * @user_data: for @callback
 *
 * Asks lyncdiscoverinternal.@domain and lyncdiscover.@domain, each over http and https, all at the
 * same time ([MS-OCDISCWS] 3.1.5): internal http is common, because the name is often missing in
 * the certificate. An answer of the first name counts before one of the second. Nothing of it is
 * signed: the caller has to look at the names. Servers that want a web ticket before they say
 * anything about a user are of no use here; the log says so.
 */
void oh_autodiscover_async (OhClock *clock, const char *uri, const char *domain,
                            const char *ca_file, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer user_data);

/**
 * oh_autodiscover_finish:
 * @result: of oh_autodiscover_async()
 * @error: OH_ERROR_UNREACHABLE, OH_ERROR_UNTRUSTED, OH_ERROR_PROTOCOL, OH_ERROR_CANCELLED
 *
 * Returns: (transfer full) (element-type OhServer): one or two servers, the one for where we are
 *   first; NULL on error
 */
GPtrArray *oh_autodiscover_finish (GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
