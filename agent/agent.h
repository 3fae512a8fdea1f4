/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * OhAgent:
 *
 * The composition root: builds every object of the agent and joins what must not know each other.
 *
 * Signal "finished": there is nothing left to serve: another agent has the name, or the bus is
 * gone. To be answered with oh_agent_stop_async().
 */
#define OH_TYPE_AGENT (oh_agent_get_type ())
G_DECLARE_FINAL_TYPE (OhAgent, oh_agent, OH, AGENT, GObject)

/**
 * oh_agent_new:
 * @installation: of oh_installation_load_id()
 * @error: OH_ERROR_SETTINGS when the schemas are not installed
 *
 * Returns: (transfer full) (nullable): an agent that does nothing yet
 */
OhAgent *oh_agent_new (const char *installation, GError **error);

/**
 * oh_agent_start:
 * @self: an agent
 * @connection: the bus to serve on
 * @replace: take the name from an agent that is there already
 * @error: when the bus does not let it
 *
 * Shows itself on the bus; when the name is its own, signs in and makes the phones work.
 *
 * Returns: whether it is on the bus
 */
gboolean oh_agent_start (OhAgent *self, GDBusConnection *connection, gboolean replace,
                         GError **error);

/**
 * oh_agent_stop_async:
 * @self: an agent, started or not
 * @callback: called when all is put in order, after a few seconds at the latest
 * @user_data: for @callback
 *
 * Gives the phones their own settings back, takes back what was published, de-registers, leaves
 * the bus. When another agent has taken over, phones and server are left to it.
 */
void oh_agent_stop_async (OhAgent *self, GAsyncReadyCallback callback, gpointer user_data);

/**
 * oh_agent_stop_finish:
 * @self: an agent
 * @result: of oh_agent_stop_async()
 */
void oh_agent_stop_finish (OhAgent *self, GAsyncResult *result);

G_END_DECLS
