/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * OhPairBox:
 *
 * Pairs with the phone whose address stands in an entry: a button has the phone show a code, and an
 * entry takes it. Where the phone's display cannot be reached, its fingerprint is to be compared.
 *
 * Signals:
 *  - "paired" (const char *id): the phone is set up
 *  - "failed" (GError *error): borrowed
 */
#define OH_TYPE_PAIR_BOX (oh_pair_box_get_type ())
G_DECLARE_FINAL_TYPE (OhPairBox, oh_pair_box, OH, PAIR_BOX, GtkBox)

/**
 * oh_pair_box_new:
 * @address: where the phone's address is typed or picked
 * @user: where its login is, if it wants one
 * @password: the same
 *
 * The entries have to live as long as the box.
 *
 * Returns: (transfer none): the box, floating
 */
GtkWidget *oh_pair_box_new (GtkEntry *address, GtkEntry *user, GtkEntry *password);

G_END_DECLS
