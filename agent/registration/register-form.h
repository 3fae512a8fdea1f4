/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "register-answer.h"
#include "registration-settings.h"
#include "sip-stack.h"

G_BEGIN_DECLS

/**
 * oh_register_form_new:
 * @stack: with a transport and an identity
 * @plan: who signs in
 *
 * What all REGISTERs of a connection have in common, Call-ID and From tag among it ([MS-SIPREGE]
 * 3.2.4).
 *
 * Returns: (transfer full): a REGISTER without CSeq and credentials
 */
OhSipMessage *oh_register_form_new (OhSipStack *stack, const OhRegistrationPlan *plan);

/**
 * oh_register_form_tell:
 * @stack: with a transport
 * @plan: who signs in
 * @grant: (nullable): what the server granted; NULL before it has
 *
 * Tells the stack who we are. Our Contact is the GRUU; old servers give none: then it is the
 * address of this connection, which proxies replace.
 */
void oh_register_form_tell (OhSipStack *stack, const OhRegistrationPlan *plan,
                            const OhRegisterGrant *grant);

G_END_DECLS
