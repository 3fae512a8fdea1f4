/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "account.h"

G_BEGIN_DECLS

/* A change of network comes as a burst of small ones. */
#define OH_SURROUNDINGS_SETTLE_US (G_GINT64_CONSTANT (2) * G_USEC_PER_SEC)

/**
 * OhSurroundings:
 *
 * What happens around the program: networks come and go, the computer sleeps. Tells the account at
 * once what cannot wait, and everybody once it has settled.
 */
typedef struct _OhSurroundings OhSurroundings;

/**
 * OhSettledFunc:
 * @user_data: what was given with the function
 *
 * The network is as it will be: what stands over it is to be looked at.
 */
typedef void (*OhSettledFunc) (gpointer user_data);

/**
 * oh_surroundings_new:
 * @clock: the time
 * @account: told of networks, sleep and waking; referenced
 * @settled: called when a change of network has settled, after @account was told
 * @user_data: for @settled; borrowed
 *
 * Returns: (transfer full): begins to follow
 */
OhSurroundings *oh_surroundings_new (OhClock *clock, OhAccount *account, OhSettledFunc settled,
                                     gpointer user_data);

/**
 * oh_surroundings_free:
 * @self: (nullable) (transfer full): nothing is told any more
 */
void oh_surroundings_free (OhSurroundings *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhSurroundings, oh_surroundings_free)

G_END_DECLS
