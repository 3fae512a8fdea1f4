/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "number-facts.h"
#include "number-rules.h"

G_BEGIN_DECLS

/* Prefixes and codes have up to five digits (8~10, carrier selection); what is longer is a slip,
 * and would make dialled numbers as long as it likes. */
#define OH_DIAL_PLAN_DIGITS_MAX 8
/* Internal numbers of more digits cannot be told from national ones. */
#define OH_DIAL_PLAN_EXTENSION_DIGITS_MAX 8

/**
 * OhDialPlan:
 * @country_code: digits without "+", "" when not known: then nothing is made international
 * @area_code: digits without the national prefix, "" when a number without it is not to be
 *   completed; of no use where there is no national prefix: there numbers are dialled in full
 * @international_prefix: what people dial instead of "+", for example "00"
 * @national_prefix: what stands before an area code at home, for example "0"; "" where there is
 *   none
 * @outside_line_prefix: what this site's phones have to dial to get out, "" for nothing: then
 *   numbers go to the phone with "+"
 * @extension_digits: a number of that many digits or fewer is internal and goes out as it is; 0
 *   when the site has no internal numbers
 * @home: domain of the user's own address, "" when not known: the network in which numbers of a
 *   link to it hold
 * @server_outside_line: what people of this site type to get out, by the server's location profile;
 *   taken off where no rule takes it, never put in front; "" for nothing. The setting goes before
 * it
 * @company_rules: (nullable): the company's own rules; tried before everything else
 * @server_rules: (nullable): those of the location profile; tried next, before the settings
 * @facts: (nullable): who knows the world's numbering plans, for what is shown
 *
 * How numbers are written and dialled at this desk: the settings of the same names, and what
 * comes with the account. All strings are owned and never NULL.
 */
typedef struct
{
  char *country_code;
  char *area_code;
  char *international_prefix;
  char *national_prefix;
  char *outside_line_prefix;
  guint extension_digits;
  char *home;
  char *server_outside_line;
  OhNumberRules *company_rules;
  OhNumberRules *server_rules;
  OhNumberFactsFunc facts;
} OhDialPlan;

/**
 * oh_dial_plan_new:
 * @country_code: (nullable): NULL, anything that is not digits, and more than
 *   %OH_DIAL_PLAN_DIGITS_MAX of them count as ""
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
 * oh_dial_plan_set_home:
 * @plan: a plan
 * @domain: (nullable): domain of the user's own address
 */
void oh_dial_plan_set_home (OhDialPlan *plan, const char *domain);

/**
 * oh_dial_plan_set_server_outside_line:
 * @plan: a plan
 * @prefix: (nullable): NULL and what is no prefix count as ""
 */
void oh_dial_plan_set_server_outside_line (OhDialPlan *plan, const char *prefix);

/**
 * oh_dial_plan_set_rules:
 * @plan: a plan
 * @company: (nullable): the company's own rules; a reference is taken
 * @server: (nullable): those of the location profile; a reference is taken
 */
void oh_dial_plan_set_rules (OhDialPlan *plan, OhNumberRules *company, OhNumberRules *server);

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

G_END_DECLS
