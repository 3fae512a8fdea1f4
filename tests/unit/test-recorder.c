/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "recorder.h"

#include <string.h>

#include "fake-clock.h"
#include "trace-line.h"

typedef struct
{
  OhFakeClock *clock;
  OhRecorder *recorder;
  guint n_recorded;
  guint n_expired;
} Fixture;

static void
on_recorded (OhRecorder *recorder, OhTraceEntry *entry, Fixture *f)
{
  f->n_recorded++;
}

static void
on_expired (OhRecorder *recorder, Fixture *f)
{
  f->n_expired++;
}

static void
set_up (Fixture *f, gconstpointer data)
{
  f->clock = oh_fake_clock_new ();
  f->recorder = oh_recorder_new (OH_CLOCK (f->clock));
  g_signal_connect (f->recorder, "recorded", G_CALLBACK (on_recorded), f);
  g_signal_connect (f->recorder, "expired", G_CALLBACK (on_expired), f);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_assert_finalize_object (f->recorder);
  g_assert_false (oh_wire_tap_wanted ());
  g_assert_cmpuint (oh_fake_clock_n_alarms (f->clock), ==, 0);
  g_assert_finalize_object (f->clock);
}

static void
pass (const char *text)
{
  const OhWireRecord record = { OH_WIRE_IN, "c17", "fe1.fabrikam.test:5061", "pass",
                                oh_slice_str (text) };

  oh_wire_tap (&record);
}

#define MESSAGE                                                                                    \
  "SIP/2.0 200 OK\r\nFrom: \"Alice\" <sip:alice@x.test>\r\n"                                       \
  "Authorization: NTLM response=\"00\"\r\n\r\n"

static void
test_off (Fixture *f, gconstpointer data)
{
  g_autofree char *nothing = NULL;

  pass (MESSAGE);
  nothing = oh_recorder_read (f->recorder, TRUE);
  g_assert_cmpstr (nothing, ==, "");
  g_assert_cmpint (oh_recorder_until (f->recorder), ==, 0);
}

/* Secrets never, names when asked for; what the reader of traces reads is what was meant. */
static void
test_records (Fixture *f, gconstpointer data)
{
  g_autofree char *plain = NULL;
  g_autofree char *named = NULL;
  OhSlice first;
  OhTraceLine line;

  oh_recorder_start (f->recorder);
  pass (MESSAGE);
  oh_wire_tap_note ("c17", NULL, "connection-closed: for\nsip:alice@x.test");
  g_assert_cmpuint (f->n_recorded, ==, 2);
  plain = oh_recorder_read (f->recorder, FALSE);
  named = oh_recorder_read (f->recorder, TRUE);
  g_assert_null (strstr (plain, "lice"));
  g_assert_nonnull (strstr (plain, "From: \"person1\" <sip:person1@x.test>\n"));
  g_assert_nonnull (
    strstr (plain, " note - [pass]\nconnection-closed: for\nsip:person1@x.test\n--\n"));
  g_assert_nonnull (strstr (named, "From: \"Alice\" <sip:alice@x.test>\n"));
  g_assert_nonnull (strstr (named, "response=\"removed\""));
  first = oh_slice_str (plain);
  g_assert_true (oh_trace_line_parse (oh_slice_eat_until (&first, "\n"), &line));
  g_assert_cmpuint (line.connection, ==, 17);
  g_assert_true (oh_slice_equal (line.peer, "fe1.fabrikam.test:5061"));
  oh_recorder_stop (f->recorder);
  pass (MESSAGE);
  g_assert_cmpuint (f->n_recorded, ==, 2);
  oh_recorder_clear (f->recorder);
  g_clear_pointer (&plain, g_free);
  plain = oh_recorder_read (f->recorder, FALSE);
  g_assert_cmpstr (plain, ==, "");
}

/* On while one of them wants it. */
static void
test_holds (Fixture *f, gconstpointer data)
{
  oh_recorder_hold (f->recorder);
  oh_recorder_hold (f->recorder);
  oh_recorder_start (f->recorder);
  oh_recorder_release (f->recorder);
  oh_recorder_stop (f->recorder);
  g_assert_cmpint (oh_recorder_until (f->recorder), !=, 0);
  oh_recorder_release (f->recorder);
  g_assert_cmpint (oh_recorder_until (f->recorder), ==, 0);
  g_assert_false (oh_wire_tap_wanted ());
  oh_recorder_release (f->recorder); /* one too many is none */
  oh_recorder_hold (f->recorder);
  g_assert_true (oh_wire_tap_wanted ());
  oh_recorder_release (f->recorder);
}

/* Left on by mistake: a microsecond before the limit it is on, at the limit it is over, for who
 * started it and for who follows. */
static void
test_limit (Fixture *f, gconstpointer data)
{
  oh_recorder_start (f->recorder);
  oh_fake_clock_advance (f->clock, OH_RECORDER_LIMIT_US - 1);
  oh_recorder_hold (f->recorder); /* begins anew */
  oh_fake_clock_advance (f->clock, OH_RECORDER_LIMIT_US - 1);
  g_assert_true (oh_wire_tap_wanted ());
  g_assert_cmpuint (f->n_expired, ==, 0);
  oh_fake_clock_advance (f->clock, 1);
  g_assert_false (oh_wire_tap_wanted ());
  g_assert_cmpuint (f->n_expired, ==, 1);
  g_assert_cmpint (oh_recorder_until (f->recorder), ==, 0);
  oh_recorder_release (f->recorder);
}

#define ADD(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/recorder/off", test_off);
  ADD ("/recorder/records", test_records);
  ADD ("/recorder/holds", test_holds);
  ADD ("/recorder/limit", test_limit);
  return g_test_run ();
}
