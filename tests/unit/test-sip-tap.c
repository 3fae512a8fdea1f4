/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "sip-stack-fixture.h"
#include "wire-tap.h"

static void
on_wire (const OhWireRecord *record, gpointer user_data)
{
  static const char *const ways[] = { "in", "out", "note" };
  OhSlice line = record->octets;

  line = oh_slice_eat_until (&line, "\r\n");
  g_assert_nonnull (record->conversation);
  g_assert_true (record->conversation[0] == 'c');
  g_string_append_printf (user_data, "%s %s [%s] %.*s;", ways[record->way], record->peer,
                          record->verdict, (int) line.len, line.data);
}

static void
set_up_tap (Fixture *f, gconstpointer data)
{
  set_up (f, data);
  oh_wire_tap_set (on_wire, f->seen);
}

static void
tear_down_tap (Fixture *f, gconstpointer data)
{
  oh_wire_tap_set (NULL, NULL);
  tear_down (f, data);
}

/* What leaves is told as it leaves, what comes with what the guard says of it; a signature of the
 * fake guard is none that the tap knows. */
static void
test_both_ways (Fixture *f, gconstpointer data)
{
  g_autoptr (OhSipMessage) request = NULL;

  send_method (f, "SERVICE");
  request = take (f);
  assert_seen (f, "out - [unsigned] SERVICE sip:bob@fabrikam.test SIP/2.0;");
  answer (f, request, 200);
  assert_seen (f, "in - [unsigned] SIP/2.0 200 OK;SERVICE 200;");
}

static void
test_signed (Fixture *f, gconstpointer data)
{
  ask (f, "BENOTIFY", 1, "", "call-1",
       GOOD "Authentication-Info: NTLM rspauth=\"01000000\", srand=\"1\", snum=\"1\"\r\n");
  assert_seen (f, "in - [pass] BENOTIFY sip:anna@fabrikam.test;gruu SIP/2.0;request BENOTIFY;");
}

static void
test_dropped (Fixture *f, gconstpointer data)
{
  ask (f, "BENOTIFY", 1, "", "call-1", "");
  g_assert_true (
    g_str_has_prefix (f->seen->str, "in - [dropped: ")); /* and reached nothing: no "request" */
  g_assert_null (strstr (f->seen->str, "request"));
  g_string_truncate (f->seen, 0);
  oh_scripted_stream_say (f->peer, "OPTIONS sip:x SIP/2.0\r\nContent-Length: 0\r\n\r\n", -1);
  oh_scripted_stream_settle ();
  g_assert_true (g_str_has_prefix (f->seen->str, "in - [dropped: "));
  g_string_truncate (f->seen, 0);
}

static void
test_closed (Fixture *f, gconstpointer data)
{
  oh_scripted_stream_hang_up (f->peer);
  oh_scripted_stream_settle ();
  g_assert_nonnull (strstr (f->seen->str, "note - [pass] connection-closed: "));
  g_string_truncate (f->seen, 0);
}

static void
test_nobody_listens (Fixture *f, gconstpointer data)
{
  oh_wire_tap_set (NULL, NULL);
  g_assert_false (oh_wire_tap_wanted ());
  send_method (f, "SERVICE");
  assert_seen (f, "");
}

#define ADD_TAP(path, test) g_test_add (path, Fixture, NULL, set_up_tap, test, tear_down_tap)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD_TAP ("/sip-tap/both-ways", test_both_ways);
  ADD_TAP ("/sip-tap/signed", test_signed);
  ADD_TAP ("/sip-tap/dropped", test_dropped);
  ADD_TAP ("/sip-tap/closed", test_closed);
  ADD_TAP ("/sip-tap/nobody-listens", test_nobody_listens);
  return g_test_run ();
}
