/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "clock.h"
#include "server-cache.h"
#include "server.h"

G_BEGIN_DECLS

/* Servers that an SRV answer may name; pools have up to a dozen. */
#define OH_SERVER_RECORDS_MAX 32
/* Candidates tried one after the other, twenty seconds each at worst. */
#define OH_SERVER_CANDIDATES_MAX 64

/**
 * OhServerQuery:
 * @uri: own address, "sip:anna.berg@fabrikam.test"
 * @trust: its domain, and where a server that was found may live
 * @manual: (nullable): "host[:port]" typed by somebody, for those inside; then nothing is looked up
 * @manual_outside: (nullable): the same for those outside; tried after @manual
 * @ca_file: (nullable): PEM file of authorities trusted beside those of the system
 * @cache: (nullable): who took us last
 * @clock: (nullable): for the limits of autodiscover; NULL to do without autodiscover
 * @resolver: (nullable): NULL for the usual one
 *
 * Whose server is looked for. Only borrowed for the call, but @cache, @clock and @resolver, of
 * which references are kept.
 */
typedef struct
{
  const char *uri;
  OhServerTrust trust;
  const char *manual;
  const char *manual_outside;
  const char *ca_file;
  OhServerCache *cache;
  OhClock *clock;
  GResolver *resolver;
} OhServerQuery;

/**
 * oh_server_find_async:
 * @query: what is looked for
 * @cancellable: (nullable): to give up
 * @callback: called when there is a list
 * @user_data: for @callback
 *
 * What was typed is all there is then. Otherwise in this order: who took us last; Lync
 * autodiscover; SRV _sipinternaltls._tcp and _sip._tls; the names sipinternal, sip, sipexternal
 * on 5061 and on 443, and the domain itself. An Edge of last time stands behind the servers that
 * only those inside can find, so that a laptop that came back to the office is not served from
 * outside. Everything is asked at once. Only TLS: SRV records of TCP are looked up to be reported.
 * Host names are not resolved here: every connection resolves afresh, pools move.
 */
void oh_server_find_async (const OhServerQuery *query, GCancellable *cancellable,
                           GAsyncReadyCallback callback, gpointer user_data);

/**
 * oh_server_find_finish:
 * @result: of oh_server_find_async()
 * @unused: (out) (optional) (transfer full) (nullable): why a server that somebody named is not on
 *   the list, to be told when none of those on it works: OH_ERROR_UNTRUSTED for a foreign name,
 *   OH_ERROR_UNREACHABLE for one that is only there without TLS
 * @error: OH_ERROR_SETTINGS when the query cannot be used; OH_ERROR_CANCELLED
 *
 * Returns: (transfer full) (element-type OhServer): the candidates in the order to try, at least
 *   one; NULL on error
 */
GPtrArray *oh_server_find_finish (GAsyncResult *result, GError **unused,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
