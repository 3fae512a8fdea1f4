/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "clock.h"
#include "people-document.h"
#include "sip-stack.h"
#include "turns.h"

G_BEGIN_DECLS

/* Addresses refused one by one without any being accepted in between: then it is not them. */
#define OH_PEOPLE_BAD_MAX 16u

/**
 * OhPeopleForm:
 * @OH_PEOPLE_BATCH: many people, at our own front end or at another pool
 * @OH_PEOPLE_SINGLE: one person at their own address
 * @OH_PEOPLE_LCS_BATCH: many people at a server that knows no categories, as LCS 2005
 * @OH_PEOPLE_LCS_SINGLE: one person at such a server
 *
 * How people are asked for, [MS-PRES] 3.7 and [MS-SIP] 3.2.
 */
typedef enum
{
  OH_PEOPLE_BATCH,
  OH_PEOPLE_SINGLE,
  OH_PEOPLE_LCS_BATCH,
  OH_PEOPLE_LCS_SINGLE,
} OhPeopleForm;

/**
 * OhPeopleSetup:
 * @target: Request-URI: our own address, "sip:POOL", or a person's address
 * @owner: our own address
 * @form: what is asked for there
 * @sink: where what is heard goes; its callback must not drop the watch within the call
 * @turns: (nullable): when the dialog may begin; NULL for at once. Its user data are the watch
 *
 * All strings and the sink are copied, the list is referenced, the turns are borrowed.
 */
typedef struct
{
  const char *target;
  const char *owner;
  OhPeopleForm form;
  OhPeopleSink sink;
  OhTurns *turns;
} OhPeopleSetup;

/**
 * OhPeopleWatch:
 *
 * One dialog in which the presence of people is subscribed to. Puts what it hears into the contact
 * list. Asks for a hundred at a time; an address that the server cannot stand is found by halves.
 */
#define OH_TYPE_PEOPLE_WATCH (oh_people_watch_get_type ())
G_DECLARE_FINAL_TYPE (OhPeopleWatch, oh_people_watch, OH, PEOPLE_WATCH, GObject)

/**
 * oh_people_watch_new:
 * @stack: where to send
 * @clock: time
 * @setup: whom to ask and how
 *
 * Returns: (transfer full): watching nobody
 */
OhPeopleWatch *oh_people_watch_new (OhSipStack *stack, OhClock *clock, const OhPeopleSetup *setup);

/**
 * oh_people_watch_begin:
 * @who: a watch whose turn it is; an OhTurnFunc
 */
void oh_people_watch_begin (gpointer who);

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
 * Sends what has been added and removed, or, when nobody is left of whom only one was asked for,
 * ends the dialog.
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

/**
 * oh_people_watch_is_over:
 * @self: a watch
 *
 * Returns: whether it was for one person, who is not watched any more
 */
gboolean oh_people_watch_is_over (OhPeopleWatch *self);

/**
 * oh_people_watch_is_refused:
 * @self: a watch
 *
 * Returns: whether the server does not take such a subscription; who is added hears nothing
 */
gboolean oh_people_watch_is_refused (OhPeopleWatch *self);

G_END_DECLS
