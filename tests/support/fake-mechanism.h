/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "auth-challenge.h"
#include "mechanism.h"

G_BEGIN_DECLS

/**
 * OhFakePlan:
 * @fail: by scheme: why its first step fails; OH_SCHEME_FAILURE_NONE for not failing
 * @life_s: what oh_mechanism_life_s() says
 * @made: by scheme: how many were made
 * @with_password: how many of them were given a password
 * @latest: key of the mechanism made last; each has its own, counted from 1
 *
 * How the mechanisms made from now on behave. One for the process: a maker has no user data.
 */
typedef struct
{
  OhSchemeFailure fail[OH_AUTH_N_SCHEMES];
  gint64 life_s;
  guint made[OH_AUTH_N_SCHEMES];
  guint with_password;
  guint latest;
} OhFakePlan;

/**
 * oh_fake_plan_reset:
 *
 * Nothing fails, nothing ends, nothing was made.
 *
 * Returns: (transfer none): the plan
 */
OhFakePlan *oh_fake_plan_reset (void);

/**
 * oh_fake_mechanism_make:
 * @order: NTLM takes two steps, an empty token and "answer to " and the challenge; Kerberos one,
 *   "ticket for " and the host
 *
 * An OhMechanismMaker. Signatures are a digest of the key, the direction and the text.
 *
 * Returns: (transfer full): a mechanism
 */
OhMechanism *oh_fake_mechanism_make (const OhMechanismOrder *order);

/**
 * oh_fake_mechanism_server_sign:
 * @key: which mechanism
 * @text: what the server signs
 *
 * Returns: (transfer full): the signature in hexadecimal digits
 */
char *oh_fake_mechanism_server_sign (guint key, const char *text);

/**
 * oh_fake_mechanism_client_sign:
 * @key: which mechanism
 * @text: what the client is expected to have signed
 *
 * Returns: (transfer full): the signature in hexadecimal digits
 */
char *oh_fake_mechanism_client_sign (guint key, const char *text);

G_END_DECLS
