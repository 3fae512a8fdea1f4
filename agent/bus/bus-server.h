/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "provisioner.h"

G_BEGIN_DECLS

/**
 * OhBusServer:
 *
 * org.offhook.Server1: what the server provisions with.
 */
typedef struct _OhBusServer OhBusServer;

/**
 * oh_bus_server_new:
 * @provisioner: what is shown; referenced and followed
 *
 * Returns: (transfer full): it, not yet on the bus
 */
OhBusServer *oh_bus_server_new (OhProvisioner *provisioner);

/**
 * oh_bus_server_free:
 * @self: (nullable) (transfer full): leaves the bus
 */
void oh_bus_server_free (OhBusServer *self);

/**
 * oh_bus_server_export:
 * @self: it
 * @connection: the bus
 * @error: when the path has such an interface already
 *
 * Returns: whether it is on the bus
 */
gboolean oh_bus_server_export (OhBusServer *self, GDBusConnection *connection, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhBusServer, oh_bus_server_free)

G_END_DECLS
