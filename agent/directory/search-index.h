/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "contacts.h"

G_BEGIN_DECLS

/**
 * OhSearchIndex:
 *
 * The contact list, folded and in the order of names, for searching while somebody types. Follows
 * the list by its signals: who comes, goes or changes costs one person's folding. Presence, which
 * changes all the time, costs a comparison.
 *
 * A search walks over all: two comparisons of octets for each person, about a millisecond for
 * 10,000, without anything that would have to be kept sorted by every part of every number.
 */
typedef struct _OhSearchIndex OhSearchIndex;

/**
 * oh_search_index_new:
 * @contacts: the list to follow; referenced
 *
 * Returns: (transfer full): the index
 */
OhSearchIndex *oh_search_index_new (OhContacts *contacts);

/**
 * oh_search_index_free:
 * @self: (nullable) (transfer full): an index
 */
void oh_search_index_free (OhSearchIndex *self);

/**
 * oh_search_index_find:
 * @self: an index
 * @text: what was typed; "" finds everybody
 * @limit: how many are wanted at most
 * @out_total: (out) (optional): how many there are
 *
 * Those whose name begins so first, then those of whom a word does, then by address, then by
 * number; within each by name, then by address. The same list gives the same order.
 *
 * Returns: (transfer full) (element-type OhContact): who fits
 */
GPtrArray *oh_search_index_find (OhSearchIndex *self, const char *text, guint limit,
                                 guint *out_total);

/**
 * oh_search_index_lookup_mail:
 * @self: an index
 * @mail: a mail address, letters in any case
 *
 * Returns: (transfer none) (nullable): the contact whose card has it
 */
OhContact *oh_search_index_lookup_mail (OhSearchIndex *self, const char *mail);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhSearchIndex, oh_search_index_free)

G_END_DECLS
