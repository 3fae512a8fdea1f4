/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "snom-http.h"

G_BEGIN_DECLS

/**
 * OhPhoneCare:
 * @phone: whom it looks after; borrowed
 * @http: its channel; borrowed
 * @look: asks the phone anew
 * @alarm: the next look, or retry
 * @n_retries: in a row without an answer
 *
 * What every body that talks to a web server does between the commands: looks again when something
 * is wrong that may mend itself, and now and then when nothing is, and tells which certificate was
 * shown. Part of the body's own struct.
 */
typedef struct
{
  OhPhone *phone;
  OhSnomHttp *http;
  void (*look) (OhPhone *phone);
  guint alarm;
  guint n_retries;
} OhPhoneCare;

/**
 * oh_phone_care_init:
 * @self: a care
 * @phone: (transfer none): the body that owns it
 * @http: (transfer none): its channel
 * @look: asks the phone anew
 */
void oh_phone_care_init (OhPhoneCare *self, OhPhone *phone, OhSnomHttp *http,
                         void (*look) (OhPhone *phone));

/**
 * oh_phone_care_clear:
 * @self: a care; does nothing any more
 */
void oh_phone_care_clear (OhPhoneCare *self);

/**
 * oh_phone_care_note_error:
 * @self: a care
 * @error: what came of a request
 *
 * Moves the phone to the state that the error stands for, if any, and plans what helps.
 */
void oh_phone_care_note_error (OhPhoneCare *self, const GError *error);

/**
 * oh_phone_care_note_ready:
 * @self: a care
 *
 * The phone has let us in and takes commands: moves it to READY, where a reason without events
 * stays, and plans the next look.
 */
void oh_phone_care_note_ready (OhPhoneCare *self);

/**
 * oh_phone_care_start_over:
 * @self: a care
 *
 * What was known hung on a login or a rule that has just changed; a lock-out does not.
 */
void oh_phone_care_start_over (OhPhoneCare *self);

G_END_DECLS
