/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * OhSignInDialog:
 *
 * Address, user name, server and password. The first three are settings, and what the
 * administrator has locked looks locked; the password goes to the agent, which keeps it in the
 * keyring. Signs in when it closes with "Sign In", and says in place why it did not work.
 */
#define OH_TYPE_SIGN_IN_DIALOG (oh_sign_in_dialog_get_type ())
G_DECLARE_FINAL_TYPE (OhSignInDialog, oh_sign_in_dialog, OH, SIGN_IN_DIALOG, GtkDialog)

/**
 * oh_sign_in_dialog_new:
 * @application: the application
 * @parent: (nullable): window that it belongs to
 *
 * Returns: (transfer none): the dialog, owned by GTK, not yet shown
 */
OhSignInDialog *oh_sign_in_dialog_new (GtkApplication *application, GtkWindow *parent);

G_END_DECLS
