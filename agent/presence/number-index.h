/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "contact.h"

G_BEGIN_DECLS

/**
 * OhNumberIndex:
 *
 * Who has which telephone number: a hash table over their last digits. Part of the contact list,
 * which owns the contacts.
 */
typedef struct _OhNumberIndex OhNumberIndex;

/**
 * oh_number_index_new:
 *
 * Returns: (transfer full): an empty index
 */
OhNumberIndex *oh_number_index_new (void);

/**
 * oh_number_index_free:
 * @self: (nullable) (transfer full): an index
 */
void oh_number_index_free (OhNumberIndex *self);

/**
 * oh_number_index_put:
 * @self: an index
 * @contact: whose numbers have changed; borrowed until oh_number_index_remove()
 */
void oh_number_index_put (OhNumberIndex *self, OhContact *contact);

/**
 * oh_number_index_remove:
 * @self: an index
 * @contact: who goes
 */
void oh_number_index_remove (OhNumberIndex *self, OhContact *contact);

/**
 * oh_number_index_lookup:
 * @self: an index
 * @number: (nullable): a number in any form
 *
 * Returns: (transfer none) (nullable): who has it; NULL also where two fit equally well
 */
OhContact *oh_number_index_lookup (OhNumberIndex *self, const char *number);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhNumberIndex, oh_number_index_free)

G_END_DECLS
