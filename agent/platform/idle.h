/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "clock.h"

G_BEGIN_DECLS

/**
 * OhIdleLevel:
 * @OH_IDLE_NOT: somebody works here, or nothing can be known
 * @OH_IDLE_SHORT: nobody has touched it for the shorter limit
 * @OH_IDLE_LONG: nor for the longer one
 */
typedef enum
{
  OH_IDLE_NOT,
  OH_IDLE_SHORT,
  OH_IDLE_LONG,
} OhIdleLevel;

/**
 * OhIdle:
 *
 * Whether somebody works at this computer, as the desktop knows it: keyboard and pointer. What was
 * typed where is none of our business and not looked at. One body per system.
 *
 * Property "level" (int, an OhIdleLevel, notifies).
 */
#define OH_TYPE_IDLE (oh_idle_get_type ())
G_DECLARE_FINAL_TYPE (OhIdle, oh_idle, OH, IDLE, GObject)

/**
 * oh_idle_new:
 * @clock: time
 * @session: (nullable): the session bus
 *
 * Returns: (transfer full): follows nothing before it has limits
 */
OhIdle *oh_idle_new (OhClock *clock, GDBusConnection *session);

/**
 * oh_idle_set_limits:
 * @self: what is known
 * @short_us: after how long without a touch it is short; 0 for never
 * @long_us: the same for long, counted from the same touch; 0 for never
 *
 * Where both are given the longer one has to be longer.
 */
void oh_idle_set_limits (OhIdle *self, gint64 short_us, gint64 long_us);

/**
 * oh_idle_get_level:
 * @self: what is known
 *
 * Returns: the level now
 */
OhIdleLevel oh_idle_get_level (OhIdle *self);

G_END_DECLS
