/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "view-state.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * OhTrayIcon:
 *
 * The icon in the panel, whatever panel there is: comes back by itself when the panel is started
 * again, and knows whether anybody shows it. One body per system.
 *
 * Signals: "activated" (left click) and "call-activated" (middle click), without arguments;
 * "notify::has-host".
 */
#define OH_TYPE_TRAY_ICON (oh_tray_icon_get_type ())
G_DECLARE_FINAL_TYPE (OhTrayIcon, oh_tray_icon, OH, TRAY_ICON, GObject)

/**
 * oh_tray_icon_new:
 * @connection: the session bus
 * @actions: the actions that menu entries name; borrowed, outlives the icon
 *
 * Returns: (transfer full): an icon, not shown before oh_tray_icon_show()
 */
OhTrayIcon *oh_tray_icon_new (GDBusConnection *connection, GActionGroup *actions);

/**
 * oh_tray_icon_show:
 * @self: the icon
 * @icon: which picture
 * @tooltip: one line of plain text
 * @menu: (element-type OhMenuLine): its menu
 */
void oh_tray_icon_show (OhTrayIcon *self, OhIcon icon, const char *tooltip, const GPtrArray *menu);

/**
 * oh_tray_icon_has_host:
 * @self: the icon
 *
 * Returns: whether a panel shows it; without one the window has to stand in
 */
gboolean oh_tray_icon_has_host (OhTrayIcon *self);

G_END_DECLS
