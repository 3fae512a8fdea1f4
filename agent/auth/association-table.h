/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "association-slot.h"

G_BEGIN_DECLS

/* Servers that may ask who we are on one connection: an outbound proxy, a Director, the registrar,
 * and one more. Each costs a header in every message, and each handshake shows the password to
 * somebody. */
#define OH_ASSOCIATION_SLOTS_MAX 4

/**
 * OhAssociationTable:
 *
 * The servers that have asked who we are on this connection, in the order in which they did.
 */
typedef struct _OhAssociationTable OhAssociationTable;

/**
 * oh_association_table_new:
 * @clock: the time
 * @policy: which schemes may be used and how; copied
 * @credentials_func: where credentials come from
 * @user_data: for @credentials_func
 *
 * Returns: (transfer full): an empty table
 */
OhAssociationTable *oh_association_table_new (OhClock *clock, const OhSchemePolicy *policy,
                                              OhCredentialsFunc credentials_func,
                                              gpointer user_data);

/**
 * oh_association_table_free:
 * @self: (transfer full): a table
 */
void oh_association_table_free (OhAssociationTable *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhAssociationTable, oh_association_table_free)

/**
 * oh_association_table_set_policy:
 * @self: a table
 * @policy: which schemes may be used in handshakes from now on, and how; copied
 */
void oh_association_table_set_policy (OhAssociationTable *self, const OhSchemePolicy *policy);

/**
 * oh_association_table_set_maker:
 * @self: a table
 * @maker: makes the mechanisms from now on; for tests
 */
void oh_association_table_set_maker (OhAssociationTable *self, OhMechanismMaker maker);

/**
 * oh_association_table_set_peer:
 * @self: a table
 * @peer: whom we are connected to from now on; copied
 */
void oh_association_table_set_peer (OhAssociationTable *self, const OhAuthPeer *peer);

/**
 * oh_association_table_host:
 * @self: a table
 *
 * Returns: (transfer none): the peer's name, for messages
 */
const char *oh_association_table_host (const OhAssociationTable *self);

/**
 * oh_association_table_set_idle_limit:
 * @self: a table
 * @seconds: after which servers forget an association that is not used
 */
void oh_association_table_set_idle_limit (OhAssociationTable *self, guint seconds);

/**
 * oh_association_table_clear:
 * @self: a table
 *
 * Forgets every server with all its associations.
 */
void oh_association_table_clear (OhAssociationTable *self);

/**
 * oh_association_table_size:
 * @self: a table
 *
 * Returns: how many servers are in it
 */
guint oh_association_table_size (const OhAssociationTable *self);

/**
 * oh_association_table_get:
 * @self: a table
 * @index: below oh_association_table_size()
 *
 * Returns: (transfer none): a server
 */
OhAssociationSlot *oh_association_table_get (const OhAssociationTable *self, guint index);

/**
 * oh_association_table_find:
 * @self: a table
 * @offer: what a server asks
 *
 * Returns: (transfer none) (nullable): that server; NULL when it has not asked before
 */
OhAssociationSlot *oh_association_table_find (const OhAssociationTable *self,
                                              const OhAuthOffer *offer);

/**
 * oh_association_table_add:
 * @self: a table
 * @offer: what a server asks that is not in the table
 *
 * Returns: (transfer none) (nullable): its slot; NULL at OH_ASSOCIATION_SLOTS_MAX
 */
OhAssociationSlot *oh_association_table_add (OhAssociationTable *self, const OhAuthOffer *offer);

/**
 * oh_association_table_forgive:
 * @self: a table
 *
 * A password that was refused may be shown again: the user wishes it.
 */
void oh_association_table_forgive (OhAssociationTable *self);

/**
 * oh_association_table_ignored_names:
 * @self: a table
 *
 * Returns: how many challenges were passed over because of the service or server that they named,
 *   since the table was made
 */
guint64 oh_association_table_ignored_names (const OhAssociationTable *self);

/**
 * oh_association_table_renew:
 * @self: a table
 *
 * oh_association_slot_renew() for every server that REGISTER passes.
 */
void oh_association_table_renew (OhAssociationTable *self);

/**
 * oh_association_table_known:
 * @self: a table
 *
 * Returns: (transfer none) (nullable): an association that stands on this connection: what servers
 *   after the first may be called depends on it
 */
OhAssociation *oh_association_table_known (const OhAssociationTable *self);

G_END_DECLS
