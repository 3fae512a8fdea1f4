/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * oh_number_clipboard_offer:
 * @widget: on whose display
 * @error: why a call was not dialled
 * @dialled: (nullable): the number as it would have gone to the phone
 *
 * Where nothing was dialled for certain, and the user has to dial by hand, the number goes to the
 * clipboard: to be pasted into whatever can.
 *
 * Returns: (transfer full) (nullable): what to tell the user of it; NULL when nothing was copied
 */
char *oh_number_clipboard_offer (GtkWidget *widget, const GError *error, const char *dialled);

G_END_DECLS
