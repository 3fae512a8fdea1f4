/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The one place that knows which bus it is and what stands where. Where there is no session bus
 * worth shipping, another body of this header connects peer to peer. */
#define OH_BUS_NAME "org.offhook.Agent"
#define OH_BUS_PATH "/org/offhook/Agent"
#define OH_BUS_PHONES OH_BUS_PATH "/phones"
#define OH_BUS_CALLS OH_BUS_PATH "/calls"

/* A password longer than this is a mistake: a file given instead of a line. */
#define OH_BUS_SECRET_MAX 1024

/**
 * oh_bus_connect_async:
 * @cancellable: (nullable): to give up
 * @callback: called when there is a connection or none can be had
 * @user_data: for @callback
 *
 * Gives the connection over which agent and clients talk.
 */
void oh_bus_connect_async (GCancellable *cancellable, GAsyncReadyCallback callback,
                           gpointer user_data);

/**
 * oh_bus_connect_finish:
 * @result: of oh_bus_connect_async()
 * @error: OH_ERROR_FAILED with what to do
 *
 * Returns: (transfer full) (nullable): the connection
 */
GDBusConnection *oh_bus_connect_finish (GAsyncResult *result, GError **error);

/**
 * oh_bus_proxy_type:
 * @manager: (nullable): unused
 * @object_path: of a proxy
 * @interface_name: (nullable): of a proxy; NULL asks for the object
 * @user_data: unused
 *
 * A GDBusProxyTypeFunc: makes an object manager client of the agent hand out the generated proxies
 * (OhBusAgent1, OhBusPhone1, OhBusCall1).
 *
 * Returns: the type to make
 */
GType oh_bus_proxy_type (GDBusObjectManagerClient *manager, const char *object_path,
                         const char *interface_name, gpointer user_data);

G_END_DECLS
