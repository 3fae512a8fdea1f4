/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "trace-reader.h"

#include <string.h>

#define OWN "-- 2026-11-21T15:04:05.123456Z c17 out fe1.fabrikam.test:5061 [pass]\n"
#define NOTE "-- 2026-11-21T15:04:06.000000Z c17 note - [pass]\n"
#define LOG                                                                                        \
  "TL_INFO(TF_PROTOCOL) [0]0AD4.1A14::11/21/2026-15:04:05.123.0000a1b2 (SIPStack,x.cpp(125))"

/* What is expected of a record: kind, source, line, and how its text begins and ends. */
typedef struct
{
  OhTraceRecordKind kind;
  OhTraceSource source;
  OhTraceWay way;
  guint line;
  const char *begins;
  const char *ends;
} Expected;

static void
check (const char *text, const Expected *expected, gsize n)
{
  OhTraceReader reader;
  OhTraceRecord record;
  gsize i = 0;

  oh_trace_reader_init (&reader, oh_slice_str (text));
  for (; oh_trace_reader_next (&reader, &record); i++)
    {
      g_autofree char *copy = oh_slice_dup (record.text);

      g_assert_cmpuint (i, <, n);
      g_assert_cmpint (record.kind, ==, expected[i].kind);
      g_assert_cmpint (record.source, ==, expected[i].source);
      g_assert_cmpint (record.way, ==, expected[i].way);
      g_assert_cmpuint (record.line, ==, expected[i].line);
      if (!g_str_has_prefix (copy, expected[i].begins))
        g_assert_cmpstr (copy, ==, expected[i].begins);
      if (!g_str_has_suffix (copy, expected[i].ends))
        g_assert_cmpstr (copy, ==, expected[i].ends);
    }
  g_assert_cmpuint (i, ==, n);
}

static void
test_own (void)
{
  static const Expected expected[] = {
    { OH_TRACE_MESSAGE, OH_TRACE_OWN, OH_TRACE_OUT, 1, "REGISTER", "To: x\n\n" },
    { OH_TRACE_REMARK, OH_TRACE_OWN, OH_TRACE_NOTE, 6, "connected", "connected\n" },
    { OH_TRACE_MESSAGE, OH_TRACE_OWN, OH_TRACE_OUT, 9, "INFO", "SIP/2.0\n" }, /* no end */
    { OH_TRACE_MESSAGE, OH_TRACE_OWN, OH_TRACE_OUT, 11, "BYE", "SIP/2.0" },
  };

  check (OWN "REGISTER sip:x SIP/2.0\nTo: x\n\n--\n" NOTE "connected\n--\n" OWN
             "INFO sip:x SIP/2.0\n" OWN "BYE sip:x SIP/2.0",
         expected, G_N_ELEMENTS (expected));
}

static void
test_front_end (void)
{
  static const Expected expected[] = {
    { OH_TRACE_MESSAGE, OH_TRACE_FRONT_END, OH_TRACE_IN, 2, "Direction", "Message-Body: -\n" },
    { OH_TRACE_REMARK, OH_TRACE_FRONT_END, OH_TRACE_UNKNOWN_WAY, 8, "LogType", "refused\n" },
    { OH_TRACE_REMARK, OH_TRACE_FRONT_END, OH_TRACE_UNKNOWN_WAY, 12, "TL_ERROR", "gone" },
    { OH_TRACE_REMARK, OH_TRACE_FRONT_END, OH_TRACE_UNKNOWN_WAY, 13, "Text", "cut\n" },
    { OH_TRACE_REMARK, OH_TRACE_FRONT_END, OH_TRACE_UNKNOWN_WAY, 15, "TL_INFO", "end" },
  };

  check ("a log\n" LOG "$$begin_record\nDirection: incoming\nPeer: 192.0.2.10:50123\n"
         "Start-Line: REGISTER sip:fabrikam.test SIP/2.0\nMessage-Body: -\n$$end_record\n" LOG
         "$$begin_record\nLogType: security\nText: refused\n$$end_record\n"
         "TL_ERROR(TF_CONNECTION) gone\n" LOG "$$begin_record\nText: cut\nTL_INFO(x) end",
         expected, G_N_ELEMENTS (expected));
}

static void
test_plain (void)
{
  static const Expected expected[] = {
    { OH_TRACE_MESSAGE, OH_TRACE_PLAIN, OH_TRACE_UNKNOWN_WAY, 2, "> REGISTER", "To: x\n>\n" },
    { OH_TRACE_MESSAGE, OH_TRACE_PLAIN, OH_TRACE_UNKNOWN_WAY, 5, "SIP/2.0 401", "To: x\n" },
    { OH_TRACE_MESSAGE, OH_TRACE_PLAIN, OH_TRACE_UNKNOWN_WAY, 7, "NOTIFY", "200 OK\n" },
    { OH_TRACE_MESSAGE, OH_TRACE_PLAIN, OH_TRACE_UNKNOWN_WAY, 11, "INVITE", "To: y" },
  };

  check ("Hello,\n> REGISTER sip:x SIP/2.0\n> To: x\n>\nSIP/2.0 401 Unauthorized\nTo: x\n"
         "NOTIFY sip:x SIP/2.0\nContent-Type: message/sipfrag\n\nSIP/2.0 200 OK\n"
         "INVITE sip:a@b\nSIP/2.0\nTo: y",
         expected, G_N_ELEMENTS (expected));
}

/* A log that went through a mail: quoted, its head wrapped; one whose head was left out; a header
 * alone, and one of a web page. */
static void
test_mailed (void)
{
  static const Expected expected[] = {
    { OH_TRACE_MESSAGE, OH_TRACE_FRONT_END, OH_TRACE_IN, 2, "> Direction", "x\n> " },
    { OH_TRACE_MESSAGE, OH_TRACE_FRONT_END, OH_TRACE_UNKNOWN_WAY, 8, "Start-Line", "y\n" },
    { OH_TRACE_REMARK, OH_TRACE_PLAIN, OH_TRACE_UNKNOWN_WAY, 11, "ms-diagnostics", "x\"" },
    { OH_TRACE_MESSAGE, OH_TRACE_PLAIN, OH_TRACE_UNKNOWN_WAY, 12, "<pre class", "</pre>\n" },
  };

  check ("Hello\n> TL_INFO(TF_PROTOCOL) [0]0AD4.1A14::11/21/2026-15:04:05.123.0000a1b2\n"
         "> (SIPStack,x.cpp(125))$$begin_record\n> Direction: incoming\n> Start-Line: x\n"
         "> $$end_record\n> and\n$$begin_record\nStart-Line: y\n$$end_record\n"
         "> ms-diagnostics: 1000;reason=\"x\"\n<pre class=\"log\">REGISTER sip:x SIP/2.0\n"
         "To: x</pre>\n",
         expected, G_N_ELEMENTS (expected));
}

static void
test_client_log (void)
{
  static const Expected expected[] = {
    { OH_TRACE_MESSAGE, OH_TRACE_PLAIN, OH_TRACE_OUT, 2, "11/21/2026|", "To: x\n" },
    { OH_TRACE_MESSAGE, OH_TRACE_PLAIN, OH_TRACE_IN, 6, "11/21/2026|", "To: x\n" },
  };

#define STAMP "11/21/2026|15:04:05.123 A2C:1B88 INFO  :: "
  check (STAMP
         "Sending Packet - 192.0.2.1:5061 (From Local Address: 192.0.2.7:50123) 44 bytes:\n" STAMP
         "REGISTER sip:x SIP/2.0\nTo: x\n" STAMP "End of Sending Packet - 192.0.2.1:5061\n" STAMP
         "Data Received - 192.0.2.1:5061 (To Local Address: 192.0.2.7:50123) 44 bytes:\n" STAMP
         "SIP/2.0 200 OK\nTo: x\n" STAMP "End of Data Received - 192.0.2.1:5061\n",
         expected, G_N_ELEMENTS (expected));
#undef STAMP
}

static void
test_details (void)
{
  OhTraceReader reader;
  OhTraceRecord record;

  oh_trace_reader_init (&reader, oh_slice_str (LOG "$$begin_record\nPeer: 192.0.2.10:50123\n"
                                                   "Start-Line: x\n$$end_record\n" OWN "x\n--\n"));
  g_assert_true (oh_trace_reader_next (&reader, &record));
  g_assert_cmpint (record.time_us, ==, G_GINT64_CONSTANT (1795273445123000));
  g_assert_false (record.is_utc);
  g_assert_true (oh_slice_equal (record.peer, "192.0.2.10:50123"));
  g_assert_true (oh_trace_reader_next (&reader, &record));
  g_assert_cmpint (record.time_us, ==, G_GINT64_CONSTANT (1795273445123456));
  g_assert_true (record.is_utc);
  g_assert_cmpuint (record.connection, ==, 17);
  g_assert_true (oh_slice_equal (record.verdict, "pass"));
  g_assert_cmpuint (record.text_line, ==, 6);
}

static void
test_start (void)
{
  static const struct
  {
    const char *line, *next;
    gboolean is_start;
  } cases[] = {
    { "REGISTER sip:x SIP/2.0", "", TRUE },
    { "SIP/2.0 401 Unauthorized", "", TRUE },
    { "SIP/2.0 401", "", TRUE },
    { "HTTP/1.1 401 Unauthorized", "", TRUE },
    { "GET /autodiscover HTTP/1.1", "", TRUE },
    { "INVITE sip:anna.berg@fabrikam.test;user=phone", "SIP/2.0", TRUE },
    { "INVITE sip:anna.berg@fabrikam.test;opaque=user:epid:x", "y;gruu SIP/2.0", TRUE },
    { "INVITE sip:a@b", "SIP/2.0 200 OK", FALSE },
    { "INVITE you to sip", "Via: SIP/2.0/TLS x", FALSE },
    { "register sip:x SIP/2.0", "", FALSE },
    { "SIP/2.0 4x1", "", FALSE },
    { "SIP/2.0 701 x", "", FALSE },
    { "SIP/2.0/TLS 192.0.2.7", "", FALSE },
    { "BYE", "", FALSE },
    { "", "", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (oh_trace_is_start (oh_slice_str (cases[i].line), oh_slice_str (cases[i].next)),
                     ==, cases[i].is_start);
  g_assert_true (oh_slice_equal (oh_trace_unquote (oh_slice_str ("> >\t\xc2\xa0| x")), "x"));
  g_assert_true (oh_slice_equal (oh_trace_unquote (oh_slice_str ("&gt; &nbsp;x")), "x"));
  g_assert_true (oh_slice_equal (oh_trace_unquote (oh_slice_str ("<p><span a=\"b\">x")), "x"));
  g_assert_true (oh_slice_equal (oh_trace_unquote (oh_slice_str ("<sip:x>")), "<sip:x>"));
}

/* A line at the limit is one line; one octet more makes it two. */
static void
test_limits (void)
{
  g_autoptr (GString) text = g_string_new (OWN);
  OhTraceReader reader;
  OhTraceRecord record;

  for (gsize extra = 0; extra < 2; extra++)
    {
      g_string_truncate (text, sizeof OWN - 1);
      for (gsize i = 0; i < OH_TRACE_TEXT_LINE_MAX + extra; i++)
        g_string_append_c (text, 'x');
      g_string_append (text, "\n--\n" NOTE "--\n");
      oh_trace_reader_init (&reader, oh_slice (text->str, text->len));
      g_assert_true (oh_trace_reader_next (&reader, &record));
      g_assert_true (oh_trace_reader_next (&reader, &record));
      g_assert_cmpuint (record.line, ==, 4 + extra);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/trace-reader/own", test_own);
  g_test_add_func ("/trace-reader/front-end", test_front_end);
  g_test_add_func ("/trace-reader/plain", test_plain);
  g_test_add_func ("/trace-reader/mailed", test_mailed);
  g_test_add_func ("/trace-reader/client-log", test_client_log);
  g_test_add_func ("/trace-reader/details", test_details);
  g_test_add_func ("/trace-reader/start", test_start);
  g_test_add_func ("/trace-reader/limits", test_limits);
  return g_test_run ();
}
