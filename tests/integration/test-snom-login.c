/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How the snom body logs in, and what keeps it from locking a phone. */

#include "fake-clock.h"
#include "snom-desk.h"

#include <string.h>

static void
test_login_forms (void)
{
  static const char *const knobs[] = { "qop=auth",         "qop=none",
                                       "nonce-once=yes",   "realm=snom D785",
                                       "no-length=yes",    "keep-alive=required",
                                       "keep-alive=never", "dial-answer=302-absolute" };

  for (gsize i = 0; i < G_N_ELEMENTS (knobs); i++)
    {
      g_autoptr (PhonePeer) peer = phone_peer_new ("d785", "--set", knobs[i], NULL);
      g_autoptr (OhPhone) phone = desk_phone (peer, NULL);
      g_auto (Result) result = { 0 };

      desk_send (phone, OH_PHONE_DIAL, "124", &result);
      g_assert_no_error (result.error);
      g_assert_cmpint (result.outcome, ==, OH_PHONE_OUTCOME_SENT);
      assert_number_dialled (peer, "number=124");
    }
}

static void
test_stale_nonce (void)
{
  g_autoptr (PhonePeer) peer = phone_peer_new ("d785", NULL);
  g_autoptr (OhPhone) phone = desk_phone (peer, NULL);
  g_auto (Result) result = { 0 };

  probe_succeeds (phone);
  g_assert_cmpuint (phone_peer_count_status (peer, 401), ==, 1);
  phone_peer_command (peer, "expire");
  probe_succeeds (phone);
  g_assert_cmpuint (phone_peer_count_status (peer, 401), ==, 2);
  desk_send (phone, OH_PHONE_DIAL, "124", &result);
  g_assert_no_error (result.error);
  assert_number_dialled (peer, "number=124");
}

/* One request without and one with the wrong password; never a third. */
static void
test_wrong_password (void)
{
  g_autoptr (PhonePeer) peer = phone_peer_new ("d785", NULL);
  g_autoptr (OhPhone) phone = desk_phone (peer, NULL);
  g_auto (Result) result = { 0 };

  oh_phone_set_login (phone, "admin", "wrong");
  probe_fails (phone, OH_PHONE_STATE_UNAUTHORIZED, OH_ERROR_PHONE_LOGIN, "127.0.0.1");
  for (guint i = 0; i < 3; i++)
    {
      desk_send (phone, OH_PHONE_DIAL, "124", &result);
      g_assert_error (result.error, OH_ERROR, OH_ERROR_PHONE_LOGIN);
    }
  g_assert_cmpuint (phone_peer_count (peer, "/"), ==, 2);
  oh_phone_set_login (phone, "admin", "1234");
  desk_send (phone, OH_PHONE_DIAL, "124", &result);
  g_assert_no_error (result.error);
  g_assert_cmpuint (phone_peer_count_status (peer, 401), ==, 2); /* the old challenge did */
  g_assert_cmpuint (phone_peer_count (peer, "/command.htm?number="), ==, 1);
}

static void
test_no_password (void)
{
  g_autoptr (PhonePeer) peer = phone_peer_new ("d785", NULL);
  g_autoptr (OhPhone) phone = desk_phone (peer, NULL);
  g_auto (Result) result = { 0 };

  oh_phone_set_login (phone, NULL, NULL);
  probe_fails (phone, OH_PHONE_STATE_UNAUTHORIZED, OH_ERROR_PHONE_LOGIN, "none is stored");
  desk_probe (phone, &result);
  g_assert_error (result.error, OH_ERROR, OH_ERROR_PHONE_LOGIN);
  oh_phone_set_login (phone, NULL, NULL); /* settings applied anew: nothing new to try */
  desk_probe (phone, &result);
  g_assert_error (result.error, OH_ERROR, OH_ERROR_PHONE_LOGIN);
  g_assert_cmpuint (phone_peer_count (peer, "/"), ==, 1);
}

static void
test_lockout (void)
{
  static const char *const pages[] = { "fail-next blocked", "fail-next 403" };

  for (gsize i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      g_autoptr (PhonePeer) peer = phone_peer_new ("d785", NULL);
      g_autoptr (OhPhone) phone = desk_phone (peer, NULL);
      g_auto (Result) result = { 0 };
      guint before;

      phone_peer_command (peer, pages[i]);
      probe_fails (phone, OH_PHONE_STATE_LOCKED_OUT, OH_ERROR_PHONE_LOCKED_OUT, ":");
      before = phone_peer_count (peer, "/");
      desk_send (phone, OH_PHONE_DIAL, "124", &result);
      g_assert_error (result.error, OH_ERROR, OH_ERROR_PHONE_LOCKED_OUT);
      oh_phone_set_login (phone, "admin", "1234"); /* does not help either */
      desk_probe (phone, &result);
      g_assert_error (result.error, OH_ERROR, OH_ERROR_PHONE_LOCKED_OUT);
      g_assert_cmpuint (phone_peer_count (peer, "/"), ==, before);
    }
}

static gboolean
on_tick (gpointer data)
{
  oh_fake_clock_advance (data, 20 * 1000);
  return G_SOURCE_CONTINUE;
}

static void
run_to_state (OhPhone *phone, OhPhoneState state)
{
  while (oh_phone_get_state (phone) != state)
    g_main_context_iteration (NULL, TRUE);
}

/* Nothing is sent for 60 s, then a look; a second lock-out in a row lasts twice as long. */
static void
test_lockout_ends (void)
{
  g_autoptr (PhonePeer) peer = phone_peer_new ("d785", NULL);
  g_autoptr (OhFakeClock) clock = oh_fake_clock_new ();
  g_autoptr (OhPhone) phone =
    oh_snom_phone_new ("desk", peer->host, "https", NULL, OH_CLOCK (clock));
  guint ticks = g_timeout_add (1, on_tick, clock);
  gint64 since_us;

  oh_phone_set_login (phone, "admin", "1234");
  phone_peer_command (peer, "fail-next blocked");
  probe_fails (phone, OH_PHONE_STATE_LOCKED_OUT, OH_ERROR_PHONE_LOCKED_OUT, ":");
  since_us = oh_clock_now_us (OH_CLOCK (clock));
  phone_peer_command (peer, "fail-next blocked");
  run_to_state (phone, OH_PHONE_STATE_UNKNOWN);
  g_assert_cmpint (oh_clock_now_us (OH_CLOCK (clock)) - since_us, >=, 59 * G_USEC_PER_SEC);

  run_to_state (phone, OH_PHONE_STATE_LOCKED_OUT);
  since_us = oh_clock_now_us (OH_CLOCK (clock));
  run_to_state (phone, OH_PHONE_STATE_READY);
  g_assert_cmpint (oh_clock_now_us (OH_CLOCK (clock)) - since_us, >=, 119 * G_USEC_PER_SEC);
  g_source_remove (ticks);
}

static void
test_basic (void)
{
  g_autoptr (PhonePeer) peer = phone_peer_new ("s360-87", NULL);
  g_autoptr (OhPhone) secure = desk_phone (peer, NULL);
  g_autoptr (OhPhone) open = oh_snom_phone_new ("open", peer->plain, "http", NULL, NULL);

  oh_phone_set_login (open, "admin", "1234");
  probe_fails (open, OH_PHONE_STATE_UNTRUSTED, OH_ERROR_UNTRUSTED, "plain http");
  g_assert_cmpuint (phone_peer_count (peer, "/"), ==, 0);
  desk_trust (open, OH_PHONE_TRUST_NONE, NULL);
  probe_fails (open, OH_PHONE_STATE_UNSUPPORTED, OH_ERROR_PHONE_REFUSED, "http_scheme");
  g_assert_cmpuint (phone_peer_count_logins (peer), ==, 0);
  phone_peer_command (peer, "lockout clear");
  probe_succeeds (secure);
}

static void
test_http_digest_and_upgrade (void)
{
  g_autoptr (PhonePeer) digest = phone_peer_new ("d725", NULL);
  g_autoptr (PhonePeer) moved = phone_peer_new ("d785", NULL);
  g_autoptr (OhPhone) plain = oh_snom_phone_new ("plain", digest->plain, "http", NULL, NULL);
  g_autoptr (OhPhone) upgraded = oh_snom_phone_new ("up", moved->plain, "http", NULL, NULL);

  desk_trust (plain, OH_PHONE_TRUST_NONE, NULL);
  oh_phone_set_login (plain, "admin", "1234");
  probe_succeeds (plain);
  desk_trust (upgraded, OH_PHONE_TRUST_NONE, NULL);
  oh_phone_set_login (upgraded, "admin", "1234");
  probe_succeeds (upgraded);
  g_assert_cmpuint (phone_peer_count_status (moved, 307), ==, 1);
}

/* A phone may serve the settings to administrators only: commands work all the same. */
static void
test_settings_closed (void)
{
  g_autoptr (PhonePeer) peer = phone_peer_new ("d785", NULL);
  g_autoptr (OhSnomListener) listener = oh_snom_listener_new (NULL, 0);
  g_autoptr (OhPhone) phone = desk_phone (peer, listener);
  g_auto (Result) result = { 0 };

  phone_peer_command (peer, "set admin_mode off");
  desk_send (phone, OH_PHONE_DIAL, "124", &result);
  g_assert_no_error (result.error);
  desk_send (phone, OH_PHONE_DND_ON, NULL, &result); /* it could not be seen */
  g_assert_error (result.error, OH_ERROR, OH_ERROR_PHONE_REFUSED);
  g_assert_cmpint (oh_phone_get_state (phone), ==, OH_PHONE_STATE_READY);
  desk_watch_phone (phone, &result);
  g_assert_false (result.ok);
  g_assert_nonnull (result.error);
  g_assert_nonnull (strstr (result.error->message, "admin_mode"));
  g_assert_false (oh_phone_get_watched (phone));
  g_assert_cmpint (oh_phone_get_state (phone), ==, OH_PHONE_STATE_READY);
}

/* A harmless page is asked for again when nothing came; a command is not. */
static void
test_empty_answers (void)
{
  static const char *const faults[] = { "empty", "reset", "truncate" };

  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autoptr (PhonePeer) peer = phone_peer_new ("d785", NULL);
      g_autoptr (OhPhone) phone = desk_phone (peer, NULL);
      g_autofree char *fault = g_strconcat ("fail-next ", faults[i], NULL);
      g_auto (Result) result = { 0 };

      phone_peer_command (peer, fault);
      probe_succeeds (phone);
      phone_peer_command (peer, fault); /* settled already: meets the dial request */
      desk_send (phone, OH_PHONE_DIAL, "124", &result);
      g_assert_no_error (result.error);
      g_assert_cmpint (result.outcome, ==, OH_PHONE_OUTCOME_UNKNOWN);
      g_assert_cmpuint (phone_peer_count (peer, "/command.htm?number="), ==, 1);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/snom-login/login-forms", test_login_forms);
  g_test_add_func ("/snom-login/stale-nonce", test_stale_nonce);
  g_test_add_func ("/snom-login/wrong-password", test_wrong_password);
  g_test_add_func ("/snom-login/no-password", test_no_password);
  g_test_add_func ("/snom-login/lockout", test_lockout);
  g_test_add_func ("/snom-login/lockout-ends", test_lockout_ends);
  g_test_add_func ("/snom-login/basic", test_basic);
  g_test_add_func ("/snom-login/http-digest-and-upgrade", test_http_digest_and_upgrade);
  g_test_add_func ("/snom-login/settings-closed", test_settings_closed);
  g_test_add_func ("/snom-login/empty-answers", test_empty_answers);
  return g_test_run ();
}
