/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "sim-clock.h"
#include "sim-knobs.h"
#include "sim-move.h"

G_BEGIN_DECLS

/**
 * SimCall:
 * @call_id: (owned): as SIP would name it
 * @number: (owned): as dialled or offered, "" while there is none
 * @name: (owned): of the caller, "" for none
 * @cancel_reason: (owned): "" unless the other end gave one
 * @identity: line, from 1
 * @handset: audio is on the handset, not on the loudspeaker
 */
typedef struct _SimCalls SimCalls;
typedef struct
{
  SimCalls *calls;
  guint id;
  char *call_id;
  SimCallState state;
  gboolean outgoing;
  char *number;
  char *name;
  char *cancel_reason;
  guint identity;
  gboolean handset;
  guint alarm;
} SimCall;

/**
 * SimEventFunc:
 * @call: (nullable): NULL when the event belongs to no call
 * @later_ms: how long after the others of this moment
 */
typedef void (*SimEventFunc) (SimEvent event, SimCall *call, gint64 later_ms, gpointer user_data);

/**
 * SimMovedFunc:
 * @call: as it is now; closed and gone afterwards, perhaps
 */
typedef void (*SimMovedFunc) (SimCall *call, SimMove move, gpointer user_data);

SimCalls *sim_calls_new (SimClock *clock, SimKnobs *knobs, guint max, SimEventFunc event,
                         gpointer user_data);
void sim_calls_free (SimCalls *self);

/**
 * sim_calls_watch:
 * @moved: (nullable): told of every move
 */
void sim_calls_watch (SimCalls *self, SimMovedFunc moved, gpointer user_data);

/**
 * sim_calls_move:
 *
 * What somebody asks of one call; whatever else has the audio is held first.
 *
 * Returns: FALSE when it is not legal now
 */
gboolean sim_calls_move (SimCall *call, SimMove move);

/**
 * sim_calls_end:
 *
 * Hangs up, gives up or declines, whichever it is.
 */
gboolean sim_calls_end (SimCall *call);

/**
 * sim_calls_nth:
 *
 * Returns: (nullable): the latest is 0
 */
SimCall *sim_calls_nth (SimCalls *self, guint n);

/**
 * sim_calls_dial:
 *
 * From a lifted handset or out of the blue; a connected call goes on hold first.
 *
 * Returns: FALSE when the phone keeps silent instead: too many calls, or one is ringing
 */
gboolean sim_calls_dial (SimCalls *self, const char *number, guint identity);

/**
 * sim_calls_ring:
 *
 * Returns: FALSE when there are too many calls
 */
gboolean sim_calls_ring (SimCalls *self, const char *number, const char *name, guint identity);

/* What the person at the phone does. Each returns whether it changed anything. */
gboolean sim_calls_accept (SimCalls *self, gboolean handset);
gboolean sim_calls_offhook (SimCalls *self, guint identity);
gboolean sim_calls_onhook (SimCalls *self);
gboolean sim_calls_speaker (SimCalls *self);
gboolean sim_calls_cancel (SimCalls *self);
gboolean sim_calls_hold (SimCalls *self);
gboolean sim_calls_join (SimCalls *self);
gboolean sim_calls_release_all (SimCalls *self);
gboolean sim_calls_blind_transfer (SimCalls *self, const char *number);
gboolean sim_calls_attended_transfer (SimCalls *self);

/* What the other end does. */
gboolean sim_calls_remote_answer (SimCalls *self);
gboolean sim_calls_remote_hangup (SimCalls *self, const char *reason);
gboolean sim_calls_remote_hold (SimCalls *self);

/**
 * sim_calls_find:
 *
 * Returns: (nullable): the latest call in that state
 */
SimCall *sim_calls_find (SimCalls *self, SimCallState state);
guint sim_calls_count (SimCalls *self);
gboolean sim_calls_handset_is_up (SimCalls *self);

/**
 * sim_calls_lose:
 *
 * Power is gone: no call, no event.
 */
void sim_calls_lose (SimCalls *self);

/**
 * sim_calls_to_json:
 *
 * Returns: (transfer full): an array of objects as in the lines of event "call"
 */
JsonArray *sim_calls_to_json (SimCalls *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SimCalls, sim_calls_free)

G_END_DECLS
