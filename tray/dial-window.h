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
 * OhDialDone:
 * @text: what was typed, or a contact's number
 * @is_contact: it is a contact's number
 * @second: the second button was pressed
 * @user_data: of the purpose
 *
 * The user has chosen.
 */
typedef void (*OhDialDone) (const char *text, gboolean is_contact, gboolean second,
                            gpointer user_data);

/**
 * OhDialPurpose:
 * @title: of the window, translated
 * @first: label of the button that Enter presses
 * @second: (nullable): label of another one
 * @done: called when one of them is pressed
 * @user_data: for @done
 * @destroy: frees @user_data when the window goes
 *
 * What a number is wanted for, when not to call it.
 */
typedef struct
{
  const char *title;
  const char *first;
  const char *second;
  OhDialDone done;
  gpointer user_data;
  GDestroyNotify destroy;
} OhDialPurpose;

/**
 * oh_dial_window_new_for:
 * @application: the application
 * @client: the agent
 * @purpose: what the number is for; its texts are only borrowed
 *
 * The same window for another purpose: to transfer a call, to forward calls.
 *
 * Returns: (transfer none): the window, owned by GTK, not yet shown
 */
OhDialWindow *oh_dial_window_new_for (GtkApplication *application, OhAgentClient *client,
                                      const OhDialPurpose *purpose);

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
