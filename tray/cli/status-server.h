/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "bus-generated.h"

G_BEGIN_DECLS

/**
 * oh_status_add_server:
 * @builder: in an object
 * @server: (nullable): of the agent; NULL when it does not say
 *
 * Adds the member "server": what the front end provisions this user with; null when that is not
 * known.
 */
void oh_status_add_server (JsonBuilder *builder, OhBusServer1 *server);

/**
 * oh_status_print_server:
 * @server: (nullable): of the agent
 *
 * The same for people: a few lines, or none.
 */
void oh_status_print_server (OhBusServer1 *server);

/**
 * oh_status_print_help_desk:
 * @server: (nullable): of the agent
 *
 * Where the company's help desk is, for somebody who cannot sign in; nothing when the server never
 * said so.
 */
void oh_status_print_help_desk (OhBusServer1 *server);

G_END_DECLS
