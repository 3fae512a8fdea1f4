/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "call-list.h"
#include "config.h"
#include "publication.h"
#include "session-lock.h"

G_BEGIN_DECLS

/**
 * OhOwnUse:
 *
 * What the user does at this desk, told to others: in a call, in a conference, away from the
 * computer. Joins the calls, the lock of the screen and the desktop's idle time to what is
 * published.
 */
typedef struct _OhOwnUse OhOwnUse;

/**
 * oh_own_use_new:
 * @clock: the time
 * @config: when the computer counts as idle; followed
 * @calls: what the phones do; followed
 * @publication: what is told
 *
 * Returns: (transfer full): follows the phones; the computer counts as in use
 */
OhOwnUse *oh_own_use_new (OhClock *clock, OhConfig *config, OhCallList *calls,
                          OhPublication *publication);

/**
 * oh_own_use_free:
 * @self: (nullable) (transfer full): nothing is told any more
 */
void oh_own_use_free (OhOwnUse *self);

/**
 * oh_own_use_follow_desktop:
 * @self: what is told
 * @session: (nullable): the session bus
 * @lock: the lock of the screen; followed
 *
 * From now on the desktop is listened to, too.
 */
void oh_own_use_follow_desktop (OhOwnUse *self, GDBusConnection *session, OhSessionLock *lock);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhOwnUse, oh_own_use_free)

G_END_DECLS
