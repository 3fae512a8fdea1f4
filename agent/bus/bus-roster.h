/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "contacts.h"
#include "roster-editor.h"

G_BEGIN_DECLS

/**
 * OhBusRoster:
 *
 * org.offhook.Contacts1: the groups of the contact list, how fresh it is, and its changes.
 */
typedef struct _OhBusRoster OhBusRoster;

/**
 * oh_bus_roster_new:
 * @contacts: the list
 * @editor: which changes it
 *
 * Returns: (transfer full): it, not yet on the bus
 */
OhBusRoster *oh_bus_roster_new (OhContacts *contacts, OhRosterEditor *editor);

/**
 * oh_bus_roster_free:
 * @self: (nullable) (transfer full): leaves the bus
 */
void oh_bus_roster_free (OhBusRoster *self);

/**
 * oh_bus_roster_export:
 * @self: it
 * @connection: the bus
 * @error: when the path has such an interface already
 *
 * Returns: whether it is on the bus
 */
gboolean oh_bus_roster_export (OhBusRoster *self, GDBusConnection *connection, GError **error);

/**
 * oh_bus_roster_set_as_of:
 * @self: it
 * @as_of_us: while the list is stale: when it was last confirmed; 0 for not
 */
void oh_bus_roster_set_as_of (OhBusRoster *self, gint64 as_of_us);

/**
 * oh_bus_roster_set_elsewhere:
 * @self: it
 * @elsewhere: the list is kept in Exchange
 */
void oh_bus_roster_set_elsewhere (OhBusRoster *self, gboolean elsewhere);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhBusRoster, oh_bus_roster_free)

G_END_DECLS
