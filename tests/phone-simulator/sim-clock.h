/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SimClock:
 *
 * The phone's time: it runs like the real one, and a test can push it forward. Everything that
 * lasts on the phone (lock-out, ringing, a nonce, a reboot) is counted by it, so that no test
 * waits.
 */
typedef struct _SimClock SimClock;

typedef void (*SimAlarmFunc) (gpointer user_data);

SimClock *sim_clock_new (void);
void sim_clock_free (SimClock *self);

/**
 * sim_clock_now_us:
 *
 * Returns: microseconds since some moment in the past, never going backwards
 */
gint64 sim_clock_now_us (SimClock *self);

/**
 * sim_clock_add:
 * @delay_ms: from now; 0 or less fires at the next turn of the main loop
 *
 * Returns: an id for sim_clock_remove(); never 0. It is void once @func was called.
 */
guint sim_clock_add (SimClock *self, gint64 delay_ms, SimAlarmFunc func, gpointer user_data);

/**
 * sim_clock_remove:
 * @id: (inout): an alarm that may have gone off already, or 0; 0 afterwards
 */
void sim_clock_remove (SimClock *self, guint *id);

/**
 * sim_clock_advance:
 * @delta_us: how far to push the time; nothing happens below 1
 *
 * Calls what falls due on the way, each at its own moment, alarms that were set meanwhile included.
 */
void sim_clock_advance (SimClock *self, gint64 delta_us);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SimClock, sim_clock_free)

G_END_DECLS
