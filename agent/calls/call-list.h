/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "call.h"
#include "number.h"
#include "party-book.h"

G_BEGIN_DECLS

/**
 * OhCallList:
 *
 * The calls of all phones, as far as the phones tell: it listens to their events and reduces them
 * to calls. Events may be duplicated, missing, late or nameless; the reducer is idempotent.
 *
 * Property busy (boolean): some call is connected, held, being placed or ringing at the other end;
 * a call that only rings here does not make the user busy.
 *
 * Signals:
 *  - added (OhCall *)
 *  - removed (OhCall *): after the call has ended; the object stays valid for who holds it
 *  - changed (OhCall *): any of its properties
 */
#define OH_TYPE_CALL_LIST (oh_call_list_get_type ())
G_DECLARE_FINAL_TYPE (OhCallList, oh_call_list, OH, CALL_LIST, GObject)

/**
 * oh_call_list_new:
 * @clock: (nullable): for tests; the system's clock otherwise
 *
 * Returns: (transfer full): an empty list
 */
OhCallList *oh_call_list_new (OhClock *clock);

/**
 * oh_call_list_set_plan:
 * @self: a list
 * @plan: how to read the numbers that phones tell; copied
 */
void oh_call_list_set_plan (OhCallList *self, const OhDialPlan *plan);

/**
 * oh_call_list_set_name_lookup:
 * @self: a list
 * @lookup: (nullable): who knows names
 * @user_data: for @lookup
 * @destroy: (nullable): frees @user_data
 */
void oh_call_list_set_name_lookup (OhCallList *self, OhNameLookup lookup, gpointer user_data,
                                   GDestroyNotify destroy);

/**
 * oh_call_list_add_phone:
 * @self: a list
 * @phone: follows its events from now on
 */
void oh_call_list_add_phone (OhCallList *self, OhPhone *phone);

/**
 * oh_call_list_remove_phone:
 * @self: a list
 * @phone: its calls end
 */
void oh_call_list_remove_phone (OhCallList *self, OhPhone *phone);

/**
 * oh_call_list_get_busy:
 * @self: a list
 *
 * Returns: whether the user is on the phone
 */
gboolean oh_call_list_get_busy (OhCallList *self);

/**
 * oh_call_list_dup_calls:
 * @self: a list
 *
 * Returns: (transfer full) (element-type OhCall): the calls, oldest first
 */
GPtrArray *oh_call_list_dup_calls (OhCallList *self);

/**
 * oh_call_list_find:
 * @self: a list
 * @id: (nullable): "c1"
 *
 * Returns: (transfer none) (nullable): the call
 */
OhCall *oh_call_list_find (OhCallList *self, const char *id);

/**
 * oh_call_list_find_up:
 * @self: a list
 * @phone: a phone
 *
 * Returns: (transfer none) (nullable): a call of it that is neither ended nor unknown
 */
OhCall *oh_call_list_find_up (OhCallList *self, OhPhone *phone);

/**
 * oh_call_list_expect:
 * @self: a list
 * @phone: to which a dial request is about to be sent
 * @number: what is dialled
 * @is_private: the user wants no trace of it
 *
 * Adds an outgoing call at once, so that the phone's event finds it however early it comes.
 *
 * Returns: (transfer none): the call, in the state "dialing"
 */
OhCall *oh_call_list_expect (OhCallList *self, OhPhone *phone, const OhNumber *number,
                             gboolean is_private);

/**
 * oh_call_list_restore:
 * @self: a list
 * @phone: a phone of it
 * @direction: who called
 * @named: what the phone names the call by; only its texts count
 * @number: (nullable): canonical number of the other party
 * @name: (nullable): the other party's name
 *
 * Adds a call that was up when an earlier agent ended, in the state "unknown": the phone's next
 * event of it settles that. It is private here, because the earlier agent has written it into the
 * history.
 */
void oh_call_list_restore (OhCallList *self, OhPhone *phone, OhCallDirection direction,
                           const OhPhoneEvent *named, const char *number, const char *name);

/**
 * oh_call_list_forget:
 * @self: a list
 * @call: an expected call whose request did not leave: it ends without ever being seen
 */
void oh_call_list_forget (OhCallList *self, OhCall *call);

/**
 * oh_call_list_commanded:
 * @self: a list
 * @call: a call of it
 * @verb: what its phone has just taken
 *
 * Sets the alarm for the event that should follow. Without it a rejected call is closed after a
 * second; a call that was hung up becomes unknown after two, or ended where the phone tells no
 * events; one that was put on hold or taken back is taken to be so after two, because not every
 * phone tells. DIAL: nothing was told of it in time, the call is unknown.
 */
void oh_call_list_commanded (OhCallList *self, OhCall *call, OhPhoneVerb verb);

G_END_DECLS
