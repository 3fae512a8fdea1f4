/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "judge-numbers.h"

#include <string.h>

#include "finding.h"

static GPtrArray *
judge (const OhSeenNumbers *seen)
{
  GPtrArray *findings = g_ptr_array_new_with_free_func ((GDestroyNotify) oh_finding_free);

  oh_judge_numbers (seen, findings);
  return findings;
}

static void
check (const GPtrArray *findings, guint index, OhFindingSeverity severity, const char *code,
       const char *text)
{
  const OhFinding *finding = g_ptr_array_index (findings, index);

  g_assert_cmpint (finding->severity, ==, severity);
  g_assert_cmpstr (finding->code, ==, code);
  g_assert_nonnull (strstr (finding->title, text));
}

static void
test_server (void)
{
  OhSeenNumbers seen = { .organization = "", .profile = "" };
  g_autoptr (GPtrArray) nothing = judge (&seen);
  g_autoptr (GPtrArray) now = NULL;
  g_autoptr (GPtrArray) before = NULL;

  check (nothing, 0, OH_FINDING_INFO, "provisioned-nothing", "nothing");
  seen = (OhSeenNumbers){
    .provisioned = TRUE, .organization = "Fabrikam", .profile = "Leeds", .server_rules = 5
  };
  now = judge (&seen);
  check (now, 0, OH_FINDING_OK, "provisioned", "Fabrikam, Leeds");
  g_assert_nonnull (strstr (((OhFinding *) g_ptr_array_index (now, 0))->cause, "5"));
  g_assert_cmpuint (now->len, ==, 1);
  seen.stale = TRUE;
  before = judge (&seen);
  check (before, 0, OH_FINDING_INFO, "provisioned-stale", "before");
}

static void
test_problems (void)
{
  OhSeenProblem problems[OH_JUDGE_RULES_MAX + 1];
  OhSeenNumbers seen = { .provisioned = TRUE,
                         .organization = "F",
                         .profile = "",
                         .problems = problems,
                         .n_problems = OH_JUDGE_RULES_MAX };
  g_autoptr (GPtrArray) most = NULL;
  g_autoptr (GPtrArray) more = NULL;

  for (guint i = 0; i <= OH_JUDGE_RULES_MAX; i++)
    problems[i] = (OhSeenProblem){ "company rule 3 (line 12)", "so" };
  most = judge (&seen);
  g_assert_cmpuint (most->len, ==, OH_JUDGE_RULES_MAX + 1);
  check (most, 1, OH_FINDING_WARNING, "rule-unused", "company rule 3 (line 12)");
  seen.n_problems++;
  more = judge (&seen);
  g_assert_cmpuint (more->len, ==, OH_JUDGE_RULES_MAX + 2);
  check (more, OH_JUDGE_RULES_MAX + 1, OH_FINDING_WARNING, "rule-unused", "1 more");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/judge-numbers/server", test_server);
  g_test_add_func ("/judge-numbers/problems", test_problems);
  return g_test_run ();
}
