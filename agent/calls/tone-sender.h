/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dialler.h"

G_BEGIN_DECLS

/* One "," of a number: what modems and telephones wait (register S8 of the Hayes commands). */
#define OH_TONE_PAUSE_US (G_GINT64_CONSTANT (2) * G_USEC_PER_SEC)

/**
 * OhToneSender:
 *
 * The tones behind a number, for one call: waits until the phone tells that it is connected, then
 * sends them row by row with the pauses between. Each row is sent once. When the call is held or
 * ends, or the phone refuses a row, the rest is dropped: nobody else is to hear them.
 */
typedef struct _OhToneSender OhToneSender;

/**
 * OhToneSenderDone:
 * @sender: has nothing to do any more; to be freed by the one who made it
 * @user_data: what was given with the function
 */
typedef void (*OhToneSenderDone) (OhToneSender *sender, gpointer user_data);

/**
 * oh_tone_sender_new:
 * @dialler: (unowned): who sends; lives longer
 * @call: the call; a reference is taken
 * @tones: digits, "*", "#", and "," for a pause; as in OhNumber
 * @clock: for the pauses
 * @done: called once, not from within this function
 * @user_data: for @done
 *
 * Returns: (transfer full): waits for the call to be connected
 */
OhToneSender *oh_tone_sender_new (OhDialler *dialler, OhCall *call, const char *tones,
                                  OhClock *clock, OhToneSenderDone done, gpointer user_data);

/**
 * oh_tone_sender_free:
 * @self: (nullable) (transfer full): a sender; what has not left stays
 */
void oh_tone_sender_free (OhToneSender *self);

G_END_DECLS
