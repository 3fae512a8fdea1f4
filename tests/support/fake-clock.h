/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "clock.h"

G_BEGIN_DECLS

/**
 * OhFakeClock:
 *
 * A clock that only moves when a test moves it. Monotonic time starts at 1 s, wall time at
 * 2026-01-31 09:00:00 UTC, and both move together.
 */
#define OH_TYPE_FAKE_CLOCK (oh_fake_clock_get_type ())
G_DECLARE_FINAL_TYPE (OhFakeClock, oh_fake_clock, OH, FAKE_CLOCK, GObject)

/**
 * oh_fake_clock_new:
 *
 * Returns: (transfer full): a clock that stands still
 */
OhFakeClock *oh_fake_clock_new (void);

/**
 * oh_fake_clock_advance:
 * @self: a clock
 * @us: microseconds to move on
 *
 * Rings every alarm that falls due on the way, in order of time, with the clock standing at that
 * time; alarms added meanwhile ring too when they fall due. Runs what is pending on the default
 * main context after each.
 */
void oh_fake_clock_advance (OhFakeClock *self, gint64 us);

/**
 * oh_fake_clock_n_alarms:
 * @self: a clock
 *
 * Returns: how many alarms are set
 */
guint oh_fake_clock_n_alarms (OhFakeClock *self);

/**
 * oh_fake_clock_next_due_us:
 * @self: a clock
 *
 * Returns: microseconds from now to the next alarm, -1 when none is set
 */
gint64 oh_fake_clock_next_due_us (OhFakeClock *self);

G_END_DECLS
