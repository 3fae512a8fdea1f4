/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "phone.h"

G_BEGIN_DECLS

/**
 * OhCallState:
 * @OH_CALL_DIALING: the phone is placing it
 * @OH_CALL_RINGING: the other end rings
 * @OH_CALL_INCOMING: it rings here
 * @OH_CALL_CONNECTED: both talk
 * @OH_CALL_HELD: on hold here
 * @OH_CALL_ENDED: over; nothing follows
 * @OH_CALL_UNKNOWN: the phone has not told for too long, cannot tell, or is out of reach
 *
 * Moved by the phone's events and by their absence, never by a command. The nicks are a promise.
 */
typedef enum
{
  OH_CALL_DIALING,
  OH_CALL_RINGING,
  OH_CALL_INCOMING,
  OH_CALL_CONNECTED,
  OH_CALL_HELD,
  OH_CALL_ENDED,
  OH_CALL_UNKNOWN,
  OH_N_CALL_STATES,
} OhCallState;

#define OH_TYPE_CALL_STATE (oh_call_state_get_type ())
GType oh_call_state_get_type (void);

/**
 * OhCallDirection:
 * @OH_CALL_DIRECTION_OUTGOING: we called
 * @OH_CALL_DIRECTION_INCOMING: somebody called us
 * @OH_CALL_DIRECTION_UNKNOWN: it was up before we looked
 */
typedef enum
{
  OH_CALL_DIRECTION_OUTGOING,
  OH_CALL_DIRECTION_INCOMING,
  OH_CALL_DIRECTION_UNKNOWN,
} OhCallDirection;

#define OH_TYPE_CALL_DIRECTION (oh_call_direction_get_type ())
GType oh_call_direction_get_type (void);

/**
 * OhCall:
 *
 * One call at one phone. Properties, all but the first three notified:
 *  - id (string): "c1", unique in this process
 *  - phone (OhPhone)
 *  - direction (OhCallDirection), nicks "outgoing", "incoming", "unknown"
 *  - state (OhCallState)
 *  - number (string, nullable): canonical
 *  - name (string, nullable): the contact's name, otherwise what the caller calls himself
 *  - since-us (int64): wall time of the last change of state that people care about: start,
 *    connection, end; microseconds since 1970
 *  - missed (boolean): rang here and was not answered
 *  - cause (string, nullable): why it ended, as the phone put it
 *  - seen (boolean): the phone has told of it
 *
 * A private call is not kept in the history.
 */
#define OH_TYPE_CALL (oh_call_get_type ())
G_DECLARE_FINAL_TYPE (OhCall, oh_call, OH, CALL, GObject)

/**
 * oh_call_new:
 * @phone: whose call
 * @direction: who called
 * @state: the first state
 *
 * Returns: (transfer full): a call with an id of its own
 */
OhCall *oh_call_new (OhPhone *phone, OhCallDirection direction, OhCallState state);

/**
 * oh_call_get_id:
 * @self: a call
 *
 * Returns: (transfer none): "c1"
 */
const char *oh_call_get_id (OhCall *self);

/**
 * oh_call_get_phone:
 * @self: a call
 *
 * Returns: (transfer none): the phone
 */
OhPhone *oh_call_get_phone (OhCall *self);

/**
 * oh_call_get_direction:
 * @self: a call
 *
 * Returns: who called
 */
OhCallDirection oh_call_get_direction (OhCall *self);

/**
 * oh_call_get_state:
 * @self: a call
 *
 * Returns: its state
 */
OhCallState oh_call_get_state (OhCall *self);

/**
 * oh_call_state_nick:
 * @state: a state
 *
 * Returns: (transfer none): its promised word
 */
const char *oh_call_state_nick (OhCallState state);

/**
 * oh_call_direction_nick:
 * @direction: a direction
 *
 * Returns: (transfer none): its promised word
 */
const char *oh_call_direction_nick (OhCallDirection direction);

/**
 * oh_call_may_become:
 * @from: a state
 * @to: another
 *
 * Returns: whether the table of legal moves has it; staying is no move
 */
gboolean oh_call_may_become (OhCallState from, OhCallState to);

/**
 * oh_call_set_state:
 * @self: a call
 * @to: the new state
 *
 * The one place that moves; what the table forbids is ignored with a debug message, because the
 * mover is a phone and phones repeat themselves.
 *
 * Returns: whether it moved
 */
gboolean oh_call_set_state (OhCall *self, OhCallState to);

/**
 * oh_call_get_number:
 * @self: a call
 *
 * Returns: (transfer none) (nullable): canonical number of the other party
 */
const char *oh_call_get_number (OhCall *self);

/**
 * oh_call_get_name:
 * @self: a call
 *
 * Returns: (transfer none) (nullable): the other party's name
 */
const char *oh_call_get_name (OhCall *self);

/**
 * oh_call_set_party:
 * @self: a call
 * @number: (nullable): canonical number; NULL leaves what is known
 * @name: (nullable): name; NULL leaves what is known
 */
void oh_call_set_party (OhCall *self, const char *number, const char *name);

/**
 * oh_call_get_since_us:
 * @self: a call
 *
 * Returns: microseconds since 1970 of its start, connection or end, whichever was last
 */
gint64 oh_call_get_since_us (OhCall *self);

/**
 * oh_call_get_missed:
 * @self: a call
 *
 * Returns: whether it rang here and nobody answered
 */
gboolean oh_call_get_missed (OhCall *self);

/**
 * oh_call_set_missed:
 * @self: a call
 */
void oh_call_set_missed (OhCall *self);

/**
 * oh_call_get_cause:
 * @self: a call
 *
 * Returns: (transfer none) (nullable): why it ended, as the phone put it
 */
const char *oh_call_get_cause (OhCall *self);

/**
 * oh_call_set_cause:
 * @self: a call
 * @cause: (nullable): NULL leaves what is known
 */
void oh_call_set_cause (OhCall *self, const char *cause);

/**
 * oh_call_get_private:
 * @self: a call
 *
 * Returns: whether the user wants no trace of it
 */
gboolean oh_call_get_private (OhCall *self);

/**
 * oh_call_set_private:
 * @self: a call that nobody was told of yet: it is never taken back, and never too late
 */
void oh_call_set_private (OhCall *self);

/**
 * oh_call_get_handle:
 * @self: a call
 *
 * Returns: (transfer none) (nullable): the phone's own name of the call
 */
const char *oh_call_get_handle (OhCall *self);

/**
 * OhCallKey:
 * @handle: (nullable): the phone's own name of the call
 * @line: (nullable): line or account index
 * @local: (nullable): our party, as the phone named it
 * @remote: (nullable): the other party, the same
 *
 * What an event can name a call by. Where there is no @handle the other three stand for it.
 */
typedef struct
{
  const char *handle;
  const char *line;
  const char *local;
  const char *remote;
} OhCallKey;

/**
 * oh_call_key_matches:
 * @key: what is known of a call
 * @event: an event of its phone
 *
 * Returns: whether the event names this call: by the phone's name of it, or, where one of them has
 *   none, by line, local and remote party
 */
gboolean oh_call_key_matches (const OhCallKey *key, const OhPhoneEvent *event);

/**
 * oh_call_get_key:
 * @self: a call
 * @out: (out caller-allocates): what the phone names it by, as far as it has told; borrowed
 */
void oh_call_get_key (OhCall *self, OhCallKey *out);

/**
 * oh_call_get_seen:
 * @self: a call
 *
 * Returns: whether the phone has told of it; property "seen", notified once
 */
gboolean oh_call_get_seen (OhCall *self);

/**
 * oh_call_matches:
 * @self: a call
 * @event: an event of its phone
 *
 * Returns: whether the event names this call, see oh_call_key_matches()
 */
gboolean oh_call_matches (OhCall *self, const OhPhoneEvent *event);

/**
 * oh_call_learn:
 * @self: a call
 * @event: an event of its phone that is about this call
 *
 * Takes over what the event knows of the call's name, line and parties, of its direction and its
 * cause, where the call does not know them yet. The call is seen from then on.
 */
void oh_call_learn (OhCall *self, const OhPhoneEvent *event);

G_END_DECLS
