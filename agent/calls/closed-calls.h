/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "phone.h"

G_BEGIN_DECLS

/* A phone tells the end of a call twice, two seconds apart, or an event overtakes another: what
   belongs to a call that has ended is not heard for so long. */
#define OH_CLOSED_CALLS_US (G_GINT64_CONSTANT (10) * G_USEC_PER_SEC)
/* Calls closed in that time; more come only from somebody who plays with the phone. */
#define OH_CLOSED_CALLS_MAX 64

/**
 * OhClosedCalls:
 *
 * The calls that have ended lately, by the phone's name of them.
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
 * @handle: (nullable): the phone's name of it; a call without one cannot be remembered
 * @now_us: monotonic time
 */
void oh_closed_calls_add (OhClosedCalls *self, OhPhone *phone, const char *handle, gint64 now_us);

/**
 * oh_closed_calls_has:
 * @self: a memory
 * @phone: whose call
 * @handle: (nullable): the phone's name of it
 * @now_us: monotonic time
 *
 * Returns: whether it ended less than %OH_CLOSED_CALLS_US ago
 */
gboolean oh_closed_calls_has (OhClosedCalls *self, OhPhone *phone, const char *handle,
                              gint64 now_us);

G_END_DECLS
