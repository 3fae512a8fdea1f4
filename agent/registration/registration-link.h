/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "register-session.h"
#include "registration-settings.h"
#include "security.h"
#include "sip-stack.h"

G_BEGIN_DECLS

/* A server that takes a connection and lets the first REGISTER unanswered for so long is passed
 * over: a firewall or a port that something else has taken. */
#define OH_REGISTRATION_SILENCE_S 30

/**
 * OhRegistrationLink:
 *
 * One attempt at being registered, and what stands when it succeeds: looks for a server, connects,
 * registers, goes where redirects lead, passes over servers that cannot serve. Knows nothing of
 * other attempts, of pauses, or of what the user wishes. Used again for each attempt.
 *
 * Signals:
 *  - "connecting" (): a server is looked for; the one before, if any, is left
 *  - "connected" (): oh_registration_link_server() is asked to register us
 *  - "granted" (gboolean handshake): a 2xx to REGISTER; @handshake: with a new association
 *  - "ended" (GError *error, gint retry_s): nothing stands any more; @retry_s as
 *    oh_register_refusal()
 *  - "primary-back" (): we stand at a backup registrar and could go home
 */
#define OH_TYPE_REGISTRATION_LINK (oh_registration_link_get_type ())
G_DECLARE_FINAL_TYPE (OhRegistrationLink, oh_registration_link, OH, REGISTRATION_LINK, GObject)

/**
 * oh_registration_link_new:
 * @clock: the time
 * @stack: gets the connection while one stands
 * @security: the guard of @stack
 *
 * Returns: (transfer full): a link with nothing under way
 */
OhRegistrationLink *oh_registration_link_new (OhClock *clock, OhSipStack *stack,
                                              OhSecurity *security);

/**
 * oh_registration_link_set_plan:
 * @self: a link with nothing under way
 * @plan: who signs in where; borrowed, until the next one or the end
 */
void oh_registration_link_set_plan (OhRegistrationLink *self, const OhRegistrationPlan *plan);

/**
 * oh_registration_link_start:
 * @self: a link with a plan
 *
 * Drops what there is and begins from the very beginning: names are looked up afresh, pools move.
 */
void oh_registration_link_start (OhRegistrationLink *self);

/**
 * oh_registration_link_drop:
 * @self: a link
 *
 * What is under way will not be heard of again, what stands is closed, without a signal.
 */
void oh_registration_link_drop (OhRegistrationLink *self);

/**
 * oh_registration_link_set_last:
 * @self: a link
 *
 * Until the next oh_registration_link_start() no other server is tried: we are on our way out.
 */
void oh_registration_link_set_last (OhRegistrationLink *self);

/**
 * oh_registration_link_session:
 * @self: a link
 *
 * Returns: (transfer none) (nullable): the registration on the connection; NULL without one
 */
OhRegisterSession *oh_registration_link_session (OhRegistrationLink *self);

/**
 * oh_registration_link_grant:
 * @self: a link
 *
 * Returns: (transfer none) (nullable): what the server granted last; NULL while nothing stands
 */
const OhRegisterGrant *oh_registration_link_grant (OhRegistrationLink *self);

/**
 * oh_registration_link_server:
 * @self: a link
 *
 * Returns: (transfer full) (nullable): "host:port" while connected
 */
char *oh_registration_link_server (OhRegistrationLink *self);

/**
 * oh_registration_link_local_host:
 * @self: a link
 *
 * Returns: (transfer none) (nullable): our address as a SIP message has it, while connected
 */
const char *oh_registration_link_local_host (OhRegistrationLink *self);

G_END_DECLS
