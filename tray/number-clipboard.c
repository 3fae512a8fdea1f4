/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "number-clipboard.h"

#include <glib/gi18n-lib.h>

#include "dial-remedy.h"

char *
oh_number_clipboard_offer (GtkWidget *widget, const GError *error, const char *dialled)
{
  if (dialled == NULL || !oh_dial_remedy_applies (error))
    return NULL;
  gtk_clipboard_set_text (gtk_widget_get_clipboard (widget, GDK_SELECTION_CLIPBOARD), dialled, -1);
  return g_strdup_printf (_ ("The number %s is on the clipboard."), dialled);
}
