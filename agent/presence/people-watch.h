/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "clock.h"
#include "people-document.h"
#include "sip-stack.h"

G_BEGIN_DECLS

/* Addresses refused one by one without any being accepted in between: then it is not them. */
#define OH_PEOPLE_BAD_MAX 16u

/**
 * OhPeopleWatch:
 *
 * One dialog in which the presence of people is subscribed to: many at our own front end or at
 * another pool, [MS-PRES] 3.7, or one at their own address. Puts what it hears into the contact
 * list. Asks for a hundred at a time; an address that the server cannot stand is found by halves.
 */
#define OH_TYPE_PEOPLE_WATCH (oh_people_watch_get_type ())
G_DECLARE_FINAL_TYPE (OhPeopleWatch, oh_people_watch, OH, PEOPLE_WATCH, GObject)

/**
 * oh_people_watch_new:
 * @stack: where to send
 * @clock: time
 * @contacts: the list to fill
 * @target: Request-URI: our own address, "sip:POOL", or a person's address
 * @owner: our own address
 * @batched: whether @target takes lists; FALSE when it is one person's address
 * @moved: told of people to be watched elsewhere; must not drop the watch within the call
 * @user_data: for @moved, borrowed
 *
 * Returns: (transfer full): watching nobody
 */
OhPeopleWatch *oh_people_watch_new (OhSipStack *stack, OhClock *clock, OhContacts *contacts,
                                    const char *target, const char *owner, gboolean batched,
                                    OhPeopleMoved moved, gpointer user_data);

/**
 * oh_people_watch_add:
 * @self: a watch
 * @uri: an address with scheme
 *
 * Does nothing when the person is watched already. Nothing is sent before oh_people_watch_flush().
 */
void oh_people_watch_add (OhPeopleWatch *self, const char *uri);

/**
 * oh_people_watch_remove:
 * @self: a watch
 * @uri: an address
 *
 * What the server still sends about the person finds nobody in the list.
 */
void oh_people_watch_remove (OhPeopleWatch *self, const char *uri);

/**
 * oh_people_watch_forget:
 * @self: a watch
 * @uri: an address
 *
 * As oh_people_watch_remove(), but the server is not told: it said so itself.
 */
void oh_people_watch_forget (OhPeopleWatch *self, const char *uri);

/**
 * oh_people_watch_flush:
 * @self: a watch
 *
 * Sends what has been added and removed.
 */
void oh_people_watch_flush (OhPeopleWatch *self);

/**
 * oh_people_watch_size:
 * @self: a watch
 *
 * Returns: how many people it watches
 */
guint oh_people_watch_size (OhPeopleWatch *self);

/**
 * oh_people_watch_refresh:
 * @self: a watch
 *
 * Refreshes the subscription now.
 */
void oh_people_watch_refresh (OhPeopleWatch *self);

G_END_DECLS
