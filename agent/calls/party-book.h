/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "call.h"
#include "dial-plan.h"
#include "number.h"

G_BEGIN_DECLS

/**
 * OhNameLookup:
 * @number: canonical number
 * @user_data: what was given with the function
 *
 * Returns: (transfer full) (nullable): the contact's name
 */
typedef char *(*OhNameLookup) (const char *number, gpointer user_data);

/**
 * OhPartyBook:
 *
 * Who is at the other end of a call: the number in its canonical form by the dial plan, the name by
 * whoever knows names, otherwise what the phone shows.
 */
typedef struct _OhPartyBook OhPartyBook;

/**
 * oh_party_book_new:
 *
 * Returns: (transfer full): a book with an empty dial plan and nobody who knows names
 */
OhPartyBook *oh_party_book_new (void);

/**
 * oh_party_book_free:
 * @self: (nullable) (transfer full): a book
 */
void oh_party_book_free (OhPartyBook *self);

/**
 * oh_party_book_set_plan:
 * @self: a book
 * @plan: how to read the numbers that phones tell; copied
 */
void oh_party_book_set_plan (OhPartyBook *self, const OhDialPlan *plan);

/**
 * oh_party_book_set_lookup:
 * @self: a book
 * @lookup: (nullable): who knows names
 * @user_data: for @lookup
 * @destroy: (nullable): frees @user_data
 */
void oh_party_book_set_lookup (OhPartyBook *self, OhNameLookup lookup, gpointer user_data,
                               GDestroyNotify destroy);

/**
 * oh_party_book_dialled:
 * @self: a book
 * @call: a call that we place
 * @number: what is dialled
 *
 * Sets number and name of @call.
 */
void oh_party_book_dialled (OhPartyBook *self, OhCall *call, const OhNumber *number);

/**
 * oh_party_book_learn:
 * @self: a book
 * @call: a call
 * @event: what the phone tells of it
 *
 * Adds what @event tells to @call: handle, number, name. What is known already stays. A caller who
 * does not want to be known has neither number nor name.
 */
void oh_party_book_learn (OhPartyBook *self, OhCall *call, const OhPhoneEvent *event);

G_END_DECLS
