/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * OhFoundList:
 *
 * A list that fills with the phones that the agent finds, from the moment it is shown; a button
 * asks every host of the network. While it is empty it says what to do.
 *
 * Signal "chosen" (const char *address): the user has picked one that can be set up
 */
#define OH_TYPE_FOUND_LIST (oh_found_list_get_type ())
G_DECLARE_FINAL_TYPE (OhFoundList, oh_found_list, OH, FOUND_LIST, GtkBox)

/**
 * oh_found_list_new:
 *
 * Returns: (transfer none): the list, floating
 */
GtkWidget *oh_found_list_new (void);

G_END_DECLS
