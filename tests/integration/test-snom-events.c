/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the phone tells, and what strangers try to tell. */

#include "snom-desk.h"

#include <string.h>

typedef struct
{
  PhonePeer *peer;
  OhSnomListener *listener;
  OhPhone *phone;
  GPtrArray *events; /* OhPhoneEvent */
} Desk;

static void
on_event (OhPhone *phone, const OhPhoneEvent *event, Desk *desk)
{
  g_ptr_array_add (desk->events, oh_phone_event_copy (event));
}

static void
desk_init (Desk *desk, const char *personality, const char *knob)
{
  memset (desk, 0, sizeof *desk);
  desk->peer = phone_peer_new (personality, "--set", knob, NULL);
  desk->listener = oh_snom_listener_new ("a secret of this installation", 0);
  desk->phone = desk_phone (desk->peer, desk->listener);
  desk->events = g_ptr_array_new_with_free_func ((GDestroyNotify) oh_phone_event_free);
  g_signal_connect (desk->phone, "event", G_CALLBACK (on_event), desk);
}

static void
desk_watch (Desk *desk)
{
  g_auto (Result) result = { 0 };

  desk_watch_phone (desk->phone, &result);
  g_assert_no_error (result.error);
  g_assert_true (result.ok);
  g_assert_true (oh_phone_get_watched (desk->phone));
}

static void
desk_clear (Desk *desk)
{
  g_ptr_array_unref (desk->events);
  g_object_unref (desk->phone);
  g_object_unref (desk->listener);
  phone_peer_free (desk->peer);
}

static void
events_wait (Desk *desk, guint n)
{
  while (desk->events->len < n)
    g_main_context_iteration (NULL, TRUE);
}

static OhPhoneEvent *
event_at (Desk *desk, guint i)
{
  events_wait (desk, i + 1);
  return g_ptr_array_index (desk->events, i);
}

static void
test_events (void)
{
  static const char *const personalities[] = { "d785", "d725", "s360-87" };

  for (gsize i = 0; i < G_N_ELEMENTS (personalities); i++)
    {
      Desk desk;

      desk_init (&desk, personalities[i], "expand=encoded");
      desk_watch (&desk);
      phone_peer_command (desk.peer, "ring +493012345678 Bob Baker");
      g_assert_cmpint (event_at (&desk, 0)->kind, ==, OH_PHONE_EVENT_INCOMING);
      g_assert_cmpstr (event_at (&desk, 0)->remote, ==, "+493012345678@pbx.example");
      g_assert_cmpstr (event_at (&desk, 0)->local, ==, "440@pbx.example");
      g_assert_cmpstr (event_at (&desk, 0)->display, ==, "Bob Baker");
      g_assert_nonnull (event_at (&desk, 0)->call);
      g_assert_cmpint (event_at (&desk, 0)->time_us, >, 0);
      phone_peer_command (desk.peer, "answer");
      g_assert_cmpint (event_at (&desk, 1)->kind, ==, OH_PHONE_EVENT_CONNECTED);
      g_assert_cmpstr (event_at (&desk, 1)->call, ==, event_at (&desk, 0)->call);
      phone_peer_command (desk.peer, "remote-hangup");
      g_assert_cmpint (event_at (&desk, 2)->kind, ==, OH_PHONE_EVENT_DISCONNECTED);
      g_assert_cmpstr (event_at (&desk, 2)->call, ==, event_at (&desk, 0)->call);
      g_assert_cmpuint (oh_snom_listener_get_n_refused (desk.listener), ==, 0);
      desk_clear (&desk);
    }
}

static void
test_raw_events (void)
{
  static const char *const knobs[] = { "expand=raw", "expand=raw-spaces" };

  for (gsize i = 0; i < G_N_ELEMENTS (knobs); i++)
    {
      Desk desk;

      desk_init (&desk, "d785", knobs[i]);
      desk_watch (&desk);
      phone_peer_command (desk.peer, "ring +493012345678 Tom & Jo=n");
      g_assert_cmpint (event_at (&desk, 0)->kind, ==, OH_PHONE_EVENT_INCOMING);
      g_assert_cmpstr (event_at (&desk, 0)->remote, ==, "+493012345678@pbx.example");
      if (i == 1)
        g_assert_cmpstr (event_at (&desk, 0)->display, ==, "Tom & Jo=n");
      desk_clear (&desk);
    }
}

static void
test_unknown_variables (void)
{
  Desk desk;

  desk_init (&desk, "d785", "unknown-variables=call-id,active_line");
  desk_watch (&desk);
  phone_peer_command (desk.peer, "ring 0301234");
  g_assert_cmpstr (event_at (&desk, 0)->call, ==, NULL);
  g_assert_cmpstr (event_at (&desk, 0)->line, ==, NULL);
  g_assert_cmpstr (event_at (&desk, 0)->remote, ==, "0301234@pbx.example");
  desk_clear (&desk);
}

static void
test_dnd (void)
{
  Desk desk;

  desk_init (&desk, "d785", "expand=encoded");
  desk_watch (&desk);
  g_assert_false (oh_phone_get_dnd (desk.phone));
  phone_peer_command (desk.peer, "key DND");
  events_wait (&desk, 1);
  g_assert_true (oh_phone_get_dnd (desk.phone));
  desk_clear (&desk);
}

/* One action URL, by hand: what a stranger on the network could try. */
static char *
fetch_as (const char *source, const char *url, const char *method)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketAddress) from = g_inet_socket_address_new_from_string (source, 0);
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_ENCODED, NULL);
  g_autoptr (GSocketConnection) connection = NULL;
  g_autofree char *request = NULL;
  g_autoptr (GError) error = NULL;
  char answer[512] = "";
  gssize n;

  g_socket_client_set_local_address (client, from);
  connection = g_socket_client_connect_to_host (client, g_uri_get_host (uri),
                                                (guint16) g_uri_get_port (uri), NULL, &error);
  g_assert_no_error (error);
  request = g_strdup_printf ("%s %s?%s HTTP/1.1\r\nHost: x\r\n\r\n", method, g_uri_get_path (uri),
                             g_uri_get_query (uri) != NULL ? g_uri_get_query (uri) : "");
  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), request,
                             strlen (request), NULL, NULL, NULL);
  g_socket_set_blocking (g_socket_connection_get_socket (connection), FALSE);
  do
    {
      g_main_context_iteration (NULL, FALSE);
      n = g_socket_receive (g_socket_connection_get_socket (connection), answer, sizeof answer - 1,
                            NULL, NULL);
    }
  while (n < 0);
  return g_strdup (answer);
}

/* Who does not come from the phone, or does not know the token, gets the same answer and moves
   nothing. */
static void
test_strangers (void)
{
  Desk desk;
  g_autofree char *url = NULL;
  g_autofree char *wrong = NULL;
  g_autofree char *huge = NULL;
  g_autofree char *padding = g_strnfill (9000, 'x');

  desk_init (&desk, "d785", "expand=encoded");
  desk_watch (&desk);
  url = phone_peer_get (desk.peer, "action_incoming_url");
  wrong = g_strdup_printf ("%.*s/s/00112233445566778899aabbccddeeff/incoming",
                           (int) (strstr (url, "/s/") - url), url);
  huge = g_strconcat (url, padding, NULL);

  for (guint i = 0; i < 6; i++)
    {
      const char *method = i == 3 ? "POST" : (i == 4 ? "HEAD" : "GET");
      const char *target = i == 1 ? wrong : (i == 2 ? huge : url);
      g_autofree char *answer = fetch_as (i == 0 ? "127.0.0.9" : "127.0.0.1", target, method);

      g_assert_true (g_str_has_prefix (answer, "HTTP/1.1 200 OK\r\nContent-Type: text/plain"));
      g_assert_cmpuint (desk.events->len, ==, i == 5 ? 1 : 0);
    }
  g_assert_cmpuint (oh_snom_listener_get_n_refused (desk.listener), ==, 4);
  desk_clear (&desk);
}

/* What others have put there stays, what was empty is empty again. */
static void
test_restore (void)
{
  static const char *const names[] = { "action_incoming_url", "action_disconnected_url",
                                       "action_hold", "action_reg_failed" };
  Desk desk;
  g_auto (Result) result = { 0 };
  g_autofree char *foreign = NULL;
  g_autofree char *first = NULL;

  desk_init (&desk, "d785", "expand=encoded");
  phone_peer_command (desk.peer, "set action_dnd_on_url http://192.0.2.1/log?x=$mac");
  desk_watch (&desk);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *value = phone_peer_get (desk.peer, names[i]);

      g_assert_true (g_str_has_prefix (value, "http://127.0.0.1:"));
    }
  foreign = phone_peer_get (desk.peer, "action_dnd_on_url");
  g_assert_cmpstr (foreign, ==, "http://192.0.2.1/log?x=$mac");

  desk_unwatch (desk.phone, &result);
  g_assert_no_error (result.error);
  g_assert_false (oh_phone_get_watched (desk.phone));
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *value = phone_peer_get (desk.peer, names[i]);

      g_assert_cmpstr (value, ==, "");
    }
  first = phone_peer_get (desk.peer, "action_dnd_on_url");
  g_assert_cmpstr (first, ==, "http://192.0.2.1/log?x=$mac");
  desk_clear (&desk);
}

/* Somebody else follows this phone's calls: not one setting is touched. */
static void
test_taken (void)
{
  Desk desk;
  g_auto (Result) result = { 0 };

  desk_init (&desk, "d785", "expand=encoded");
  phone_peer_command (desk.peer, "set action_connected_url http://192.0.2.1/cti");
  desk_watch_phone (desk.phone, &result);
  g_assert_error (result.error, OH_ERROR, OH_ERROR_CONFLICT);
  g_assert_nonnull (strstr (result.error->message, "action_connected_url"));
  g_assert_cmpuint (phone_peer_count (desk.peer, "/dummy.htm"), ==, 0);
  g_assert_cmpint (oh_phone_get_state (desk.phone), ==, OH_PHONE_STATE_READY);
  g_assert_error (oh_phone_get_reason (desk.phone), OH_ERROR, OH_ERROR_CONFLICT);

  phone_peer_command (desk.peer, "set action_connected_url"); /* as the message advises */
  desk_watch (&desk);
  g_assert_null (oh_phone_get_reason (desk.phone));
  desk_clear (&desk);
}

/* The settings cannot be written: said, with what would help, and dialling goes on. */
static void
test_read_only (void)
{
  Desk desk;
  g_auto (Result) result = { 0 };

  desk_init (&desk, "d785", "expand=encoded");
  phone_peer_command (desk.peer, "flag action_outgoing_url &");
  phone_peer_command (desk.peer, "set admin_mode off");
  desk_watch_phone (desk.phone, &result);
  g_assert_false (result.ok);
  g_assert_nonnull (strstr (result.error->message, "admin_mode"));
  g_assert_false (oh_phone_get_watched (desk.phone));
  desk_send (desk.phone, OH_PHONE_DIAL, "124", &result);
  g_assert_no_error (result.error);
  desk_clear (&desk);
}

/* The old object of a phone goes after the new one has come: the new one hears on. */
static void
test_replaced (void)
{
  Desk old;
  Desk new;

  desk_init (&old, "d785", "expand=encoded");
  desk_watch (&old);
  new = old;
  new.phone = desk_phone (old.peer, old.listener);
  new.events = g_ptr_array_new_with_free_func ((GDestroyNotify) oh_phone_event_free);
  g_signal_connect (new.phone, "event", G_CALLBACK (on_event), &new);
  desk_watch (&new);
  g_ptr_array_unref (old.events);
  g_signal_handlers_disconnect_by_data (old.phone, &old);
  g_object_unref (old.phone);
  phone_peer_command (new.peer, "ring 0301234");
  g_assert_cmpint (event_at (&new, 0)->kind, ==, OH_PHONE_EVENT_INCOMING);
  desk_clear (&new);
}

/* An earlier run of ours, killed, has left its address: recognised by its token and replaced. */
static void
test_left_behind (void)
{
  Desk desk;
  g_autofree char *token = NULL;
  g_autofree char *command = NULL;
  g_autofree char *value = NULL;

  desk_init (&desk, "d785", "expand=encoded");
  token = oh_snom_listener_dup_token (desk.listener, "desk");
  command = g_strdup_printf ("set action_incoming_url http://192.0.2.77:1/s/%s/incoming", token);
  phone_peer_command (desk.peer, command);
  desk_watch (&desk);
  value = phone_peer_get (desk.peer, "action_incoming_url");
  g_assert_true (g_str_has_prefix (value, "http://127.0.0.1:"));
  desk_clear (&desk);
}

/* The settings are in RAM until stored: they survive a power cut, and after a reset that loses
   them they are written again as soon as the phone is looked at. */
static void
test_power_cut (void)
{
  Desk desk;
  guint from;

  desk_init (&desk, "d785", "reboot-time=200");
  desk_watch (&desk);
  from = desk.peer->log->len;
  phone_peer_command (desk.peer, "power-cut");
  phone_peer_wait (desk.peer, from, "listening", NULL, NULL);
  g_assert_cmpint (event_at (&desk, 0)->kind, ==, OH_PHONE_EVENT_STARTED);
  phone_peer_command (desk.peer, "ring 0301234");
  while (((OhPhoneEvent *) g_ptr_array_index (desk.events, desk.events->len - 1))->kind !=
         OH_PHONE_EVENT_INCOMING)
    g_main_context_iteration (NULL, TRUE);
  desk_clear (&desk);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/snom-events/events", test_events);
  g_test_add_func ("/snom-events/raw-events", test_raw_events);
  g_test_add_func ("/snom-events/unknown-variables", test_unknown_variables);
  g_test_add_func ("/snom-events/dnd", test_dnd);
  g_test_add_func ("/snom-events/strangers", test_strangers);
  g_test_add_func ("/snom-events/restore", test_restore);
  g_test_add_func ("/snom-events/taken", test_taken);
  g_test_add_func ("/snom-events/read-only", test_read_only);
  g_test_add_func ("/snom-events/replaced", test_replaced);
  g_test_add_func ("/snom-events/left-behind", test_left_behind);
  g_test_add_func ("/snom-events/power-cut", test_power_cut);
  return g_test_run ();
}
