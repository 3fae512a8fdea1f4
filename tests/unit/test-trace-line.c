/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "trace-line.h"

#include <string.h>

static void
test_table (void)
{
  static const struct
  {
    const char *text;
    gboolean ok;
  } cases[] = {
    { "-- 2026-11-21T15:04:05.123456Z c17 out fe1.fabrikam.test:5061 [pass]", TRUE },
    { "-- 2026-11-21T15:04:05.123456Z c17 in [2001:db8::1]:5061 [dropped: snum seen]", TRUE },
    { "-- 2026-11-21T15:04:05.123456Z c0 note - []", TRUE },
    { "-- 2026-11-21T15:04:05.123Z c17 out fe1 [pass]", FALSE },
    { "-- 1969-12-31T23:59:59.999999Z c17 out fe1 [pass]", FALSE },
    { "-- 1970-01-01T00:00:00.000000Z c17 out fe1 [pass]", TRUE },
    { "-- 2026-02-30T15:04:05.123456Z c17 out fe1 [pass]", FALSE },
    { "-- 2026-11-21T15:04:05.123456Z 17 out fe1 [pass]", FALSE },
    { "-- 2026-11-21T15:04:05.123456Z c17 up fe1 [pass]", FALSE },
    { "-- 2026-11-21T15:04:05.123456Z c17 out fe1", FALSE },
    { "-- 2026-11-21T15:04:05.123456Z c17 out fe1 [pass", FALSE },
    { "-- 2026-11-21T15:04:05.123456Z c17 out fe1 [pass] more", FALSE },
    { "-- 2026-11-21T15:04:05.123456Z c4294967296 out fe1 [pass]", FALSE },
    { "--", FALSE },
    { "-- ", FALSE },
    { "", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      OhTraceLine line;

      g_assert_cmpint (oh_trace_line_parse (oh_slice_str (cases[i].text), &line), ==, cases[i].ok);
    }
}

static void
test_round_trip (void)
{
  const OhTraceLine in = { .time_us = G_GINT64_CONSTANT (1795273445123456),
                           .connection = 17,
                           .way = OH_TRACE_IN,
                           .peer = OH_SLICE_INIT ("fe1.fabrikam.test:5061"),
                           .verdict = OH_SLICE_INIT ("dropped: a]\nb") };
  g_autoptr (GString) text = g_string_new (NULL);
  OhTraceLine out;

  oh_trace_line_append (&in, text);
  g_assert_cmpstr (text->str, ==,
                   "-- 2026-11-21T15:04:05.123456Z c17 in fe1.fabrikam.test:5061 [dropped: ab]\n");
  g_assert_true (oh_trace_line_parse (oh_slice (text->str, text->len - 1), &out));
  g_assert_cmpint (out.time_us, ==, in.time_us);
  g_assert_cmpuint (out.connection, ==, 17);
  g_assert_cmpint (out.way, ==, OH_TRACE_IN);
  g_assert_true (oh_slice_equal (out.peer, "fe1.fabrikam.test:5061"));
  g_assert_true (oh_slice_equal (out.verdict, "dropped: ab"));
}

/* The limit and one beyond it. */
static void
test_limit (void)
{
  static const char head[] = "-- 2026-11-21T15:04:05.123456Z c1 out - [";
  g_autoptr (GString) text = g_string_new (head);
  OhTraceLine line;

  while (text->len < OH_TRACE_LINE_MAX - 1)
    g_string_append_c (text, 'x');
  g_string_append_c (text, ']');
  g_assert_true (oh_trace_line_parse (oh_slice (text->str, text->len), &line));
  g_string_insert_c (text, sizeof head - 1, 'x');
  g_assert_false (oh_trace_line_parse (oh_slice (text->str, text->len), &line));
}

static void
test_body (void)
{
  static const char octets[] = "SIP/2.0 200 OK\r\nTo: a\r\n\r\n--0f6b2a\n--\n-- x\n\\-- y\n\\z";
  static const char expected[] =
    "SIP/2.0 200 OK\nTo: a\n\n--0f6b2a\n\\--\n\\-- x\n\\\\-- y\n\\z\n--\n";
  g_autoptr (GString) text = g_string_new (NULL);

  oh_trace_body_append (oh_slice_str (octets), text);
  g_assert_cmpstr (text->str, ==, expected);
  g_assert_true (oh_slice_equal (oh_trace_body_line (oh_slice_str ("\\\\-- y")), "\\-- y"));
  g_assert_true (oh_slice_equal (oh_trace_body_line (oh_slice_str ("\\--")), "--"));
  g_assert_true (oh_slice_equal (oh_trace_body_line (oh_slice_str ("\\--a")), "\\--a"));
  g_assert_true (oh_slice_equal (oh_trace_body_line (oh_slice_str ("\\z")), "\\z"));
  g_assert_true (oh_trace_is_end (oh_slice_str ("--")));
  g_assert_false (oh_trace_is_end (oh_slice_str ("--0f6b2a")));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/trace-line/table", test_table);
  g_test_add_func ("/trace-line/round-trip", test_round_trip);
  g_test_add_func ("/trace-line/limit", test_limit);
  g_test_add_func ("/trace-line/body", test_body);
  return g_test_run ();
}
