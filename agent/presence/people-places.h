/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "clock.h"
#include "contacts.h"
#include "sip-stack.h"

G_BEGIN_DECLS

/* People asked for alone whose first answer is waited for; the others wait their turn, so that a
 * long list does not keep everything else from being sent. */
#define OH_PEOPLE_SINGLES_AT_ONCE 8u
/* Other pools at which people are watched; a company has some, each costs a dialog. People of
 * more are asked for alone. */
#define OH_PEOPLE_POOLS_MAX 64u
/* Places a server may send us to for one person, before it is taken for a loop. */
#define OH_PEOPLE_MOVES_MAX 3u

/**
 * OhPeoplePlaces:
 *
 * Where the presence of whom is subscribed to: in one batch at our own front end, in one for each
 * other pool that it sends us to, or alone.
 */
typedef struct _OhPeoplePlaces OhPeoplePlaces;

/**
 * oh_people_places_new:
 * @stack: where to send
 * @clock: time
 * @contacts: whom to watch, and where to put what is heard of them
 * @uri: our own address, with scheme
 * @batched: whether the front end takes lists
 * @enhanced: whether it knows categories; LCS 2005 does not
 *
 * Returns: (transfer full): watching nobody
 */
OhPeoplePlaces *oh_people_places_new (OhSipStack *stack, OhClock *clock, OhContacts *contacts,
                                      const char *uri, gboolean batched, gboolean enhanced);

/**
 * oh_people_places_free:
 * @self: (transfer full) (nullable): places; sends nothing
 */
void oh_people_places_free (OhPeoplePlaces *self);

/**
 * oh_people_places_update:
 * @self: places
 *
 * Watches those in the list whose presence is wanted and nobody else.
 */
void oh_people_places_update (OhPeoplePlaces *self);

/**
 * oh_people_places_refresh:
 * @self: places
 *
 * Refreshes all subscriptions now.
 */
void oh_people_places_refresh (OhPeoplePlaces *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhPeoplePlaces, oh_people_places_free)

G_END_DECLS
