/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "call-list.h"
#include "clock.h"

G_BEGIN_DECLS

/* A command for a call on its way: sent to the phone once, then waited for, because accepted is
   not done: the phone's event decides. */

/**
 * OhCallErrand:
 * @calls: the list that @call is in
 * @call: the call; where @command places one, the expected call
 * @command: what the phone is to do
 * @other: (nullable): the held call that @command is about, too
 * @wanted: the state that shows that it did; OH_N_CALL_STATES when no event follows
 * @left: (nullable): called when the phone has taken it, or may have: it cannot be taken back
 * @user_data: for @left
 *
 * Borrowed for the call.
 */
typedef struct
{
  OhCallList *calls;
  OhCall *call;
  OhCall *other;
  const OhPhoneCommand *command;
  OhCallState wanted;
  void (*left) (OhCall *call, gpointer user_data);
  gpointer user_data;
} OhCallErrand;

/**
 * oh_call_errand_run_async:
 * @errand: what to do
 * @clock: for the time limits
 * @cancellable: (nullable): takes the command back while it has not left
 * @callback: called when the phone has told, refused, or kept silent for too long
 * @user_data: for @callback
 *
 * Where events still show that answering or hanging up had no effect, and the phone has a second
 * choice that cannot do harm then, that is sent, once.
 */
void oh_call_errand_run_async (const OhCallErrand *errand, OhClock *clock,
                               GCancellable *cancellable, GAsyncReadyCallback callback,
                               gpointer user_data);

/**
 * oh_call_errand_run_finish:
 * @result: of oh_call_errand_run_async()
 * @error: what the phone refused it with; OH_ERROR_OUTCOME_UNKNOWN when it left and nothing
 *   confirmed it
 *
 * Returns: how far it came; OH_PHONE_OUTCOME_FAILED on error
 */
OhPhoneOutcome oh_call_errand_run_finish (GAsyncResult *result, GError **error);

G_END_DECLS
