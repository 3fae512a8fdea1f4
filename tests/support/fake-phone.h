/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "phone.h"

G_BEGIN_DECLS

/**
 * OhFakePhone:
 *
 * A phone that does what a test says: it writes down the commands it gets and answers each with the
 * outcome set before.
 */
#define OH_TYPE_FAKE_PHONE (oh_fake_phone_get_type ())
G_DECLARE_FINAL_TYPE (OhFakePhone, oh_fake_phone, OH, FAKE_PHONE, OhPhone)

/**
 * oh_fake_phone_new:
 * @id: its name
 * @clock: its time
 * @watched: whether it tells events
 *
 * Returns: (transfer full): a phone that is ready and takes every command
 */
OhFakePhone *oh_fake_phone_new (const char *id, OhClock *clock, gboolean watched);

/**
 * oh_fake_phone_set_outcome:
 * @self: a phone
 * @outcome: how commands end from now on
 * @code: with OH_PHONE_OUTCOME_FAILED: the error's code
 */
void oh_fake_phone_set_outcome (OhFakePhone *self, OhPhoneOutcome outcome, OhError code);

/**
 * oh_fake_phone_set_busy:
 * @self: a phone
 * @busy: commands wait from now on, until they are taken back
 */
void oh_fake_phone_set_busy (OhFakePhone *self, gboolean busy);

/**
 * oh_fake_phone_commands:
 * @self: a phone
 *
 * Returns: (transfer none): the commands so far, "dial +4930123;hold;"
 */
const char *oh_fake_phone_commands (OhFakePhone *self);

/**
 * oh_fake_phone_tell:
 * @self: a phone
 * @kind: what happens
 * @call: (nullable): the phone's name of the call
 * @remote: (nullable): the other party
 */
void oh_fake_phone_tell (OhFakePhone *self, OhPhoneEventKind kind, const char *call,
                         const char *remote);

G_END_DECLS
