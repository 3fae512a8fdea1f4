/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define OH_TRAY_APP_ID "org.offhook.Tray"

/* After log-in panels come up by and by, and one that crashed comes back; when nobody shows the
 * icon for that long, the window stands in for it. */
#define OH_TRAY_APP_HOST_GRACE_US (G_GINT64_CONSTANT (10) * G_USEC_PER_SEC)

/**
 * OhTrayApp:
 *
 * The program: one instance per session, to which later ones hand their links. Owns the client of
 * the agent, the icon and the windows, and the actions that menu, windows and notifications name.
 *
 * offhook-tray shows the window; --background (autostart) only the icon, as soon as there is a
 * panel for it; a link only the question whether to dial.
 */
#define OH_TYPE_TRAY_APP (oh_tray_app_get_type ())
G_DECLARE_FINAL_TYPE (OhTrayApp, oh_tray_app, OH, TRAY_APP, GtkApplication)

/**
 * oh_tray_app_new:
 *
 * Returns: (transfer full): the application
 */
OhTrayApp *oh_tray_app_new (void);

G_END_DECLS
