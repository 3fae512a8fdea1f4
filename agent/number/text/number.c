/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "number.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "number-class.h"
#include "number-text.h"
#include "plan-reading.h"

/* Two notations of one line agree at least that far from the right ([MS-SIP] clients compare so).
 */
#define SAME_DIGITS 9
/* Local numbers of more digits do not exist; what is longer and begins with the outside line has
 * been typed with it. */
#define LOCAL_DIGITS_MAX 8

static void
free_step (gpointer data)
{
  OhNumberStep *step = data;

  g_free (step->rule);
  g_free (step->result);
  g_free (step);
}

void
oh_number_free (OhNumber *number)
{
  if (number == NULL)
    return;
  g_free (number->dialled);
  g_free (number->canonical);
  g_free (number->display);
  g_free (number->extension);
  g_free (number->tones);
  g_free (number->rule);
  g_free (number->doubt);
  g_clear_pointer (&number->steps, g_ptr_array_unref);
  g_free (number->region);
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
         number->kind == OH_NUMBER_PREMIUM || number->doubt != NULL;
}

/* --- how people write it --- */

static char *
display_e164 (const char *e164, const OhDialPlan *plan)
{
  gsize country = oh_plan_country_length (e164 + 1);
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

static char *
display_plain (const char *canonical, OhNumberKind kind, const OhDialPlan *plan)
{
  if (canonical[0] == '+' && kind != OH_NUMBER_EMERGENCY)
    return display_e164 (canonical, plan);
  return g_strdup (canonical);
}

/* --- reading with and without outside line --- */

typedef struct
{
  const OhNumberText *text;
  const OhDialPlan *plan;
  const char *digits;  /* a trunk zero in brackets is gone */
  GPtrArray *problems; /* OhRuleProblem: what rules did wrong */
  OhNumber *number;
} Case;

static void
add_step (OhNumber *number, const char *rule, const char *result)
{
  OhNumberStep *step = g_new (OhNumberStep, 1);

  step->rule = g_strdup (rule);
  step->result = g_strdup (result);
  g_ptr_array_add (number->steps, step);
}

static gboolean
is_behind_exchange (const OhDialPlan *plan)
{
  return plan->outside_line_prefix[0] != '\0';
}

/* What somebody may have typed to get out. */
static const char *
outside_line (const OhDialPlan *plan)
{
  return is_behind_exchange (plan) ? plan->outside_line_prefix : plan->server_outside_line;
}

/* What the phone is told for a reading. */
static char *
dialled_for (const Case *c, const OhPlanReading *reading)
{
  if (reading->dialled != NULL)
    return g_strdup (reading->dialled);
  return oh_dial_plan_dialled (c->plan, reading->canonical);
}

static void
adopt (Case *c, OhPlanReading *reading, gboolean with_outside_line)
{
  OhNumber *number = c->number;

  if (with_outside_line)
    add_step (number,
              is_behind_exchange (c->plan) ? "settings: outside line, as typed"
                                           : "location profile: outside line, as typed",
              c->digits + strlen (outside_line (c->plan)));
  add_step (number, reading->rule, reading->canonical);
  number->dialled =
    with_outside_line && is_behind_exchange (c->plan) && reading->kind == OH_NUMBER_EMERGENCY
      ? g_strdup (c->digits)
      : dialled_for (c, reading);
  if (!g_str_equal (number->dialled, reading->canonical))
    add_step (number, "settings: outside line", number->dialled);
  number->kind = reading->kind;
  number->display = display_plain (reading->canonical, reading->kind, c->plan);
  number->canonical = g_steal_pointer (&reading->canonical);
  number->rule = g_steal_pointer (&reading->rule);
  number->extension = g_steal_pointer (&reading->extension);
}

/* People who know their exchange type the outside line too; what is left then must be complete. */
static gboolean
read_behind_outside_line (const Case *c, OhPlanReading *reading)
{
  const char *prefix = outside_line (c->plan);

  return prefix[0] != '\0' && g_str_has_prefix (c->digits, prefix) &&
         oh_plan_read (c->plan, c->digits + strlen (prefix), c->text->extension, reading,
                       c->problems) &&
         reading->complete && reading->kind != OH_NUMBER_SERVICE;
}

typedef enum
{
  PLAIN,       /* the text is the number */
  BEHIND,      /* the text begins with the outside line */
  PLAIN_ASKS,  /* both are possible: the first, and the user is asked */
  BEHIND_ASKS, /* both are possible: the second, and the user is asked */
} Choice;

/* "0030 398330" behind an outside line "0" is Greece or Berlin: numbers are written without outside
 * line, so it is Greece; but whoever copied what a phone shows means Berlin. */
static Choice
choose (const Case *c, const OhPlanReading *plain, const OhPlanReading *behind)
{
  if (behind->canonical == NULL)
    return PLAIN;
  if (plain->canonical == NULL || behind->kind == OH_NUMBER_EMERGENCY ||
      oh_number_is_short_code (c->plan->country_code, behind->canonical) ||
      strpbrk (outside_line (c->plan), "*#") != NULL)
    return BEHIND;
  if (plain->ruled && !is_behind_exchange (c->plan))
    return PLAIN; /* the server's rules know the server's outside line */
  if (g_str_equal (plain->canonical, behind->canonical))
    return PLAIN;
  if (plain->complete || plain->kind == OH_NUMBER_EXTENSION)
    return PLAIN_ASKS;
  return strlen (c->digits) <= LOCAL_DIGITS_MAX ? BEHIND_ASKS : BEHIND;
}

static gboolean
check_reading (const Case *c, const OhPlanReading *reading, const char *typed, GError **error)
{
  g_autofree char *country = g_strconcat ("+", c->plan->country_code, NULL);

  /* RFC 3966 5.1.5: a context is no prefix. A local number in the context of a country alone is
   * dialled with its area code. */
  if (c->text->context == NULL || reading->complete || !g_str_equal (c->text->context, country))
    return TRUE;
  return oh_number_text_refuse (error, typed,
                                _ ("its context is a whole country, and its area code is missing"));
}

static void
add_problem_steps (const Case *c)
{
  for (guint i = 0; i < c->problems->len; i++)
    {
      const OhRuleProblem *problem = g_ptr_array_index (c->problems, i);
      g_autofree char *passed = g_strdup_printf (_ ("passed over: %s"), problem->reason);

      add_step (c->number, problem->rule, passed);
    }
}

static char *
doubt_outside_line (const Case *c, Choice choice, const OhPlanReading *other)
{
  g_autofree char *shown = other->canonical[0] == '+' ? display_e164 (other->canonical, c->plan)
                                                      : g_strdup (other->canonical);

  return g_strdup_printf (choice == PLAIN_ASKS
                            ? _ ("If the outside line was typed in front, %s is meant.")
                            : _ ("If no outside line was typed in front, %s is meant."),
                          shown);
}

static gboolean
read_number (Case *c, const char *typed, GError **error)
{
  g_auto (OhPlanReading) plain = { NULL };
  g_auto (OhPlanReading) behind = { NULL };
  OhPlanReading *taken = &plain;
  OhPlanReading *other = &behind;
  Choice choice;

  oh_plan_read (c->plan, c->digits, c->text->extension, &plain, c->problems);
  if (!read_behind_outside_line (c, &behind))
    g_clear_pointer (&behind.canonical, g_free);
  choice = choose (c, &plain, &behind);
  if (choice == BEHIND || choice == BEHIND_ASKS)
    {
      taken = &behind;
      other = &plain;
    }
  if (taken->canonical == NULL)
    return oh_number_text_refuse (error, typed, plain.why);
  if (!check_reading (c, taken, typed, error))
    return FALSE;
  add_problem_steps (c);
  if (other->canonical != NULL && (choice == PLAIN_ASKS || choice == BEHIND_ASKS))
    c->number->doubt = doubt_outside_line (c, choice, other);
  else if (taken->ruled && taken->kind != OH_NUMBER_EMERGENCY &&
           oh_number_is_emergency (c->plan->country_code, c->digits))
    c->number->doubt = g_strdup_printf (_ ("“%s” makes another number of the emergency number %s."),
                                        taken->rule, c->digits);
  if (taken->ruled && strpbrk (c->digits, "*#") != NULL)
    taken->kind = OH_NUMBER_SERVICE;
  adopt (c, taken, taken == &behind);
  return TRUE;
}

/* --- what a link says about where its number holds --- */

static gboolean
is_local_network (const char *name)
{
  /* Names that [MS-SIP] clients give their own server's dialling. */
  return g_ascii_strcasecmp (name, "dialstring") == 0 ||
         g_ascii_strcasecmp (name, "enterprise") == 0;
}

/* "Leeds.fabrikam.test", a location profile, is part of "fabrikam.test". */
static gboolean
is_home (const OhDialPlan *plan, const char *name)
{
  gsize len = strlen (name);
  gsize home = strlen (plan->home);

  return home == 0 || is_local_network (name) || g_ascii_strcasecmp (name, plan->home) == 0 ||
         (len > home && name[len - home - 1] == '.' &&
          g_ascii_strcasecmp (name + len - home, plan->home) == 0);
}

/* RFC 3966 5.1.5: a local number means something only where its context holds. That is here when
 * it is our own country, town or domain; any other is not guessed at. */
static gboolean
check_context (const OhNumberText *text, const OhDialPlan *plan, const char *typed, GError **error)
{
  g_autofree char *country = g_strconcat ("+", plan->country_code, NULL);
  g_autofree char *town = g_strconcat (country, plan->area_code, NULL);
  const char *where = text->context != NULL ? text->context : text->host;
  g_autofree char *why = NULL;

  if (where == NULL || text->digits[0] == '+' || g_str_equal (where, country) ||
      g_str_equal (where, town) || (where[0] != '+' && is_home (plan, where)))
    return TRUE;
  why = g_strdup_printf (_ ("it holds only in the network of %.32s; use its international form"),
                         where);
  return oh_number_text_refuse (error, typed, why);
}

/* "+49 (0)30", "0049 (0)30": the zero in brackets behind the country code is not dialled from
 * abroad, except in Italy. */
static char *
without_bracket_zero (const OhNumberText *text, const OhDialPlan *plan)
{
  gsize prefix = 1;
  const char *digits = text->digits;

  if (digits[0] != '+')
    {
      prefix = strlen (plan->international_prefix);
      if (prefix == 0 || !g_str_has_prefix (digits, plan->international_prefix))
        return NULL;
    }
  if (text->trunk_zero <= prefix || oh_plan_keeps_zero (digits + prefix) ||
      text->trunk_zero != prefix + oh_plan_country_length (digits + prefix))
    return NULL;
  return g_strdup_printf ("%.*s%s", (int) text->trunk_zero, digits, digits + text->trunk_zero + 1);
}

/* --- the whole --- */

static OhNumber *
parse (const char *text, OhNumberSource source, const OhDialPlan *plan, GError **error)
{
  g_autoptr (OhNumberText) read = oh_number_text_read (text, source, error);
  g_autoptr (OhNumber) number = g_new0 (OhNumber, 1);
  g_autoptr (GPtrArray) problems =
    g_ptr_array_new_with_free_func ((GDestroyNotify) oh_rule_problem_free);
  g_autofree char *without = NULL;
  Case c = { .text = read, .plan = plan, .problems = problems, .number = number };

  number->steps = g_ptr_array_new_with_free_func (free_step);
  if (read == NULL || !check_context (read, plan, text, error))
    return NULL;
  number->tones = g_steal_pointer (&read->tones);
  add_step (number, "text", read->digits);
  without = without_bracket_zero (read, plan);
  if (without != NULL)
    add_step (number, "(0) behind the country code left out", without);
  c.digits = without != NULL ? without : read->digits;
  return read_number (&c, text, error) ? g_steal_pointer (&number) : NULL;
}

/* A way to write it that our own rules would read as something else is not shown. */
static gboolean
reads_the_same (const char *display, const OhNumber *number, const OhDialPlan *plan)
{
  g_autoptr (OhNumber) again = parse (display, OH_NUMBER_FROM_USER, plan, NULL);

  return again != NULL && again->doubt == NULL &&
         g_strcmp0 (again->dialled, number->dialled) == 0 &&
         g_strcmp0 (again->canonical, number->canonical) == 0;
}

/* Adds to what is shown and asked; @number's dialled form stands already. */
static void
add_facts (OhNumber *number, const OhDialPlan *plan)
{
  g_auto (OhNumberFacts) facts = { NULL };

  if (plan->facts == NULL || number->kind == OH_NUMBER_SERVICE)
    return;
  plan->facts (number->canonical, plan->country_code, &facts);
  if (facts.display != NULL && number->kind != OH_NUMBER_EMERGENCY &&
      reads_the_same (facts.display, number, plan))
    {
      g_free (number->display);
      number->display = g_steal_pointer (&facts.display);
    }
  if (facts.emergency)
    number->kind = OH_NUMBER_EMERGENCY;
  else if (facts.premium && number->kind != OH_NUMBER_EMERGENCY)
    number->kind = OH_NUMBER_PREMIUM;
  number->region = g_steal_pointer (&facts.region);
  number->type = facts.type;
  number->valid = facts.valid;
}

OhNumber *
oh_number_parse (const char *text, OhNumberSource source, const OhDialPlan *plan, GError **error)
{
  OhNumber *number = parse (text, source, plan, error);
  char *display;

  if (number == NULL)
    return NULL;
  add_facts (number, plan);
  if (number->extension != NULL)
    {
      display = g_strdup_printf ("%s ext. %s", number->display, number->extension);
      g_free (number->display);
      number->display = display;
    }
  return number;
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
