/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "snom-desk.h"

#include <string.h>

void
result_clear (Result *result)
{
  g_clear_error (&result->error);
  memset (result, 0, sizeof *result);
}

static void
on_sent (GObject *source, GAsyncResult *async, gpointer user_data)
{
  Result *result = user_data;

  result->outcome = oh_phone_send_finish (OH_PHONE (source), async, &result->error);
  result->done = TRUE;
}

static void
on_probed (GObject *source, GAsyncResult *async, gpointer user_data)
{
  Result *result = user_data;

  result->ok = oh_phone_probe_finish (OH_PHONE (source), async, &result->error);
  result->done = TRUE;
}

static void
on_watched (GObject *source, GAsyncResult *async, gpointer user_data)
{
  Result *result = user_data;

  result->ok = oh_phone_watch_finish (OH_PHONE (source), async, &result->error);
  result->done = TRUE;
}

static void
on_unwatched (GObject *source, GAsyncResult *async, gpointer user_data)
{
  Result *result = user_data;

  result->ok = oh_phone_unwatch_finish (OH_PHONE (source), async, &result->error);
  result->done = TRUE;
}

void
desk_send (OhPhone *phone, OhPhoneVerb verb, const char *argument, Result *result)
{
  const OhPhoneCommand command = { .verb = verb, .argument = argument };

  result_clear (result);
  oh_phone_send_async (phone, &command, NULL, on_sent, result);
  run_until (&result->done);
}

void
desk_probe (OhPhone *phone, Result *result)
{
  result_clear (result);
  oh_phone_probe_async (phone, NULL, on_probed, result);
  run_until (&result->done);
}

void
desk_watch_phone (OhPhone *phone, Result *result)
{
  result_clear (result);
  oh_phone_watch_async (phone, NULL, on_watched, result);
  run_until (&result->done);
}

void
desk_unwatch (OhPhone *phone, Result *result)
{
  result_clear (result);
  oh_phone_unwatch_async (phone, NULL, on_unwatched, result);
  run_until (&result->done);
}

OhPhone *
desk_phone (PhonePeer *peer, OhSnomListener *listener)
{
  OhPhone *phone = oh_snom_phone_new ("desk", peer->host, "https", listener, NULL);

  oh_phone_set_login (phone, "admin", "1234");
  return phone;
}

void
desk_trust (OhPhone *phone, OhPhoneTrustMode mode, const char *fingerprint)
{
  const OhPhoneTrust rule = { .mode = mode, .fingerprint = fingerprint };

  oh_phone_set_trust (phone, &rule);
}

void
assert_number_dialled (PhonePeer *peer, const char *query)
{
  g_autofree char *target = g_strconcat ("/command.htm?", query, NULL);

  g_assert_cmpuint (phone_peer_count (peer, "/command.htm?number="), ==, 1);
  g_assert_cmpuint (phone_peer_count (peer, target), ==, 1);
  phone_peer_wait (peer, 0, "call", "state", "calling");
}

void
probe_fails (OhPhone *phone, OhPhoneState state, OhError code, const char *named)
{
  g_auto (Result) result = { 0 };

  desk_probe (phone, &result);
  g_assert_false (result.ok);
  g_assert_error (result.error, OH_ERROR, (int) code);
  g_assert_nonnull (strstr (result.error->message, named));
  g_assert_cmpint (oh_phone_get_state (phone), ==, state);
  g_assert_cmpstr (oh_phone_get_reason (phone)->message, ==, result.error->message);
}

void
probe_succeeds (OhPhone *phone)
{
  g_auto (Result) result = { 0 };

  desk_probe (phone, &result);
  g_assert_no_error (result.error);
  g_assert_true (result.ok);
  g_assert_cmpint (oh_phone_get_state (phone), ==, OH_PHONE_STATE_READY);
}
