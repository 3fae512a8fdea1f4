/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "agent-client.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * OhContactsWindow:
 *
 * The main window: state, calls, people. Everything that the tray's menu can do can be done here,
 * because there may be no tray.
 */
#define OH_TYPE_CONTACTS_WINDOW (oh_contacts_window_get_type ())
G_DECLARE_FINAL_TYPE (OhContactsWindow, oh_contacts_window, OH, CONTACTS_WINDOW,
                      GtkApplicationWindow)

/**
 * oh_contacts_window_new:
 * @application: the application, whose actions the window uses
 * @client: the agent
 *
 * Returns: (transfer none): the window, owned by GTK, not yet shown
 */
OhContactsWindow *oh_contacts_window_new (GtkApplication *application, OhAgentClient *client);

G_END_DECLS
