/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sip-guard.h"

G_BEGIN_DECLS

/**
 * OhFakeGuard:
 *
 * A guard for tests that anybody can read: what leaves gets "X-Protected: N", N counting from 1;
 * what arrives passes with "X-Signed: good", is forged with any other X-Signed and dropped
 * without. oh_sip_guard_answer_async() says yes. A challenge with "X-Routine" costs no handshake.
 */
#define OH_TYPE_FAKE_GUARD (oh_fake_guard_get_type ())
G_DECLARE_FINAL_TYPE (OhFakeGuard, oh_fake_guard, OH, FAKE_GUARD, GObject)

/**
 * oh_fake_guard_new:
 *
 * Returns: (transfer full): a guard
 */
OhFakeGuard *oh_fake_guard_new (void);

/**
 * oh_fake_guard_n_protected:
 * @self: a guard
 *
 * Returns: how many messages it has protected
 */
guint oh_fake_guard_n_protected (OhFakeGuard *self);

/**
 * oh_fake_guard_n_checked:
 * @self: a guard
 *
 * Returns: how many messages it has looked at
 */
guint oh_fake_guard_n_checked (OhFakeGuard *self);

/**
 * oh_fake_guard_refuse:
 * @self: a guard
 * @error: (nullable): what oh_sip_guard_protect() and oh_sip_guard_answer_finish() fail with from
 *   now on; NULL: they work again
 */
void oh_fake_guard_refuse (OhFakeGuard *self, const GError *error);

/**
 * oh_fake_guard_pass_everything:
 * @self: a guard
 *
 * From now on whatever arrives passes, signed or not.
 */
void oh_fake_guard_pass_everything (OhFakeGuard *self);

G_END_DECLS
