/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * oh_own_address_is_among:
 * @host: our end of a connection as a SIP message has it: IPv6 in brackets
 * @addresses: (array zero-terminated=1): addresses of this computer, IPv6 without brackets
 *
 * Written differently is the same address: "::ffff:192.0.2.1" and a scope do not matter.
 *
 * Returns: whether the address is one of them; TRUE for what is no address
 */
gboolean oh_own_address_is_among (const char *host, const char *const *addresses);

/**
 * oh_own_address_is_server:
 * @server: (nullable): "host[:port]" of the settings
 *
 * Returns: whether that is this computer itself, which needs no network
 */
gboolean oh_own_address_is_server (const char *server);

G_END_DECLS
