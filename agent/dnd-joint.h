/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "config.h"
#include "phone.h"
#include "publication.h"

G_BEGIN_DECLS

/**
 * OhDndJoint:
 *
 * "Do not disturb" at the phones and as presence, joined as the setting "dnd-sync" says. Remembers
 * in the state folder what was switched last.
 */
typedef struct _OhDndJoint OhDndJoint;

/**
 * oh_dnd_joint_new:
 * @clock: the time
 * @config: the setting; followed
 * @publication: presence; followed and changed
 *
 * Returns: (transfer full): presence alone; phones are added
 */
OhDndJoint *oh_dnd_joint_new (OhClock *clock, OhConfig *config, OhPublication *publication);

/**
 * oh_dnd_joint_free:
 * @self: (nullable) (transfer full): the joint; phones and presence stay as they are
 */
void oh_dnd_joint_free (OhDndJoint *self);

/**
 * oh_dnd_joint_add_phone:
 * @self: the joint
 * @phone: followed from now on
 */
void oh_dnd_joint_add_phone (OhDndJoint *self, OhPhone *phone);

/**
 * oh_dnd_joint_remove_phone:
 * @self: the joint
 * @phone: (nullable): not followed any more; what is remembered of it stays while it is in the
 *   settings, it may come back under another address
 */
void oh_dnd_joint_remove_phone (OhDndJoint *self, OhPhone *phone);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhDndJoint, oh_dnd_joint_free)

G_END_DECLS
