/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "number-pattern.h"

#include <string.h>

#include "error.h"

static void
test_matches (void)
{
  g_autoptr (OhNumberPattern) pattern =
    oh_number_pattern_new ("^0(\\d\\d)(x)?(\\d*)$", OH_PATTERN_ANYWHERE, NULL);
  OhPatternGroup groups[OH_NUMBER_PATTERN_GROUPS_MAX + 1];
  guint steps = 1000;

  g_assert_nonnull (pattern);
  g_assert_cmpint (oh_number_pattern_match (pattern, "0301234", 0, &steps, groups), ==,
                   OH_PATTERN_MATCH);
  g_assert_cmpuint (groups[0].to, ==, 7);
  g_assert_cmpuint (groups[1].from, ==, 1);
  g_assert_cmpuint (groups[1].to, ==, 3);
  g_assert_cmpuint (groups[2].to, ==, 0); /* took no part */
  g_assert_cmpuint (groups[3].from, ==, 3);
  g_assert_cmpuint (steps, <, 1000);
  g_assert_cmpint (oh_number_pattern_match (pattern, "130", 0, &steps, groups), ==,
                   OH_PATTERN_NO_MATCH);
  g_assert_true (oh_number_pattern_has_group (pattern, 3));
  g_assert_false (oh_number_pattern_has_group (pattern, 4));
}

static void
test_extent (void)
{
  g_autoptr (OhNumberPattern) part = oh_number_pattern_new ("12|123", OH_PATTERN_ANYWHERE, NULL);
  g_autoptr (OhNumberPattern) whole = oh_number_pattern_new ("12|123", OH_PATTERN_WHOLE, NULL);
  OhPatternGroup groups[OH_NUMBER_PATTERN_GROUPS_MAX + 1];
  guint steps = 1000;

  g_assert_cmpint (oh_number_pattern_match (part, "0124", 0, &steps, groups), ==, OH_PATTERN_MATCH);
  g_assert_cmpint (oh_number_pattern_match (whole, "0124", 0, &steps, groups), ==,
                   OH_PATTERN_NO_MATCH);
  g_assert_cmpint (oh_number_pattern_match (whole, "123", 0, &steps, groups), ==, OH_PATTERN_MATCH);
  g_assert_cmpuint (groups[0].to, ==, 3);
}

/* The steps given are the steps used, whatever the expression would like. */
static void
test_steps_end (void)
{
  static const char *const hostile[] = { "^(a+)+$", "(a+a+)+b", "^(([a-z])+.)+[A-Z]([a-z])+$",
                                         "^((a{0,9}){0,9}){0,9}$" };
  g_autofree char *text = g_strnfill (120, 'a');
  OhPatternGroup groups[OH_NUMBER_PATTERN_GROUPS_MAX + 1];

  text[119] = '!';
  for (gsize i = 0; i < G_N_ELEMENTS (hostile); i++)
    for (guint given = 0; given <= 100000; given = given * 10 + 1)
      {
        g_autoptr (OhNumberPattern) pattern =
          oh_number_pattern_new (hostile[i], OH_PATTERN_ANYWHERE, NULL);
        guint steps = given;

        g_test_message ("%s", hostile[i]);
        g_assert_nonnull (pattern);
        if (i == 1 || i == 2) /* needs a letter that is not there: known without a step */
          g_assert_cmpint (oh_number_pattern_match (pattern, text, 0, &steps, groups), !=,
                           OH_PATTERN_MATCH);
        else
          {
            g_assert_cmpint (oh_number_pattern_match (pattern, text, 0, &steps, groups), ==,
                             OH_PATTERN_TOO_COSTLY);
            g_assert_cmpuint (steps, ==, 0);
          }
      }
}

static void
assert_refused (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (OhNumberPattern) pattern = oh_number_pattern_new (text, OH_PATTERN_ANYWHERE, &error);

  g_test_message ("%.60s", text);
  g_assert_null (pattern);
  g_assert_error (error, OH_ERROR, OH_ERROR_PROTOCOL);
}

static void
test_limits (void)
{
  g_autofree char *longest = g_strnfill (OH_NUMBER_PATTERN_MAX, '1');
  g_autofree char *longer = g_strnfill (OH_NUMBER_PATTERN_MAX + 1, '1');
  g_autoptr (OhNumberPattern) pattern = oh_number_pattern_new (longest, OH_PATTERN_ANYWHERE, NULL);
  g_autoptr (OhNumberPattern) grouped = NULL;
  g_autoptr (GString) groups = g_string_new (NULL);

  g_assert_nonnull (pattern);
  assert_refused (longer);
  for (guint i = 0; i < OH_NUMBER_PATTERN_GROUPS_MAX; i++)
    g_string_append (groups, "(1)");
  grouped = oh_number_pattern_new (groups->str, OH_PATTERN_ANYWHERE, NULL);
  g_assert_nonnull (grouped);
  g_string_append (groups, "(1)");
  assert_refused (groups->str);
  assert_refused ("((\\d{1,99}){1,99}){1,99}");
  assert_refused ("(\\d{1,3}){1,999}");
}

static void
test_refused (void)
{
  assert_refused ("(");
  assert_refused ("[0-");
  assert_refused ("*1");
  assert_refused ("\\1");
  assert_refused ("(?<a>1)(2)");
  assert_refused ("(?<a>1)(?<a>2)");
  assert_refused ("(*LIMIT_MATCH=4000000000)^(a+)+$");
}

static void
test_named_groups (void)
{
  g_autoptr (OhNumberPattern) pattern =
    oh_number_pattern_new ("(?<area>\\d)(?'line'\\d)", OH_PATTERN_ANYWHERE, NULL);

  g_assert_cmpint (oh_number_pattern_named_group (pattern, "area"), ==, 1);
  g_assert_cmpint (oh_number_pattern_named_group (pattern, "line"), ==, 2);
  g_assert_cmpint (oh_number_pattern_named_group (pattern, "none"), ==, -1);
  g_assert_cmpint (oh_number_pattern_named_group (pattern, ""), ==, -1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/number-pattern/matches", test_matches);
  g_test_add_func ("/number-pattern/extent", test_extent);
  g_test_add_func ("/number-pattern/steps-end", test_steps_end);
  g_test_add_func ("/number-pattern/limits", test_limits);
  g_test_add_func ("/number-pattern/refused", test_refused);
  g_test_add_func ("/number-pattern/named-groups", test_named_groups);
  return g_test_run ();
}
