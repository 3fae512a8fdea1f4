/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "credentials.h"

G_BEGIN_DECLS

/**
 * OhPasswordMemory:
 *
 * Which password was refused, so that it is not shown again by itself: not to another proxy, not on
 * another connection, not under another scheme or form of the name. Knows a keyed digest, not the
 * password. Reference-counted.
 */
typedef struct _OhPasswordMemory OhPasswordMemory;

/**
 * oh_password_memory_new:
 *
 * Returns: (transfer full): a memory of nothing
 */
OhPasswordMemory *oh_password_memory_new (void);

/**
 * oh_password_memory_ref:
 * @self: a memory
 *
 * Returns: (transfer full): @self
 */
OhPasswordMemory *oh_password_memory_ref (OhPasswordMemory *self);

/**
 * oh_password_memory_unref:
 * @self: (transfer full): a memory
 */
void oh_password_memory_unref (OhPasswordMemory *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhPasswordMemory, oh_password_memory_unref)

/**
 * oh_password_memory_note:
 * @self: a memory
 * @credentials: what was refused, or may have been; without a password nothing is noted
 */
void oh_password_memory_note (OhPasswordMemory *self, const OhCredentials *credentials);

/**
 * oh_password_memory_has:
 * @self: a memory
 * @credentials: what is about to be shown
 *
 * Returns: whether its password is the one that was refused last
 */
gboolean oh_password_memory_has (const OhPasswordMemory *self, const OhCredentials *credentials);

/**
 * oh_password_memory_clear:
 * @self: a memory
 *
 * The user wishes it: the same password may be right by now.
 */
void oh_password_memory_clear (OhPasswordMemory *self);

G_END_DECLS
