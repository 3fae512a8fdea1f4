/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "agent-client.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * OhDoctorWindow:
 *
 * Looks at every step of sign-in and at each phone, shows what was found as it comes, and makes a
 * report of it for the help desk.
 */
#define OH_TYPE_DOCTOR_WINDOW (oh_doctor_window_get_type ())
G_DECLARE_FINAL_TYPE (OhDoctorWindow, oh_doctor_window, OH, DOCTOR_WINDOW, GtkApplicationWindow)

/**
 * oh_doctor_window_new:
 * @application: the application
 * @client: the agent: whose names the report masks
 *
 * Returns: (transfer none): the window, owned by GTK, not yet shown; it begins to look at once
 */
OhDoctorWindow *oh_doctor_window_new (GtkApplication *application, OhAgentClient *client);

G_END_DECLS
