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
test_limit (void)
{
  OhLogLimit limit = { 0 };
  gint64 now_us = 77;
  guint64 held_back = 1;

  for (guint i = 0; i < 3; i++)
    {
      g_assert_true (oh_log_limit_take (&limit, 3, now_us, &held_back));
      g_assert_cmpuint (held_back, ==, 0);
    }
  g_assert_false (oh_log_limit_take (&limit, 3, now_us, &held_back));
  g_assert_false (oh_log_limit_take (&limit, 3, now_us + OH_LOG_WINDOW_US - 1, &held_back));
  /* the next window says what is missing, once */
  g_assert_true (oh_log_limit_take (&limit, 3, now_us + OH_LOG_WINDOW_US, &held_back));
  g_assert_cmpuint (held_back, ==, 2);
  g_assert_true (oh_log_limit_take (&limit, 3, now_us + OH_LOG_WINDOW_US, &held_back));
  g_assert_cmpuint (held_back, ==, 0);
}

/* Whatever a domain says too often, the log stays small, and other domains are heard. */
static void
test_flood (void)
{
  if (g_test_subprocess ())
    {
      oh_log_init (FALSE);
      for (guint i = 1; i <= OH_LOG_DOMAIN_LINES + 1; i++)
        g_log_structured ("oh-test", G_LOG_LEVEL_MESSAGE, "MESSAGE", "line %u.", i);
      g_log_structured ("oh-other", G_LOG_LEVEL_MESSAGE, "MESSAGE", "%s", "heard");
      return;
    }
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_passed ();
  g_test_trap_assert_stderr ("*oh-test: line 1.*oh-test: line 100.*oh-other: heard*");
  g_test_trap_assert_stderr_unmatched ("*line 101.*");
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
  g_test_add_func ("/log/limit", test_limit);
  g_test_add_func ("/log/flood", test_flood);
  g_test_add_func ("/log/writer", test_writer);
  return g_test_run ();
}
