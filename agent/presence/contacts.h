/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "contact-groups.h"
#include "contact.h"

G_BEGIN_DECLS

/* What text/roaming-contacts-xml.h makes of a list or a delta; opaque to all who only look. */
typedef struct _OhContactList OhContactList;
/* What text/roster-file.h keeps from one sign-in to the next; opaque as well. */
typedef struct _OhContactSnapshot OhContactSnapshot;

/**
 * OhContacts:
 *
 * The contact list: a GListModel of OhContact in the order in which they came. Everything that
 * happens often (finding by address or number, a change of one person) costs the same at 10,000
 * contacts as at 10.
 *
 * Signals: GListModel::items-changed for people who come and go; "contact-changed" (OhContact)
 * once per change of a person who stays; "groups-changed" when the groups or their order have;
 * "list-applied" (gboolean complete) after each list or delta of the server; "card-changed" when
 * names or numbers of somebody's card have changed.
 *
 * Property "stale" (gboolean, notifies): nobody confirms the list: it comes from an earlier
 * sign-in, or the connection is lost.
 *
 * The list survives a loss of the connection: people stay, their presence becomes unknown.
 */
#define OH_TYPE_CONTACTS (oh_contacts_get_type ())
G_DECLARE_FINAL_TYPE (OhContacts, oh_contacts, OH, CONTACTS, GObject)

/**
 * oh_contacts_new:
 *
 * Returns: (transfer full): an empty list
 */
OhContacts *oh_contacts_new (void);

/**
 * oh_contacts_lookup_uri:
 * @self: the list
 * @uri: (nullable): an address, with or without "sip:", letters in any case, parameters ignored
 *
 * Returns: (transfer none) (nullable): the contact
 */
OhContact *oh_contacts_lookup_uri (OhContacts *self, const char *uri);

/**
 * oh_contacts_lookup_number:
 * @self: the list
 * @number: (nullable): a number in any form: "+49 30 39833-0", "tel:+4930398330;ext=12",
 *   "030398330", "12"
 *
 * Who has this number. Equal numbers win; else the last nine digits decide, or all of the shorter
 * number where it has seven or eight, leading zeros aside. Two complete numbers (with "+") match
 * only when equal. An extension counts only where both have one. When two people fit equally
 * well, nobody is named: a wrong name on a call is worse than none.
 *
 * Returns: (transfer none) (nullable): the contact
 */
OhContact *oh_contacts_lookup_number (OhContacts *self, const char *number);

/**
 * oh_contacts_apply_list:
 * @self: the list
 * @list: a complete list or a delta, from the server
 *
 * Takes over a complete list (people who stay keep their presence and card) or a delta.
 *
 * Returns: FALSE when @list is a delta to another version than ours, or one that counts backwards:
 *   nothing was changed, and the complete list has to be asked for
 */
gboolean oh_contacts_apply_list (OhContacts *self,
                                 const OhContactList *list) G_GNUC_WARN_UNUSED_RESULT;

/**
 * oh_contacts_restore:
 * @self: the list, stale
 * @snapshot: what an earlier sign-in left
 * @from: how many of its people were taken over already
 * @n: how many to take over now; ten thousand at once would stop the main loop
 *
 * Takes over what was kept. The list stays stale, and takes no delta before a complete one.
 *
 * Returns: whether there are more
 */
gboolean oh_contacts_restore (OhContacts *self, const OhContactSnapshot *snapshot, guint from,
                              guint n);

/**
 * oh_contacts_snapshot_begin:
 * @self: the list
 *
 * Returns: (transfer full): a copy of what is to be kept, without anybody yet: no presence
 */
OhContactSnapshot *oh_contacts_snapshot_begin (OhContacts *self);

/**
 * oh_contacts_snapshot_add:
 * @self: the list
 * @snapshot: of oh_contacts_snapshot_begin(); nobody came, went, or changed groups since
 * @n: how many people to copy now
 *
 * Returns: whether there are more
 */
gboolean oh_contacts_snapshot_add (OhContacts *self, OhContactSnapshot *snapshot, guint n);

/**
 * oh_contacts_is_stale:
 * @self: the list
 *
 * Returns: the property "stale"
 */
gboolean oh_contacts_is_stale (OhContacts *self);

/**
 * oh_contacts_number:
 * @self: the list
 *
 * Returns: the server's number for the list as it is; who changes the list names it
 */
guint32 oh_contacts_number (OhContacts *self);

/**
 * oh_contacts_groups:
 * @self: the list
 *
 * Returns: (transfer none): its groups in their order, valid until the next change
 */
const OhContactGroups *oh_contacts_groups (OhContacts *self);

/**
 * oh_contacts_group_ids:
 * @self: the list
 * @contact: somebody
 *
 * Returns: (transfer none) (nullable) (element-type guint32): ids of the groups the contact is in,
 *   also of groups that the list does not name; NULL for who is not in the list
 */
const GArray *oh_contacts_group_ids (OhContacts *self, OhContact *contact);

/**
 * oh_contacts_apply_categories:
 * @self: the list
 * @categories: what the server said about one person; only the categories named in it change
 *
 * Returns: FALSE when that person is not in the list; nothing was changed then
 */
gboolean oh_contacts_apply_categories (OhContacts *self, const OhCategories *categories);

/**
 * oh_contacts_set_availability:
 * @self: the list
 * @uri: an address
 * @availability: what to show instead of what was known, for example offline when the server
 *   refused the subscription
 */
void oh_contacts_set_availability (OhContacts *self, const char *uri, OhAvailability availability);

/**
 * oh_contacts_forget_presence:
 * @self: the list
 *
 * Everybody's presence becomes unknown: nobody tells us any more. People, cards and numbers stay.
 */
void oh_contacts_forget_presence (OhContacts *self);

/**
 * oh_contacts_clear:
 * @self: the list
 *
 * Removes everybody: another user signs in.
 */
void oh_contacts_clear (OhContacts *self);

/**
 * oh_contacts_subscribed:
 * @self: the list
 *
 * Returns: (transfer full) (element-type OhContact): the contacts whose presence is to be watched
 */
GPtrArray *oh_contacts_subscribed (OhContacts *self);

G_END_DECLS
