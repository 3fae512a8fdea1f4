/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "finding.h"

static void
test_words (void)
{
  static const char *const words[] = { "ok", "info", "warning", "error" };

  G_STATIC_ASSERT (G_N_ELEMENTS (words) == OH_FINDING_N_SEVERITIES);
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      OhFindingSeverity severity = OH_FINDING_N_SEVERITIES;

      g_assert_cmpstr (oh_finding_severity_word ((OhFindingSeverity) i), ==, words[i]);
      g_assert_true (oh_finding_severity_parse (words[i], &severity));
      g_assert_cmpint (severity, ==, i);
    }
}

static void
test_foreign_word (void)
{
  OhFindingSeverity severity = OH_FINDING_INFO;

  g_assert_false (oh_finding_severity_parse ("fatal", &severity));
  g_assert_false (oh_finding_severity_parse ("", &severity));
  g_assert_false (oh_finding_severity_parse (NULL, &severity));
  g_assert_cmpint (severity, ==, OH_FINDING_INFO);
}

static void
test_texts_are_never_null (void)
{
  g_autoptr (OhFinding) finding =
    oh_finding_new (OH_FINDING_OK, "dns", "Looked up fabrikam.test", NULL, NULL, 0);

  g_assert_cmpstr (finding->code, ==, "dns");
  g_assert_cmpstr (finding->cause, ==, "");
  g_assert_cmpstr (finding->remedy, ==, "");
  g_assert_cmpuint (finding->line, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/finding/words", test_words);
  g_test_add_func ("/finding/foreign-word", test_foreign_word);
  g_test_add_func ("/finding/texts-are-never-null", test_texts_are_never_null);
  return g_test_run ();
}
