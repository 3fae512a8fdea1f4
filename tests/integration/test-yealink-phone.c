/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A second maker's phone through the same interface: what the Yealink body sends, what it is told,
   and what it says when the phone does not let it. */

#include "snom-desk.h"
#include "yealink-phone.h"

#include <string.h>

typedef struct
{
  PhonePeer *peer;
  OhSnomListener *listener;
  OhPhone *phone;
  GPtrArray *events; /* OhPhoneEvent */
  gboolean told;
} Desk;

static void
on_event (OhPhone *phone, const OhPhoneEvent *event, Desk *desk)
{
  g_ptr_array_add (desk->events, oh_phone_event_copy (event));
  desk->told = TRUE;
}

static void
desk_open (Desk *desk, PhonePeer *peer)
{
  desk->peer = peer;
  desk->listener = oh_snom_listener_new (NULL, 0);
  desk->events = g_ptr_array_new_with_free_func ((GDestroyNotify) oh_phone_event_free);
  desk->phone = oh_yealink_phone_new ("desk", peer->host, "https", desk->listener, NULL);
  oh_phone_set_login (desk->phone, "admin", "1234");
  g_signal_connect (desk->phone, "event", G_CALLBACK (on_event), desk);
}

static void
desk_close (Desk *desk)
{
  g_signal_handlers_disconnect_by_data (desk->phone, desk);
  g_clear_object (&desk->phone);
  g_clear_object (&desk->listener);
  g_clear_pointer (&desk->events, g_ptr_array_unref);
  g_clear_pointer (&desk->peer, phone_peer_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Desk, desk_close)

static const OhPhoneEvent *
next_event (Desk *desk, guint n)
{
  while (desk->events->len <= n)
    {
      desk->told = FALSE;
      run_until (&desk->told);
    }
  return g_ptr_array_index (desk->events, n);
}

/* What its administrator does with the lines that the body gives. */
static void
enter_addresses (Desk *desk)
{
  g_autofree char *text = oh_yealink_phone_dup_addresses (OH_YEALINK_PHONE (desk->phone));
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (char **line = lines; **line != '\0'; line++)
    {
      g_auto (GStrv) pair = g_strsplit (*line, " = ", 2);
      g_autofree char *command = g_strdup_printf ("set %s %s", pair[0], pair[1]);

      phone_peer_command (desk->peer, command);
    }
}

static void
on_sent (GObject *source, GAsyncResult *async, gpointer user_data)
{
  Result *result = user_data;

  result->outcome = oh_phone_send_finish (OH_PHONE (source), async, &result->error);
  result->done = TRUE;
}

static void
send_to (OhPhone *phone, OhPhoneVerb verb, const char *call, const char *argument, Result *result)
{
  const OhPhoneCommand command = { .verb = verb, .call = call, .argument = argument };

  result_clear (result);
  oh_phone_send_async (phone, &command, NULL, on_sent, result);
  run_until (&result->done);
}

static void
test_probe (void)
{
  g_auto (Desk) desk = { 0 };

  desk_open (&desk, phone_peer_new ("yealink", NULL));
  probe_succeeds (desk.phone);
  g_assert_cmpstr (oh_phone_get_model (desk.phone), ==, "T46S");
  g_assert_cmpstr (oh_phone_get_firmware (desk.phone), ==, "66.86.0.15");
  g_assert_cmpint (oh_phone_get_kind (desk.phone), ==, OH_PHONE_KIND_YEALINK);
  g_assert_cmpstr (oh_phone_get_fingerprint (desk.phone), ==, desk.peer->spki);
  g_assert_cmphex (oh_phone_get_capabilities (desk.phone) &
                     (OH_PHONE_NAMES_CALLS | OH_PHONE_CAN_DIAL | OH_PHONE_CAN_DND |
                      OH_PHONE_CAN_HANG_UP_ALL | OH_PHONE_CAN_SWAP),
                   ==, OH_PHONE_NAMES_CALLS | OH_PHONE_CAN_DIAL | OH_PHONE_CAN_DND);
  g_assert_cmpuint (phone_peer_count (desk.peer, "/servlet?key="), ==, 0);
}

/* One request, once, whatever became of it; certificate and login were settled before. */
static void
test_dial (void)
{
  static const struct
  {
    const char *fault;
    OhPhoneOutcome outcome;
  } cases[] = {
    { NULL, OH_PHONE_OUTCOME_SENT },
    { "empty", OH_PHONE_OUTCOME_UNKNOWN },
    { "reset", OH_PHONE_OUTCOME_UNKNOWN },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (Desk) desk = { 0 };
      g_auto (Result) result = { 0 };

      desk_open (&desk, phone_peer_new ("yealink", NULL));
      probe_succeeds (desk.phone);
      if (cases[i].fault != NULL)
        {
          g_autofree char *command = g_strconcat ("fail-next ", cases[i].fault, NULL);

          phone_peer_command (desk.peer, command);
        }
      desk_send (desk.phone, OH_PHONE_DIAL, "+493012345678", &result);
      g_assert_no_error (result.error);
      g_assert_cmpint (result.outcome, ==, cases[i].outcome);
      g_assert_cmpuint (phone_peer_count (desk.peer, "/servlet?key=number=%2B493012345678"), ==, 1);
      g_assert_cmpuint (phone_peer_count (desk.peer, "/servlet?key="), ==, 1);
      phone_peer_wait (desk.peer, 0, "call", "state", "calling");
    }
}

static void
test_identity (void)
{
  g_auto (Desk) desk = { 0 };
  g_auto (Result) result = { 0 };

  desk_open (&desk, phone_peer_new ("yealink", NULL));
  oh_yealink_phone_set_identity (OH_YEALINK_PHONE (desk.phone), "440@pbx.example");
  desk_send (desk.phone, OH_PHONE_DIAL, "12", &result);
  g_assert_cmpint (result.outcome, ==, OH_PHONE_OUTCOME_SENT);
  g_assert_cmpuint (
    phone_peer_count (desk.peer, "/servlet?key=number=12&outgoing_uri=440@pbx.example"), ==, 1);
}

/* Its events name the calls, and the commands that follow address them. */
static void
test_calls (void)
{
  g_auto (Desk) desk = { 0 };
  g_auto (Result) result = { 0 };
  const OhPhoneEvent *event;
  g_autofree char *call = NULL;

  desk_open (&desk, phone_peer_new ("yealink", NULL));
  desk_watch_phone (desk.phone, &result);
  g_assert_no_error (result.error);
  g_assert_false (oh_phone_get_watched (desk.phone)); /* nobody has entered the addresses yet */
  g_assert_error ((GError *) oh_phone_get_reason (desk.phone), OH_ERROR, OH_ERROR_SETTINGS);
  g_assert_nonnull (strstr (oh_phone_get_reason (desk.phone)->message, "desk-events.cfg"));
  enter_addresses (&desk);
  phone_peer_command (desk.peer, "ring 030123456 Bob Baker");
  event = next_event (&desk, 0);
  g_assert_cmpint (event->kind, ==, OH_PHONE_EVENT_INCOMING);
  g_assert_cmpstr (event->remote, ==, "030123456@pbx.example");
  g_assert_cmpstr (event->display, ==, "Bob Baker");
  g_assert_true (oh_phone_get_watched (desk.phone));
  g_assert_null (oh_phone_get_reason (desk.phone));
  call = g_strdup (event->call);
  send_to (desk.phone, OH_PHONE_ANSWER, call, NULL, &result);
  g_assert_cmpint (result.outcome, ==, OH_PHONE_OUTCOME_SENT);
  g_assert_cmpint (next_event (&desk, 1)->kind, ==, OH_PHONE_EVENT_CONNECTED);
  send_to (desk.phone, OH_PHONE_HOLD, call, NULL, &result);
  g_assert_cmpint (next_event (&desk, 2)->kind, ==, OH_PHONE_EVENT_HELD);
  send_to (desk.phone, OH_PHONE_HOLD, call, NULL, &result); /* no toggle: it is held already */
  send_to (desk.phone, OH_PHONE_RESUME, call, NULL, &result);
  g_assert_cmpint (next_event (&desk, 3)->kind, ==, OH_PHONE_EVENT_RESUMED);
  send_to (desk.phone, OH_PHONE_DTMF, call, "1*#", &result);
  phone_peer_wait (desk.peer, 0, "dtmf", "digits", "#");
  send_to (desk.phone, OH_PHONE_HANG_UP, call, NULL, &result);
  event = next_event (&desk, 4);
  g_assert_cmpint (event->kind, ==, OH_PHONE_EVENT_DISCONNECTED);
  g_assert_cmpstr (event->call, ==, call);
  g_assert_cmpuint (oh_phone_get_capabilities (desk.phone) & OH_PHONE_HOLD_TOGGLES, ==, 0);
}

static void
test_transfer (void)
{
  g_auto (Desk) desk = { 0 };
  g_auto (Result) result = { 0 };

  desk_open (&desk, phone_peer_new ("yealink", NULL));
  desk_watch_phone (desk.phone, &result);
  enter_addresses (&desk);
  phone_peer_command (desk.peer, "ring 030123456");
  next_event (&desk, 0);
  send_to (desk.phone, OH_PHONE_ANSWER, NULL, NULL, &result);
  next_event (&desk, 1);
  send_to (desk.phone, OH_PHONE_TRANSFER, NULL, "44", &result);
  g_assert_cmpint (result.outcome, ==, OH_PHONE_OUTCOME_SENT);
  g_assert_cmpint (next_event (&desk, 2)->kind, ==, OH_PHONE_EVENT_TRANSFERRED);
  g_assert_cmpint (next_event (&desk, 3)->kind, ==, OH_PHONE_EVENT_DISCONNECTED);
}

/* Switched absolutely, and looked at afterwards. */
static void
test_dnd (void)
{
  g_auto (Desk) desk = { 0 };
  g_auto (Result) result = { 0 };

  desk_open (&desk, phone_peer_new ("yealink", NULL));
  probe_succeeds (desk.phone);
  for (guint i = 0; i < 2; i++) /* twice on is on */
    {
      desk_send (desk.phone, OH_PHONE_DND_ON, NULL, &result);
      g_assert_cmpint (result.outcome, ==, OH_PHONE_OUTCOME_CONFIRMED);
      g_assert_true (oh_phone_get_dnd (desk.phone));
    }
  desk_send (desk.phone, OH_PHONE_DND_OFF, NULL, &result);
  g_assert_cmpint (result.outcome, ==, OH_PHONE_OUTCOME_CONFIRMED);
  g_assert_false (oh_phone_get_dnd (desk.phone));
}

/* Refused, with the setting that has to change; nothing is pressed. */
static void
test_refusals (void)
{
  static const struct
  {
    const char *knob, *named;
    OhPhoneState state;
    OhError code;
  } cases[] = {
    { "features.action_uri_limit_ip=", "features.action_uri_limit_ip", OH_PHONE_STATE_UNSUPPORTED,
      OH_ERROR_PHONE_REFUSED },
    { "features.action_uri_limit_ip=192.0.2.*", "features.action_uri_limit_ip",
      OH_PHONE_STATE_UNSUPPORTED, OH_ERROR_PHONE_REFUSED },
    { "consent=asked", "Allow remote control?", OH_PHONE_STATE_UNSUPPORTED,
      OH_ERROR_PHONE_REFUSED },
    { "features.action_uri.enable=0", "forbids", OH_PHONE_STATE_UNSUPPORTED,
      OH_ERROR_PHONE_REFUSED },
    { "http_pass=other", "127.0.0.1", OH_PHONE_STATE_UNAUTHORIZED, OH_ERROR_PHONE_LOGIN },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (Desk) desk = { 0 };
      g_auto (Result) result = { 0 };

      g_test_message ("%s", cases[i].knob);
      desk_open (&desk, phone_peer_new ("yealink", "--set", cases[i].knob, NULL));
      probe_fails (desk.phone, cases[i].state, cases[i].code, cases[i].named);
      desk_send (desk.phone, OH_PHONE_DIAL, "12", &result);
      g_assert_error (result.error, OH_ERROR, (int) cases[i].code);
      g_assert_cmpuint (phone_peer_count (desk.peer, "/servlet?key="), ==, 0);
      g_assert_cmpuint (phone_peer_count_logins (desk.peer), <=, 1); /* a wrong one is tried once */
    }
}

/* The user says yes on the display, and the same phone works. */
static void
test_consent (void)
{
  g_auto (Desk) desk = { 0 };

  desk_open (&desk, phone_peer_new ("yealink", "--set", "consent=asked", NULL));
  probe_fails (desk.phone, OH_PHONE_STATE_UNSUPPORTED, OH_ERROR_PHONE_REFUSED, "display");
  phone_peer_command (desk.peer, "set consent given");
  probe_succeeds (desk.phone);
}

/* A certificate that is not the pinned one gets no login. */
static void
test_trust (void)
{
  g_auto (Desk) desk = { 0 };

  desk_open (&desk, phone_peer_new ("yealink", NULL));
  desk_trust (desk.phone, OH_PHONE_TRUST_PIN,
              "0000000000000000000000000000000000000000000000000000000000000000");
  probe_fails (desk.phone, OH_PHONE_STATE_UNTRUSTED, OH_ERROR_UNTRUSTED, desk.peer->spki);
  g_assert_cmpuint (phone_peer_count (desk.peer, "/"), ==, 0);
}

/* The wrong body at the right address says whose phone it is, and gives nobody's password away. */
static void
test_wrong_body (void)
{
  g_autoptr (PhonePeer) yealink = phone_peer_new ("yealink", NULL);
  g_autoptr (PhonePeer) snom = phone_peer_new ("d785", NULL);
  g_autoptr (OhPhone) a = desk_phone (yealink, NULL);
  g_autoptr (OhPhone) b = oh_yealink_phone_new ("desk", snom->host, "https", NULL, NULL);

  oh_phone_set_login (b, "admin", "1234");
  probe_fails (a, OH_PHONE_STATE_UNSUPPORTED, OH_ERROR_UNSUPPORTED, "Yealink");
  g_assert_cmpint (oh_phone_get_kind (a), ==, OH_PHONE_KIND_YEALINK);
  g_assert_cmpuint (phone_peer_count_logins (yealink), ==, 0);
  probe_fails (b, OH_PHONE_STATE_UNSUPPORTED, OH_ERROR_UNSUPPORTED, "snom");
  g_assert_cmpint (oh_phone_get_kind (b), ==, OH_PHONE_KIND_SNOM);
  g_assert_cmpuint (phone_peer_count_logins (snom), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/yealink-phone/probe", test_probe);
  g_test_add_func ("/yealink-phone/dial", test_dial);
  g_test_add_func ("/yealink-phone/identity", test_identity);
  g_test_add_func ("/yealink-phone/calls", test_calls);
  g_test_add_func ("/yealink-phone/transfer", test_transfer);
  g_test_add_func ("/yealink-phone/dnd", test_dnd);
  g_test_add_func ("/yealink-phone/refusals", test_refusals);
  g_test_add_func ("/yealink-phone/consent", test_consent);
  g_test_add_func ("/yealink-phone/trust", test_trust);
  g_test_add_func ("/yealink-phone/wrong-body", test_wrong_body);
  return g_test_run ();
}
