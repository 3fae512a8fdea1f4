/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "auth-challenge.h"
#include "mechanism.h"

G_BEGIN_DECLS

/**
 * OhFakePlan:
 * @fail: by scheme: fail the first step with this code; OH_N_ERRORS for not failing
 * @refuse_to_make: by scheme: fail already when the mechanism is made; OH_N_ERRORS for not failing
 * @life_s: what oh_mechanism_life_s() says
 * @made: by scheme: how many were made
 * @latest: key of the mechanism made last; each has its own, counted from 1
 *
 * How the mechanisms made from now on behave. One for the process: a maker has no user data.
 */
typedef struct
{
  int fail[OH_AUTH_N_SCHEMES];
  int refuse_to_make[OH_AUTH_N_SCHEMES];
  gint64 life_s;
  guint made[OH_AUTH_N_SCHEMES];
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
 * @scheme: NTLM takes two steps, an empty token and "answer to " and the challenge; Kerberos one,
 *   "ticket for " and the host
 * @clock: not used
 * @credentials: not used
 * @host: the server
 * @server_ahead_us: not used
 * @error: what the plan says
 *
 * An OhMechanismMaker. Signatures are a digest of the key, the direction and the text.
 *
 * Returns: (transfer full): a mechanism; NULL on error
 */
OhMechanism *oh_fake_mechanism_make (OhAuthScheme scheme, OhClock *clock,
                                     const OhCredentials *credentials, const char *host,
                                     gint64 server_ahead_us, GError **error);

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
