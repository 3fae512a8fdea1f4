/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "pattern-syntax.h"

#include "error.h"

static void
test_accepted (void)
{
  static const struct
  {
    const char *text;
    gboolean plus;
  } cases[] = {
    { "", FALSE },
    { "^([1-9]\\d{2})$", FALSE },
    { "^9?0([1-9]\\d{8,9})$", FALSE },
    { "^(\\+?\\d+)(?:x|X|EXT)(\\d+)$", TRUE },
    { "\\(?(\\d{3})\\)?[\\s.-]*(\\d{4})", FALSE },
    { "[+]?49", TRUE },
    { "[^+]", TRUE },
    { "[]]", FALSE },
    { "[^]]", FALSE },
    { "[\\]+]", TRUE },
    { "[[]", FALSE },
    { "a+?b*?c??d{2,3}?", FALSE },
    { "a{,3}", FALSE },
    { "a{2", FALSE },
    { "a{x}+", FALSE }, /* braces that are none, then a quantifier */
    { "(?i)x(?-i:y)(?#a ) (?=1)(?!2)(?<=3)(?<!4)(?>5)", FALSE },
    { "(?<name>1)\\k<name>(?'b_2'2)", FALSE },
    { "\\x2B\\A\\z\\Z\\b\\B\\t", FALSE },
    { "\xc3\xa4", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      gboolean plus = FALSE;

      g_test_message ("%s", cases[i].text);
      g_assert_true (oh_pattern_syntax_check (cases[i].text, &plus, &error));
      g_assert_no_error (error);
      g_assert_cmpint (plus, ==, cases[i].plus);
    }
}

static void
test_refused (void)
{
  static const char *const cases[] = {
    "(*LIMIT_MATCH=1)1",
    "(*UTF)1",
    "1(*ACCEPT)",
    "(*",
    "(?R)",
    "(?1)",
    "(?&a)",
    "(?P<a>1)",
    "(?|1|2)",
    "(?C1)",
    "(?(1)2|3)",
    "(?<a-b>1)",
    "(?<1>1)",
    "(?<>1)",
    "(?<a",
    "(?'a>1)",
    "(?x) 1",
    "(?",
    "(?i",
    "a++",
    "a*+",
    "a?+",
    "a{2}+",
    "a+??",
    "a**",
    "a{2}{3}",
    "\\Q1\\E",
    "\\K",
    "\\R",
    "\\X",
    "\\h",
    "\\N",
    "\\g1",
    "\\G",
    "\\u0031",
    "\\v",
    "\\x{31}",
    "\\x3",
    "\\c1",
    "\\C",
    "[[:digit:]]",
    "[\\d-[5]]",
    "[[=a=]]",
    "[0-9",
    "[",
    "[\\",
    "\\",
    "[\\Q]",
    "\xff",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      gboolean plus = FALSE;

      g_test_message ("%s", cases[i]);
      g_assert_false (oh_pattern_syntax_check (cases[i], &plus, &error));
      g_assert_error (error, OH_ERROR, OH_ERROR_PROTOCOL);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pattern-syntax/accepted", test_accepted);
  g_test_add_func ("/pattern-syntax/refused", test_refused);
  return g_test_run ();
}
