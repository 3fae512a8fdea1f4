/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Characters; the agent takes no longer note. */
#define OH_NOTE_DIALOG_MAX 500

/**
 * oh_note_dialog_new:
 * @application: whose window it is; told when the note could not be set
 * @note: the present note
 *
 * Asks for the note that others see beside the user's presence. Enter sets it, Escape leaves it; an
 * empty one removes it.
 *
 * Returns: (transfer none): the window, shown
 */
GtkWidget *oh_note_dialog_new (GtkApplication *application, const char *note);

G_END_DECLS
