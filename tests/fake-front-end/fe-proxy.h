/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fe-exchange.h"

G_BEGIN_DECLS

/**
 * FeProxyOptions:
 * @server: (owned) (nullable): its name; NULL for no proxy
 * @schemes: (owned) (nullable): what it offers; NULL for "ntlm"
 * @realm: (owned) (nullable): NULL for that of the registrar
 * @methods: (owned) (nullable): which requests pass it, "SUBSCRIBE,SERVICE"; NULL for all
 * @version: of its signatures, 2, 3 or 4; 0 for 4
 * @forked: the request goes to proxy and registrar at the same time, and their challenges come
 *   back in one response; otherwise the registrar stands behind the proxy
 *
 * What the command line says of a second server that asks who the client is.
 */
typedef struct
{
  char *server, *schemes, *realm, *methods;
  int version;
  gboolean forked;
} FeProxyOptions;

/**
 * fe_proxy_options_group:
 * @options: (inout): where to put them
 *
 * Returns: (transfer full): the options for --help
 */
GOptionGroup *fe_proxy_options_group (FeProxyOptions *options);

/**
 * fe_proxy_options_clear:
 * @options: frees what it owns
 */
void fe_proxy_options_clear (FeProxyOptions *options);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FeProxyOptions, fe_proxy_options_clear)

/**
 * FeProxy:
 *
 * A proxy in the path that demands a security association of its own: 407, its own name, realm,
 * version, keys and numbers. What passes it on the way back is signed by it too.
 */
typedef struct _FeProxy FeProxy;

/**
 * fe_proxy_new:
 * @options: with a server
 * @base: of the registrar; for everything that is not said
 * @keytab: with the key of sip/SERVER, for kerberos
 * @ntlm_users: as fe_acceptor_new_ntlm()
 * @replay_cache: as fe_acceptor_new_kerberos()
 * @error: return location
 *
 * Returns: (transfer full): a proxy in the path
 */
FeProxy *fe_proxy_new (const FeProxyOptions *options, const FeConfig *base, const char *keytab,
                       const char *ntlm_users, const char *replay_cache, GError **error);

/**
 * fe_proxy_free:
 * @self: (transfer full) (nullable): the proxy
 */
void fe_proxy_free (FeProxy *self);

/**
 * fe_proxy_set_in_path:
 * @self: the proxy
 * @in_path: FALSE takes it out of the way, as when traffic takes another one
 */
void fe_proxy_set_in_path (FeProxy *self, gboolean in_path);

/**
 * fe_proxy_is_forked:
 * @self: (nullable): the proxy
 *
 * Returns: whether it stands beside the registrar instead of before it
 */
gboolean fe_proxy_is_forked (const FeProxy *self);

/**
 * fe_proxy_get_auth:
 * @self: the proxy
 *
 * Returns: (transfer none): its associations
 */
FeAuth *fe_proxy_get_auth (FeProxy *self);

/**
 * fe_proxy_pass:
 * @self: (nullable): the proxy
 * @exchange: a request; its via is set when it carries good credentials
 *
 * Returns: whether it may go on; otherwise it was answered with a 407
 */
gboolean fe_proxy_pass (FeProxy *self, FeExchange *exchange);

/**
 * fe_proxy_join:
 * @self: (nullable): the proxy
 * @exchange: a request
 * @response: the registrar's challenge to it
 *
 * Adds what the proxy asks, when the request was forked.
 */
void fe_proxy_join (FeProxy *self, FeExchange *exchange, FeMessage *response);

/**
 * fe_proxy_check_response:
 * @self: (nullable): the proxy
 * @message: a response of a client
 * @aor: whose
 *
 * Emits a violation when it goes without good credentials for the proxy, through which it came.
 */
void fe_proxy_check_response (FeProxy *self, const FeMessage *message, const char *aor);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FeProxy, fe_proxy_free)

G_END_DECLS
