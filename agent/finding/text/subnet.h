/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Hosts asked behind one interface: those of a /24. A wider network is asked around our own address
 * only, because thousands of requests would look like an attack, and be none of our business. */
#define OH_SUBNET_HOSTS_MAX 254u

/**
 * oh_subnet_hosts:
 * @address: our own IPv4 address, host byte order
 * @prefix: length of its network's prefix in bits
 * @out: (element-type guint32): the hosts beside us are added, host byte order
 *
 * The hosts of our own network that may be asked, without our own address, the network's and its
 * broadcast address. Only private networks (RFC 1918) and the shared one (RFC 6598): a public
 * address is somebody else's.
 */
void oh_subnet_hosts (guint32 address, guint prefix, GArray *out);

G_END_DECLS
