/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tray-model.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* How long the book works before the main loop may draw and listen again: a quarter of a frame at
 * 60 Hz, which leaves the rest of it to those who show the changes. */
#define OH_CONTACT_BOOK_SLICE_US (G_GINT64_CONSTANT (4) * 1000)

/**
 * OhContactBook:
 *
 * Everybody in the contact list, by address. What the agent sends is taken over in slices of
 * OH_CONTACT_BOOK_SLICE_US when nothing more urgent waits, in the order in which it came: ten
 * thousand people at once do not stop the windows.
 *
 * Signals: "put" (OhTrayContact: somebody new, or as they are now), "dropped" (OhTrayContact, who
 * is not in the list any more), "cleared" (nobody is), "settled" (nothing waits any more).
 */
#define OH_TYPE_CONTACT_BOOK (oh_contact_book_get_type ())
G_DECLARE_FINAL_TYPE (OhContactBook, oh_contact_book, OH, CONTACT_BOOK, GObject)

/**
 * OhContactBookReader:
 * @entry: one person as the bus tells of them
 *
 * Returns: (transfer full): the person
 */
typedef OhTrayContact *(*OhContactBookReader) (GVariant *entry);

/**
 * oh_contact_book_new:
 * @contacts: (element-type OhTrayContact): an empty array, which the book fills
 * @reader: what makes people of entries
 * @max: how many people it takes
 *
 * Returns: (transfer full): an empty book
 */
OhContactBook *oh_contact_book_new (GPtrArray *contacts, OhContactBookReader reader, guint max);

/**
 * oh_contact_book_replace:
 * @self: a book
 * @list: entries of everybody
 *
 * The whole list: whoever is not in it is dropped. What still waited is left out.
 */
void oh_contact_book_replace (OhContactBook *self, GVariant *list);

/**
 * oh_contact_book_change:
 * @self: a book
 * @changed: entries of those who are new or have changed
 * @removed: addresses of those who went
 */
void oh_contact_book_change (OhContactBook *self, GVariant *changed, const char *const *removed);

/**
 * oh_contact_book_clear:
 * @self: a book
 *
 * Forgets everybody, and what still waited, at once; the memory is given back in slices.
 */
void oh_contact_book_clear (OhContactBook *self);

/**
 * oh_contact_book_all:
 * @self: a book
 *
 * Returns: (transfer none) (element-type OhTrayContact): everybody, in no order
 */
const GPtrArray *oh_contact_book_all (OhContactBook *self);

G_END_DECLS
