/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "find-source.h"
#include "neighbour-message.h"

G_BEGIN_DECLS

/**
 * oh_neighbours_read_async:
 * @cancellable: (nullable): to give it up
 * @callback: called once
 * @user_data: for @callback
 *
 * Asks the kernel for its tables of neighbours (rtnetlink(7), RTM_GETNEIGH): what this computer has
 * spoken to of late. Sends nothing to the network.
 */
void oh_neighbours_read_async (GCancellable *cancellable, GAsyncReadyCallback callback,
                               gpointer user_data);

/**
 * oh_neighbours_read_finish:
 * @result: from the callback
 * @error: OH_ERROR_FAILED where the kernel does not tell; OH_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable) (element-type OhNeighbour): the tables
 */
GArray *oh_neighbours_read_finish (GAsyncResult *result, GError **error);

/**
 * oh_neighbour_address:
 * @neighbour: an entry
 *
 * Returns: (transfer full) (nullable): its address as text; NULL for a link-local one, which means
 *   nothing without its interface
 */
char *oh_neighbour_address (const OhNeighbour *neighbour);

/**
 * OhNeighbourSource:
 *
 * Finds the neighbours whose hardware address belongs to a maker of phones, or to a phone of the
 * settings.
 */
#define OH_TYPE_NEIGHBOUR_SOURCE (oh_neighbour_source_get_type ())
G_DECLARE_FINAL_TYPE (OhNeighbourSource, oh_neighbour_source, OH, NEIGHBOUR_SOURCE, GObject)

/**
 * oh_neighbour_source_new:
 *
 * Returns: (transfer full): the source
 */
OhFindSource *oh_neighbour_source_new (void);

G_END_DECLS
