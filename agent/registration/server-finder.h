/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Servers that an SRV answer may name; pools have up to a dozen. */
#define OH_SERVER_RECORDS_MAX 32
/* Candidates tried one after the other, twenty seconds each at worst. */
#define OH_SERVER_CANDIDATES_MAX 64
#define OH_SERVER_PORT_TLS 5061
#define OH_SERVER_PORT_EDGE 443

/**
 * OhServer:
 * @host: (owned): what to connect to and what the certificate must name; IPv6 without brackets
 * @port: port
 * @guessed: not named by anybody: that it does not exist says nothing
 *
 * A server that may be ours.
 */
typedef struct
{
  char *host;
  guint16 port;
  gboolean guessed;
} OhServer;

/**
 * oh_server_new:
 * @host: host; copied
 * @port: port
 * @guessed: as in #OhServer
 *
 * Returns: (transfer full): a server
 */
OhServer *oh_server_new (const char *host, guint16 port, gboolean guessed);

/**
 * oh_server_free:
 * @self: (nullable) (transfer full): a server
 */
void oh_server_free (OhServer *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhServer, oh_server_free)

/**
 * oh_server_parse:
 * @text: "host", "host:port", "192.0.2.1:5061", "[2001:db8::1]:5061"
 * @error: OH_ERROR_SETTINGS
 *
 * Returns: (transfer full): the server, port 5061 where none is written; NULL on error
 */
OhServer *oh_server_parse (const char *text, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * oh_server_text:
 * @server: a server
 *
 * Returns: (transfer full): "host:port", IPv6 in brackets
 */
char *oh_server_text (const OhServer *server);

/**
 * oh_server_name_is_trusted:
 * @host: target of an SRV record
 * @domain: domain of the sign-in address
 * @trusted: (nullable) (array zero-terminated=1): further domains
 *
 * DNS answers are not signed: a forged one must not lead us to a stranger with a good certificate.
 * The name must be one of the domains or below it, on a label's boundary.
 *
 * Returns: whether it may be connected to without asking
 */
gboolean oh_server_name_is_trusted (const char *host, const char *domain,
                                    const char *const *trusted);

/**
 * oh_server_find_async:
 * @resolver: (nullable): NULL for the usual one
 * @domain: domain of the sign-in address
 * @manual: (nullable): "host[:port]" typed by somebody; NULL or "" to discover
 * @trusted: (nullable) (array zero-terminated=1): further domains; copied
 * @cancellable: (nullable): to give up
 * @callback: called when there is a list
 * @user_data: for @callback
 *
 * What was typed is all there is then. Otherwise SRV _sipinternaltls._tcp and _sip._tls, then the
 * names sipinternal, sip, sipexternal and the domain itself. Only TLS; names are absolute, no
 * search list applies. Host names are not resolved here: every connection resolves afresh.
 */
void oh_server_find_async (GResolver *resolver, const char *domain, const char *manual,
                           const char *const *trusted, GCancellable *cancellable,
                           GAsyncReadyCallback callback, gpointer user_data);

/**
 * oh_server_find_finish:
 * @result: of oh_server_find_async()
 * @error: OH_ERROR_SETTINGS when @manual or @domain cannot be used; OH_ERROR_CANCELLED
 *
 * Returns: (transfer full) (element-type OhServer): the candidates in the order to try, at least
 *   one; NULL on error
 */
GPtrArray *oh_server_find_finish (GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
