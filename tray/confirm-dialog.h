/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "agent-client.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A window that jumps up while somebody types must not take their Enter for a yes. */
#define OH_CONFIRM_ARM_US (G_GINT64_CONSTANT (400) * 1000)
/* Before that nobody has noticed that they are waiting. */
#define OH_CONFIRM_BUSY_US (G_GINT64_CONSTANT (1) * G_USEC_PER_SEC)

/**
 * OhConfirmDialog:
 *
 * One attempt to dial, from a link, a contact or the keyboard: asks the agent what the text means,
 * asks the user where that is due, dials once, and tells what went wrong. Invisible while there
 * is nothing to say. Destroys itself.
 */
#define OH_TYPE_CONFIRM_DIALOG (oh_confirm_dialog_get_type ())
G_DECLARE_FINAL_TYPE (OhConfirmDialog, oh_confirm_dialog, OH, CONFIRM_DIALOG, GtkDialog)

/**
 * oh_confirm_dialog_start:
 * @application: the application
 * @parent: (nullable): window that it belongs to
 * @client: the agent
 * @text: a link or number, of any octets
 * @source: "link", "contact" or "user"; as org.offhook.Agent1.ParseNumber has it
 *
 * Begins the attempt.
 *
 * Returns: (transfer none): the dialog, owned by GTK
 */
OhConfirmDialog *oh_confirm_dialog_start (GtkApplication *application, GtkWindow *parent,
                                          OhAgentClient *client, const char *text,
                                          const char *source);

/**
 * oh_confirm_dialog_set_private:
 * @self: an attempt that has just begun
 *
 * The call list is to keep nothing of the call.
 */
void oh_confirm_dialog_set_private (OhConfirmDialog *self);

G_END_DECLS
