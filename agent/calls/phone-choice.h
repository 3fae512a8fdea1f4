/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "phone.h"

G_BEGIN_DECLS

/**
 * OhPhoneRule:
 * @OH_PHONE_RULE_IN_REACH: the default phone if it is in reach, else the only one that is, else ask
 * @OH_PHONE_RULE_DEFAULT: always the default phone
 * @OH_PHONE_RULE_ASK: ask whenever there is more than one
 *
 * The setting "phone-choice": which of several phones dials where none is named.
 */
typedef enum
{
  OH_PHONE_RULE_IN_REACH,
  OH_PHONE_RULE_DEFAULT,
  OH_PHONE_RULE_ASK,
} OhPhoneRule;

/**
 * oh_phone_choice:
 * @phones: (element-type OhPhone): all of them, in the order of the settings
 * @rule: how to choose
 * @preferred: (nullable): id of the default phone; NULL, or of none of them: the first one
 * @named: (nullable): id of the phone that the user has named: then no rule is needed
 * @error: OH_ERROR_NO_PHONE; OH_ERROR_CHOOSE_PHONE where the user has to say which, with the ids in
 *   the message
 *
 * A phone is in reach when it takes commands now. Where none is, the default phone is chosen: it
 * may be back, or says why it is not.
 *
 * Returns: (transfer none) (nullable): the phone
 */
OhPhone *oh_phone_choice (const GPtrArray *phones, OhPhoneRule rule, const char *preferred,
                          const char *named, GError **error);

G_END_DECLS
