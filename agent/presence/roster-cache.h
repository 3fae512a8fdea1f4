/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "clock.h"
#include "contacts.h"

G_BEGIN_DECLS

/* Between a change and the file: ten thousand cards come one by one after a sign-in. */
#define OH_ROSTER_CACHE_DELAY_US (G_GINT64_CONSTANT (5) * G_USEC_PER_SEC)

/* People that one turn of the main loop copies or takes over: below two milliseconds each. */
#define OH_ROSTER_CACHE_SLICE 200u

/**
 * OhRosterCache:
 *
 * Keeps the contact list from one sign-in to the next, in one file per account that only its user
 * can read: people, groups, names and numbers, no presence. Copied and taken over in slices, read
 * and written whole in a thread, replaced in one step, so that whoever dies at any moment leaves
 * the old file or the new one. What cannot be read, is not ours, or is not whole is passed over
 * with one line in the log.
 *
 * Property "as-of" (gint64, notifies): while the list is stale, when the server last confirmed it,
 * microseconds since 1970 UTC; 0 while it is confirmed, or never was.
 */
#define OH_TYPE_ROSTER_CACHE (oh_roster_cache_get_type ())
G_DECLARE_FINAL_TYPE (OhRosterCache, oh_roster_cache, OH, ROSTER_CACHE, GObject)

/**
 * oh_roster_cache_new:
 * @clock: time
 * @contacts: the list to restore and to keep
 * @directory: where; made when it is missing, for this user alone
 *
 * Returns: (transfer full): a cache of nobody's list
 */
OhRosterCache *oh_roster_cache_new (OhClock *clock, OhContacts *contacts, const char *directory);

/**
 * oh_roster_cache_set_account:
 * @self: a cache
 * @uri: (nullable): whose list it is from now on; NULL for nobody's
 *
 * Another account than before takes the list away and brings back what was kept of its own, unless
 * the server has sent one by then.
 */
void oh_roster_cache_set_account (OhRosterCache *self, const char *uri);

/**
 * oh_roster_cache_forget:
 * @self: a cache
 *
 * The server has no list for this account any more: the list and what was kept are removed.
 */
void oh_roster_cache_forget (OhRosterCache *self);

/**
 * oh_roster_cache_as_of_us:
 * @self: a cache
 *
 * Returns: the property "as-of"
 */
gint64 oh_roster_cache_as_of_us (OhRosterCache *self);

/**
 * oh_roster_cache_file_name:
 * @uri: an address
 *
 * Returns: (transfer full): the name of its file in the directory; does not tell the address
 */
char *oh_roster_cache_file_name (const char *uri);

G_END_DECLS
