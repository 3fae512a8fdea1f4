/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "fe-auth.h"
#include "fe-faults.h"
#include "fe-people.h"
#include "fe-presence.h"
#include "fe-proxy.h"
#include "fe-script.h"

G_BEGIN_DECLS

/**
 * FeServer:
 *
 * The front end: accepts connections, passes each message by manners, script, credentials and
 * orders of the test, and on to registrar or presence.
 */
typedef struct _FeServer FeServer;

/**
 * fe_server_new:
 * @config: outlives it
 * @certificate: of the server, with its key
 * @auth: (transfer full): the acceptors
 * @proxy: (transfer full) (nullable): a second server that asks
 * @people: (transfer full): who has an account
 * @script: (transfer full) (nullable): odd answers
 *
 * Returns: (transfer full): not listening yet
 */
FeServer *fe_server_new (const FeConfig *config, GTlsCertificate *certificate, FeAuth *auth,
                         FeProxy *proxy, FePeople *people, FeScript *script);

/**
 * fe_server_free:
 * @self: (transfer full) (nullable): the server
 */
void fe_server_free (FeServer *self);

/**
 * fe_server_listen:
 * @self: the server
 * @port: TCP port; 0 lets the kernel choose
 * @error: return location
 *
 * Returns: the port; 0 with @error
 */
guint16 fe_server_listen (FeServer *self, guint16 port, GError **error);

/**
 * fe_server_get_faults:
 * @self: the server
 *
 * Returns: (transfer none): the orders of the test
 */
FeFaults *fe_server_get_faults (FeServer *self);

/**
 * fe_server_get_people:
 * @self: the server
 *
 * Returns: (transfer none): who has an account
 */
FePeople *fe_server_get_people (FeServer *self);

/**
 * fe_server_get_presence:
 * @self: the server
 *
 * Returns: (transfer none): the presence server
 */
FePresence *fe_server_get_presence (FeServer *self);

/**
 * fe_server_get_auth:
 * @self: the server
 *
 * Returns: (transfer none): the associations
 */
FeAuth *fe_server_get_auth (FeServer *self);

/**
 * fe_server_get_proxy:
 * @self: the server
 *
 * Returns: (transfer none) (nullable): the second server that asks
 */
FeProxy *fe_server_get_proxy (FeServer *self);

/**
 * fe_server_get_registrar:
 * @self: the server
 *
 * Returns: (transfer none): the registrations
 */
FeRegistrar *fe_server_get_registrar (FeServer *self);

/**
 * fe_server_get_wire:
 * @self: the server
 *
 * Returns: (transfer none): where messages leave
 */
FeWire *fe_server_get_wire (FeServer *self);

/**
 * fe_server_cut:
 * @self: the server
 *
 * Resets all connections.
 *
 * Returns: how many there were
 */
guint fe_server_cut (FeServer *self);

/**
 * fe_server_set_listening:
 * @self: the server
 * @listening: FALSE refuses new connections, TRUE takes them again on the same port
 * @error: return location
 *
 * Returns: whether it worked
 */
gboolean fe_server_set_listening (FeServer *self, gboolean listening, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FeServer, fe_server_free)

G_END_DECLS
