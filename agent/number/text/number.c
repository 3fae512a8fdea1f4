/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "number.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "error.h"
#include "number-text.h"

/* Two notations of one line agree at least that far from the right ([MS-SIP] clients compare so).
 */
#define SAME_DIGITS 9
/* National numbers of the North American plan (country code 1) always have ten digits. */
#define NANP_DIGITS 10
/* With its prefix and area code a national number has at least that many; a shorter one behind
 * something that looks like an outside line is more likely a local number. */
#define COMPLETE_DIGITS 7

void
oh_number_free (OhNumber *number)
{
  if (number == NULL)
    return;
  g_free (number->dialled);
  g_free (number->canonical);
  g_free (number->display);
  g_free (number->extension);
  g_free (number);
}

const char *
oh_number_kind_word (OhNumberKind kind)
{
  static const char *const words[] = { "e164",    "national",  "extension",
                                       "service", "emergency", "premium" };

  G_STATIC_ASSERT (G_N_ELEMENTS (words) == OH_N_NUMBER_KINDS);
  g_return_val_if_fail (kind < OH_N_NUMBER_KINDS, "");
  return words[kind];
}

gboolean
oh_number_always_asks (const OhNumber *number)
{
  return number->kind == OH_NUMBER_SERVICE || number->kind == OH_NUMBER_EMERGENCY ||
         number->kind == OH_NUMBER_PREMIUM;
}

/* --- how people write it --- */

static gsize
country_code_length (const char *digits)
{
  /* ITU-T E.164 D: zones 1 and 7 have one digit, these have two, all others three. */
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

static char *
display_e164 (const char *e164, const OhDialPlan *plan)
{
  gsize country = country_code_length (e164 + 1);
  const char *rest = e164 + 1 + country;
  gsize area = strlen (plan->area_code);
  gboolean here =
    strlen (plan->country_code) == country && strncmp (plan->country_code, e164 + 1, country) == 0;

  if (rest[0] == '\0')
    return g_strdup (e164);
  if (here && area > 0 && g_str_has_prefix (rest, plan->area_code) && rest[area] != '\0')
    return g_strdup_printf ("+%.*s %s %s", (int) country, e164 + 1, plan->area_code, rest + area);
  return g_strdup_printf ("+%.*s %s", (int) country, e164 + 1, rest);
}

/* --- rules, in order; the first that fits decides --- */

typedef struct
{
  const OhNumberText *text;
  const OhDialPlan *plan;
  const char *digits; /* without the outside line, where that was typed */
  OhNumber *number;   /* filled by the rule that fits */
} Case;

static void
set_number (Case *c, OhNumberKind kind, char *canonical, char *dialled)
{
  c->number->kind = kind;
  c->number->canonical = canonical;
  c->number->dialled = dialled;
}

static gboolean
set_e164 (Case *c, char *e164)
{
  OhNumberKind kind = oh_dial_plan_is_premium (e164) ? OH_NUMBER_PREMIUM : OH_NUMBER_E164;

  set_number (c, kind, e164, oh_dial_plan_dialled (c->plan, e164));
  return TRUE;
}

static gboolean
rule_service_code (Case *c)
{
  if (strpbrk (c->text->digits, "*#") == NULL)
    return FALSE;
  set_number (c, OH_NUMBER_SERVICE, g_strdup (c->text->digits), g_strdup (c->text->digits));
  return TRUE;
}

static gboolean
rule_international (Case *c)
{
  return c->digits[0] == '+' && set_e164 (c, g_strdup (c->digits));
}

static gboolean
rule_emergency (Case *c)
{
  if (!oh_dial_plan_is_emergency (c->plan, c->digits))
    return FALSE;
  set_number (c, OH_NUMBER_EMERGENCY, g_strdup (c->digits), g_strdup (c->text->digits));
  return TRUE;
}

static gboolean
rule_extension (Case *c)
{
  if (strlen (c->digits) > c->plan->extension_digits)
    return FALSE;
  set_number (c, OH_NUMBER_EXTENSION, g_strdup (c->digits), g_strdup (c->digits));
  return TRUE;
}

static gboolean
rule_international_prefix (Case *c)
{
  const char *prefix = c->plan->international_prefix;
  const char *rest = c->digits + strlen (prefix);

  if (prefix[0] == '\0' || !g_str_has_prefix (c->digits, prefix) || rest[0] < '1' || rest[0] > '9')
    return FALSE;
  return set_e164 (c, g_strconcat ("+", rest, NULL));
}

static gboolean
rule_national_prefix (Case *c)
{
  const char *prefix = c->plan->national_prefix;
  const char *rest = c->digits + strlen (prefix);

  if (prefix[0] == '\0' || c->plan->country_code[0] == '\0' ||
      !g_str_has_prefix (c->digits, prefix) || rest[0] == '\0')
    return FALSE;
  return set_e164 (c, g_strconcat ("+", c->plan->country_code, rest, NULL));
}

static gboolean
rule_ten_digits (Case *c)
{
  if (!g_str_equal (c->plan->country_code, "1") || strlen (c->digits) != NANP_DIGITS)
    return FALSE;
  return set_e164 (c, g_strconcat ("+1", c->digits, NULL));
}

static gboolean
rule_area_code (Case *c)
{
  if (c->plan->country_code[0] == '\0' || c->plan->area_code[0] == '\0')
    return FALSE;
  return set_e164 (c,
                   g_strconcat ("+", c->plan->country_code, c->plan->area_code, c->digits, NULL));
}

static gboolean
rule_as_written (Case *c)
{
  set_number (c, OH_NUMBER_NATIONAL, g_strdup (c->digits),
              g_strconcat (c->plan->outside_line_prefix, c->digits, NULL));
  return TRUE;
}

static const struct
{
  const char *name;
  gboolean (*apply) (Case *c);
} rules[] = {
  { "service-code", rule_service_code },
  { "international", rule_international },
  { "emergency", rule_emergency },
  { "extension", rule_extension },
  { "international-prefix", rule_international_prefix },
  { "national-prefix", rule_national_prefix },
  { "ten-digits", rule_ten_digits },
  { "area-code", rule_area_code },
  { "as-written", rule_as_written },
};

/* People who know their exchange type the outside line too. It is taken off only where what is left
 * is a complete number, and never where the whole is one already. */
static const char *
without_outside_line (const char *digits, const OhDialPlan *plan)
{
  const char *prefix = plan->outside_line_prefix;
  const char *rest = digits + strlen (prefix);

  if (prefix[0] == '\0' || !g_str_has_prefix (digits, prefix))
    return digits;
  if (oh_dial_plan_is_emergency (plan, rest))
    return rest;
  if (plan->international_prefix[0] != '\0' &&
      g_str_has_prefix (digits, plan->international_prefix) &&
      !g_str_has_prefix (rest, plan->international_prefix))
    return digits;
  if (plan->national_prefix[0] != '\0' && g_str_has_prefix (rest, plan->national_prefix) &&
      strlen (rest) >= COMPLETE_DIGITS)
    return rest;
  return digits;
}

/* RFC 3966 5.1.5: a local number means something only where its context holds. That is here when
 * it is our own country or town; any other is not guessed at. */
static gboolean
check_context (const OhNumberText *text, const OhDialPlan *plan, GError **error)
{
  g_autofree char *country = g_strconcat ("+", plan->country_code, NULL);
  g_autofree char *town = g_strconcat (country, plan->area_code, NULL);

  if (text->context == NULL || text->context[0] != '+' || text->digits[0] == '+' ||
      g_str_equal (text->context, country) || g_str_equal (text->context, town))
    return TRUE;
  g_set_error (error, OH_ERROR, OH_ERROR_BAD_NUMBER,
               _ ("This number holds only in the network of %.16s; use its international form."),
               text->context);
  return FALSE;
}

OhNumber *
oh_number_parse (const char *text, OhNumberSource source, const OhDialPlan *plan, GError **error)
{
  g_autoptr (OhNumberText) read = oh_number_text_read (text, source, error);
  g_autoptr (OhNumber) number = g_new0 (OhNumber, 1);
  Case c = { .text = read, .plan = plan, .number = number };
  gsize i = 0;

  if (read == NULL || !check_context (read, plan, error))
    return NULL;
  c.digits = without_outside_line (read->digits, plan);
  while (!rules[i].apply (&c)) /* the last one always fits */
    i++;
  number->rule = rules[i].name;
  number->extension = g_steal_pointer (&read->extension);
  number->display = number->canonical[0] == '+' ? display_e164 (number->canonical, plan)
                                                : g_strdup (number->canonical);
  return g_steal_pointer (&number);
}

gboolean
oh_number_same (const char *a, const char *b)
{
  gsize len_a = strlen (a);
  gsize len_b = strlen (b);

  if (g_str_equal (a, b))
    return TRUE;
  if ((a[0] == '+') == (b[0] == '+') || len_a < SAME_DIGITS || len_b < SAME_DIGITS)
    return FALSE;
  return g_str_equal (a + len_a - SAME_DIGITS, b + len_b - SAME_DIGITS);
}
