/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Octets of an IPv6 address, the longest. */
#define OH_NEIGHBOUR_ADDRESS_MAX 16
/* Entries taken of one table: a /22 full of devices. A larger one is read this far. */
#define OH_NEIGHBOURS_MAX 1024

/**
 * OhNeighbour:
 * @v6: the address has 16 octets, otherwise 4
 * @address: in network order
 * @mac: its hardware address
 * @interface: index of the interface behind which it is
 *
 * One device of the link that the kernel knows (ARP, RFC 826; neighbour discovery, RFC 4861).
 */
typedef struct
{
  gboolean v6;
  guint8 address[OH_NEIGHBOUR_ADDRESS_MAX];
  guint8 mac[6];
  guint interface;
} OhNeighbour;

/**
 * OhNeighbourPart:
 * @OH_NEIGHBOUR_MORE: the rest comes with the next datagram
 * @OH_NEIGHBOUR_END: the table is through
 * @OH_NEIGHBOUR_BROKEN: the kernel refused, or this is none of its answers
 */
typedef enum
{
  OH_NEIGHBOUR_MORE,
  OH_NEIGHBOUR_END,
  OH_NEIGHBOUR_BROKEN,
} OhNeighbourPart;

/**
 * oh_neighbour_read:
 * @octets: one datagram of the answer to RTM_GETNEIGH, rtnetlink(7); in the byte order of this
 *   computer
 * @len: of it
 * @out: (element-type OhNeighbour): what it lists is added, up to OH_NEIGHBOURS_MAX in all
 *
 * Passes over what has no hardware address, what the kernel failed to resolve, and what needs no
 * resolving (NUD_FAILED, NUD_INCOMPLETE, NUD_NOARP).
 *
 * Returns: whether there is more to come
 */
OhNeighbourPart oh_neighbour_read (const guint8 *octets, gsize len, GArray *out);

G_END_DECLS
