/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "call.h"
#include "clock.h"

G_BEGIN_DECLS

/**
 * OhCallAwaited:
 * @OH_AWAIT_NOTHING: it is as it is
 * @OH_AWAIT_ANSWER: that somebody answers; nobody lets it ring that long, so the end was lost
 * @OH_AWAIT_END: the phone took the hang-up and has told nothing yet
 * @OH_AWAIT_END_SILENT: the same where the phone tells no events: it will not tell of the end
 * @OH_AWAIT_CLOSE: declined by us; some phones tell nothing at all of that
 * @OH_AWAIT_HOOK: the handset is back; the end should follow
 * @OH_AWAIT_HOLD: the phone took the hold; not every phone has an event for it
 * @OH_AWAIT_RESUME: the same, taken back
 * @OH_AWAIT_NEWS: of a call nobody has heard of for so long, nobody will
 * @OH_AWAIT_NEWS_SILENT: the same where the phone tells no events: longer, so that it can be hung
 * up
 * @OH_AWAIT_TALKED_OUT: the end of a call that is up. Nobody talks for half a day and no exchange
 *   lets him: the phone's word of the end was lost, and the user must not stay busy for ever
 * @OH_AWAIT_MISSED: MISSED comes after the end, at once or with the second one; the call waits for
 *   it, so that whoever keeps the history sees it
 *
 * What a call waits for. Each has its time, and what the call becomes when that is over.
 */
typedef enum
{
  OH_AWAIT_NOTHING,
  OH_AWAIT_ANSWER,
  OH_AWAIT_END,
  OH_AWAIT_END_SILENT,
  OH_AWAIT_CLOSE,
  OH_AWAIT_HOOK,
  OH_AWAIT_HOLD,
  OH_AWAIT_RESUME,
  OH_AWAIT_NEWS,
  OH_AWAIT_NEWS_SILENT,
  OH_AWAIT_TALKED_OUT,
  OH_AWAIT_MISSED,
  OH_N_AWAITED,
} OhCallAwaited;

/**
 * OhCallOverdueFunc:
 * @becomes: the state that the call takes now; OH_N_CALL_STATES when it has ended and goes
 * @user_data: what was given with the function
 *
 * What was awaited has not come. May free the wait.
 */
typedef void (*OhCallOverdueFunc) (OhCallState becomes, gpointer user_data);

/**
 * OhCallWait:
 *
 * One call's alarm clock. For embedding: its fields are its own; set it up with
 * oh_call_wait_init(), take it down with oh_call_wait_clear().
 */
typedef struct
{
  OhClock *clock; /* (owned) */
  OhCallOverdueFunc overdue;
  gpointer user_data;
  guint alarm;
  OhCallAwaited awaited;
} OhCallWait;

/**
 * oh_call_wait_init:
 * @self: (out): a wait
 * @clock: the time
 * @overdue: called when the time is over
 * @user_data: for @overdue; borrowed
 *
 * Waits for nothing.
 */
void oh_call_wait_init (OhCallWait *self, OhClock *clock, OhCallOverdueFunc overdue,
                        gpointer user_data);

/**
 * oh_call_wait_clear:
 * @self: a wait
 *
 * @overdue is not called any more.
 */
void oh_call_wait_clear (OhCallWait *self);

/**
 * oh_call_wait_for:
 * @self: a wait
 * @awaited: what is awaited from now on, instead of what was before
 */
void oh_call_wait_for (OhCallWait *self, OhCallAwaited awaited);

/**
 * oh_call_wait_for_next:
 * @self: a wait
 * @call: whose state has just changed, or which has just come
 *
 * Waits for what follows in that state.
 */
void oh_call_wait_for_next (OhCallWait *self, OhCall *call);

/**
 * oh_call_wait_for_effect:
 * @self: a wait
 * @verb: what the phone has just taken
 * @watched: whether the phone tells events
 *
 * Waits for the event that should follow; a verb that none follows changes nothing.
 */
void oh_call_wait_for_effect (OhCallWait *self, OhPhoneVerb verb, gboolean watched);

G_END_DECLS
