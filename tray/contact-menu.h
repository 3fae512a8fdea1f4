/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tray-model.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * oh_contact_menu_new:
 * @contact: (nullable): whom it is for; NULL for the heading of a group
 * @groups: (element-type utf8): names of the groups that somebody can be moved to
 * @listed: whether they are in the contact list, or only found in the directory
 * @actions: of the application: where a number is dialled
 *
 * What can be done with somebody, or with a group: a number is called, and the window's actions
 * "rename", "remove", "move-to" and "add-person" change the list. They are found through the
 * widget that the menu is attached to.
 *
 * Returns: (transfer full): a menu, shown all but itself
 */
GtkWidget *oh_contact_menu_new (const OhTrayContact *contact, const GPtrArray *groups,
                                gboolean listed, GActionGroup *actions);

G_END_DECLS
