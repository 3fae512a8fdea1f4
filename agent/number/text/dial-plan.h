/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Internal numbers of more digits cannot be told from national ones. */
#define OH_DIAL_PLAN_EXTENSION_DIGITS_MAX 8

/**
 * OhDialPlan:
 * @country_code: digits without "+", "" when not known: then nothing is made international
 * @area_code: digits without the national prefix, "" when a number without it is not to be
 *   completed
 * @international_prefix: what people dial instead of "+", for example "00"
 * @national_prefix: what stands before an area code at home, for example "0"; "" where there is
 *   none
 * @outside_line_prefix: what this site's phones have to dial to get out, "" for nothing: then
 *   numbers go to the phone with "+"
 * @extension_digits: a number of that many digits or fewer is internal and goes out as it is; 0
 *   when the site has no internal numbers
 *
 * How numbers are written and dialled at this desk: the settings of the same names. All strings
 * are owned and never NULL.
 */
typedef struct
{
  char *country_code;
  char *area_code;
  char *international_prefix;
  char *national_prefix;
  char *outside_line_prefix;
  guint extension_digits;
} OhDialPlan;

/**
 * oh_dial_plan_new:
 * @country_code: (nullable): NULL and anything that is not digits count as ""
 * @area_code: (nullable): the same
 * @international_prefix: (nullable): the same
 * @national_prefix: (nullable): the same
 * @outside_line_prefix: (nullable): the same
 * @extension_digits: more than %OH_DIAL_PLAN_EXTENSION_DIGITS_MAX counts as that
 *
 * Returns: (transfer full): the plan
 */
OhDialPlan *oh_dial_plan_new (const char *country_code, const char *area_code,
                              const char *international_prefix, const char *national_prefix,
                              const char *outside_line_prefix, guint extension_digits);

/**
 * oh_dial_plan_copy:
 * @plan: a plan
 *
 * Returns: (transfer full): the same once more
 */
OhDialPlan *oh_dial_plan_copy (const OhDialPlan *plan);

/**
 * oh_dial_plan_free:
 * @plan: (nullable) (transfer full): a plan
 */
void oh_dial_plan_free (OhDialPlan *plan);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhDialPlan, oh_dial_plan_free)

/**
 * oh_dial_plan_dialled:
 * @plan: a plan
 * @e164: "+" and digits
 *
 * What the phone has to be told to reach @e164 from this desk: the same with "+" where the site
 * needs no outside line, otherwise the outside line's prefix and then the national or the
 * international form.
 *
 * Returns: (transfer full): what to dial
 */
char *oh_dial_plan_dialled (const OhDialPlan *plan, const char *e164);

/**
 * oh_dial_plan_is_emergency:
 * @plan: a plan
 * @digits: digits as dialled at home, without outside line
 *
 * Returns: whether it is an emergency number, anywhere (112, 911) or in the plan's country
 */
gboolean oh_dial_plan_is_emergency (const OhDialPlan *plan, const char *digits);

/**
 * oh_dial_plan_is_premium:
 * @e164: "+" and digits
 *
 * Returns: whether calls there are charged above the ordinary rate, as far as a short table of
 *   the ranges that fraud uses can know
 */
gboolean oh_dial_plan_is_premium (const char *e164);

G_END_DECLS
