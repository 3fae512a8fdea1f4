/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A phone has one place for each event, and others may have it: whose it is, who may take it, and
   that everybody gets his own back. */

#include "snom-desk.h"

#include <string.h>

#define CTI "http://192.0.2.1/cti?call=$call-id"
#define OTHER_SECRET "the secret of another installation"

typedef struct
{
  PhonePeer *peer;
  OhSnomListener *listener;
  OhPhone *phone;
  GHashTable *kept; /* what was given to keep, last */
  guint n_kept;
  guint n_writes_when_kept; /* requests that write, by then */
  gboolean cannot_keep;
  guint n_events;
} Desk;

static gboolean
keep (GHashTable *previous, gpointer user_data, GError **error)
{
  Desk *desk = user_data;
  GHashTableIter iter;
  gpointer setting, value;

  if (desk->cannot_keep)
    {
      g_set_error_literal (error, OH_ERROR, OH_ERROR_SETTINGS, "the key is locked");
      return FALSE;
    }
  g_hash_table_remove_all (desk->kept);
  for (g_hash_table_iter_init (&iter, previous); g_hash_table_iter_next (&iter, &setting, &value);)
    g_hash_table_insert (desk->kept, g_strdup (setting), g_strdup (value));
  desk->n_kept++;
  desk->n_writes_when_kept = phone_peer_count (desk->peer, "/dummy.htm");
  return TRUE;
}

static void
on_event (OhPhone *phone, const OhPhoneEvent *event, Desk *desk)
{
  desk->n_events++;
}

/* As the agent makes it; again with the same @desk as after its restart. */
static void
desk_start (Desk *desk, const char *secret)
{
  desk->listener = oh_snom_listener_new (secret, 0);
  desk->phone = desk_phone (desk->peer, desk->listener);
  oh_snom_phone_set_previous (OH_SNOM_PHONE (desk->phone), desk->kept, keep, desk, NULL);
  g_signal_connect (desk->phone, "event", G_CALLBACK (on_event), desk);
}

/* As a kill does: nothing is given back. */
static void
desk_stop (Desk *desk)
{
  g_signal_handlers_disconnect_by_data (desk->phone, desk);
  g_clear_object (&desk->phone);
  g_clear_object (&desk->listener);
}

static void
desk_init (Desk *desk, const char *personality)
{
  memset (desk, 0, sizeof *desk);
  desk->peer = phone_peer_new (personality, NULL);
  desk->kept = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  desk_start (desk, "a secret of this installation");
}

static void
desk_clear (Desk *desk)
{
  desk_stop (desk);
  g_hash_table_unref (desk->kept);
  phone_peer_free (desk->peer);
}

static void
assert_setting (Desk *desk, const char *name, const char *expected)
{
  g_autofree char *value = phone_peer_get (desk->peer, name);

  g_assert_cmpstr (value, ==, expected);
}

static void
assert_ours (Desk *desk, const char *name)
{
  g_autofree char *mark = oh_snom_listener_dup_mark (desk->listener);
  g_autofree char *element = g_strconcat ("/offhook-", mark, "/s/", NULL);
  g_autofree char *value = phone_peer_get (desk->peer, name);

  g_assert_nonnull (strstr (value, element));
}

static void
watch (Desk *desk)
{
  g_auto (Result) result = { 0 };

  desk_watch_phone (desk->phone, &result);
  g_assert_no_error (result.error);
  g_assert_true (result.ok);
}

static void
watch_fails (Desk *desk, OhError code)
{
  g_auto (Result) result = { 0 };
  guint before = phone_peer_count (desk->peer, "/dummy.htm");

  desk_watch_phone (desk->phone, &result);
  g_assert_error (result.error, OH_ERROR, (int) code);
  g_assert_false (oh_phone_get_watched (desk->phone));
  g_assert_cmpuint (phone_peer_count (desk->peer, "/dummy.htm"), ==, before);
}

static void
unwatch (Desk *desk)
{
  g_auto (Result) result = { 0 };

  desk_unwatch (desk->phone, &result);
  g_assert_no_error (result.error);
}

static void
assert_holder (Desk *desk, OhPhoneHolder holder, const char *host)
{
  OhPhoneFacts facts;

  oh_phone_get_facts (desk->phone, &facts);
  g_assert_cmpint (facts.holder, ==, holder);
  g_assert_cmpstr (facts.holder_host, ==, host);
}

/* Another program's are taken when the user says so, kept before they are written over, and given
   back; what was free is free again. */
static void
test_take (void)
{
  Desk desk;

  desk_init (&desk, "d785");
  phone_peer_command (desk.peer, "set action_connected_url " CTI);
  phone_peer_command (desk.peer, "set action_dnd_on_url " CTI);
  watch_fails (&desk, OH_ERROR_CONFLICT);
  assert_holder (&desk, OH_PHONE_HOLDER_PROGRAM, "192.0.2.1");
  oh_snom_phone_set_take (OH_SNOM_PHONE (desk.phone), TRUE, FALSE);
  watch (&desk);
  assert_holder (&desk, OH_PHONE_HOLDER_NONE, "");
  g_assert_cmpuint (desk.n_writes_when_kept, ==, 0);
  g_assert_cmpuint (desk.n_kept, ==, 1);
  g_assert_cmpuint (g_hash_table_size (desk.kept), ==, 2);
  g_assert_cmpstr (g_hash_table_lookup (desk.kept, "action_connected_url"), ==, CTI);
  assert_ours (&desk, "action_connected_url");
  assert_ours (&desk, "action_dnd_on_url");
  unwatch (&desk);
  assert_setting (&desk, "action_connected_url", CTI);
  assert_setting (&desk, "action_dnd_on_url", CTI);
  assert_setting (&desk, "action_incoming_url", "");
  desk_clear (&desk);
}

/* Killed after it took them: the next run gives back what was kept by the first. */
static void
test_killed (void)
{
  Desk desk;

  desk_init (&desk, "d785");
  phone_peer_command (desk.peer, "set action_connected_url " CTI);
  oh_snom_phone_set_take (OH_SNOM_PHONE (desk.phone), TRUE, FALSE);
  watch (&desk);
  desk_stop (&desk);
  desk_start (&desk, "a secret of this installation");
  watch (&desk);
  g_assert_cmpstr (g_hash_table_lookup (desk.kept, "action_connected_url"), ==, CTI);
  unwatch (&desk);
  assert_setting (&desk, "action_connected_url", CTI);
  desk_clear (&desk);
}

/* What cannot be kept is not taken. */
static void
test_cannot_keep (void)
{
  Desk desk;

  desk_init (&desk, "d785");
  phone_peer_command (desk.peer, "set action_connected_url " CTI);
  oh_snom_phone_set_take (OH_SNOM_PHONE (desk.phone), TRUE, FALSE);
  desk.cannot_keep = TRUE;
  watch_fails (&desk, OH_ERROR_SETTINGS);
  assert_setting (&desk, "action_connected_url", CTI);
  assert_setting (&desk, "action_incoming_url", "");
  desk_clear (&desk);
}

/* A place that was another program's and that it has left meanwhile is not filled again. */
static void
test_forgotten (void)
{
  Desk desk;

  desk_init (&desk, "d785");
  phone_peer_command (desk.peer, "set action_connected_url " CTI);
  oh_snom_phone_set_take (OH_SNOM_PHONE (desk.phone), TRUE, FALSE);
  watch (&desk);
  unwatch (&desk);
  phone_peer_command (desk.peer, "set action_connected_url");
  watch (&desk);
  g_assert_cmpuint (g_hash_table_size (desk.kept), ==, 0);
  unwatch (&desk);
  assert_setting (&desk, "action_connected_url", "");
  desk_clear (&desk);
}

/* Two of us at one phone: the second says so and writes nothing, also where programs may be taken;
   asked by the user it takes over, the first then says so, and each gives back only its own. */
static void
test_two_agents (void)
{
  Desk first;
  Desk second;

  desk_init (&first, "d785");
  watch (&first);
  second = first;
  second.kept = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  desk_start (&second, OTHER_SECRET);
  oh_snom_phone_set_take (OH_SNOM_PHONE (second.phone), TRUE, FALSE);
  watch_fails (&second, OH_ERROR_CONFLICT);
  assert_holder (&second, OH_PHONE_HOLDER_OFFHOOK, "127.0.0.1");
  assert_ours (&first, "action_incoming_url");

  oh_snom_phone_set_take (OH_SNOM_PHONE (second.phone), FALSE, TRUE);
  watch (&second);
  assert_ours (&second, "action_incoming_url");
  watch_fails (&first, OH_ERROR_CONFLICT);
  assert_holder (&first, OH_PHONE_HOLDER_OFFHOOK, "127.0.0.1");
  unwatch (&first);
  assert_ours (&second, "action_incoming_url");
  unwatch (&second);
  assert_ours (&first, "action_incoming_url");
  watch (&first);
  unwatch (&first);
  assert_setting (&first, "action_incoming_url", "");

  desk_stop (&second);
  g_hash_table_unref (second.kept);
  desk_clear (&first);
}

/* Four places and no variables: calls are seen to begin, which is said to be all, and the phone is
   not written to again at every look. */
static void
test_oldest (void)
{
  Desk desk;
  guint writes;
  OhPhoneFacts facts;

  memset (&desk, 0, sizeof desk);
  desk.peer = phone_peer_new ("s190", "--set", "http_scheme=on", NULL);
  desk.kept = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  desk.listener = oh_snom_listener_new ("a secret of this installation", 0);
  desk.phone = oh_snom_phone_new ("desk", desk.peer->plain, "http", desk.listener, NULL);
  desk_trust (desk.phone, OH_PHONE_TRUST_NONE, NULL);
  oh_phone_set_login (desk.phone, "admin", "1234");
  g_signal_connect (desk.phone, "event", G_CALLBACK (on_event), &desk);
  watch (&desk);
  oh_phone_get_facts (desk.phone, &facts);
  g_assert_true (facts.partly);
  g_assert_false (oh_phone_get_watched (desk.phone)); /* silence after a command means nothing */
  g_assert_error (oh_phone_get_reason (desk.phone), OH_ERROR, OH_ERROR_UNSUPPORTED);
  phone_peer_command (desk.peer, "ring 0301234");
  while (desk.n_events == 0)
    g_main_context_iteration (NULL, TRUE);
  writes = phone_peer_count (desk.peer, "/dummy.htm");
  watch (&desk);
  g_assert_cmpuint (phone_peer_count (desk.peer, "/dummy.htm"), ==, writes);
  unwatch (&desk);
  assert_setting (&desk, "action_incoming_url", "");
  desk_clear (&desk);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/snom-places/take", test_take);
  g_test_add_func ("/snom-places/killed", test_killed);
  g_test_add_func ("/snom-places/cannot-keep", test_cannot_keep);
  g_test_add_func ("/snom-places/forgotten", test_forgotten);
  g_test_add_func ("/snom-places/two-agents", test_two_agents);
  g_test_add_func ("/snom-places/oldest", test_oldest);
  return g_test_run ();
}
