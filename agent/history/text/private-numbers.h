/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dial-plan.h"

G_BEGIN_DECLS

/* A user has a doctor, a lawyer and a works council, not a directory of them. */
#define OH_PRIVATE_NUMBERS_MAX 256

/**
 * OhPrivateNumbers:
 *
 * The numbers of which no trace is kept, by the setting "private-numbers".
 */
typedef struct _OhPrivateNumbers OhPrivateNumbers;

/**
 * oh_private_numbers_new:
 * @texts: (nullable) (array zero-terminated=1): numbers in any notation; one that ends in "*"
 * stands for all that begin so. What cannot be read, and what is beyond OH_PRIVATE_NUMBERS_MAX, is
 *   passed over
 * @plan: how numbers are written here
 * @out_unread: (out) (optional): how many were passed over
 *
 * Returns: (transfer full): the numbers
 */
OhPrivateNumbers *oh_private_numbers_new (const char *const *texts, const OhDialPlan *plan,
                                          guint *out_unread);

/**
 * oh_private_numbers_copy:
 * @self: numbers
 *
 * Returns: (transfer full): the same, for another thread
 */
OhPrivateNumbers *oh_private_numbers_copy (const OhPrivateNumbers *self);

/**
 * oh_private_numbers_has:
 * @self: numbers
 * @number: (nullable): canonical number; a withheld one is none of them
 *
 * Returns: whether it is one of them
 */
gboolean oh_private_numbers_has (const OhPrivateNumbers *self, const char *number);

/**
 * oh_private_numbers_is_empty:
 * @self: numbers
 *
 * Returns: whether there are none
 */
gboolean oh_private_numbers_is_empty (const OhPrivateNumbers *self);

/**
 * oh_private_numbers_free:
 * @self: (nullable) (transfer full): numbers
 */
void oh_private_numbers_free (OhPrivateNumbers *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhPrivateNumbers, oh_private_numbers_free)

G_END_DECLS
