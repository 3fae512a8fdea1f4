/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "auth-challenge.h"

G_BEGIN_DECLS

/**
 * OhMechanismChoice:
 * @OH_MECHANISM_CHOICE_AUTO: Kerberos where it works, then NTLM
 * @OH_MECHANISM_CHOICE_KERBEROS: nothing else
 * @OH_MECHANISM_CHOICE_NTLM: nothing else
 */
typedef enum
{
  OH_MECHANISM_CHOICE_AUTO,
  OH_MECHANISM_CHOICE_KERBEROS,
  OH_MECHANISM_CHOICE_NTLM,
} OhMechanismChoice;

/**
 * OhSchemePolicy:
 * @choice: which schemes may be used
 * @allow_56_bit: NTLM may use 56 bit session keys with a server that has no 128
 * @extended_protection: NTLM names the service and protects its messages with a code (MIC), for
 *   servers that insist on "Extended Protection for Authentication"
 *
 * What the administrator decides about schemes.
 */
typedef struct
{
  OhMechanismChoice choice;
  gboolean allow_56_bit;
  gboolean extended_protection;
} OhSchemePolicy;

/**
 * oh_scheme_policy_allows:
 * @self: a policy
 * @scheme: a scheme
 *
 * Returns: whether we have that scheme and may use it
 */
gboolean oh_scheme_policy_allows (const OhSchemePolicy *self, OhAuthScheme scheme);

/**
 * oh_scheme_policy_choose:
 * @self: a policy
 * @offers: (element-type OhAuthChallenge): what the server offers
 * @tried: a bit for each #OhAuthScheme that is not to be used again
 *
 * Returns: (transfer none) (nullable): the strongest offer that is left, Kerberos before NTLM,
 *   whatever their order on the wire; NULL when there is none
 */
const OhAuthChallenge *oh_scheme_policy_choose (const OhSchemePolicy *self, const GPtrArray *offers,
                                                guint tried);

G_END_DECLS
