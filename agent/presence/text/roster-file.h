/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "category-xml.h"
#include "roaming-contacts-xml.h"

G_BEGIN_DECLS

/* What is kept of 10,000 people with four numbers each has 3 MiB; twice that is no list of ours. */
#define OH_ROSTER_FILE_MAX ((gsize) 8 * 1024 * 1024)
/* Numbers of one person that are kept; a card has eight fields for them. */
#define OH_KEPT_NUMBERS_MAX 32u
/* A name or a number that is longer was not written by us. */
#define OH_KEPT_TEXT_MAX 1024u

/**
 * OhKeptCard:
 * @name: (nullable): the display name of the card
 * @numbers: (element-type OhCardNumber): all numbers, those of all instances
 *
 * What is kept of somebody's contact card.
 */
typedef struct
{
  char *name;
  GPtrArray *numbers;
} OhKeptCard;

/**
 * OhContactSnapshot:
 * @account: (nullable): whose list it is, "sip:alice@example.org"
 * @saved_us: when the server last confirmed it, microseconds since 1970 UTC
 * @list: the complete list
 * @cards: (element-type OhKeptCard): one for each of the list's entries
 *
 * A contact list as it outlives the program: no presence, no notes, no secrets.
 */
typedef struct _OhContactSnapshot OhContactSnapshot;
struct _OhContactSnapshot
{
  char *account;
  gint64 saved_us;
  OhContactList *list;
  GPtrArray *cards;
};

/**
 * oh_kept_card_new:
 * @name: (nullable): the display name
 *
 * Returns: (transfer full): a card without numbers
 */
OhKeptCard *oh_kept_card_new (const char *name);

/**
 * oh_kept_card_free:
 * @self: (nullable) (transfer full): a card
 */
void oh_kept_card_free (OhKeptCard *self);

/**
 * oh_kept_card_add:
 * @self: a card
 * @type: "work", "mobile", "home" or "other"
 * @number: what to dial
 * @display: how the directory writes it
 *
 * Adds a number; one beyond OH_KEPT_NUMBERS_MAX is left out.
 */
void oh_kept_card_add (OhKeptCard *self, const char *type, const char *number, const char *display);

/**
 * oh_contact_snapshot_new:
 *
 * Returns: (transfer full): nobody's empty list
 */
OhContactSnapshot *oh_contact_snapshot_new (void);

/**
 * oh_contact_snapshot_free:
 * @self: (nullable) (transfer full): a list
 */
void oh_contact_snapshot_free (OhContactSnapshot *self);

/**
 * oh_roster_file_write:
 * @snapshot: what to keep
 *
 * Returns: (transfer full): the content of a file: a magic word with a version, a SHA-256 of the
 *   rest, and a serialised GVariant in little endian
 */
GBytes *oh_roster_file_write (const OhContactSnapshot *snapshot);

/**
 * oh_roster_file_read:
 * @content: the content of a file that anybody may have written
 * @account: whose list is wanted
 * @error: (out) (optional): OH_ERROR_PROTOCOL: what is wrong with it; names nobody
 *
 * Trusts nothing: another version, another account, a wrong sum, more than the limits of a list, or
 * text that is not UTF-8 is refused as a whole.
 *
 * Returns: (transfer full) (nullable): the list
 */
OhContactSnapshot *oh_roster_file_read (GBytes *content, const char *account,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhKeptCard, oh_kept_card_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhContactSnapshot, oh_contact_snapshot_free)

G_END_DECLS
