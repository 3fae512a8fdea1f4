/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* Addresses that are looked at; a machine with more is a router, and ours is among the first. */
#define OH_NETWORK_ADDRESSES_MAX 1024

/**
 * OhNetworkWatch:
 *
 * What networks this computer is in: its addresses, and whether any of them leads beyond itself.
 * One body per system.
 *
 * Signals:
 *  - "changed" (): oh_network_watch_is_connected() or oh_network_watch_addresses() differ
 *  - "elsewhere" (): something else has changed: a route, a VPN, what NetworkManager thinks of it.
 *    The same addresses may lead to other machines now. Comes in bursts.
 */
#define OH_TYPE_NETWORK_WATCH (oh_network_watch_get_type ())
G_DECLARE_FINAL_TYPE (OhNetworkWatch, oh_network_watch, OH, NETWORK_WATCH, GObject)

/**
 * oh_network_watch_new:
 *
 * Returns: (transfer full): knows the present state, and begins to follow; where the system tells
 *   nothing, a network is assumed
 */
OhNetworkWatch *oh_network_watch_new (void);

/**
 * oh_network_watch_is_connected:
 * @self: a watch
 *
 * Returns: whether there is an interface beside loopback that is up, has its cable or its access
 *   point, and an address that is more than link-local
 */
gboolean oh_network_watch_is_connected (OhNetworkWatch *self);

/**
 * oh_network_watch_addresses:
 * @self: a watch
 *
 * Returns: (transfer none) (array zero-terminated=1): all addresses of this computer, loopback and
 *   unplugged interfaces included, sorted; valid until the next "changed"
 */
const char *const *oh_network_watch_addresses (OhNetworkWatch *self);

G_END_DECLS
