/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "plan-reading.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "number-class.h"

/* National numbers of the North American plan (country code 1) always have ten digits, local ones
 * seven. */
#define NANP_DIGITS 10
#define NANP_LOCAL_DIGITS 7
/* Country code and number; the shortest of the world (Niue, Saint Helena) have seven. */
#define INTERNATIONAL_DIGITS_MIN 7

void
oh_plan_reading_clear (OhPlanReading *self)
{
  g_clear_pointer (&self->canonical, g_free);
  g_clear_pointer (&self->dialled, g_free);
  g_clear_pointer (&self->extension, g_free);
  g_clear_pointer (&self->rule, g_free);
  g_clear_pointer (&self->why, g_free);
}

gsize
oh_plan_country_length (const char *digits)
{
  /* Zones 1 and 7 have one digit, these have two, all others three. */
  static const char *const two[] = { "20", "27", "30", "31", "32", "33", "34", "36", "39",
                                     "40", "41", "43", "44", "45", "46", "47", "48", "49",
                                     "51", "52", "53", "54", "55", "56", "57", "58", "60",
                                     "61", "62", "63", "64", "65", "66", "81", "82", "84",
                                     "86", "90", "91", "92", "93", "94", "95", "98" };

  if (digits[0] == '1' || digits[0] == '7')
    return 1;
  for (gsize i = 0; i < G_N_ELEMENTS (two); i++)
    if (g_str_has_prefix (digits, two[i]))
      return 2;
  return MIN (strlen (digits), 3);
}

gboolean
oh_plan_keeps_zero (const char *digits)
{
  return g_str_has_prefix (digits, "39") || g_str_has_prefix (digits, "378");
}

/* --- the rules, in order; the first that fits decides --- */

typedef enum
{
  PASS,
  TAKEN,
  REFUSED, /* it is this rule's, and something is missing */
} Verdict;

typedef struct
{
  const OhDialPlan *plan;
  const char *digits;
  OhPlanReading *reading;
} Case;

static Verdict
take (Case *c, OhNumberKind kind, gboolean complete, char *canonical, char *dialled)
{
  c->reading->kind = kind;
  c->reading->complete = complete;
  c->reading->canonical = canonical;
  c->reading->dialled = dialled;
  return TAKEN;
}

static Verdict
refuse (Case *c, const char *why)
{
  c->reading->why = g_strdup (why);
  return REFUSED;
}

static gboolean
is_north_american (const Case *c)
{
  return g_str_equal (c->plan->country_code, "1");
}

/* "+49 030 …" and "0049 030 …": behind the own country's code the national prefix is a slip, and
 * no number of the country begins with it. */
static gboolean
has_trunk_prefix (const OhDialPlan *plan, const char *digits)
{
  gsize country = strlen (plan->country_code);

  return country > 0 && g_str_equal (plan->national_prefix, "0") && !oh_plan_keeps_zero (digits) &&
         g_str_has_prefix (digits, plan->country_code) && digits[country] == '0';
}

static char *
without_trunk_prefix (const OhDialPlan *plan, const char *digits)
{
  gsize country = strlen (plan->country_code);

  if (has_trunk_prefix (plan, digits))
    return g_strdup_printf ("+%s%s", plan->country_code, digits + country + 1);
  return g_strconcat ("+", digits, NULL);
}

/* Dialled at home, such a number of the own country would be a call abroad. */
static gboolean
begins_like_abroad (const OhDialPlan *plan, const char *digits)
{
  gsize country = strlen (plan->country_code);
  g_autofree char *at_home = NULL;

  if (country == 0 || plan->international_prefix[0] == '\0' ||
      !g_str_has_prefix (digits, plan->country_code))
    return FALSE;
  at_home = g_strconcat (plan->national_prefix, digits + country, NULL);
  return g_str_has_prefix (at_home, plan->international_prefix);
}

static Verdict
take_e164 (Case *c, const char *digits)
{
  g_autofree char *number = without_trunk_prefix (c->plan, digits);
  OhNumberKind kind = oh_number_is_premium (number) ? OH_NUMBER_PREMIUM : OH_NUMBER_E164;

  if (strlen (number) - 1 < INTERNATIONAL_DIGITS_MIN)
    return refuse (c, _ ("the number behind the country code is missing or too short"));
  if (number[1] == '1' && strlen (number) - 2 != NANP_DIGITS)
    return refuse (c, _ ("a North American number has ten digits, area code included"));
  if (begins_like_abroad (c->plan, number + 1))
    return refuse (c, _ ("no area code follows the country code"));
  return take (c, kind, TRUE, g_steal_pointer (&number), NULL);
}

static Verdict
rule_feature_code (Case *c)
{
  if (strpbrk (c->digits, "*#") == NULL)
    return PASS;
  return take (c, OH_NUMBER_SERVICE, TRUE, g_strdup (c->digits), g_strdup (c->digits));
}

/* "+112" is what the server's rules make of 112. A telephone exchange behind which we are given an
 * outside line does not know that form. */
static Verdict
rule_emergency (Case *c)
{
  const char *digits = c->digits[0] == '+' ? c->digits + 1 : c->digits;
  gboolean plain = c->plan->outside_line_prefix[0] != '\0';

  if (!oh_number_is_emergency (c->plan->country_code, digits))
    return PASS;
  return take (c, OH_NUMBER_EMERGENCY, TRUE, g_strdup (c->digits),
               g_strdup (plain ? digits : c->digits));
}

static Verdict
rule_e164 (Case *c)
{
  return c->digits[0] == '+' ? take_e164 (c, c->digits + 1) : PASS;
}

static Verdict
rule_extension (Case *c)
{
  if (strlen (c->digits) > c->plan->extension_digits)
    return PASS;
  return take (c, OH_NUMBER_EXTENSION, FALSE, g_strdup (c->digits), g_strdup (c->digits));
}

static Verdict
rule_short_code (Case *c)
{
  const char *country = c->plan->country_code;

  if (!oh_number_is_short_code (country, c->digits))
    return PASS;
  return take (
    c, oh_number_is_premium_short (country, c->digits) ? OH_NUMBER_PREMIUM : OH_NUMBER_NATIONAL,
    TRUE, g_strdup (c->digits), g_strconcat (c->plan->outside_line_prefix, c->digits, NULL));
}

static Verdict
rule_international_prefix (Case *c)
{
  const char *prefix = c->plan->international_prefix;
  const char *rest = c->digits + strlen (prefix);

  if (prefix[0] == '\0' || !g_str_has_prefix (c->digits, prefix) || rest[0] < '1' || rest[0] > '9')
    return PASS;
  return take_e164 (c, rest);
}

static Verdict
rule_national_prefix (Case *c)
{
  const char *prefix = c->plan->national_prefix;
  const char *rest = c->digits + strlen (prefix);
  g_autofree char *digits = NULL;

  if (prefix[0] == '\0' || c->plan->country_code[0] == '\0' ||
      !g_str_has_prefix (c->digits, prefix))
    return PASS;
  if (is_north_american (c) && strlen (rest) != NANP_DIGITS)
    return PASS;
  if (rest[0] < '1' || rest[0] > '9')
    return refuse (c, _ ("no area code follows the prefix of national numbers"));
  digits = g_strconcat (c->plan->country_code, rest, NULL);
  return take_e164 (c, digits);
}

static Verdict
rule_north_american (Case *c)
{
  gsize len = strlen (c->digits);
  g_autofree char *digits = NULL;

  if (!is_north_american (c) || len <= NANP_LOCAL_DIGITS)
    return PASS;
  if (len != NANP_DIGITS)
    return refuse (c, _ ("a North American number has ten digits, area code included"));
  digits = g_strconcat ("1", c->digits, NULL);
  return take_e164 (c, digits);
}

/* No prefix: the numbers of the country are always dialled in full (Italy, Spain, Denmark …), and
 * the area code is of no use. */
static Verdict
rule_closed_plan (Case *c)
{
  const OhDialPlan *plan = c->plan;
  g_autofree char *digits = g_strconcat (plan->country_code, c->digits, NULL);

  if (plan->country_code[0] == '\0' || plan->national_prefix[0] != '\0' ||
      strlen (digits) < INTERNATIONAL_DIGITS_MIN)
    return PASS;
  return take_e164 (c, digits);
}

static Verdict
rule_area_code (Case *c)
{
  const OhDialPlan *plan = c->plan;
  g_autofree char *digits = g_strconcat (plan->country_code, plan->area_code, c->digits, NULL);

  if (plan->country_code[0] == '\0' || plan->area_code[0] == '\0' || c->digits[0] == '0')
    return PASS;
  if (is_north_american (c) && strlen (c->digits) != NANP_LOCAL_DIGITS)
    return refuse (c, _ ("a local number of North America has seven digits"));
  if (take_e164 (c, digits) == REFUSED)
    return REFUSED;
  c->reading->complete = FALSE;
  return TAKEN;
}

/* The country is not known. Behind an outside line "398330" and "0398330" would go out as different
 * calls, and what a phone shows could not be told from what somebody wrote. */
static Verdict
rule_as_typed (Case *c)
{
  const OhDialPlan *plan = c->plan;
  gboolean national = plan->national_prefix[0] != '\0' && plan->country_code[0] == '\0' &&
                      g_str_has_prefix (c->digits, plan->national_prefix);

  if (plan->outside_line_prefix[0] != '\0' && !national)
    return refuse (c, _ ("its area code is missing; type it, or set “country-code” and "
                         "“area-code”"));
  return take (c, OH_NUMBER_NATIONAL, national, g_strdup (c->digits),
               g_strconcat (plan->outside_line_prefix, c->digits, NULL));
}

/* The names are shown and stand in the manual; they are not translated, so that they can be looked
 * for. */
static const struct
{
  const char *name;
  Verdict (*apply) (Case *c);
} rules[] = {
  { "feature code as typed", rule_feature_code },
  { "emergency number", rule_emergency },
  { "E.164 as typed", rule_e164 },
  { "settings: extension digits", rule_extension },
  { "short number of the country", rule_short_code },
  { "settings: international prefix", rule_international_prefix },
  { "settings: national prefix", rule_national_prefix },
  { "settings: North American numbers", rule_north_american },
  { "settings: country code", rule_closed_plan },
  { "settings: area code", rule_area_code },
  { "as typed", rule_as_typed },
};

/* --- rules of the company and of the server --- */

/* What they make is the whole result: no prefix of the settings is put in front of a number that
 * is not international. */
static void
take_ruled (const OhDialPlan *plan, OhRuledNumber *ruled, OhPlanReading *reading)
{
  Case c = { plan, ruled->number, reading };

  reading->ruled = TRUE;
  reading->complete = TRUE;
  reading->extension = g_steal_pointer (&ruled->extension);
  reading->rule = g_steal_pointer (&ruled->rule);
  if (rule_emergency (&c) == TAKEN)
    return;
  reading->kind = oh_number_is_premium (ruled->number) ? OH_NUMBER_PREMIUM : OH_NUMBER_E164;
  if (ruled->number[0] != '+')
    {
      reading->kind =
        strlen (ruled->number) <= plan->extension_digits ? OH_NUMBER_EXTENSION : OH_NUMBER_NATIONAL;
      reading->dialled = g_strdup (ruled->number);
    }
  reading->canonical = g_steal_pointer (&ruled->number);
}

static OhRuledNumber *
ask_rules (const OhDialPlan *plan, const char *text, GPtrArray *problems)
{
  OhRuledNumber *ruled = oh_number_rules_apply (plan->company_rules, text, problems);

  return ruled != NULL ? ruled : oh_number_rules_apply (plan->server_rules, text, problems);
}

static gboolean
read_by_rules (const OhDialPlan *plan, const char *digits, const char *extension,
               OhPlanReading *reading, GPtrArray *problems)
{
  g_autofree char *both = extension != NULL ? g_strconcat (digits, "x", extension, NULL) : NULL;
  g_autoptr (OhRuledNumber) ruled = both != NULL ? ask_rules (plan, both, problems) : NULL;

  if (ruled == NULL)
    {
      ruled = ask_rules (plan, digits, problems);
      if (ruled != NULL && ruled->extension == NULL)
        ruled->extension = g_strdup (extension);
    }
  if (ruled == NULL)
    return FALSE;
  take_ruled (plan, ruled, reading);
  return TRUE;
}

gboolean
oh_plan_read (const OhDialPlan *plan, const char *digits, const char *extension,
              OhPlanReading *reading, GPtrArray *problems)
{
  Case c = { plan, digits, reading };
  Verdict verdict = PASS;
  gsize i = 0;

  if (read_by_rules (plan, digits, extension, reading, problems))
    return TRUE;
  reading->extension = g_strdup (extension);
  while ((verdict = rules[i].apply (&c)) == PASS) /* the last one never passes */
    i++;
  if (verdict == TAKEN && strlen (reading->canonical) > OH_NUMBER_DIGITS_MAX)
    verdict = refuse (&c, _ ("it has too many digits"));
  if (verdict == REFUSED)
    {
      g_clear_pointer (&reading->canonical, g_free);
      return FALSE;
    }
  reading->rule = g_strdup (rules[i].name);
  return TRUE;
}
