/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sim-clock.h"
#include "sim-knobs.h"

G_BEGIN_DECLS

/* The fourth failure locks ("more than three failed logins"), then every third. */
#define SIM_LOCKOUT_FIRST 4
#define SIM_LOCKOUT_NEXT 3

typedef struct _SimLockout SimLockout;

/**
 * sim_lockout_new:
 * @clock: (transfer none), @knobs: (transfer none): outlive it
 */
SimLockout *sim_lockout_new (SimClock *clock, SimKnobs *knobs);
void sim_lockout_free (SimLockout *self);

/**
 * sim_lockout_left_s:
 * @address: of the client; matters only with the knob lockout-by=address
 *
 * Returns: seconds until logins are looked at again, rounded up; 0 when they are now
 */
gint64 sim_lockout_left_s (SimLockout *self, const char *address);

/* A login failed, and one that succeeded. */
void sim_lockout_fail (SimLockout *self, const char *address);
void sim_lockout_success (SimLockout *self, const char *address);

/**
 * sim_lockout_clear:
 *
 * Forgets every failure and every lock.
 */
void sim_lockout_clear (SimLockout *self);

/**
 * sim_lockout_failures:
 *
 * Returns: failures since the last success or lock, for a look from outside
 */
guint sim_lockout_failures (SimLockout *self, const char *address);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SimLockout, sim_lockout_free)

G_END_DECLS
