/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "csta-document.h"
#include "phone-value.h"

G_BEGIN_DECLS

/**
 * OhCstaCallState:
 * @OH_CSTA_CALL_NEW: named for the first time; nothing was told of it yet
 * @OH_CSTA_CALL_INITIATED: off hook; not told as a call
 * @OH_CSTA_CALL_PLACED: on its way out
 * @OH_CSTA_CALL_FAR_RINGS: the other end rings
 * @OH_CSTA_CALL_OFFERED: rings here
 * @OH_CSTA_CALL_CONNECTED: up
 * @OH_CSTA_CALL_HELD: on hold here
 * @OH_CSTA_CALL_OVER: forgotten as soon as it was told
 *
 * A call of the phone as its events and snapshots show it.
 */
typedef enum
{
  OH_CSTA_CALL_NEW,
  OH_CSTA_CALL_INITIATED,
  OH_CSTA_CALL_PLACED,
  OH_CSTA_CALL_FAR_RINGS,
  OH_CSTA_CALL_OFFERED,
  OH_CSTA_CALL_CONNECTED,
  OH_CSTA_CALL_HELD,
  OH_CSTA_CALL_OVER,
  OH_N_CSTA_CALL_STATES,
} OhCstaCallState;

/**
 * OhCstaCall:
 * @name: what it is called towards everybody else: the phone's name and a number of ours, because
 *   phones use their small integers again, after a restart at once
 * @id: the phone's name of it
 * @device: (nullable): this end of it, as the phone named it
 * @remote: (nullable): the other party, "number@host"
 * @state: its state
 *
 * One call. Owned by the table.
 */
typedef struct
{
  char *name;
  char *id;
  char *device;
  char *remote;
  OhCstaCallState state;
} OhCstaCall;

/**
 * OhCstaCalls:
 *
 * The calls of one device, and what everybody else is told of them. Copes with every order of
 * events: what belongs to an earlier time than what was told already tells nothing. Pure but for
 * the function that it calls.
 */
typedef struct _OhCstaCalls OhCstaCalls;

/**
 * OhCstaTellFunc:
 * @event: (transfer full): what to tell
 * @user_data: as given
 */
typedef void (*OhCstaTellFunc) (OhPhoneEvent *event, gpointer user_data);

/**
 * oh_csta_calls_new:
 * @tell: called for whatever happens to a call
 * @user_data: for @tell
 *
 * Returns: (transfer full): a table without calls
 */
OhCstaCalls *oh_csta_calls_new (OhCstaTellFunc tell, gpointer user_data);

/**
 * oh_csta_calls_free:
 * @self: (nullable) (transfer full): a table; nothing is told
 */
void oh_csta_calls_free (OhCstaCalls *self);

/**
 * oh_csta_calls_set_device:
 * @self: a table
 * @device: (nullable): who we are at the phone: tells callers from called
 */
void oh_csta_calls_set_device (OhCstaCalls *self, const char *device);

/**
 * oh_csta_calls_take_event:
 * @self: a table
 * @event: a document of kind EVENT
 *
 * Returns: TRUE when it leaves open how the calls stand: two became one, or names have changed. A
 *   snapshot tells.
 */
gboolean oh_csta_calls_take_event (OhCstaCalls *self, const OhCstaDocument *event);

/**
 * oh_csta_calls_take_snapshot:
 * @self: a table
 * @ends: (element-type OhCstaEnd): all calls that the phone has now
 *
 * Calls that are not among them are over; the others are told as they stand, also where nothing
 * has changed: whoever lost sight of them sees them again.
 */
void oh_csta_calls_take_snapshot (OhCstaCalls *self, const GPtrArray *ends);

/**
 * oh_csta_calls_learn_party:
 * @self: a table
 * @ends: (element-type OhCstaEnd): who is in one call
 *
 * Takes the party that is not our device for the call's other one, before it is told.
 */
void oh_csta_calls_learn_party (OhCstaCalls *self, const GPtrArray *ends);

/**
 * oh_csta_calls_placed:
 * @self: a table
 * @end: the answer to a MakeCall
 * @number: what was dialled
 */
void oh_csta_calls_placed (OhCstaCalls *self, const OhCstaEnd *end, const char *number);

/**
 * oh_csta_calls_knows:
 * @self: a table
 * @id: the phone's name of a call
 *
 * Returns: whether it is in the table
 */
gboolean oh_csta_calls_knows (OhCstaCalls *self, const char *id);

/**
 * oh_csta_calls_find:
 * @self: a table
 * @name: (nullable): our name of a call
 * @states: bits of OhCstaCallState in which it may be
 *
 * Returns: (transfer none) (nullable): that call; without a name the only one in those states. NULL
 *   when there is none, or several
 */
const OhCstaCall *oh_csta_calls_find (OhCstaCalls *self, const char *name, guint states);

/**
 * oh_csta_calls_nth:
 * @self: a table
 * @n: which one, from 0
 *
 * Returns: (transfer none) (nullable): that call; NULL behind the last
 */
const OhCstaCall *oh_csta_calls_nth (OhCstaCalls *self, guint n);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhCstaCalls, oh_csta_calls_free)

G_END_DECLS
