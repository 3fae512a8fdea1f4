/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dial-plan.h"
#include "number.h"

G_BEGIN_DECLS

/**
 * OhPlanReading:
 * @canonical: (nullable): "+" and digits, or as dialled at home; NULL when it was not read
 * @dialled: (nullable): what goes to the phone as it is; NULL where the plan says how
 *   @canonical is dialled
 * @extension: (nullable): digits that a rule told apart
 * @rule: (nullable): the name of the rule that decided
 * @kind: what it is
 * @complete: it holds everywhere in the country, not only in the town or the house
 * @ruled: a rule of the company or of the server decided
 * @why: (nullable): why it was not read, one translated phrase
 *
 * What a row of digits means.
 */
typedef struct
{
  char *canonical;
  char *dialled;
  char *extension;
  char *rule;
  OhNumberKind kind;
  gboolean complete;
  gboolean ruled;
  char *why;
} OhPlanReading;

/**
 * oh_plan_reading_clear:
 * @self: a reading; what it owns is freed
 */
void oh_plan_reading_clear (OhPlanReading *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (OhPlanReading, oh_plan_reading_clear)

/**
 * oh_plan_read:
 * @plan: how numbers are written and dialled here
 * @digits: "+" at most in front, digits, "*" and "#"
 * @extension: (nullable): what was written as an extension of them; rules see "x" and it behind
 *   the digits first
 * @reading: (out): what they mean
 * @problems: (element-type OhRuleProblem): what rules did wrong is appended
 *
 * Goes through the company's rules, then the server's, then those that follow from the settings, in
 * order; the first that fits decides. An outside line in front is not looked for.
 *
 * Returns: whether one fits
 */
gboolean oh_plan_read (const OhDialPlan *plan, const char *digits, const char *extension,
                       OhPlanReading *reading, GPtrArray *problems);

/**
 * oh_plan_country_length:
 * @digits: of an international number, without "+"
 *
 * Returns: how many of them are the country code (ITU-T E.164 D)
 */
gsize oh_plan_country_length (const char *digits);

/**
 * oh_plan_keeps_zero:
 * @digits: of an international number, without "+"
 *
 * Returns: whether the zero of an area code is dialled from abroad, too: Italy, San Marino
 */
gboolean oh_plan_keeps_zero (const char *digits);

G_END_DECLS
