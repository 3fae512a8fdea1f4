/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the snom body sends, against the phone simulator over real TLS. */

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
  g_test_add_func ("/snom-phone/commands", test_commands);
  g_test_add_func ("/snom-phone/identity", test_identity);
  return g_test_run ();
}
