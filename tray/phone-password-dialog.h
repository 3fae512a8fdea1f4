/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* As many octets as org.offhook.PhoneAdmin1 takes. */
#define OH_PHONE_PASSWORD_OCTETS_MAX 64

/**
 * OhPhonePasswordDialog:
 *
 * A new password for the web page of one phone: a strong one that is made here, or the user's own.
 * Says beforehand what the agent warns of, what happens meanwhile, and what came of it. What was
 * typed or made is wiped with the dialog, from the clipboard too.
 */
#define OH_TYPE_PHONE_PASSWORD_DIALOG (oh_phone_password_dialog_get_type ())
G_DECLARE_FINAL_TYPE (OhPhonePasswordDialog, oh_phone_password_dialog, OH, PHONE_PASSWORD_DIALOG,
                      GtkDialog)

/**
 * oh_phone_password_dialog_present:
 * @application: the application
 * @id: id of a phone with org.offhook.PhoneAdmin1
 *
 * Shows the dialog of that phone, which GTK owns; a second one is not opened.
 */
void oh_phone_password_dialog_present (GtkApplication *application, const char *id);

G_END_DECLS
