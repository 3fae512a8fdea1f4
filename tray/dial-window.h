/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "agent-client.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What fits below the field; who types one letter more finds fewer. */
#define OH_DIAL_SUGGESTIONS_MAX 6
/* Between two keys of somebody who types fast: the agent is asked when they pause. */
#define OH_DIAL_PREVIEW_US (G_GINT64_CONSTANT (120) * 1000)

/**
 * OhDialWindow:
 *
 * "Call…": a name or a number is typed, matching contacts and what the number would be dialled as
 * are shown below, Enter calls.
 */
#define OH_TYPE_DIAL_WINDOW (oh_dial_window_get_type ())
G_DECLARE_FINAL_TYPE (OhDialWindow, oh_dial_window, OH, DIAL_WINDOW, GtkDialog)

/**
 * oh_dial_window_new:
 * @application: the application; its action "dial-typed" is given what was typed, "dial" a
 *   contact's number
 * @client: the agent
 *
 * Returns: (transfer none): the window, owned by GTK, not yet shown
 */
OhDialWindow *oh_dial_window_new (GtkApplication *application, OhAgentClient *client);

G_END_DECLS
