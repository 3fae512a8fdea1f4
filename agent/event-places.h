/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "phone-set.h"

G_BEGIN_DECLS

/* Joins a phone's places for its events with the settings: what stood in them is kept there, and
 * what the user decides of them is. */

/**
 * oh_event_places_join:
 * @phone: a phone; one of another kind than snom has no such places and is left alone
 * @config: where what stood in its places is kept; referenced
 * @id: the phone
 *
 * Tells the phone what an earlier run has kept, and keeps what this one finds.
 */
void oh_event_places_join (OhPhone *phone, OhConfig *config, const char *id);

/**
 * oh_event_places_allow:
 * @phone: a phone
 * @take: whether the settings let it leave off telling another program
 */
void oh_event_places_allow (OhPhone *phone, gboolean take);

/**
 * oh_event_places_change_async:
 * @phones: the phones
 * @config: the settings
 * @id: a phone
 * @take: whether it is to tell us, whoever is told now; FALSE: whom it told before
 * @task: (transfer full): returns TRUE when it is so and stored, or why not
 *
 * What the user has decided.
 */
void oh_event_places_change_async (OhPhoneSet *phones, OhConfig *config, const char *id,
                                   gboolean take, GTask *task);

G_END_DECLS
