/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "contact-book.h"
#include "contact-store.h"

G_BEGIN_DECLS

/**
 * OhContactFill:
 *
 * Takes everybody of a book over into a store: as many as a slice of OH_CONTACT_BOOK_SLICE_US
 * lasts at once, which is all of most people's lists, the rest when nothing more urgent waits.
 */
typedef struct _OhContactFill OhContactFill;

/**
 * oh_contact_fill_new:
 * @store: what is filled
 * @book: with whom; outlives the fill
 *
 * Takes the first slice over before it returns.
 *
 * Returns: (transfer full): the fill, which may be at its end already
 */
OhContactFill *oh_contact_fill_new (OhContactStore *store, OhContactBook *book);

/**
 * oh_contact_fill_free:
 * @self: (transfer full) (nullable): a fill, at its end or not
 */
void oh_contact_fill_free (OhContactFill *self);

/**
 * oh_contact_fill_is_done:
 * @self: a fill
 *
 * Returns: whether everybody is in the store
 */
gboolean oh_contact_fill_is_done (const OhContactFill *self);

/**
 * oh_contact_fill_go_on:
 * @self: a fill that is not at its end
 * @done: called once at its end; may free the fill
 * @user_data: for @done
 *
 * Goes on from the main loop.
 */
void oh_contact_fill_go_on (OhContactFill *self, void (*done) (gpointer user_data),
                            gpointer user_data);

/**
 * oh_contact_fill_begin_again:
 * @self: a fill
 *
 * Somebody was dropped from the book, which has put another one into the gap.
 */
void oh_contact_fill_begin_again (OhContactFill *self);

/**
 * oh_contact_fill_finish:
 * @self: a fill
 *
 * Takes over all that is left, now; @done is not called.
 */
void oh_contact_fill_finish (OhContactFill *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhContactFill, oh_contact_fill_free)

G_END_DECLS
