/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "csta-calls.h"

#include <string.h>

#define ME "sip:440@pbx.example"
#define BOB "sip:0301234567@pbx.example"

typedef struct
{
  OhCstaCalls *calls;
  GString *told; /* "outgoing 0301234567@pbx.example;" */
} Fixture;

static void
on_told (OhPhoneEvent *event, gpointer user_data)
{
  GString *told = user_data;

  g_string_append_printf (told, "%s", oh_phone_event_kind_word (event->kind));
  if (event->remote != NULL)
    g_string_append_printf (told, " %.*s", (int) strcspn (event->remote, "@"), event->remote);
  g_string_append_c (told, ';');
  g_assert_nonnull (event->call);
  g_assert_cmpstr (event->local, ==, "440@pbx.example");
  oh_phone_event_free (event);
}

static void
set_up (Fixture *f, gconstpointer data)
{
  f->told = g_string_new (NULL);
  f->calls = oh_csta_calls_new (on_told, f->told);
  oh_csta_calls_set_device (f->calls, ME);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  oh_csta_calls_free (f->calls);
  g_string_free (f->told, TRUE);
}

static void
assert_told (Fixture *f, const char *expected)
{
  g_assert_cmpstr (f->told->str, ==, expected);
  g_string_truncate (f->told, 0);
}

/* "O" originated, "D" delivered to us, "d" delivered to the other end, "E" established, "H" held,
 * "h" held by the other end, "R" retrieved, "C" cleared by the other end, "c" by us, "x" somebody
 * else has left, "F" failed, "I" off hook, "V" diverted, "Z" the call is cleared; outgoing calls in
 * upper and lower case alike name us as the caller when @out. */
static gboolean
take (Fixture *f, char letter, const char *id, gboolean out)
{
  static const struct
  {
    char letter;
    OhCstaEvent event;
    OhCstaState local;
    const char *acting;
  } kinds[] = {
    { 'I', OH_CSTA_INITIATED, OH_CSTA_STATE_INITIATED, ME },
    { 'O', OH_CSTA_ORIGINATED, OH_CSTA_STATE_CONNECTED, NULL },
    { 'D', OH_CSTA_DELIVERED, OH_CSTA_STATE_ALERTING, NULL },
    { 'd', OH_CSTA_DELIVERED, OH_CSTA_STATE_CONNECTED, NULL },
    { 'E', OH_CSTA_ESTABLISHED, OH_CSTA_STATE_CONNECTED, NULL },
    { 'H', OH_CSTA_HELD, OH_CSTA_STATE_HOLD, ME },
    { 'h', OH_CSTA_HELD, OH_CSTA_STATE_CONNECTED, BOB },
    { 'R', OH_CSTA_RETRIEVED, OH_CSTA_STATE_CONNECTED, ME },
    { 'C', OH_CSTA_CLEARED, OH_CSTA_STATE_NULL, BOB },
    { 'c', OH_CSTA_CLEARED, OH_CSTA_STATE_NULL, ME },
    { 'x', OH_CSTA_CLEARED, OH_CSTA_STATE_CONNECTED, BOB },
    { 'F', OH_CSTA_FAILED, OH_CSTA_STATE_FAILED, BOB },
    { 'V', OH_CSTA_DIVERTED, OH_CSTA_STATE_NULL, NULL },
    { 'Z', OH_CSTA_CALL_CLEARED, OH_CSTA_STATE_UNTOLD, BOB },
  };
  OhCstaDocument event = { .kind = OH_CSTA_KIND_EVENT };

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (kinds[i].letter == letter)
      {
        event.event = kinds[i].event;
        event.local_state = kinds[i].local;
        event.acting = (char *) kinds[i].acting;
        event.end.call = (char *) id;
        event.end.device = (char *) ME;
        event.calling = (char *) (out ? ME : BOB);
        event.called = (char *) (out ? BOB : ME);
        return oh_csta_calls_take_event (f->calls, &event);
      }
  g_assert_not_reached ();
}

/* Every order that a phone may tell things in, doubled, missing and late ones included. */
static void
test_orders (Fixture *f, gconstpointer data)
{
  static const struct
  {
    const char *events;
    gboolean out;
    const char *told;
  } cases[] = {
    { "OdEC", TRUE,
      "outgoing 0301234567;ringing 0301234567;connected 0301234567;disconnected 0301234567;" },
    { "IOdEc", TRUE,
      "outgoing 0301234567;ringing 0301234567;connected 0301234567;disconnected 0301234567;" },
    { "OOddEECC", TRUE,
      "outgoing 0301234567;ringing 0301234567;connected 0301234567;disconnected 0301234567;" },
    { "dOEC", TRUE,
      "outgoing 0301234567;ringing 0301234567;connected 0301234567;disconnected 0301234567;" },
    { "EOdC", TRUE, "outgoing 0301234567;connected 0301234567;disconnected 0301234567;" },
    { "OF", TRUE, "outgoing 0301234567;disconnected 0301234567;" },
    { "OZ", TRUE, "outgoing 0301234567;disconnected 0301234567;" },
    { "DEc", FALSE, "incoming 0301234567;connected 0301234567;disconnected 0301234567;" },
    { "DDEEcC", FALSE, "incoming 0301234567;connected 0301234567;disconnected 0301234567;" },
    { "EDc", FALSE, "incoming 0301234567;connected 0301234567;disconnected 0301234567;" },
    { "DC", FALSE, "incoming 0301234567;disconnected 0301234567;missed 0301234567;" },
    { "Dc", FALSE, "incoming 0301234567;disconnected 0301234567;" },
    { "DV", FALSE, "incoming 0301234567;disconnected 0301234567;" },
    { "DEHRC", FALSE,
      "incoming 0301234567;connected 0301234567;held 0301234567;resumed 0301234567;disconnected "
      "0301234567;" },
    { "DEHEC", FALSE,
      "incoming 0301234567;connected 0301234567;held 0301234567;disconnected 0301234567;" },
    { "DEhRxC", FALSE, "incoming 0301234567;connected 0301234567;disconnected 0301234567;" },
    { "Ic", TRUE, "" },
    { "CRcFZV", TRUE, "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s", cases[i].events);
      for (const char *p = cases[i].events; *p != '\0'; p++)
        g_assert_false (take (f, *p, "-12", cases[i].out));
      assert_told (f, cases[i].told);
      g_assert_null (oh_csta_calls_nth (f->calls, 0));
    }
}

/* A phone that has started anew begins its small numbers anew: another call, another name. */
static void
test_names (Fixture *f, gconstpointer data)
{
  g_autofree char *first = NULL;

  take (f, 'D', "1", FALSE);
  first = g_strdup (oh_csta_calls_nth (f->calls, 0)->name);
  take (f, 'c', "1", FALSE);
  take (f, 'D', "1", FALSE);
  g_assert_cmpstr (oh_csta_calls_nth (f->calls, 0)->name, !=, first);
  g_assert_null (oh_csta_calls_find (f->calls, first, G_MAXUINT));
  g_assert_nonnull (oh_csta_calls_find (f->calls, NULL, 1u << OH_CSTA_CALL_OFFERED));
  take (f, 'D', "2", FALSE);
  g_assert_null (oh_csta_calls_find (f->calls, NULL, 1u << OH_CSTA_CALL_OFFERED)); /* which? */
}

static void
test_placed (Fixture *f, gconstpointer data)
{
  OhCstaEnd end = { (char *) "-3", (char *) ME, OH_CSTA_STATE_UNTOLD };

  oh_csta_calls_placed (f->calls, &end, "0301234567");
  take (f, 'O', "-3", TRUE);
  take (f, 'd', "-3", TRUE);
  oh_csta_calls_placed (f->calls, &end, "0301234567"); /* its answer came late */
  assert_told (f, "outgoing 0301234567;ringing 0301234567;");
}

static GPtrArray *
ends (const char *id, OhCstaState state, const char *more)
{
  GPtrArray *list = g_ptr_array_new_with_free_func (g_free);
  OhCstaEnd *end = g_new0 (OhCstaEnd, 1);

  *end = (OhCstaEnd){ (char *) id, (char *) ME, state };
  if (id != NULL)
    g_ptr_array_add (list, end);
  else
    g_free (end);
  if (more != NULL)
    {
      end = g_new0 (OhCstaEnd, 1);
      *end = (OhCstaEnd){ (char *) more, (char *) BOB, OH_CSTA_STATE_UNTOLD };
      g_ptr_array_add (list, end);
    }
  return list;
}

static void
test_snapshots (Fixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) none = ends (NULL, 0, NULL);
  g_autoptr (GPtrArray) rings = ends ("1", OH_CSTA_STATE_ALERTING, NULL);
  g_autoptr (GPtrArray) up = ends ("1", OH_CSTA_STATE_CONNECTED, NULL);
  g_autoptr (GPtrArray) held = ends ("1", OH_CSTA_STATE_HOLD, NULL);
  g_autoptr (GPtrArray) parties = ends ("1", OH_CSTA_STATE_UNTOLD, "1");

  oh_csta_calls_learn_party (f->calls, parties);
  oh_csta_calls_take_snapshot (f->calls, rings);
  assert_told (f, "incoming 0301234567;");
  oh_csta_calls_take_snapshot (f->calls, up);
  assert_told (f, "connected 0301234567;");
  oh_csta_calls_take_snapshot (f->calls, up); /* whoever lost sight of it sees it again */
  assert_told (f, "connected 0301234567;");
  oh_csta_calls_take_snapshot (f->calls, held);
  assert_told (f, "held 0301234567;");
  oh_csta_calls_take_snapshot (f->calls, none);
  assert_told (f, "disconnected 0301234567;");
}

/* Our own end of a call that is placed is connected before the other one is. */
static void
test_snapshot_of_attempt (Fixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) up = ends ("1", OH_CSTA_STATE_CONNECTED, NULL);

  take (f, 'O', "1", TRUE);
  take (f, 'd', "1", TRUE);
  oh_csta_calls_take_snapshot (f->calls, up);
  assert_told (f, "outgoing 0301234567;ringing 0301234567;ringing 0301234567;");
}

static void
test_transfers (Fixture *f, gconstpointer data)
{
  OhCstaDocument event = { .kind = OH_CSTA_KIND_EVENT,
                           .event = OH_CSTA_TRANSFERRED,
                           .end = { (char *) "1", NULL, 0 },
                           .other_end = { (char *) "2", NULL, 0 },
                           .acting = (char *) ME };

  for (guint by_other = 0; by_other <= 1; by_other++)
    {
      take (f, 'E', "1", FALSE);
      take (f, 'H', "1", FALSE);
      take (f, 'E', "2", FALSE);
      g_string_truncate (f->told, 0);
      event.acting = (char *) (by_other ? BOB : ME);
      g_assert_cmpint (oh_csta_calls_take_event (f->calls, &event), ==, by_other == 1);
      assert_told (f, by_other ? ""
                               : "transferred 0301234567;disconnected 0301234567;"
                                 "disconnected 0301234567;");
    }
  event.event = OH_CSTA_CONFERENCED;
  g_assert_true (oh_csta_calls_take_event (f->calls, &event)); /* a snapshot has to tell */
}

/* At the limit, and one beyond. */
static void
test_limit (Fixture *f, gconstpointer data)
{
  for (guint i = 0; i <= OH_CSTA_CALLS_MAX; i++)
    {
      g_autofree char *id = g_strdup_printf ("%u", i);

      take (f, 'D', id, FALSE);
      g_assert_cmpint (oh_csta_calls_knows (f->calls, id), ==, i < OH_CSTA_CALLS_MAX);
    }
}

#define ADD(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/csta-calls/orders", test_orders);
  ADD ("/csta-calls/names", test_names);
  ADD ("/csta-calls/placed", test_placed);
  ADD ("/csta-calls/snapshots", test_snapshots);
  ADD ("/csta-calls/snapshot-of-attempt", test_snapshot_of_attempt);
  ADD ("/csta-calls/transfers", test_transfers);
  ADD ("/csta-calls/limit", test_limit);
  return g_test_run ();
}
