/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "slice.h"

G_BEGIN_DECLS

/* Where a user's trace reads along. Like the log there is one for the process: whoever talks to
 * another machine tells it, and nobody has to know who listens, or whether. It costs a comparison
 * while nobody does. */

/**
 * OhWireWay:
 * @OH_WIRE_IN: came to us
 * @OH_WIRE_OUT: left us
 * @OH_WIRE_NOTE: no message, something that happened
 */
typedef enum
{
  OH_WIRE_IN,
  OH_WIRE_OUT,
  OH_WIRE_NOTE,
} OhWireWay;

/**
 * OhWireRecord:
 * @way: which way
 * @conversation: (nullable): id of the connection, of oh_log_next_id(); NULL for none
 * @peer: (nullable): host and port of the other end; NULL for none
 * @verdict: what became of it: "pass", "unsigned" or "dropped: reason"
 * @octets: the message as it is on the wire, whole; of a note "word: details"
 *
 * One message, with everything that is secret still in it. Only borrowed for the call.
 */
typedef struct
{
  OhWireWay way;
  const char *conversation;
  const char *peer;
  const char *verdict;
  OhSlice octets;
} OhWireRecord;

/**
 * OhWireTapFunc:
 * @record: what passed
 * @user_data: what was given with the function
 */
typedef void (*OhWireTapFunc) (const OhWireRecord *record, gpointer user_data);

/**
 * oh_wire_tap_set:
 * @func: (nullable): told of every message from now on; NULL for nobody
 * @user_data: for @func
 */
void oh_wire_tap_set (OhWireTapFunc func, gpointer user_data);

/**
 * oh_wire_tap_wanted:
 *
 * Returns: whether anybody listens: what is only made for the tap need not be made otherwise
 */
gboolean oh_wire_tap_wanted (void);

/**
 * oh_wire_tap:
 * @record: what passes
 *
 * Tells it who listens. Main thread only.
 */
void oh_wire_tap (const OhWireRecord *record);

/**
 * oh_wire_tap_note:
 * @conversation: (nullable): as in #OhWireRecord
 * @peer: (nullable): as in #OhWireRecord
 * @format: printf style, "word: details"
 *
 * Tells what happened where no message tells it.
 */
void oh_wire_tap_note (const char *conversation, const char *peer, const char *format, ...)
  G_GNUC_PRINTF (3, 4);

G_END_DECLS
