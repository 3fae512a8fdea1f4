/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * oh_carrier_note:
 * @downs: (element-type guint guint): how often each interface, by its index, has lost its carrier;
 *   kept here
 * @octets: what a netlink socket of NETLINK_ROUTE has read, rtnetlink(7)
 * @len: how much
 *
 * Reads the kernel's own count (IFLA_CARRIER_DOWN_COUNT). Its messages tell the state at the time
 * when they are written, so a cable that was out and in again before that shows in the count alone.
 * The first message about an interface only says where its count stands.
 *
 * Returns: whether some interface has lost its carrier since the last message about it
 */
gboolean oh_carrier_note (GHashTable *downs, const char *octets, gsize len);

G_END_DECLS
