/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "contacts.h"
#include "dialler.h"
#include "history-store.h"

G_BEGIN_DECLS

/* Calls that one message marks or deletes; a window has some dozens selected. */
#define OH_BUS_HISTORY_IDS_MAX 1000u
/* Octets of what is searched for; a name and a number together are shorter. */
#define OH_BUS_HISTORY_TEXT_MAX 256u

/**
 * OhBusHistory:
 *
 * org.offhook.History1: a skin of the store, with the names of today.
 */
typedef struct _OhBusHistory OhBusHistory;

/**
 * oh_bus_history_new:
 * @store: what it shows; referenced
 * @dialler: how numbers are written; referenced
 * @contacts: how people are called; referenced
 *
 * Returns: (transfer full): on no bus yet
 */
OhBusHistory *oh_bus_history_new (OhHistoryStore *store, OhDialler *dialler, OhContacts *contacts);

/**
 * oh_bus_history_set_days:
 * @self: the skin
 * @days: how long calls are kept; with 0 the store is not asked any more
 */
void oh_bus_history_set_days (OhBusHistory *self, guint days);

/**
 * oh_bus_history_export:
 * @self: the skin
 * @connection: the bus
 * @error: when the path is taken
 *
 * Returns: whether it is exported
 */
gboolean oh_bus_history_export (OhBusHistory *self, GDBusConnection *connection, GError **error);

/**
 * oh_bus_history_free:
 * @self: (nullable) (transfer full): taken off the bus
 */
void oh_bus_history_free (OhBusHistory *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhBusHistory, oh_bus_history_free)

G_END_DECLS
