/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sim-event.h"

G_BEGIN_DECLS

/* The vendor's own words for what a line does. */
typedef enum
{
  SIM_CALL_CLOSED,
  SIM_CALL_OFFHOOK,
  SIM_CALL_CALLING,
  SIM_CALL_RINGING,
  SIM_CALL_OFFERED,
  SIM_CALL_CONNECTED,
  SIM_CALL_HOLDING, /* we hold the other */
  SIM_CALL_ON_HOLD, /* the other holds us */
  SIM_N_CALL_STATES,
} SimCallState;

typedef enum
{
  SIM_MOVE_LIFT,
  SIM_MOVE_PUT_DOWN,
  SIM_MOVE_DIAL,
  SIM_MOVE_ALERT,
  SIM_MOVE_REMOTE_ANSWER,
  SIM_MOVE_GIVE_UP,
  SIM_MOVE_FAIL,
  SIM_MOVE_OFFER,
  SIM_MOVE_ACCEPT,
  SIM_MOVE_ACCEPT_HANDSET,
  SIM_MOVE_DECLINE,
  SIM_MOVE_REMOTE_CANCEL,
  SIM_MOVE_HOLD,
  SIM_MOVE_RESUME,
  SIM_MOVE_REMOTE_HOLD,
  SIM_MOVE_REMOTE_RESUME,
  SIM_MOVE_HANG_UP,
  SIM_MOVE_REMOTE_HANG_UP,
  SIM_MOVE_BLIND_TRANSFER,
  SIM_MOVE_ATTENDED_TRANSFER,
  SIM_N_MOVES,
} SimMove;
#define SIM_MOVE_EVENTS_MAX 2

/**
 * SimMoveKind:
 * @name: for reports
 * @from: states it is legal in, a bit each
 * @to: where it leads
 * @events: action URLs that follow, in this order
 */
typedef struct
{
  const char *name;
  guint from;
  SimCallState to;
  SimEvent events[SIM_MOVE_EVENTS_MAX];
} SimMoveKind;

/**
 * sim_move_kind:
 *
 * Returns: (not nullable): statically allocated
 */
const SimMoveKind *sim_move_kind (SimMove move);

/**
 * sim_move_is_legal:
 *
 * Returns: whether a call in state @from may make that move
 */
gboolean sim_move_is_legal (SimMove move, SimCallState from);

const char *sim_call_state_name (SimCallState state);

G_END_DECLS
