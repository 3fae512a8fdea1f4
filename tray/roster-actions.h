/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "contact-list.h"

G_BEGIN_DECLS

/**
 * OhRosterActions:
 *
 * Changes the contact list from its window: the window's actions "add-contact", "add-person"
 * (address, name), "add-group", "rename", "remove", "move-to" (s, the group) and "undo", the
 * dialogs that they need, and a bar that says what came of it. Keeps the list's groups as the
 * server has them, and a line about the list's age below it.
 */
#define OH_TYPE_ROSTER_ACTIONS (oh_roster_actions_get_type ())
G_DECLARE_FINAL_TYPE (OhRosterActions, oh_roster_actions, OH, ROSTER_ACTIONS, GObject)

/**
 * oh_roster_actions_new:
 * @window: whose actions these become; outlives this
 * @list: in which people and groups are chosen; a child of @window
 * @above: gets the bar
 * @below: gets the line
 *
 * Returns: (transfer full): it
 */
OhRosterActions *oh_roster_actions_new (GtkApplicationWindow *window, OhContactList *list,
                                        GtkContainer *above, GtkContainer *below);

G_END_DECLS
