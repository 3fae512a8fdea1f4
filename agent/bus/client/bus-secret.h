/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gunixfdlist.h>

#include "bus-generated.h"

G_BEGIN_DECLS

/**
 * oh_bus_store_secret_async:
 * @agent: the agent
 * @kind: "sign-in", "phone", "phone-admin" or "phone-service"
 * @id: "" for sign-in, the phone's id for the others
 * @secret: the password; "" removes the stored one. Wiping it afterwards is up to the caller
 * @cancellable: (nullable): to give up
 * @callback: called when it is stored
 * @user_data: for @callback
 *
 * Hands a password to the agent in a sealed memory file, so that no bus message holds it
 * (org.offhook.Agent1.StoreSecret).
 */
void oh_bus_store_secret_async (OhBusAgent1 *agent, const char *kind, const char *id,
                                const char *secret, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer user_data);

/**
 * oh_bus_store_secret_finish:
 * @agent: the agent
 * @result: of oh_bus_store_secret_async()
 * @error: OH_ERROR_USAGE for one longer than OH_BUS_SECRET_MAX or not UTF-8, OH_ERROR_NO_PHONE,
 *   OH_ERROR_SECRETS
 *
 * Returns: whether it is stored
 */
gboolean oh_bus_store_secret_finish (OhBusAgent1 *agent, GAsyncResult *result, GError **error);

/**
 * oh_bus_seal_secret:
 * @secret: a password, or ""
 * @error: OH_ERROR_USAGE as oh_bus_store_secret_finish()
 *
 * For the other methods that take a password.
 *
 * Returns: (transfer full) (nullable): a list whose only descriptor is the sealed memory file
 */
GUnixFDList *oh_bus_seal_secret (const char *secret, GError **error);

/**
 * oh_bus_take_secret:
 * @fds: (nullable): what came with a message
 * @handle: the message's handle
 * @error: OH_ERROR_USAGE: there is none, and as oh_bus_read_secret()
 *
 * Returns: (transfer full) (nullable): the password, oh_secret_free() it
 */
char *oh_bus_take_secret (GUnixFDList *fds, GVariant *handle, GError **error);

/**
 * oh_bus_read_secret:
 * @fd: descriptor of a memory file that came with StoreSecret; borrowed
 * @error: OH_ERROR_USAGE when it is longer than OH_BUS_SECRET_MAX, not UTF-8, or not sealed memory
 *
 * The receiving end. Only a sealed memory file is read: a pipe or a file on a slow disk could keep
 * the agent waiting.
 *
 * Returns: (transfer full) (nullable): the password oh_secret_free() it
 */
char *oh_bus_read_secret (int fd, GError **error);

G_END_DECLS
