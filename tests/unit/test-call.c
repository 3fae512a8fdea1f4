/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "call.h"
#include "fake-clock.h"
#include "fake-phone.h"

/* Rows: from; columns: to. 'x' is legal. */
static void
test_moves (void)
{
  static const char *const table[OH_N_CALL_STATES] = {
    /* DRICHEU */
    ".x.x.xx", /* dialing */
    "...x.xx", /* ringing */
    "...x.xx", /* incoming */
    "....xxx", /* connected */
    "...x.xx", /* held */
    ".......", /* ended */
    "xxxxxx.", /* unknown */
  };

  for (guint from = 0; from < OH_N_CALL_STATES; from++)
    for (guint to = 0; to < OH_N_CALL_STATES; to++)
      g_assert_cmpint (oh_call_may_become (from, to), ==, table[from][to] == 'x');
}

static void
test_since (void)
{
  g_autoptr (OhFakeClock) clock = oh_fake_clock_new ();
  g_autoptr (OhFakePhone) phone = oh_fake_phone_new ("desk", OH_CLOCK (clock), TRUE);
  g_autoptr (OhCall) call =
    oh_call_new (OH_PHONE (phone), OH_CALL_DIRECTION_OUTGOING, OH_CALL_DIALING);
  gint64 start = oh_call_get_since_us (call);

  g_assert_cmpint (start, ==, oh_clock_wall_us (OH_CLOCK (clock)));
  oh_fake_clock_advance (clock, 5 * G_USEC_PER_SEC);
  g_assert_true (oh_call_set_state (call, OH_CALL_CONNECTED));
  g_assert_cmpint (oh_call_get_since_us (call), ==, start + 5 * G_USEC_PER_SEC);
  oh_fake_clock_advance (clock, 5 * G_USEC_PER_SEC);
  g_assert_true (oh_call_set_state (call, OH_CALL_HELD));
  g_assert_true (oh_call_set_state (call, OH_CALL_CONNECTED)); /* the same conversation */
  g_assert_cmpint (oh_call_get_since_us (call), ==, start + 5 * G_USEC_PER_SEC);
  g_assert_true (oh_call_set_state (call, OH_CALL_ENDED));
  g_assert_cmpint (oh_call_get_since_us (call), ==, start + 10 * G_USEC_PER_SEC);
  g_assert_false (oh_call_set_state (call, OH_CALL_CONNECTED));
  g_assert_cmpint (oh_call_get_state (call), ==, OH_CALL_ENDED);
}

static void
test_matches (void)
{
  static const struct
  {
    const char *call, *remote, *local;
    const char *other_call, *other_remote, *other_local;
    gboolean same;
  } cases[] = {
    { "a", "1@x", "2@x", "a", "9@x", "8@x", TRUE }, /* the name decides */
    { "a", "1@x", "2@x", "b", "1@x", "2@x", FALSE },
    { NULL, "1@x", "2@x", NULL, "1@x", "2@x", TRUE },
    { NULL, "1@x", "2@x", NULL, "1@x", NULL, TRUE },
    { NULL, "1@x", "2@x", NULL, "1@x", "3@x", FALSE },
    { "a", "1@x", "2@x", NULL, "1@x", "2@x", TRUE }, /* not every event has every variable */
    { "a", "1@x", "2@x", NULL, NULL, NULL, FALSE },
    { NULL, NULL, NULL, "b", "1@x", NULL, FALSE },
  };
  g_autoptr (OhFakeClock) clock = oh_fake_clock_new ();
  g_autoptr (OhFakePhone) phone = oh_fake_phone_new ("desk", OH_CLOCK (clock), TRUE);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OhCall) call =
        oh_call_new (OH_PHONE (phone), OH_CALL_DIRECTION_UNKNOWN, OH_CALL_CONNECTED);
      g_autoptr (OhPhoneEvent) known = oh_phone_event_new (OH_PHONE_EVENT_CONNECTED);
      g_autoptr (OhPhoneEvent) event = oh_phone_event_new (OH_PHONE_EVENT_DISCONNECTED);

      known->call = g_strdup (cases[i].call);
      known->remote = g_strdup (cases[i].remote);
      known->local = g_strdup (cases[i].local);
      event->call = g_strdup (cases[i].other_call);
      event->remote = g_strdup (cases[i].other_remote);
      event->local = g_strdup (cases[i].other_local);
      oh_call_learn (call, known);
      g_assert_cmpint (oh_call_matches (call, event), ==, cases[i].same);
    }
}

static void
test_words (void)
{
  g_assert_cmpstr (oh_call_state_nick (OH_CALL_DIALING), ==, "dialing");
  g_assert_cmpstr (oh_call_state_nick (OH_CALL_UNKNOWN), ==, "unknown");
  g_assert_cmpstr (oh_call_direction_nick (OH_CALL_DIRECTION_OUTGOING), ==, "outgoing");
  g_assert_cmpstr (oh_call_direction_nick (OH_CALL_DIRECTION_INCOMING), ==, "incoming");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/call/moves", test_moves);
  g_test_add_func ("/call/since", test_since);
  g_test_add_func ("/call/matches", test_matches);
  g_test_add_func ("/call/words", test_words);
  return g_test_run ();
}
