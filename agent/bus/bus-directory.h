/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "directory.h"
#include "search-index.h"

G_BEGIN_DECLS

/* Clients that search at the same time: a user's tray and some terminals. */
#define OH_BUS_DIRECTORY_CLIENTS_MAX 16u
/* Contacts in one answer unless the client wants more: a screen of them is read, not more. */
#define OH_BUS_DIRECTORY_LIMIT 200u
/* And whatever it wants. */
#define OH_BUS_DIRECTORY_LIMIT_MAX 100000u

/**
 * OhBusDirectory:
 *
 * org.offhook.Directory1: searches of contacts and directory, one for each client.
 */
typedef struct _OhBusDirectory OhBusDirectory;

/**
 * oh_bus_directory_new:
 * @contacts: the contact list; referenced
 * @directory: the directory beyond it; referenced
 *
 * Returns: (transfer full): it, not yet on the bus
 */
OhBusDirectory *oh_bus_directory_new (OhContacts *contacts, OhDirectory *directory);

/**
 * oh_bus_directory_free:
 * @self: (nullable) (transfer full): gives up what is under way
 */
void oh_bus_directory_free (OhBusDirectory *self);

/**
 * oh_bus_directory_export:
 * @self: it
 * @connection: the bus
 * @error: when the path has such an interface already
 *
 * Returns: whether it is on the bus
 */
gboolean oh_bus_directory_export (OhBusDirectory *self, GDBusConnection *connection,
                                  GError **error);

/**
 * oh_bus_directory_unexport:
 * @self: it
 */
void oh_bus_directory_unexport (OhBusDirectory *self);

/**
 * oh_bus_directory_set_configured:
 * @self: it
 * @configured: whether a directory is set up
 */
void oh_bus_directory_set_configured (OhBusDirectory *self, gboolean configured);

/**
 * oh_bus_directory_set_own:
 * @self: it
 * @ip_phone: what the directory says is the user's phone; ""
 * @line: and the line; ""
 */
void oh_bus_directory_set_own (OhBusDirectory *self, const char *ip_phone, const char *line);

/**
 * oh_bus_directory_get_own:
 * @self: it
 * @ip_phone: (out) (transfer none): as set; "" for not known
 * @line: (out) (transfer none): the same
 */
void oh_bus_directory_get_own (OhBusDirectory *self, const char **ip_phone, const char **line);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhBusDirectory, oh_bus_directory_free)

G_END_DECLS
