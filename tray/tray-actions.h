/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "agent-client.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * oh_tray_actions_add:
 * @application: gets the actions
 * @client: the agent that they are about; borrowed, outlives @application's run
 *
 * Everything that menus, buttons and notifications can do to a call, to one's presence and to the
 * sign-in: "answer", "reject", "hang-up", "hold", "resume" (id of a call), "answer-any",
 * "end-any", "presence" (a word), "reset-presence", "sign-in", "sign-out". What fails is told in a
 * window.
 */
void oh_tray_actions_add (GtkApplication *application, OhAgentClient *client);

/**
 * oh_tray_actions_update:
 * @application: has the actions
 * @client: the agent
 *
 * Makes state and sensitivity of the actions follow the model.
 */
void oh_tray_actions_update (GtkApplication *application, OhAgentClient *client);

G_END_DECLS
