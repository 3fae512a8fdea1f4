/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ladder-text.h"

#include <string.h>

#define DIALOG "From: <sip:a@x>;tag=1\nTo: <sip:a@x>\nCall-ID: 1\nCSeq: 1 REGISTER\n"
#define TRACE "REGISTER sip:x SIP/2.0\n" DIALOG "\nSIP/2.0 404 Not\033Found\n" DIALOG "\n"

static OhExplanation *
explain (const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  OhExplanation *explanation = oh_explain (bytes, NULL, NULL, &error);

  g_assert_no_error (error);
  return explanation;
}

static void
test_ascii (void)
{
  g_autoptr (OhExplanation) explanation = explain (TRACE);
  const OhLadderStyle style = { .columns = 60 };
  g_autofree char *text = oh_ladder_text (explanation, &style);

  g_assert_cmpstr (text, ==,
                   "\n"
                   "Sign-in of sip:a@x (1)\n"
                   "                     client                        server\n"
                   "      1              |--------- REGISTER --------->|  ok\n"
                   "                      Part of the sign-in.\n"
                   "      7              |<------ 404 Not?Found -------|  ERROR\n"
                   "                      The server does not know the address.\n");
}

static void
test_unicode (void)
{
  g_autoptr (OhExplanation) explanation = explain (TRACE);
  const OhLadderStyle style = { .columns = 60, .is_utf8 = TRUE };
  g_autofree char *text = oh_ladder_text (explanation, &style);

  g_assert_nonnull (strstr (text, "│───────── REGISTER ─────────▶│  ok\n"));
}

/* Without colours no escape ever gets out, whatever the trace has; with them they are closed. */
static void
test_colour (void)
{
  g_autoptr (OhExplanation) explanation = explain (TRACE);
  OhLadderStyle style = { .columns = 60 };
  g_autofree char *plain = oh_ladder_text (explanation, &style);
  g_autofree char *coloured = NULL;

  g_assert_null (strchr (plain, '\033'));
  style.has_colour = TRUE;
  coloured = oh_ladder_text (explanation, &style);
  g_assert_nonnull (strstr (coloured, "\033[31;1mERROR\033[0m"));
}

/* No line is wider than the terminal, at the limits and beyond them. */
static void
test_width (void)
{
  static const guint widths[] = { 0, OH_LADDER_COLUMNS_MIN, 100, OH_LADDER_COLUMNS_MAX, 1000 };
  g_autoptr (OhExplanation) explanation = explain (TRACE);

  for (gsize i = 0; i < G_N_ELEMENTS (widths); i++)
    {
      const OhLadderStyle style = { .columns = widths[i], .is_utf8 = TRUE };
      g_autofree char *ladder = oh_ladder_text (explanation, &style);
      g_autofree char *findings = oh_findings_text (explanation, &style);
      g_autofree char *both = g_strconcat (ladder, findings, NULL);
      g_auto (GStrv) lines = g_strsplit (both, "\n", -1);
      glong max = (glong) CLAMP (widths[i], OH_LADDER_COLUMNS_MIN, OH_LADDER_COLUMNS_MAX);

      for (gsize j = 0; lines[j] != NULL; j++)
        if (strstr (lines[j], "(user-not-enabled)") == NULL)
          g_assert_cmpint (g_utf8_strlen (lines[j], -1), <=, max);
    }
}

/* A word longer than the line is cut, not let over the edge. */
static void
test_long_word (void)
{
  g_autoptr (GString) trace = g_string_new ("SIP/2.0 403 x\nCSeq: 1 INFO\nWarning: ");
  const OhLadderStyle style = { .columns = 60 };
  g_autoptr (OhExplanation) explanation = NULL;
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  for (guint i = 0; i < 150; i++)
    g_string_append_c (trace, 'w');
  explanation = explain (trace->str);
  text = oh_findings_text (explanation, &style);
  lines = g_strsplit (text, "\n", -1);
  for (gsize i = 2; lines[i] != NULL; i++)
    g_assert_cmpuint (strlen (lines[i]), <=, 60);
  g_assert_nonnull (strstr (text, "wwwwwwww\n    wwwwwwww"));
}

static void
test_findings (void)
{
  g_autoptr (OhExplanation) explanation = explain (TRACE);
  const OhLadderStyle style = { .columns = 80 };
  g_autofree char *text = oh_findings_text (explanation, &style);

  g_assert_nonnull (strstr (text, "ERROR  The server does not know the address "
                                  "(user-not-enabled), line 7\n"));
  g_assert_nonnull (strstr (text, "\n    What to do: Check the sign-in address."));
}

/* More participants than fit keep their lines. */
static void
test_many (void)
{
  g_autoptr (GString) trace = g_string_new (NULL);
  g_autoptr (OhExplanation) explanation = NULL;
  const OhLadderStyle style = { .columns = 60 };
  g_autofree char *text = NULL;

  for (guint i = 0; i < 8; i++)
    g_string_append_printf (trace,
                            "-- 2026-11-21T15:04:05.000000Z c1 %s fe%u.fabrikam.test:5061 [pass]\n"
                            "REGISTER sip:x SIP/2.0\n\n--\n",
                            i % 2 == 0 ? "out" : "in", i);
  g_string_append (trace, "-- 2026-11-21T15:04:06.000000Z c0 note - [pass]\nbye\n--\n");
  explanation = explain (trace->str);
  text = oh_ladder_text (explanation, &style);
  g_assert_nonnull (strstr (text, "| REG ->|"));
  g_assert_nonnull (strstr (text, "Notes and log entries"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ladder-text/ascii", test_ascii);
  g_test_add_func ("/ladder-text/unicode", test_unicode);
  g_test_add_func ("/ladder-text/colour", test_colour);
  g_test_add_func ("/ladder-text/width", test_width);
  g_test_add_func ("/ladder-text/long-word", test_long_word);
  g_test_add_func ("/ladder-text/findings", test_findings);
  g_test_add_func ("/ladder-text/many", test_many);
  return g_test_run ();
}
