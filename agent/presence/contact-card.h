/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "category-xml.h"
#include "contact.h"
#include "roster-file.h"

G_BEGIN_DECLS

/**
 * OhContactCard:
 *
 * The contact card of one person. The server keeps it in several instances (what the directory
 * says, what the user typed, addresses ...) which add up; each is replaced by itself.
 */
typedef struct _OhContactCard OhContactCard;

/**
 * oh_contact_card_new:
 *
 * Returns: (transfer full): an empty card
 */
OhContactCard *oh_contact_card_new (void);

/**
 * oh_contact_card_free:
 * @self: (transfer full): a card
 */
void oh_contact_card_free (OhContactCard *self);

/**
 * oh_contact_card_apply:
 * @self: a card
 * @category: of kind OH_CATEGORY_CARD: the new content of one instance; empty removes it, empty
 *   and without instance removes all
 *
 * Returns: whether it was taken; FALSE when there are too many instances
 */
gboolean oh_contact_card_apply (OhContactCard *self, const OhCategory *category);

/**
 * oh_contact_card_name:
 * @self: a card
 *
 * Returns: (transfer none): the display name; "" when there is none
 */
const char *oh_contact_card_name (const OhContactCard *self);

/**
 * oh_contact_card_mail:
 * @self: a card
 *
 * Returns: (transfer none): the mail address, what the user typed before what the directory says;
 *   "" when there is none. Valid until the next oh_contact_card_apply()
 */
const char *oh_contact_card_mail (const OhContactCard *self);

/**
 * oh_contact_card_numbers:
 * @self: a card
 *
 * Returns: (transfer none) (element-type OhContactNumber): work, mobile, home and other numbers
 *   of all instances, no number twice; those the user typed before those of the directory. Valid
 *   until the next oh_contact_card_apply()
 */
GPtrArray *oh_contact_card_numbers (const OhContactCard *self);

/**
 * oh_contact_card_keep:
 * @self: a card
 *
 * Returns: (transfer full): its name and numbers
 */
OhKeptCard *oh_contact_card_keep (const OhContactCard *self);

/**
 * oh_contact_card_restore:
 * @self: a card
 * @kept: of an earlier sign-in; whatever the server sends replaces all of it
 *
 * Returns: whether it was taken; FALSE where the server has spoken already
 */
gboolean oh_contact_card_restore (OhContactCard *self, const OhKeptCard *kept);

G_END_DECLS
