/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the snom body sends, against the phone simulator over real TLS. */

#include "fake-clock.h"
#include "snom-desk.h"

#include <string.h>

/* Whatever a phone answers to a dial request: it left once, and says what it is. */
static void
test_dial (void)
{
  static const struct
  {
    const char *personality;
    OhPhoneOutcome outcome;
    const char *model;
  } cases[] = {
    { "d785", OH_PHONE_OUTCOME_SENT, "snomD785" },
    { "d725", OH_PHONE_OUTCOME_SENT, "snomD725" },
    { "s360-87", OH_PHONE_OUTCOME_SENT, "snom360" },
    { "s360-drop", OH_PHONE_OUTCOME_UNKNOWN, "snom360" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (PhonePeer) peer = phone_peer_new (cases[i].personality, NULL);
      g_autoptr (OhPhone) phone = desk_phone (peer, NULL);
      g_auto (Result) result = { 0 };

      desk_send (phone, OH_PHONE_DIAL, "+493012345678", &result);
      g_assert_no_error (result.error);
      g_assert_cmpint (result.outcome, ==, cases[i].outcome);
      assert_number_dialled (peer, "number=%2B493012345678");
      g_assert_cmpint (oh_phone_get_state (phone), ==, OH_PHONE_STATE_READY);
      g_assert_cmpstr (oh_phone_get_model (phone), ==, cases[i].model);
      g_assert_cmpstr (oh_phone_get_mac (phone), ==, "000413AABBCC");
      g_assert_cmpstr (oh_phone_get_fingerprint (phone), ==, peer->spki);
    }
}

static void
test_probe (void)
{
  static const struct
  {
    const char *personality;
    OhPhoneState state;
    OhError code;
    const char *named;
  } cases[] = {
    { "d785-strict", OH_PHONE_STATE_UNSUPPORTED, OH_ERROR_PHONE_REFUSED, "use_hidden_tags" },
    { "d865", OH_PHONE_STATE_UNSUPPORTED, OH_ERROR_UNSUPPORTED, "D8xx" },
    { "dead", OH_PHONE_STATE_UNREACHABLE, OH_ERROR_UNREACHABLE, "127.0.0.1" },
    { "half", OH_PHONE_STATE_UNREACHABLE, OH_ERROR_UNREACHABLE, "127.0.0.1" },
    { "slow", OH_PHONE_STATE_UNREACHABLE, OH_ERROR_UNREACHABLE, "in time" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (PhonePeer) peer = phone_peer_new (cases[i].personality, NULL);
      g_autoptr (OhPhone) phone = desk_phone (peer, NULL);
      g_auto (Result) result = { 0 };

      probe_fails (phone, cases[i].state, cases[i].code, cases[i].named);
      desk_send (phone, OH_PHONE_DIAL, "124", &result);
      g_assert_error (result.error, OH_ERROR, (int) cases[i].code);
      g_assert_cmpuint (phone_peer_count (peer, "/command.htm"), ==, 0);
    }
}

static void
test_unprotected (void)
{
  g_autoptr (PhonePeer) peer = phone_peer_new ("d785", "--auth", "none", NULL);
  g_autoptr (OhPhone) phone = desk_phone (peer, NULL);

  probe_succeeds (phone);
  g_assert_cmpuint (phone_peer_count_logins (peer), ==, 0);
  g_assert_cmpuint (oh_phone_get_capabilities (phone) & OH_PHONE_IS_UNPROTECTED, !=, 0);
}

/* Other generations and editions, each by its own way in. */
static void
test_others (void)
{
  static const struct
  {
    const char *personality;
    gboolean secure;
    gboolean ready;
    const char *named; /* in the reason */
  } cases[] = {
    { "blank", TRUE, TRUE, NULL },
    { "s190", FALSE, FALSE, "http_scheme" }, /* Basic in the open and nothing else */
    { "uc", TRUE, TRUE, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (PhonePeer) peer = phone_peer_new (cases[i].personality, NULL);
      g_autoptr (OhPhone) phone =
        oh_snom_phone_new ("other", cases[i].secure ? peer->host : peer->plain,
                           cases[i].secure ? "https" : "http", NULL, NULL);
      g_auto (Result) result = { 0 };

      oh_phone_set_login (phone, "admin", "1234");
      if (!cases[i].secure)
        desk_trust (phone, OH_PHONE_TRUST_NONE, NULL);
      desk_probe (phone, &result);
      g_test_message ("%s: %s", cases[i].personality,
                      result.error != NULL ? result.error->message : "ready");
      g_assert_cmpint (result.ok, ==, cases[i].ready);
      if (!cases[i].ready)
        g_assert_nonnull (strstr (result.error->message, cases[i].named));
    }
}

/* A clock that runs twenty times as fast as the wall's. */
static gboolean
on_tick (gpointer data)
{
  oh_fake_clock_advance (data, 20 * 1000);
  return G_SOURCE_CONTINUE;
}

/* The phone is away, starts, and is found again without anybody asking. */
static void
test_comes_back (void)
{
  g_autoptr (PhonePeer) peer = phone_peer_new ("d785", "--set", "reboot-time=500", NULL);
  g_autoptr (OhFakeClock) clock = oh_fake_clock_new ();
  g_autoptr (OhPhone) phone =
    oh_snom_phone_new ("desk", peer->host, "https", NULL, OH_CLOCK (clock));
  guint ticks = g_timeout_add (1, on_tick, clock);
  guint from;

  oh_phone_set_login (phone, "admin", "1234");
  probe_succeeds (phone);
  from = peer->log->len;
  phone_peer_command (peer, "power-cut");
  phone_peer_wait (peer, from, "down", NULL, NULL);
  probe_fails (phone, OH_PHONE_STATE_UNREACHABLE, OH_ERROR_UNREACHABLE, "127.0.0.1");
  while (oh_phone_get_state (phone) != OH_PHONE_STATE_READY)
    g_main_context_iteration (NULL, TRUE);
  g_assert_null (oh_phone_get_reason (phone));
  g_source_remove (ticks);
}

static void
test_commands (void)
{
  static const struct
  {
    OhPhoneVerb verb;
    const char *argument;
    const char *query;
  } cases[] = {
    { OH_PHONE_ANSWER, NULL, "/command.htm?key=ENTER" },
    { OH_PHONE_HOLD, NULL, "/command.htm?key=F_HOLD" },
    { OH_PHONE_DTMF, "12#", "/command.htm?key_dtmf=12%23" },
    { OH_PHONE_HANG_UP, NULL, "/command.htm?key=CANCEL" },
    { OH_PHONE_HANG_UP_ALL, NULL, "/command.htm?RELEASE_ALL_CALLS" },
  };
  g_autoptr (PhonePeer) peer = phone_peer_new ("d785", NULL);
  g_autoptr (OhPhone) phone = desk_phone (peer, NULL);
  g_auto (Result) result = { 0 };

  phone_peer_command (peer, "ring 030123");
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      desk_send (phone, cases[i].verb, cases[i].argument, &result);
      g_assert_no_error (result.error);
      g_assert_cmpint (result.outcome, ==, OH_PHONE_OUTCOME_SENT);
      g_assert_cmpuint (phone_peer_count (peer, cases[i].query), ==, 1);
    }
  phone_peer_wait (peer, 0, "call", "state", "connected");
  phone_peer_wait (peer, 0, "call", "state", "holding");
  phone_peer_wait (peer, 0, "call", "state", "closed");
  desk_send (phone, OH_PHONE_DIAL, "030 12", &result); /* a blank: not for the phone to judge */
  g_assert_error (result.error, OH_ERROR, OH_ERROR_USAGE);
}

static void
on_sent (GObject *source, GAsyncResult *async, gpointer user_data)
{
  Result *result = user_data;

  result->outcome = oh_phone_send_finish (OH_PHONE (source), async, &result->error);
  result->done = TRUE;
}

/* The user changes their mind while the request waits behind another one, or on its harmless page:
   it never leaves, and the phone is none the worse. */
static void
test_taken_back (void)
{
  const OhPhoneCommand first = { .verb = OH_PHONE_VOLUME_UP };
  const OhPhoneCommand dial = { .verb = OH_PHONE_DIAL, .argument = "124" };
  g_autoptr (PhonePeer) peer = phone_peer_new ("d785", NULL);
  g_autoptr (OhPhone) phone = desk_phone (peer, NULL);
  g_autoptr (GCancellable) second_thoughts = g_cancellable_new ();
  g_auto (Result) before = { 0 };
  g_auto (Result) taken_back = { 0 };

  probe_succeeds (phone);
  oh_phone_send_async (phone, &first, NULL, on_sent, &before);
  oh_phone_send_async (phone, &dial, second_thoughts, on_sent, &taken_back);
  g_cancellable_cancel (second_thoughts);
  run_until (&before.done);
  run_until (&taken_back.done);
  g_assert_no_error (before.error);
  g_assert_error (taken_back.error, OH_ERROR, OH_ERROR_CANCELLED);
  g_assert_cmpint (oh_phone_get_state (phone), ==, OH_PHONE_STATE_READY);
  desk_send (phone, OH_PHONE_VOLUME_DOWN, NULL, &before); /* all that was before has arrived */
  g_assert_no_error (before.error);
  g_assert_cmpuint (phone_peer_count (peer, "number="), ==, 0);
}

/* Absolute, whatever it was before, and looked at afterwards: a phone says "200" to everything. */
static void
test_dnd (void)
{
  static const struct
  {
    OhPhoneVerb verb;
    gboolean on;
  } cases[] = {
    { OH_PHONE_DND_ON, TRUE },
    { OH_PHONE_DND_ON, TRUE },
    { OH_PHONE_DND_OFF, FALSE },
    { OH_PHONE_DND_ON, TRUE },
  };
  g_autoptr (PhonePeer) peer = phone_peer_new ("d785", NULL);
  g_autoptr (OhPhone) phone = desk_phone (peer, NULL);
  g_auto (Result) result = { 0 };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *value = NULL;

      desk_send (phone, cases[i].verb, NULL, &result);
      g_assert_no_error (result.error);
      g_assert_cmpint (result.outcome, ==, OH_PHONE_OUTCOME_CONFIRMED);
      g_assert_cmpint (oh_phone_get_dnd (phone), ==, cases[i].on);
      value = phone_peer_get (peer, "dnd_mode");
      g_assert_cmpstr (value, ==, cases[i].on ? "on" : "off");
    }
  g_assert_true (oh_phone_get_capabilities (phone) & OH_PHONE_CAN_DND);
  phone_peer_command (peer, "flag dnd_mode &"); /* nobody may write it any more */
  desk_send (phone, OH_PHONE_DND_OFF, NULL, &result);
  g_assert_error (result.error, OH_ERROR, OH_ERROR_PHONE_REFUSED);
  g_assert_true (oh_phone_get_dnd (phone));
  g_assert_cmpint (oh_phone_get_state (phone), ==, OH_PHONE_STATE_READY);
}

static void
test_identity (void)
{
  g_autoptr (PhonePeer) peer = phone_peer_new ("d785", NULL);
  g_autoptr (OhPhone) phone = desk_phone (peer, NULL);
  g_auto (Result) result = { 0 };

  oh_snom_phone_set_identity (OH_SNOM_PHONE (phone), "440@pbx.example");
  desk_send (phone, OH_PHONE_DIAL, "124", &result);
  g_assert_no_error (result.error);
  assert_number_dialled (peer, "number=124&outgoing_uri=440@pbx.example");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/snom-phone/dial", test_dial);
  g_test_add_func ("/snom-phone/probe", test_probe);
  g_test_add_func ("/snom-phone/unprotected", test_unprotected);
  g_test_add_func ("/snom-phone/others", test_others);
  g_test_add_func ("/snom-phone/comes-back", test_comes_back);
  g_test_add_func ("/snom-phone/commands", test_commands);
  g_test_add_func ("/snom-phone/taken-back", test_taken_back);
  g_test_add_func ("/snom-phone/dnd", test_dnd);
  g_test_add_func ("/snom-phone/identity", test_identity);
  return g_test_run ();
}
