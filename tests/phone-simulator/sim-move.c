/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim-move.h"

#define BIT(state) (1u << (state))
#define ATTEMPT (BIT (SIM_CALL_CALLING) | BIT (SIM_CALL_RINGING))
#define TALK (BIT (SIM_CALL_CONNECTED) | BIT (SIM_CALL_HOLDING) | BIT (SIM_CALL_ON_HOLD))

/* Where each move is legal, where it leads and which action URLs follow, in this order. "onhook"
 * fires only when the call was on the handset. */
/* clang-format off */
static const SimMoveKind moves[SIM_N_MOVES] = {
  [SIM_MOVE_LIFT]           = { "lift", BIT (SIM_CALL_CLOSED), SIM_CALL_OFFHOOK, { SIM_EVENT_OFFHOOK } },
  [SIM_MOVE_PUT_DOWN]       = { "put-down", BIT (SIM_CALL_OFFHOOK), SIM_CALL_CLOSED, { SIM_EVENT_ONHOOK } },
  [SIM_MOVE_DIAL]           = { "dial", BIT (SIM_CALL_CLOSED) | BIT (SIM_CALL_OFFHOOK), SIM_CALL_CALLING, { SIM_EVENT_OUTGOING } },
  [SIM_MOVE_ALERT]          = { "alert", BIT (SIM_CALL_CALLING), SIM_CALL_RINGING, { SIM_EVENT_NONE } },
  [SIM_MOVE_REMOTE_ANSWER]  = { "remote-answer", ATTEMPT, SIM_CALL_CONNECTED, { SIM_EVENT_CONNECTED } },
  [SIM_MOVE_GIVE_UP]        = { "give-up", ATTEMPT, SIM_CALL_CLOSED, { SIM_EVENT_ONHOOK, SIM_EVENT_DISCONNECTED } },
  [SIM_MOVE_FAIL]           = { "fail", ATTEMPT, SIM_CALL_CLOSED, { SIM_EVENT_DISCONNECTED } },
  [SIM_MOVE_OFFER]          = { "offer", BIT (SIM_CALL_CLOSED), SIM_CALL_OFFERED, { SIM_EVENT_INCOMING } },
  [SIM_MOVE_ACCEPT]         = { "accept", BIT (SIM_CALL_OFFERED), SIM_CALL_CONNECTED, { SIM_EVENT_CONNECTED } },
  [SIM_MOVE_ACCEPT_HANDSET] = { "accept-handset", BIT (SIM_CALL_OFFERED), SIM_CALL_CONNECTED, { SIM_EVENT_OFFHOOK, SIM_EVENT_CONNECTED } },
  [SIM_MOVE_DECLINE]        = { "decline", BIT (SIM_CALL_OFFERED), SIM_CALL_CLOSED, { SIM_EVENT_DISCONNECTED } },
  [SIM_MOVE_REMOTE_CANCEL]  = { "remote-cancel", BIT (SIM_CALL_OFFERED), SIM_CALL_CLOSED, { SIM_EVENT_DISCONNECTED, SIM_EVENT_MISSED } },
  [SIM_MOVE_HOLD]           = { "hold", BIT (SIM_CALL_CONNECTED), SIM_CALL_HOLDING, { SIM_EVENT_HOLD } },
  [SIM_MOVE_RESUME]         = { "resume", BIT (SIM_CALL_HOLDING), SIM_CALL_CONNECTED, { SIM_EVENT_UNHOLD } },
  [SIM_MOVE_REMOTE_HOLD]    = { "remote-hold", BIT (SIM_CALL_CONNECTED), SIM_CALL_ON_HOLD, { SIM_EVENT_NONE } },
  [SIM_MOVE_REMOTE_RESUME]  = { "remote-resume", BIT (SIM_CALL_ON_HOLD), SIM_CALL_CONNECTED, { SIM_EVENT_NONE } },
  [SIM_MOVE_HANG_UP]        = { "hang-up", TALK, SIM_CALL_CLOSED, { SIM_EVENT_ONHOOK, SIM_EVENT_DISCONNECTED } },
  [SIM_MOVE_REMOTE_HANG_UP] = { "remote-hang-up", TALK | ATTEMPT, SIM_CALL_CLOSED, { SIM_EVENT_DISCONNECTED } },
  [SIM_MOVE_BLIND_TRANSFER] = { "blind-transfer", TALK, SIM_CALL_CLOSED, { SIM_EVENT_BLIND_TRANSFER, SIM_EVENT_DISCONNECTED } },
  [SIM_MOVE_ATTENDED_TRANSFER] = { "attended-transfer", TALK, SIM_CALL_CLOSED, { SIM_EVENT_ATTENDED_TRANSFER, SIM_EVENT_DISCONNECTED } },
};

static const char *const state_names[SIM_N_CALL_STATES] = {
  "closed", "offhook", "calling", "ringing", "offered", "connected", "holding", "on_hold",
};
/* clang-format on */

const SimMoveKind *
sim_move_kind (SimMove move)
{
  return &moves[move];
}

gboolean
sim_move_is_legal (SimMove move, SimCallState from)
{
  return (moves[move].from & BIT (from)) != 0;
}

const char *
sim_call_state_name (SimCallState state)
{
  return state_names[state];
}
