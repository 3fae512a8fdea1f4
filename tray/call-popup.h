/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tray-model.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * OhCallPopup:
 *
 * The incoming call where no notification server takes buttons: a small window in the corner that
 * takes no focus from whoever types, and can still be reached by mouse and keyboard.
 */
#define OH_TYPE_CALL_POPUP (oh_call_popup_get_type ())
G_DECLARE_FINAL_TYPE (OhCallPopup, oh_call_popup, OH, CALL_POPUP, GtkWindow)

/**
 * oh_call_popup_new:
 * @application: the application, whose actions "answer" and "reject" the buttons are
 * @call: the call that comes in
 *
 * Returns: (transfer none): the window, shown, owned by GTK; destroy it when the call is no longer
 *   coming in
 */
GtkWidget *oh_call_popup_new (GtkApplication *application, const OhTrayCall *call);

G_END_DECLS
