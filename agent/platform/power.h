/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * OhPower:
 *
 * Tells when the computer goes to sleep and when it has been asleep: connections may be dead
 * without knowing it, and the network may be another one. One body per system.
 *
 * Signals:
 *  - "sleeping" (): it is about to; nothing waits for us
 *  - "resumed" (): it was, or it did not come to it
 */
#define OH_TYPE_POWER (oh_power_get_type ())
G_DECLARE_FINAL_TYPE (OhPower, oh_power, OH, POWER, GObject)

/**
 * oh_power_new:
 *
 * Returns: (transfer full): begins to follow; where the system tells nothing, nothing is told
 */
OhPower *oh_power_new (void);

G_END_DECLS
