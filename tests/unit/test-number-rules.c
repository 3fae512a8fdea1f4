/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "number-rules.h"

#include <string.h>

typedef struct
{
  const char *pattern, *translation;
} Rule;

typedef struct
{
  const char *text;
  guint rule; /* that decides, from 1; 0: none */
  const char *number, *extension;
} Case;

static OhNumberRules *
make (const Rule *rules, gsize n)
{
  OhNumberRules *self = oh_number_rules_new ();

  for (gsize i = 0; i < n; i++)
    {
      g_autofree char *name = g_strdup_printf ("rule %zu", i + 1);

      g_assert_true (oh_number_rules_add (self, name, rules[i].pattern, OH_PATTERN_ANYWHERE,
                                          rules[i].translation));
    }
  return self;
}

static void
check (const OhNumberRules *rules, const Case *cases, gsize n)
{
  for (gsize i = 0; i < n; i++)
    {
      g_autoptr (OhRuledNumber) number = oh_number_rules_apply (rules, cases[i].text, NULL);
      g_autofree char *name = g_strdup_printf ("rule %u", cases[i].rule);

      g_test_message ("%s", cases[i].text);
      if (cases[i].rule == 0)
        {
          g_assert_null (number);
          continue;
        }
      g_assert_nonnull (number);
      g_assert_cmpstr (number->rule, ==, name);
      g_assert_cmpstr (number->number, ==, cases[i].number);
      g_assert_cmpstr (number->extension, ==, cases[i].extension);
    }
}

/* clang-format off */
static const Rule leeds[] = {
  { "^([1-9]\\d{2})$", "+442079460$1" },
  { "^9?0([1-9]\\d{8,9})$", "+44$1" },
  { "^9?00(\\d{7,15})$", "+$1" },
  { "^(112|999)$", "+$1" },
  { "^(\\+?\\d+)(?:x|X|EXT)(\\d+)$", "$1;ext=$2" },
};
/* clang-format on */

static void
test_profile (void)
{
  static const Case cases[] = {
    { "123", 1, "+442079460123", NULL },
    { "(020) 7946-0123", 2, "+442079460123", NULL },
    { "9 07700 900456", 2, "+447700900456", NULL },
    { "0049 30 5550100", 3, "+49305550100", NULL },
    { "tel:0049305550100", 3, "+49305550100", NULL },
    { "999", 1, "+442079460999", NULL }, /* the order decides, not the better fit */
    { "+442079460123x77", 5, "+442079460123", "77" },
    { "+44 20 7946 0123 EXT 77", 5, "+442079460123", "77" },
    { "4711x12", 5, "4711", "12" },
    { "*21#", 0, NULL, NULL },
    { "+442079460123", 0, NULL, NULL },
    { "12345", 0, NULL, NULL },
    { "", 0, NULL, NULL },
    { "()", 0, NULL, NULL },
    { "020\xc2\xa0\x37", 0, NULL, NULL },
  };
  g_autoptr (OhNumberRules) rules = make (leeds, G_N_ELEMENTS (leeds));

  check (rules, cases, G_N_ELEMENTS (cases));
  g_assert_cmpuint (oh_number_rules_count (rules), ==, 5);
  g_assert_cmpuint (oh_number_rules_problems (rules)->len, ==, 0);
}

/* Only what matched is replaced, every time, as Regex.Replace() of .NET does it. */
static void
test_replaces_as_dot_net (void)
{
  static const Rule unanchored[] = {
    { "^0(?=44)", "+" },     { "77$", "88" },
    { "(5)55", "$1" },       { "^600(?<a>\\d)$", "${a}0${1}" },
    { "^(7)(8)?$", "$1$2" }, { "^9+$", "$&$0" },
    { "^2(x*)3", "1" },
  };
  static const Case cases[] = {
    { "0442079460", 1, "+442079460", NULL },
    { "12377", 2, "12388", NULL },
    { "7712377", 2, "7712388", NULL },
    { "0555155509", 3, "051509", NULL },
    { "6004", 4, "404", NULL },
    { "7", 5, "7", NULL },
    { "78", 5, "78", NULL },
    { "99", 6, "9999", NULL },
    { "2345", 7, "145", NULL },
  };
  g_autoptr (OhNumberRules) rules = make (unanchored, G_N_ELEMENTS (unanchored));

  check (rules, cases, G_N_ELEMENTS (cases));
}

/* An empty match counts too, also the one that follows a match that was not empty. */
static void
test_empty_matches (void)
{
  static const Rule empty[] = { { "1*", "0" } };
  static const Case cases[] = { { "2117", 1, "020070", NULL } };
  g_autoptr (OhNumberRules) rules = make (empty, G_N_ELEMENTS (empty));

  check (rules, cases, G_N_ELEMENTS (cases));
}

/* An international number is complete; only what was written for "+" touches it. */
static void
test_international (void)
{
  static const Rule mixed[] = {
    { "(\\d{4})$", "+49305550$1" },
    { "^.*(\\d{3})$", "8$1" },
    { "^\\+4930555(\\d{4})$", "$1" },
    { "[+]?331(\\d+)", "+33$1" },
  };
  static const Case cases[] = {
    { "4711", 1, "+493055504711", NULL },
    { "+49305550100", 3, "0100", NULL },
    { "+44331207", 0, NULL, NULL },
    { "+331207", 4, "+33207", NULL },
  };
  g_autoptr (OhNumberRules) rules = make (mixed, G_N_ELEMENTS (mixed));

  check (rules, cases, G_N_ELEMENTS (cases));
}

/* What a translation must not give is passed over and named; the next rule decides. */
static void
test_result_must_be_number (void)
{
  static const Rule rules_bad[] = {
    { "^(\\d)(\\d*)$", "$1+$2" }, { "^(\\d+)$", "+0$1" },     { "^(\\d+)$", "$1;ext=" },
    { "^(\\d+)$", "$1;ext=1x" },  { "^(\\d+)$", "e$1" },      { "^(\\d+)$", "$1$1$1$1$1$1$1" },
    { "^(\\d+)$", "+" },          { "^(\\d+)$", "+49 ($1)" },
  };
  static const Case cases[] = { { "4711", 8, "+494711", NULL } };
  g_autoptr (OhNumberRules) rules = make (rules_bad, G_N_ELEMENTS (rules_bad));
  g_autoptr (GPtrArray) problems =
    g_ptr_array_new_with_free_func ((GDestroyNotify) oh_rule_problem_free);
  g_autoptr (OhRuledNumber) number = NULL;

  check (rules, cases, G_N_ELEMENTS (cases));
  number = oh_number_rules_apply (rules, "4711", problems);
  g_assert_cmpuint (problems->len, ==, 7);
  g_assert_cmpstr (((OhRuleProblem *) g_ptr_array_index (problems, 0))->rule, ==, "rule 1");
}

static void
test_digits_limit (void)
{
  static const Rule as_is[] = { { "^(\\d+)$", "$1" }, { "^(\\d+)x(\\d+)$", "$1;ext=$2" } };
  static const Case cases[] = {
    { "123456789012345678901234", 1, "123456789012345678901234", NULL },
    { "1234567890123456789012345", 0, NULL, NULL },
    { "1x123456789012345678901234", 2, "1", "123456789012345678901234" },
    { "1x1234567890123456789012345", 0, NULL, NULL },
  };
  g_autoptr (OhNumberRules) rules = make (as_is, G_N_ELEMENTS (as_is));

  check (rules, cases, G_N_ELEMENTS (cases));
}

static void
test_input_limit (void)
{
  static const Rule any[] = { { "^.*$", "1" } };
  g_autoptr (OhNumberRules) rules = make (any, 1);
  g_autofree char *longest = g_strnfill (OH_NUMBER_RULES_INPUT_MAX, '1');
  g_autofree char *longer = g_strnfill (OH_NUMBER_RULES_INPUT_MAX + 1, '1');
  g_autoptr (OhRuledNumber) number = oh_number_rules_apply (rules, longest, NULL);

  g_assert_nonnull (number);
  g_assert_null (oh_number_rules_apply (rules, longer, NULL));
  g_assert_null (oh_number_rules_apply (NULL, "1", NULL));
}

/* A refused rule is one problem with its name; the others work. */
static void
test_refused (void)
{
  static const Rule bad[] = {
    { "^(\\d+$", "$1" },
    { "^(\\d+)$", "$2" },
    { "^(\\d+)$", "+1425$15" },
    { "^(\\d+)$", "${2}" },
    { "^(\\d+)$", "${name}" },
    { "^(\\d+)$", "${1" },
    { "^(\\d+)$", "$" },
    { "^(\\d+)$", "$$1" },
    { "^(\\d+)$", "$`" },
    { "^(\\d+)$", "call $1" },
    { "^(\\d+)$", "*21$1" },
    { "^(\\d+)$", "" },
    { "^(\\d+)$", "$99999999999999999999999" },
  };
  g_autoptr (OhNumberRules) rules = oh_number_rules_new ();
  g_autoptr (OhRuledNumber) number = NULL;
  g_autofree char *longest = g_strnfill (OH_NUMBER_TRANSLATION_MAX, '1');
  g_autofree char *longer = g_strnfill (OH_NUMBER_TRANSLATION_MAX + 1, '1');

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_test_message ("%s %s", bad[i].pattern, bad[i].translation);
      g_assert_false (oh_number_rules_add (rules, "bad", bad[i].pattern, OH_PATTERN_ANYWHERE,
                                           bad[i].translation));
      g_assert_cmpuint (oh_number_rules_problems (rules)->len, ==, i + 1);
    }
  g_assert_true (oh_number_rules_add (rules, "long", "^l$", OH_PATTERN_ANYWHERE, longest));
  g_assert_false (oh_number_rules_add (rules, "longer", "^l$", OH_PATTERN_ANYWHERE, longer));
  g_assert_true (oh_number_rules_add (rules, "good", "^1$", OH_PATTERN_ANYWHERE, "+1425${0}5"));
  number = oh_number_rules_apply (rules, "1", NULL);
  g_assert_cmpstr (number->rule, ==, "good");
  g_assert_cmpstr (number->number, ==, "+142515");
}

static void
test_count_limit (void)
{
  g_autoptr (OhNumberRules) rules = oh_number_rules_new ();
  g_autoptr (OhRuledNumber) number = NULL;
  GPtrArray *problems = oh_number_rules_problems (rules);

  for (guint i = 1; i < 10000; i++)
    {
      g_autofree char *name = g_strdup_printf ("rule %u", i);
      g_autofree char *pattern = g_strdup_printf ("^%u$", i);

      g_assert_cmpint (oh_number_rules_add (rules, name, pattern, OH_PATTERN_ANYWHERE, "+49301234"),
                       ==, i <= OH_NUMBER_RULES_MAX);
    }
  g_assert_cmpuint (oh_number_rules_count (rules), ==, OH_NUMBER_RULES_MAX);
  g_assert_cmpuint (problems->len, ==, 1);
  g_assert_cmpstr (((OhRuleProblem *) g_ptr_array_index (problems, 0))->rule, ==, "rule 1001");
  number = oh_number_rules_apply (rules, "1000", NULL);
  g_assert_cmpstr (number->rule, ==, "rule 1000");
  g_assert_null (oh_number_rules_apply (rules, "1001", NULL));
}

/* Garbage and memory eaters end the list, they do not grow it. */
static void
test_memory_limit (void)
{
  g_autoptr (OhNumberRules) garbage = oh_number_rules_new ();
  g_autoptr (OhNumberRules) large = oh_number_rules_new ();
  gsize accepted = 0;

  for (guint i = 0; i < 100000; i++)
    oh_number_rules_add (garbage, "rule", "(", OH_PATTERN_ANYWHERE, "1");
  g_assert_cmpuint (oh_number_rules_problems (garbage)->len, <=, OH_NUMBER_RULES_MAX + 1);
  for (guint i = 0; i < 10000; i++)
    accepted += oh_number_rules_add (large, "rule", "^(?:(\\d{3}|4){20}|[1-3]){7}$",
                                     OH_PATTERN_ANYWHERE, "1");
  g_assert_cmpuint (accepted, >, 10);
  g_assert_cmpuint (accepted, <, OH_NUMBER_RULES_MAX);
}

/* Expressions that take exponential time: bounded each, bounded together, the next rule decides. */
static void
test_catastrophic (void)
{
  static const char *const hostile[] = {
    "^(1+)+$",    "(1+1+)+2",         "^((1*)*)*$|x",
    "^(1|11)+$",  "^(?:1?){40}1{40}", "^(.*?1){12}$",
    "(1+)+\\1+2", "^(?=(1+)+2)",      "((1{1,20}){1,20}){1,3}2",
  };
  g_autoptr (OhNumberRules) rules = oh_number_rules_new ();
  g_autoptr (GPtrArray) problems =
    g_ptr_array_new_with_free_func ((GDestroyNotify) oh_rule_problem_free);
  g_autofree char *ones = g_strnfill (100, '1');
  g_autofree char *text = g_strconcat (ones, "*", NULL);
  g_autoptr (OhRuledNumber) number = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (hostile); i++)
    g_assert_true (oh_number_rules_add (rules, "hostile", hostile[i], OH_PATTERN_ANYWHERE, "1"));
  g_assert_true (oh_number_rules_add (rules, "good", "^1+\\*$", OH_PATTERN_ANYWHERE, "+4930"));
  number = oh_number_rules_apply (rules, text, problems);
  g_assert_nonnull (number);
  g_assert_cmpstr (number->rule, ==, "good");
  g_assert_cmpuint (problems->len, >=, 4);
}

static void
test_catastrophic_together (void)
{
  g_autoptr (OhNumberRules) rules = oh_number_rules_new ();
  g_autoptr (GPtrArray) problems =
    g_ptr_array_new_with_free_func ((GDestroyNotify) oh_rule_problem_free);
  g_autofree char *ones = g_strnfill (100, '1');
  g_autofree char *text = g_strconcat (ones, "*", NULL);

  for (guint i = 0; i < OH_NUMBER_RULES_MAX; i++)
    g_assert_true (oh_number_rules_add (rules, "hostile", "^(1+)+$", OH_PATTERN_ANYWHERE, "1"));
  g_assert_null (oh_number_rules_apply (rules, text, problems));
  /* each that took all it may, and the one that was not tried any more */
  g_assert_cmpuint (problems->len, ==, OH_NUMBER_RULES_STEPS / OH_NUMBER_RULE_STEPS + 1);
}

/* Whatever the digits: a result is a number, the same every time, and needs no second round where
 * the rules give international numbers. */
static void
test_properties (void)
{
  g_autoptr (OhNumberRules) rules = make (leeds, G_N_ELEMENTS (leeds));
  static const char alphabet[] = "0123456789+*#x -()";

  for (guint i = 0; i < 20000; i++)
    {
      char text[20];
      guint len = (guint) g_test_rand_int_range (0, sizeof text);
      g_autoptr (OhRuledNumber) once = NULL;
      g_autoptr (OhRuledNumber) again = NULL;
      g_autoptr (OhRuledNumber) twice = NULL;

      for (guint j = 0; j < len; j++)
        text[j] = alphabet[g_test_rand_int_range (0, sizeof alphabet - 1)];
      text[len] = '\0';
      once = oh_number_rules_apply (rules, text, NULL);
      again = oh_number_rules_apply (rules, text, NULL);
      g_assert_true ((once == NULL) == (again == NULL));
      if (once == NULL)
        continue;
      g_assert_cmpstr (once->number, ==, again->number);
      g_assert_cmpuint (strlen (once->number), <=, OH_NUMBER_RULES_DIGITS_MAX + 1);
      g_assert_cmpuint (strspn (once->number, "+0123456789"), ==, strlen (once->number));
      twice = once->number[0] == '+' ? oh_number_rules_apply (rules, once->number, NULL) : NULL;
      g_assert_null (twice);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/number-rules/profile", test_profile);
  g_test_add_func ("/number-rules/replaces-as-dot-net", test_replaces_as_dot_net);
  g_test_add_func ("/number-rules/empty-matches", test_empty_matches);
  g_test_add_func ("/number-rules/international", test_international);
  g_test_add_func ("/number-rules/result-must-be-number", test_result_must_be_number);
  g_test_add_func ("/number-rules/digits-limit", test_digits_limit);
  g_test_add_func ("/number-rules/input-limit", test_input_limit);
  g_test_add_func ("/number-rules/refused", test_refused);
  g_test_add_func ("/number-rules/count-limit", test_count_limit);
  g_test_add_func ("/number-rules/memory-limit", test_memory_limit);
  g_test_add_func ("/number-rules/catastrophic", test_catastrophic);
  g_test_add_func ("/number-rules/catastrophic-together", test_catastrophic_together);
  g_test_add_func ("/number-rules/properties", test_properties);
  return g_test_run ();
}
