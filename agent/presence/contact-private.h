/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "contact.h"
#include "roster-file.h"

G_BEGIN_DECLS

/* For the folder: the list that owns the contacts, and those who address them. */

/**
 * OhContactChange:
 * @OH_CONTACT_SAME: nothing changed
 * @OH_CONTACT_CHANGED: something that is shown changed
 * @OH_CONTACT_CHANGED_NUMBERS: so did the numbers
 */
typedef enum
{
  OH_CONTACT_SAME = 0,
  OH_CONTACT_CHANGED = 1 << 0,
  OH_CONTACT_CHANGED_NUMBERS = 1 << 1,
} OhContactChange;

/**
 * oh_contact_full_uri:
 * @uri: an address with or without scheme
 *
 * Returns: (transfer full): with scheme; "sip:" where there is none
 */
char *oh_contact_full_uri (const char *uri);

/**
 * oh_contact_key_for:
 * @uri: (nullable): an address with or without scheme
 *
 * Returns: (transfer full) (nullable): what one person's addresses have in common; NULL for nobody
 */
char *oh_contact_key_for (const char *uri);

/**
 * oh_contact_new:
 * @uri: the address, with or without scheme
 * @key: its oh_contact_key_for()
 *
 * Returns: (transfer full): a contact of whom nothing else is known
 */
OhContact *oh_contact_new (const char *uri, const char *key);

/**
 * oh_contact_key:
 * @self: a contact
 *
 * Returns: (transfer none): its key
 */
const char *oh_contact_key (OhContact *self);

/**
 * oh_contact_set_groups:
 * @self: a contact
 * @groups: (transfer full): names of the groups
 *
 * Returns: what changed
 */
OhContactChange oh_contact_set_groups (OhContact *self, GStrv groups);

/**
 * oh_contact_set_entry:
 * @self: a contact
 * @name: (nullable): what the user calls the person
 * @groups: (transfer full): names of the groups
 * @subscribed: whether presence is wanted
 *
 * Returns: what changed
 */
OhContactChange oh_contact_set_entry (OhContact *self, const char *name, GStrv groups,
                                      gboolean subscribed);

/**
 * oh_contact_list_name:
 * @self: a contact
 *
 * Returns: (transfer none) (nullable): what the user calls the person; the card does not count
 */
const char *oh_contact_list_name (OhContact *self);

/**
 * oh_contact_dup_card:
 * @self: a contact
 *
 * Returns: (transfer full): name and numbers of the card, to be kept
 */
OhKeptCard *oh_contact_dup_card (OhContact *self);

/**
 * oh_contact_restore_card:
 * @self: a contact
 * @card: of an earlier sign-in; counts until the server sends a card
 *
 * Returns: what changed
 */
OhContactChange oh_contact_restore_card (OhContact *self, const OhKeptCard *card);

/**
 * oh_contact_subscribed:
 * @self: a contact
 *
 * Returns: whether presence is wanted
 */
gboolean oh_contact_subscribed (OhContact *self);

/**
 * oh_contact_apply:
 * @self: a contact
 * @categories: what the server said about it
 *
 * Takes over the categories that are named, merges the instances of the card, and passes over
 * what is older than what is known.
 *
 * Returns: what changed
 */
OhContactChange oh_contact_apply (OhContact *self, const OhCategories *categories);

/**
 * oh_contact_set_availability:
 * @self: a contact
 * @availability: what to show; what was known of state and note is forgotten
 *
 * Returns: what changed
 */
OhContactChange oh_contact_set_availability (OhContact *self, OhAvailability availability);

G_END_DECLS
