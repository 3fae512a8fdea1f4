/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "contact-book.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * OhAgentClient:
 *
 * The agent as the tray sees it: the generated proxies as one model of plain values, in which the
 * agent comes and goes. Starts it over the bus, and again when it vanishes.
 *
 * Signal "changed", without arguments: from the main loop, once for a burst of changes. Who wants
 * to know which contacts have changed listens to the book.
 */
#define OH_TYPE_AGENT_CLIENT (oh_agent_client_get_type ())
G_DECLARE_FINAL_TYPE (OhAgentClient, oh_agent_client, OH, AGENT_CLIENT, GObject)

/**
 * oh_agent_client_new:
 *
 * Returns: (transfer full): a client that begins to look for the agent at once
 */
OhAgentClient *oh_agent_client_new (void);

/**
 * oh_agent_client_get_model:
 * @self: the client
 *
 * Returns: (transfer none): what is known now; valid until the main loop runs again
 */
OhTrayModel *oh_agent_client_get_model (OhAgentClient *self);

/**
 * oh_agent_client_get_book:
 * @self: the client
 *
 * Returns: (transfer none): the contacts of the model, one change at a time
 */
OhContactBook *oh_agent_client_get_book (OhAgentClient *self);

/**
 * oh_agent_client_is_locked:
 * @self: the client
 *
 * Returns: whether the screen is locked, as far as the agent has told
 */
gboolean oh_agent_client_is_locked (OhAgentClient *self);

G_END_DECLS
