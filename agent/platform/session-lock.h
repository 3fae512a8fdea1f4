/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * OhSessionLock:
 *
 * Whether the screen is locked: then nobody who should dial sits there. Follows whatever the
 * desktop offers; where it offers nothing, the screen counts as unlocked. One body per system.
 *
 * Property "locked" (boolean, notifies).
 */
#define OH_TYPE_SESSION_LOCK (oh_session_lock_get_type ())
G_DECLARE_FINAL_TYPE (OhSessionLock, oh_session_lock, OH, SESSION_LOCK, GObject)

/**
 * oh_session_lock_new:
 * @session: (nullable): the session bus
 *
 * Begins to follow; until the desktop has answered the screen counts as unlocked.
 *
 * Returns: (transfer full): the lock
 */
OhSessionLock *oh_session_lock_new (GDBusConnection *session);

/**
 * oh_session_lock_get_locked:
 * @self: the lock
 *
 * Returns: whether the screen is locked
 */
gboolean oh_session_lock_get_locked (OhSessionLock *self);

G_END_DECLS
