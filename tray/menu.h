/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "menu-lines.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * OhMenu:
 *
 * The tray's menu on the bus, as com.canonical.dbusmenu: the host draws it, we keep it true.
 */
#define OH_TYPE_MENU (oh_menu_get_type ())
G_DECLARE_FINAL_TYPE (OhMenu, oh_menu, OH, MENU, GObject)

/**
 * oh_menu_new:
 * @path: object path to export it at, on the session bus
 * @actions: what the lines name; borrowed, outlives the menu
 *
 * Returns: (transfer full): an empty menu
 */
OhMenu *oh_menu_new (const char *path, GActionGroup *actions);

/**
 * oh_menu_set_lines:
 * @self: the menu
 * @lines: (element-type OhMenuLine): what it shows from now on
 *
 * An entry keeps its number on the bus as long as it means the same, and gets a new one when it
 * does not: a click that was on its way can never hit another action.
 */
void oh_menu_set_lines (OhMenu *self, const GPtrArray *lines);

/**
 * oh_menu_activate:
 * @actions: the application's actions
 * @line: a line that was chosen
 *
 * What a click on a line does, here and in the program's own windows.
 */
void oh_menu_activate (GActionGroup *actions, const OhMenuLine *line);

G_END_DECLS
