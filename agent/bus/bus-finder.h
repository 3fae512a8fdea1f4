/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "finder.h"

G_BEGIN_DECLS

/* Clients that wait for one search: a user's tray and some terminals. */
#define OH_BUS_FINDER_CLIENTS_MAX 16

/**
 * OhBusFinderHost:
 * @dup_known: (transfer full) (element-type OhKnownPhone): the phones of the settings
 * @get_own: the user's phone and line, as the directory has them; "" for not known
 *
 * What a search has to know; behind it is the composition root.
 */
typedef struct
{
  GPtrArray *(*dup_known) (gpointer host);
  void (*get_own) (gpointer host, const char **phone, const char **line);
} OhBusFinderHost;

/**
 * OhBusFinder:
 *
 * org.offhook.Finder1: one search for all who wait.
 */
typedef struct _OhBusFinder OhBusFinder;

/**
 * oh_bus_finder_new:
 * @finder: the finder; referenced
 * @host: must outlive it
 * @user_data: for @host
 *
 * Returns: (transfer full): it, not yet on the bus
 */
OhBusFinder *oh_bus_finder_new (OhFinder *finder, const OhBusFinderHost *host, gpointer user_data);

/**
 * oh_bus_finder_free:
 * @self: (nullable) (transfer full): gives up a search under way; who waits for it is told
 */
void oh_bus_finder_free (OhBusFinder *self);

/**
 * oh_bus_finder_skeleton:
 * @self: it
 *
 * Returns: (transfer none): the interface, for who serves its other methods
 */
gpointer oh_bus_finder_skeleton (OhBusFinder *self);

/**
 * oh_bus_finder_export:
 * @self: it
 * @connection: the bus
 * @error: when the path has such an interface already
 *
 * Returns: whether it is on the bus
 */
gboolean oh_bus_finder_export (OhBusFinder *self, GDBusConnection *connection, GError **error);

/**
 * oh_bus_finder_unexport:
 * @self: it
 */
void oh_bus_finder_unexport (OhBusFinder *self);

/**
 * oh_bus_finder_phone_variant:
 * @found: a phone
 *
 * Returns: (transfer floating): it as "(sssssasss)"
 */
GVariant *oh_bus_finder_phone_variant (const OhFoundPhone *found);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhBusFinder, oh_bus_finder_free)

G_END_DECLS
