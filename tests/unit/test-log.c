/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "log.h"

static void
test_redaction (void)
{
  static const struct
  {
    char *(*redact) (const char *);
    const char *in, *out;
  } cases[] = {
    { oh_log_uri, "sip:jo@example.org", "…@example.org" },
    { oh_log_uri, "jo", "…" },
    { oh_log_uri, NULL, "…" },
    { oh_log_number, "+493012345678", "+49…(12)" },
    { oh_log_number, "4711", "…(4)" },
    { oh_log_number, "+112", "…(3)" },
    { oh_log_number, "", "…(0)" },
    { oh_log_number, NULL, "…(0)" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *out = cases[i].redact (cases[i].in);

      g_assert_cmpstr (out, ==, cases[i].out);
    }
}

static void
test_ids (void)
{
  g_autofree char *one = oh_log_next_id ('c');
  g_autofree char *two = oh_log_next_id ('c');

  g_assert_cmpint (one[0], ==, 'c');
  g_assert_cmpstr (one, !=, two);
}

static void
test_writer (void)
{
  if (g_test_subprocess ())
    {
      oh_log_init (g_test_verbose ());
      g_log_structured ("oh-test", G_LOG_LEVEL_DEBUG, "MESSAGE", "%s", "quiet");
      g_log_structured ("oh-test", G_LOG_LEVEL_MESSAGE, "MESSAGE", "%s", "heard");
      return;
    }
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_passed ();
  g_test_trap_assert_stderr ("*notice oh-test: heard*");
  g_test_trap_assert_stderr_unmatched ("*quiet*");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/log/redaction", test_redaction);
  g_test_add_func ("/log/ids", test_ids);
  g_test_add_func ("/log/writer", test_writer);
  return g_test_run ();
}
