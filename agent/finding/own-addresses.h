/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A computer has one or two that matter, and some of containers and temporary ones of IPv6. */
#define OH_OWN_ADDRESSES_MAX 16u

/**
 * oh_own_addresses:
 *
 * Returns: (transfer full) (element-type GInetAddress): this computer's addresses where a phone may
 *   reach it now, without loopback and without those that count on one link only
 */
GPtrArray *oh_own_addresses (void);

G_END_DECLS
