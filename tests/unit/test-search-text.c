/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "search-text.h"

static OhSearchRank
match (const OhSearchText *text, const char *typed)
{
  g_autoptr (OhQuery) query = oh_query_new (typed);
  g_autoptr (OhSearchNeedle) needle = oh_search_needle_new (query);

  return oh_search_text_match (text, needle);
}

static void
test_names (void)
{
  static const struct
  {
    const char *name, *typed;
    OhSearchRank rank;
  } cases[] = {
    { "Müller, Schulz", "mu schu", OH_SEARCH_NAME },
    { "Müller, Schulz", "schu mu", OH_SEARCH_NAME },
    { "Müller, Schulz", "schu", OH_SEARCH_WORD },
    { "Müller, Schulz", "Mueller", OH_SEARCH_NAME },
    { "Müller, Schulz", "MÜLLER", OH_SEARCH_NAME },
    { "Mueller", "müller", OH_SEARCH_NAME },
    { "Muller", "müller", OH_SEARCH_NAME },
    { "Müller", "ller", OH_SEARCH_NONE },
    { "Müller, Schulz", "mu x", OH_SEARCH_NONE },
    { "Åse Ærø", "aase aero", OH_SEARCH_NAME },
    { "Åse Ærø", "ase aeroe", OH_SEARCH_NAME },
    { "Hans-Peter Groß", "hans-peter gross", OH_SEARCH_NAME },
    { "Hans-Peter Groß", "peter", OH_SEARCH_WORD },
    { "O'Brien", "obr", OH_SEARCH_NAME },
    { "O'Brien", "o'br", OH_SEARCH_NAME },
    { "Room 12", "12", OH_SEARCH_WORD },
    { "", "a", OH_SEARCH_NONE },
    { NULL, "a", OH_SEARCH_NONE },
    { NULL, "", OH_SEARCH_NAME },
    { "Bob", "-", OH_SEARCH_NAME }, /* nothing to look for yet */
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OhSearchText) text = oh_search_text_new (cases[i].name, NULL, NULL);

      g_test_message ("case %" G_GSIZE_FORMAT, i);
      g_assert_cmpint (match (text, cases[i].typed), ==, cases[i].rank);
    }
}

static void
test_addresses (void)
{
  static const char *const addresses[] = { "sip:bob.baker@fabrikam.test", "Jörg_B@Other.Test",
                                           NULL };
  static const struct
  {
    const char *typed;
    OhSearchRank rank;
  } cases[] = {
    { "bob", OH_SEARCH_MAIL },
    { "baker", OH_SEARCH_MAIL },
    { "bob.ba", OH_SEARCH_MAIL },
    { "baker@fab", OH_SEARCH_MAIL },
    { "BOB.BAKER@FABRIKAM.TEST", OH_SEARCH_MAIL },
    { "sip:bob.baker@fabrikam.test", OH_SEARCH_MAIL },
    { "@fabrikam", OH_SEARCH_MAIL },
    { "fabrikam", OH_SEARCH_NONE }, /* that would be everybody */
    { "jorg", OH_SEARCH_MAIL },
    { "jörg_b@other", OH_SEARCH_MAIL },
    { "ake", OH_SEARCH_NONE },
  };
  g_autoptr (OhSearchText) text = oh_search_text_new ("Nobody", addresses, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("case %" G_GSIZE_FORMAT, i);
      g_assert_cmpint (match (text, cases[i].typed), ==, cases[i].rank);
    }
}

static void
test_numbers (void)
{
  static const struct
  {
    const char *number, *typed;
    gboolean found;
  } cases[] = {
    { "+49303984711", "4711", TRUE },
    { "+49303984711", "398 47", TRUE },
    { "+49303984711", "030 398-4711", TRUE },
    { "+49303984711", "(030) 3984711", TRUE },
    { "+49303984711", "+49 (0)30 398 4711", TRUE },
    { "+49303984711", "0049 30 398", TRUE },
    { "+49303984711", "+49", TRUE },
    { "+49303984711", "+30", FALSE },     /* that is Greece */
    { "+49303984711", "0030 39", FALSE }, /* the same */
    { "+49303984711", "0984", FALSE },    /* that is no area code */
    { "+49303984711", "4712", FALSE },
    { "+442079460123", "020 7946", TRUE },
    { "+3545551234", "0555", TRUE },
    { "0303984711", "+49 30 398 4711", TRUE },
    { "0303984711", "0049303984711", TRUE },
    { "0303984711", "+49 40", FALSE },
    { "0303984711", "030 398", TRUE },
    { "+4930398330;ext=471", "471", TRUE },
    { "+4930398330;ext=471", "330471", FALSE }, /* two numbers, not one */
    { "12", "12", TRUE },
    { "12", "+12", FALSE },
    { "+4930", "٣٠", TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const char *numbers[] = { "+15550000", cases[i].number, NULL };
      g_autoptr (OhSearchText) text = oh_search_text_new ("Bob", NULL, numbers);

      g_test_message ("case %" G_GSIZE_FORMAT, i);
      g_assert_cmpint (match (text, cases[i].typed), ==,
                       cases[i].found ? OH_SEARCH_NUMBER : OH_SEARCH_NONE);
    }
}

/* The worst fit counts, and each part may fit something else. */
static void
test_mixed (void)
{
  static const char *const addresses[] = { "bb@fabrikam.test", NULL };
  static const char *const numbers[] = { "+49303984711", NULL };
  g_autoptr (OhSearchText) text = oh_search_text_new ("Bob Baker", addresses, numbers);

  g_assert_cmpint (match (text, "bob 4711"), ==, OH_SEARCH_NUMBER);
  g_assert_cmpint (match (text, "bak bb"), ==, OH_SEARCH_MAIL);
  g_assert_cmpint (match (text, "bob 4712"), ==, OH_SEARCH_NONE);
}

static void
test_limit (void)
{
  const char *numbers[OH_SEARCH_NUMBERS_MAX + 2];
  g_autoptr (OhSearchText) text = NULL;

  for (guint i = 0; i < OH_SEARCH_NUMBERS_MAX + 1; i++)
    numbers[i] = i == OH_SEARCH_NUMBERS_MAX ? "777" : i + 1 == OH_SEARCH_NUMBERS_MAX ? "666" : "1";
  numbers[OH_SEARCH_NUMBERS_MAX + 1] = NULL;
  text = oh_search_text_new ("Bob", NULL, numbers);
  g_assert_cmpint (match (text, "666"), ==, OH_SEARCH_NUMBER);
  g_assert_cmpint (match (text, "777"), ==, OH_SEARCH_NONE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/search-text/names", test_names);
  g_test_add_func ("/search-text/addresses", test_addresses);
  g_test_add_func ("/search-text/numbers", test_numbers);
  g_test_add_func ("/search-text/mixed", test_mixed);
  g_test_add_func ("/search-text/limit", test_limit);
  return g_test_run ();
}
