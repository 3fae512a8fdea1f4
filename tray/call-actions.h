/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "agent-client.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * oh_call_actions_add:
 * @application: gets the actions
 * @client: the agent; must outlive the application's actions
 *
 * What can be done with a call beyond answering and hanging up, each with the call's id: "mute",
 * "unmute", "swap", "conference", "complete-transfer", and "transfer", which asks to whom. And with
 * a phone, each with its id: "dnd-on", "dnd-off", "forward-off", and "forward-all", "forward-busy",
 * "forward-no-answer", which ask to whom.
 */
void oh_call_actions_add (GtkApplication *application, OhAgentClient *client);

G_END_DECLS
