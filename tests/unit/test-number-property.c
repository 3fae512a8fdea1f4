/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What holds for every text at every desk, over thousands of made-up ones. The seeds are fixed:
 * what fails once fails always. */

#include <string.h>

#include "error.h"
#include "number.h"

#define ROUNDS 8000
#define SEED 0x0ff400cU

/* clang-format off */
static const struct
{
  const char *country, *area, *international, *national, *outside;
  guint extension_digits;
} desks[] = {
  { "49", "30", "00", "0", "", 4 },   { "49", "30", "00", "0", "0", 4 },
  { "49", "30", "00", "0", "*9", 4 }, { "49", "", "00", "0", "", 0 },
  { "49", "", "00", "0", "0", 3 },    { "44", "113", "00", "0", "", 4 },
  { "44", "113", "00", "0", "9", 4 }, { "1", "617", "011", "1", "", 3 },
  { "1", "617", "011", "1", "9", 4 }, { "1", "", "011", "1", "8", 5 },
  { "33", "", "00", "0", "", 4 },     { "33", "", "00", "0", "0", 4 },
  { "39", "", "00", "", "", 4 },      { "39", "02", "00", "", "0", 4 },
  { "43", "1", "00", "0", "99", 6 },  { "7", "495", "810", "8", "9", 4 },
  { "", "", "00", "0", "", 4 },       { "", "", "", "", "", 0 },
  { "", "", "00", "0", "0", 8 },
};
/* clang-format on */

static OhDialPlan *
new_plan (gsize i)
{
  return oh_dial_plan_new (desks[i].country, desks[i].area, desks[i].international,
                           desks[i].national, desks[i].outside, desks[i].extension_digits);
}

static OhNumber *
read_number (const char *text, const OhDialPlan *plan)
{
  g_autoptr (GError) error = NULL;
  OhNumber *number = oh_number_parse (text, OH_NUMBER_FROM_USER, plan, &error);

  if (number == NULL)
    g_assert_error (error, OH_ERROR, OH_ERROR_BAD_NUMBER);
  return number;
}

/* --- the generator --- */

static const char *
pick (GRand *rand, const char *const *words, gsize n)
{
  return words[g_rand_int_range (rand, 0, (gint32) n)];
}

/* Beginnings that mean something at one desk or another, then digits. */
static char *
make_number (GRand *rand, gsize desk)
{
  const char *starts[] = { "",
                           "+",
                           "+49",
                           "+4930",
                           "+390",
                           "00",
                           "0",
                           "011",
                           "1",
                           "9",
                           "90",
                           "0049",
                           "112",
                           "116",
                           "118",
                           "*21*",
                           "#31#",
                           desks[desk].outside,
                           desks[desk].national,
                           desks[desk].international,
                           desks[desk].area };
  GString *text = g_string_new (pick (rand, starts, G_N_ELEMENTS (starts)));
  gint32 n = g_rand_int_range (rand, 0, OH_NUMBER_DIGITS_MAX + 2);

  if (g_rand_boolean (rand))
    n = n % 9;
  for (gint32 i = 0; i < n; i++)
    g_string_append_c (text, (char) ('0' + g_rand_int_range (rand, 0, 10)));
  return g_string_free (text, FALSE);
}

/* @text with something of @between between its characters. */
static char *
sprinkle (GRand *rand, const char *text, const char *const *between, gsize n)
{
  GString *out = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p++)
    {
      if (p > text && g_rand_int_range (rand, 0, 3) == 0)
        g_string_append (out, pick (rand, between, n));
      g_string_append_c (out, *p);
    }
  return g_string_free (out, FALSE);
}

typedef void (*Property) (GRand *rand, const char *text, const OhNumber *number,
                          const OhDialPlan *plan);

static guint
for_all (Property property)
{
  GRand *rand = g_rand_new_with_seed (SEED);
  guint read_numbers = 0;

  for (guint round = 0; round < ROUNDS; round++)
    {
      gsize desk = (gsize) g_rand_int_range (rand, 0, G_N_ELEMENTS (desks));
      g_autoptr (OhDialPlan) plan = new_plan (desk);
      g_autofree char *text = make_number (rand, desk);
      g_autoptr (OhNumber) number = read_number (text, plan);

      read_numbers += number != NULL ? 1 : 0;
      property (rand, text, number, plan);
    }
  g_rand_free (rand);
  g_test_message ("%u of %u were numbers", read_numbers, ROUNDS);
  g_assert_cmpuint (read_numbers, >, ROUNDS / 2); /* or it proves nothing */
  return read_numbers;
}

/* --- the properties --- */

/* What is dialled, typed again, dials the same; or the user is asked, or told what is missing. It
 * never dials another number. */
static void
redialled (GRand *rand, const char *text, const OhNumber *number, const OhDialPlan *plan)
{
  g_autoptr (OhNumber) again = NULL;

  if (number == NULL)
    return;
  again = read_number (number->dialled, plan);
  if (again != NULL && again->doubt == NULL)
    g_assert_cmpstr (again->dialled, ==, number->dialled);
}

static void
pasted (GRand *rand, const char *text, const OhNumber *number, const OhDialPlan *plan)
{
  g_autoptr (OhNumber) shown = NULL;
  g_autoptr (OhNumber) stored = NULL;

  if (number == NULL)
    return;
  shown = read_number (number->display, plan);
  stored = read_number (number->canonical, plan);
  g_assert_nonnull (shown);
  g_assert_nonnull (stored);
  if (number->kind == OH_NUMBER_EMERGENCY) /* is shown without the outside line that was typed */
    g_assert_cmpint (shown->kind, ==, OH_NUMBER_EMERGENCY);
  else if (shown->doubt == NULL)
    g_assert_cmpstr (shown->dialled, ==, number->dialled);
  if (stored->doubt == NULL)
    g_assert_cmpstr (stored->canonical, ==, number->canonical);
}

/* Whether @number is one of @fronts and then an end of @text's digits. */
static gboolean
is_made_of (const char *number, const char *const *fronts, const char *text)
{
  for (; *fronts != NULL; fronts++)
    if (g_str_has_prefix (number, *fronts) && g_str_has_suffix (text, number + strlen (*fronts)))
      return TRUE;
  return FALSE;
}

/* Every digit comes from the text or from the plan, in order. */
static void
not_guessed (GRand *rand, const char *text, const OhNumber *number, const OhDialPlan *plan)
{
  g_autofree char *country = NULL, *town = NULL, *national = NULL, *international = NULL;
  const char *fronts[] = { "", "+", NULL, NULL, NULL };
  const char *prefixes[] = { "", plan->outside_line_prefix, NULL, NULL, NULL };

  if (number == NULL)
    return;
  country = g_strconcat ("+", plan->country_code, NULL);
  town = g_strconcat (country, plan->area_code, NULL);
  national = g_strconcat (plan->outside_line_prefix, plan->national_prefix, NULL);
  international = g_strconcat (plan->outside_line_prefix, plan->international_prefix, NULL);
  fronts[2] = country;
  fronts[3] = town;
  prefixes[2] = national;
  prefixes[3] = international;
  g_assert_true (is_made_of (number->canonical, fronts, text));
  g_assert_true (is_made_of (number->dialled, prefixes, number->canonical));
}

static void
short_and_clean (GRand *rand, const char *text, const OhNumber *number, const OhDialPlan *plan)
{
  if (number == NULL)
    return;
  g_assert_cmpuint (strlen (number->dialled), <=, OH_NUMBER_DIALLED_MAX);
  g_assert_cmpuint (strlen (number->canonical), <=, OH_NUMBER_DIGITS_MAX);
  g_assert_cmpuint (strspn (number->dialled, "+0123456789*#"), ==, strlen (number->dialled));
  g_assert_null (strchr (number->dialled + 1, '+'));
}

static void
assert_same (const char *text, const OhNumber *number, const char *variant, const OhDialPlan *plan)
{
  g_autoptr (OhNumber) other = read_number (variant, plan);

  if ((other == NULL) != (number == NULL))
    g_test_message ("“%s” is not the same as “%s”", variant, text);
  g_assert_true ((other == NULL) == (number == NULL));
  if (number == NULL)
    return;
  g_assert_cmpstr (other->dialled, ==, number->dialled);
  g_assert_cmpstr (other->canonical, ==, number->canonical);
  g_assert_cmpstr (other->rule, ==, number->rule);
  g_assert_cmpstr (other->doubt, ==, number->doubt);
}

/* "(0)" is no separator but a mark, and "/" between two whole numbers makes a list of them. */
static void
separators (GRand *rand, const char *text, const OhNumber *number, const OhDialPlan *plan)
{
  static const char *const between[] = { " ",      "-",      ".",      "(",      ")",      "  ",
                                         " - ",    "\u00a0", "\u2009", "\u202f", "\u2013", "\u2014",
                                         "\u2011", "\u00b7", "\u3000", "\u2212", "[",      "/" };
  gsize n = G_N_ELEMENTS (between) - (strlen (text) < 14 ? 0 : 1);
  g_autofree char *variant = sprinkle (rand, text, between, n);

  if (strlen (variant) <= OH_NUMBER_TEXT_MAX && strstr (variant, "(0)") == NULL &&
      strstr (variant, "[0)") == NULL)
    assert_same (text, number, variant, plan);
}

static void
invisibles (GRand *rand, const char *text, const OhNumber *number, const OhDialPlan *plan)
{
  static const char *const between[] = { "\u200b", "\u200c", "\u200d",    "\u200e", "\u200f",
                                         "\u00ad", "\u2060", "\ufeff",    "\u202a", "\u202c",
                                         "\u2066", "\u2069", "\u061c",    "\ufe0f", "\u20e3",
                                         "\u034f", "\u180e", "\U000e0020" };
  g_autofree char *variant = sprinkle (rand, text, between, G_N_ELEMENTS (between));

  if (strlen (variant) <= OH_NUMBER_TEXT_MAX)
    assert_same (text, number, variant, plan);
}

/* The same digits in another script. */
static void
scripts (GRand *rand, const char *text, const OhNumber *number, const OhDialPlan *plan)
{
  static const gunichar zeros[] = { 0x660, 0x6F0, 0x966, 0x9E6, 0xE50, 0x17E0, 0xFF10, 0x1D7CE };
  gunichar zero = zeros[g_rand_int_range (rand, 0, G_N_ELEMENTS (zeros))];
  g_autoptr (GString) variant = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p++)
    g_string_append_unichar (variant,
                             g_ascii_isdigit (*p) ? zero + (gunichar) (*p - '0') : (gunichar) *p);
  if (variant->len <= OH_NUMBER_TEXT_MAX)
    assert_same (text, number, variant->str, plan);
}

/* Facts that are wrong in every way that they can be. */
static void
lie (const char *number, const char *country_code, OhNumberFacts *facts)
{
  facts->display = g_strconcat ("0", number[0] == '+' ? number + 2 : number, "1", NULL);
  facts->region = g_strdup ("XX");
  facts->type = "premium-rate";
  facts->premium = strlen (number) % 2 == 0;
  facts->emergency = strlen (number) % 3 == 0;
}

/* Whatever they say, the same is dialled, what is shown reads as the same, and nothing that would
 * be asked goes unasked. */
static void
facts_only_inform (GRand *rand, const char *text, const OhNumber *number, const OhDialPlan *plan)
{
  g_autoptr (OhDialPlan) lied_to = oh_dial_plan_copy (plan);
  g_autoptr (OhNumber) other = NULL;

  lied_to->facts = lie;
  other = read_number (text, lied_to);
  g_assert_true ((other == NULL) == (number == NULL));
  if (number == NULL)
    return;
  g_assert_cmpstr (other->dialled, ==, number->dialled);
  g_assert_cmpstr (other->canonical, ==, number->canonical);
  g_assert_cmpstr (other->rule, ==, number->rule);
  g_assert_true (oh_number_always_asks (other) || !oh_number_always_asks (number));
  if (other->kind != OH_NUMBER_EMERGENCY)
    pasted (rand, text, other, plan);
}

static void
test_property (gconstpointer data)
{
  for_all (*(const Property *) data);
}

/* Whatever the text: a number within the limits, or a reason. */
static void
test_anything (void)
{
  static const char *const bits[] = { "+49",    "0",
                                      "(0)",    " ",
                                      "x",      "ext.",
                                      "12",     "345",
                                      ",",      ";",
                                      "p",      "w",
                                      "*",      "#",
                                      "/",      "tel:",
                                      "Tel.",   ":",
                                      "\u0660", "\n",
                                      "\u202e", "DW",
                                      "sip:",   "@a.b",
                                      ";ext=",  ";phone-context=",
                                      "A",      "%2" };
  GRand *rand = g_rand_new_with_seed (SEED);

  for (guint round = 0; round < ROUNDS; round++)
    {
      gsize desk = (gsize) g_rand_int_range (rand, 0, G_N_ELEMENTS (desks));
      g_autoptr (OhDialPlan) plan = new_plan (desk);
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (OhNumber) number = NULL;

      for (gint32 i = g_rand_int_range (rand, 0, 12); i > 0; i--)
        g_string_append (text, pick (rand, bits, G_N_ELEMENTS (bits)));
      number = read_number (text->str, plan);
      short_and_clean (rand, text->str, number, plan);
      redialled (rand, text->str, number, plan);
      pasted (rand, text->str, number, plan);
    }
  g_rand_free (rand);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *name;
    Property property;
  } properties[] = {
    { "/number-property/redialled", redialled },
    { "/number-property/pasted", pasted },
    { "/number-property/not-guessed", not_guessed },
    { "/number-property/short", short_and_clean },
    { "/number-property/separators", separators },
    { "/number-property/invisible", invisibles },
    { "/number-property/scripts", scripts },
    { "/number-property/facts", facts_only_inform },
  };

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (properties); i++)
    g_test_add_data_func (properties[i].name, &properties[i].property, test_property);
  g_test_add_func ("/number-property/anything", test_anything);
  return g_test_run ();
}
