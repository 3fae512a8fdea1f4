/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sim-phone.h"

G_BEGIN_DECLS

/* Keys in one command; DTMF bursts stay far below. */
#define SIM_KEYS_MAX 256

SimKeys *sim_keys_new (SimPhone *phone);
void sim_keys_free (SimKeys *self);

/**
 * sim_keys_press:
 * @events: "Key[,Time[,Pause]]" separated by ';'; times in ms
 *
 * An unknown key, and a key that means nothing now, is passed over.
 */
void sim_keys_press (SimKeys *self, const char *events);

/**
 * sim_keys_dtmf:
 *
 * Tones in the connected call; recorded, or ignored without one.
 */
void sim_keys_dtmf (SimKeys *self, const char *digits);

/**
 * sim_keys_lose:
 *
 * Empties the dial buffer and forgets what mode the display was in.
 */
void sim_keys_lose (SimKeys *self);

/* For "dump". */
const char *sim_keys_tones (SimKeys *self);
const char *sim_keys_buffer (SimKeys *self);
gboolean sim_keys_is_muted (SimKeys *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SimKeys, sim_keys_free)

G_END_DECLS
