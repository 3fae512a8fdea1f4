/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "call.h"

G_BEGIN_DECLS

/* A phone tells the end of a call twice, two seconds apart, or an event overtakes another: what
   belongs to a call that has ended is not heard for so long. */
#define OH_CLOSED_CALLS_US (G_GINT64_CONSTANT (10) * G_USEC_PER_SEC)
/* Only a beginning can be about a call whose name was used before (a hunt group rings the same
   phone twice with one Call-ID): what is told of the middle of a call that ended within a day is a
   replay, or has been on the way for very long. */
#define OH_CLOSED_CALLS_LONG_US (G_GINT64_CONSTANT (24) * 3600 * G_USEC_PER_SEC)
/* Calls remembered; more in a short time come only from somebody who plays with the phone. */
#define OH_CLOSED_CALLS_MAX 64

/**
 * OhClosedCalls:
 *
 * The calls that have ended lately, by what the phone named them.
 */
typedef struct _OhClosedCalls OhClosedCalls;

/**
 * oh_closed_calls_new:
 *
 * Returns: (transfer full): an empty memory
 */
OhClosedCalls *oh_closed_calls_new (void);

/**
 * oh_closed_calls_free:
 * @self: (nullable) (transfer full): a memory
 */
void oh_closed_calls_free (OhClosedCalls *self);

/**
 * oh_closed_calls_add:
 * @self: a memory
 * @phone: whose call; only compared, never used
 * @key: what the phone named it by; copied
 * @now_us: monotonic time
 */
void oh_closed_calls_add (OhClosedCalls *self, OhPhone *phone, const OhCallKey *key, gint64 now_us);

/**
 * oh_closed_calls_has:
 * @self: a memory
 * @phone: whose event
 * @event: what it tells
 * @now_us: monotonic time
 *
 * By the phone's name of the call alone where both have one. Otherwise by the parties, or, where
 * the phone names neither, because a call of it has just ended; but then a beginning is a new call:
 * nobody forbids to call the same party again at once.
 *
 * Returns: whether @event is about a call that ended less than %OH_CLOSED_CALLS_US ago, or is no
 *   beginning and names one that ended less than %OH_CLOSED_CALLS_LONG_US ago
 */
gboolean oh_closed_calls_has (OhClosedCalls *self, OhPhone *phone, const OhPhoneEvent *event,
                              gint64 now_us);

G_END_DECLS
