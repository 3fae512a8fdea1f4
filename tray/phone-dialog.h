/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tray-model.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * OhPhoneDialog:
 *
 * Address, web login and certificate of one phone: adds a phone, or mends one that refuses the
 * password or shows a certificate that nobody has compared yet.
 */
#define OH_TYPE_PHONE_DIALOG (oh_phone_dialog_get_type ())
G_DECLARE_FINAL_TYPE (OhPhoneDialog, oh_phone_dialog, OH, PHONE_DIALOG, GtkDialog)

/**
 * oh_phone_dialog_new:
 * @application: the application
 * @parent: (nullable): window that it belongs to
 * @phone: (nullable): the phone as it is now; NULL for a new one
 *
 * Returns: (transfer none): the dialog, owned by GTK, not yet shown
 */
OhPhoneDialog *oh_phone_dialog_new (GtkApplication *application, GtkWindow *parent,
                                    const OhTrayPhone *phone);

G_END_DECLS
