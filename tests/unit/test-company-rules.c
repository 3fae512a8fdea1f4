/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "company-rules.h"

#include <string.h>

static OhNumberRules *
read_text (const char *text)
{
  return oh_company_rules_read (oh_slice_str (text));
}

static void
assert_applies (const OhNumberRules *rules, const char *text, const char *number, const char *rule)
{
  g_autoptr (OhRuledNumber) result = oh_number_rules_apply (rules, text, NULL);

  g_test_message ("%s", text);
  g_assert_cmpstr (result != NULL ? result->number : NULL, ==, number);
  g_assert_cmpstr (result != NULL ? result->rule : NULL, ==, rule);
}

static void
assert_problem (const OhNumberRules *rules, guint index, const char *name)
{
  const GPtrArray *problems = oh_number_rules_problems (rules);

  g_assert_cmpuint (problems->len, >, index);
  g_assert_cmpstr (((OhRuleProblem *) g_ptr_array_index (problems, index))->rule, ==, name);
}

static const char sample[] = "# Company rules\r\n"
                             "##\r\n"
                             "\r\n"
                             "  [\\s()\\-\\./]*(\\d\\d\\d\\d)  \r\n"
                             "\t+1425555$1\r\n"
                             "# ten digits and an extension\r\n"
                             "(\\d{10})[xX](\\d{5})\r\n"
                             "+1$1;ext=$2\r\n"
                             "\\d{10}\r\n"
                             "+1$&";

static void
check_sample (const OhNumberRules *rules)
{
  g_assert_cmpuint (oh_number_rules_problems (rules)->len, ==, 0);
  g_assert_cmpuint (oh_number_rules_count (rules), ==, 3);
  assert_applies (rules, "4711", "+14255554711", "company rule 1");
  assert_applies (rules, "(425) 555-0100 x12345", "+14255550100", "company rule 2");
  assert_applies (rules, "425 555 0100", "+14255550100", "company rule 3");
  assert_applies (rules, "47110", NULL, NULL); /* without anchors, and still the whole number */
}

static void
test_sample (void)
{
  g_autoptr (OhNumberRules) rules = read_text (sample);

  check_sample (rules);
}

static void
test_encodings (void)
{
  g_autofree char *marked = g_strconcat ("\xef\xbb\xbf", sample, NULL);
  g_autofree char *latin1 = g_strconcat ("# f\xfcr Z\xfcrich\n", sample, NULL);
  g_autoptr (OhNumberRules) with_mark = read_text (marked);
  g_autoptr (OhNumberRules) with_latin1 = read_text (latin1);

  check_sample (with_mark);
  check_sample (with_latin1);
  for (int big = 0; big < 2; big++)
    {
      g_autoptr (GByteArray) wide = g_byte_array_new ();
      g_autoptr (OhNumberRules) rules = NULL;

      g_byte_array_append (wide, (const guint8 *) (big ? "\xfe\xff" : "\xff\xfe"), 2);
      for (const char *p = sample; *p != '\0'; p++)
        {
          const guint8 unit[] = { big ? 0 : (guint8) *p, big ? (guint8) *p : 0 };

          g_byte_array_append (wide, unit, 2);
        }
      rules = oh_company_rules_read (oh_slice ((const char *) wide->data, wide->len));
      check_sample (rules);
    }
}

/* One line left out costs one rule, not all behind it. */
static void
test_bad_lines (void)
{
  g_autoptr (OhNumberRules) rules = read_text ("^1(\\d)$\n"        /* 1: no translation */
                                               "^2(\\d)$\n+49$1\n" /* 2, 3 */
                                               "(\n+49$1\n"        /* 4: does not compile */
                                               "^3$\ncall me\n"    /* 6, 7: two expressions */
                                               "^4$\n\n# so\n+4\n" /* 8, 11 */
                                               "^5$\n$7\n"         /* 12: no such group */
                                               "^6$");             /* 14: no translation */

  assert_applies (rules, "29", "+499", "company rule 2");
  assert_applies (rules, "4", "+4", "company rule 6");
  g_assert_cmpuint (oh_number_rules_count (rules), ==, 2);
  g_assert_cmpuint (oh_number_rules_problems (rules)->len, ==, 6);
  assert_problem (rules, 0, "company rule 1 (line 1)");
  assert_problem (rules, 1, "company rule 3 (line 4)");
  assert_problem (rules, 2, "company rule 4 (line 6)");
  assert_problem (rules, 3, "company rule 5 (line 7)");
  assert_problem (rules, 4, "company rule 7 (line 12)");
  assert_problem (rules, 5, "company rule 8 (line 14)");
}

static void
test_no_text (void)
{
  static const char binary[] = "^1$\n+1\n\0x";
  static const char broken[] = "\xff\xfe\x00\xd8\x41\x00"; /* half a surrogate pair */
  g_autoptr (OhNumberRules) empty = read_text ("");
  g_autoptr (OhNumberRules) with_nul = oh_company_rules_read (oh_slice (binary, sizeof binary));
  g_autoptr (OhNumberRules) half = oh_company_rules_read (oh_slice (broken, sizeof broken - 1));

  g_assert_cmpuint (oh_number_rules_count (empty), ==, 0);
  g_assert_cmpuint (oh_number_rules_problems (empty)->len, ==, 0);
  assert_problem (with_nul, 0, "company rules");
  assert_problem (half, 0, "company rules");
}

static void
test_size_limit (void)
{
  g_autofree char *longest = g_strnfill (OH_COMPANY_RULES_SIZE_MAX, '#');
  g_autofree char *longer = g_strnfill (OH_COMPANY_RULES_SIZE_MAX + 1, '#');
  g_autoptr (OhNumberRules) rules = read_text (longest);
  g_autoptr (OhNumberRules) refused = read_text (longer);

  g_assert_cmpuint (oh_number_rules_problems (rules)->len, ==, 0);
  assert_problem (refused, 0, "company rules");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/company-rules/sample", test_sample);
  g_test_add_func ("/company-rules/encodings", test_encodings);
  g_test_add_func ("/company-rules/bad-lines", test_bad_lines);
  g_test_add_func ("/company-rules/no-text", test_no_text);
  g_test_add_func ("/company-rules/size-limit", test_size_limit);
  return g_test_run ();
}
