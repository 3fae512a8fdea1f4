/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "sip-transport.h"

#include <string.h>

#include "clock.h"
#include "error.h"
#include "fake-clock.h"
#include "scripted-stream.h"

#define OPTIONS "OPTIONS sip:a@b SIP/2.0\r\nContent-Length: 2\r\n\r\nab"

typedef struct
{
  OhFakeClock *clock;
  OhScriptedStream *peer;
  OhSipTransport *transport;
  GString *received; /* each message and a bar */
  GError *closed;
  guint n_closed;
} Fixture;

static void
on_received (OhSipTransport *transport, GBytes *message, Fixture *f)
{
  g_string_append_len (f->received, g_bytes_get_data (message, NULL),
                       (gssize) g_bytes_get_size (message));
  g_string_append_c (f->received, '|');
}

static void
on_closed (OhSipTransport *transport, GError *error, Fixture *f)
{
  g_assert_false (oh_sip_transport_is_connected (transport));
  g_clear_error (&f->closed);
  f->closed = g_error_copy (error);
  f->n_closed++;
}

static void
watch (Fixture *f)
{
  g_signal_connect (f->transport, "received", G_CALLBACK (on_received), f);
  g_signal_connect (f->transport, "closed", G_CALLBACK (on_closed), f);
}

static void
set_up (Fixture *f, gconstpointer data)
{
  f->clock = oh_fake_clock_new ();
  f->peer = oh_scripted_stream_new ();
  f->received = g_string_new (NULL);
  f->transport = oh_sip_transport_new_for_stream (
    OH_CLOCK (f->clock), oh_scripted_stream_near (f->peer), "192.0.2.1", 50611);
  watch (f);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  oh_sip_transport_close (f->transport, NULL);
  oh_scripted_stream_settle ();
  g_assert_finalize_object (f->transport);
  g_assert_cmpuint (oh_fake_clock_n_alarms (f->clock), ==, 0);
  g_assert_finalize_object (f->clock);
  oh_scripted_stream_free (f->peer);
  g_string_free (f->received, TRUE);
  g_clear_error (&f->closed);
}

static void
send_text (Fixture *f, const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  oh_sip_transport_send (f->transport, bytes);
}

static void
until_closed (Fixture *f)
{
  while (f->n_closed == 0)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_messages_both_ways (Fixture *f, gconstpointer data)
{
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  oh_scripted_stream_say (f->peer, "\r\n\r\n" OPTIONS "\r\n\r\n" OPTIONS "OPT", -1);
  oh_scripted_stream_settle ();
  g_assert_cmpstr (f->received->str, ==, OPTIONS "|" OPTIONS "|");
  oh_scripted_stream_say (f->peer, &OPTIONS[3], -1);
  oh_scripted_stream_settle ();
  g_assert_cmpstr (f->received->str, ==, OPTIONS "|" OPTIONS "|" OPTIONS "|");

  send_text (f, OPTIONS);
  send_text (f, "SIP/2.0 200 OK\r\n\r\n");
  first = oh_scripted_stream_take_octets (f->peer, strlen (OPTIONS));
  second = oh_scripted_stream_take (f->peer);
  g_assert_cmpstr (first, ==, OPTIONS);
  g_assert_cmpstr (second, ==, "SIP/2.0 200 OK\r\n\r\n"); /* nothing between messages */
  oh_scripted_stream_assert_silent (f->peer);
  g_assert_cmpstr (oh_sip_transport_local_host (f->transport), ==, "192.0.2.1");
  g_assert_cmpuint (oh_sip_transport_local_port (f->transport), ==, 50611);
}

static void
test_peer_closes (Fixture *f, gconstpointer data)
{
  oh_scripted_stream_say (f->peer, OPTIONS "half", -1);
  oh_scripted_stream_hang_up (f->peer);
  until_closed (f);
  g_assert_error (f->closed, OH_ERROR, OH_ERROR_UNREACHABLE);
  g_assert_cmpstr (f->received->str, ==, OPTIONS "|");
  send_text (f, OPTIONS); /* nobody there any more: nothing happens */
  oh_sip_transport_close (f->transport, NULL);
  g_assert_cmpuint (f->n_closed, ==, 1);
}

static void
test_broken_stream (Fixture *f, gconstpointer data)
{
  oh_scripted_stream_say (f->peer, OPTIONS "X sip:a SIP/2.0\r\nl: x\r\n\r\n" OPTIONS, -1);
  until_closed (f);
  g_assert_error (f->closed, OH_ERROR, OH_ERROR_PROTOCOL);
  g_assert_cmpstr (f->received->str, ==, OPTIONS "|");
}

/* A body that never comes, and one that comes drop by drop. */
static void
test_message_limit (Fixture *f, gconstpointer data)
{
  oh_scripted_stream_say (f->peer, OPTIONS "OPTIONS sip:a@b SIP/2.0\r\nContent-Length: 9\r\n\r\n",
                          -1);
  oh_scripted_stream_settle ();
  for (guint i = 1; i < 5; i++)
    {
      oh_fake_clock_advance (f->clock, OH_SIP_MESSAGE_LIMIT_US / 5);
      oh_scripted_stream_say (f->peer, "x", 1);
      oh_scripted_stream_settle ();
    }
  oh_fake_clock_advance (f->clock, OH_SIP_MESSAGE_LIMIT_US / 5 - 1);
  g_assert_cmpuint (f->n_closed, ==, 0);
  oh_fake_clock_advance (f->clock, 1);
  g_assert_cmpuint (f->n_closed, ==, 1);
  g_assert_error (f->closed, OH_ERROR, OH_ERROR_PROTOCOL);
  g_assert_cmpstr (f->received->str, ==, OPTIONS "|");
}

/* Each message has a time of its own, a long one more of it, and line breaks none. */
static void
test_message_in_time (Fixture *f, gconstpointer data)
{
  g_autofree char *body = g_strnfill (OH_SIP_MESSAGE_OCTETS_PER_S, 'x');
  g_autofree char *head = g_strdup_printf ("OPTIONS sip:a@b SIP/2.0\r\nContent-Length: %u\r\n\r\n",
                                           OH_SIP_MESSAGE_OCTETS_PER_S + 1);

  for (guint i = 0; i < 3; i++)
    {
      oh_scripted_stream_say (f->peer, "OPT", -1);
      oh_scripted_stream_settle ();
      oh_fake_clock_advance (f->clock, OH_SIP_MESSAGE_LIMIT_US - 1);
      oh_scripted_stream_say (f->peer, &OPTIONS[3], -1);
      oh_scripted_stream_settle ();
    }
  oh_scripted_stream_say (f->peer, "\r\n\r\n", -1);
  oh_scripted_stream_settle ();
  oh_fake_clock_advance (f->clock, 2 * OH_SIP_MESSAGE_LIMIT_US);
  oh_scripted_stream_say (f->peer, head, -1);
  oh_scripted_stream_say (f->peer, body, -1);
  oh_scripted_stream_settle ();
  oh_fake_clock_advance (f->clock, OH_SIP_MESSAGE_LIMIT_US + G_USEC_PER_SEC - 1);
  g_assert_cmpuint (f->n_closed, ==, 0);
  oh_fake_clock_advance (f->clock, 1);
  g_assert_error (f->closed, OH_ERROR, OH_ERROR_PROTOCOL);
  g_assert_cmpstr (f->received->str, ==, OPTIONS "|" OPTIONS "|" OPTIONS "|");
}

static void
on_received_close (OhSipTransport *transport, GBytes *message, gpointer user_data)
{
  oh_sip_transport_close (transport, NULL);
}

/* A handler that closes is not called again for what came behind. */
static void
test_close_while_receiving (Fixture *f, gconstpointer data)
{
  g_signal_connect (f->transport, "received", G_CALLBACK (on_received_close), NULL);
  oh_scripted_stream_say (f->peer, OPTIONS OPTIONS OPTIONS, -1);
  until_closed (f);
  oh_scripted_stream_settle ();
  g_assert_cmpstr (f->received->str, ==, OPTIONS "|");
  g_assert_error (f->closed, OH_ERROR, OH_ERROR_CANCELLED);
}

static void
test_keep_alive (Fixture *f, gconstpointer data)
{
  g_autofree char *octets = NULL;
  g_autofree char *message = NULL;
  g_autofree char *again = NULL;

  oh_fake_clock_advance (f->clock, 1000 * G_USEC_PER_SEC);
  oh_scripted_stream_assert_silent (f->peer); /* never by itself */
  send_text (f, OPTIONS);
  message = oh_scripted_stream_take (f->peer);
  oh_sip_transport_set_keep_alive (f->transport, 60);
  oh_fake_clock_advance (f->clock, 59 * G_USEC_PER_SEC);
  oh_scripted_stream_assert_silent (f->peer);
  oh_fake_clock_advance (f->clock, 1 * G_USEC_PER_SEC);
  octets = oh_scripted_stream_take_octets (f->peer, 4);
  g_assert_cmpstr (octets, ==, "\r\n\r\n");

  /* a message that is sent puts it off */
  oh_fake_clock_advance (f->clock, 50 * G_USEC_PER_SEC);
  send_text (f, OPTIONS);
  g_free (message);
  message = oh_scripted_stream_take (f->peer);
  oh_fake_clock_advance (f->clock, 59 * G_USEC_PER_SEC);
  oh_scripted_stream_assert_silent (f->peer);
  oh_fake_clock_advance (f->clock, 1 * G_USEC_PER_SEC);
  again = oh_scripted_stream_take_octets (f->peer, 4);
  g_assert_cmpstr (again, ==, "\r\n\r\n");
  oh_sip_transport_set_keep_alive (f->transport, 0);
  oh_fake_clock_advance (f->clock, 1000 * G_USEC_PER_SEC);
  oh_scripted_stream_assert_silent (f->peer);
}

static void
on_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GAsyncResult **out = user_data;

  *out = g_object_ref (result);
}

static void
test_flush (Fixture *f, gconstpointer data)
{
  g_autoptr (GAsyncResult) written = NULL;
  g_autoptr (GAsyncResult) never = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *big = g_strnfill (2 * 1024 * 1024, 'x');

  send_text (f, OPTIONS);
  oh_sip_transport_flush_async (f->transport, NULL, on_done, &written);
  while (written == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (oh_sip_transport_flush_finish (f->transport, written, &error));
  g_assert_no_error (error);

  send_text (f, big); /* more than the socket takes, and nobody reads it */
  oh_sip_transport_flush_async (f->transport, NULL, on_done, &never);
  oh_scripted_stream_settle ();
  g_assert_null (never);
  oh_sip_transport_close (f->transport, NULL);
  oh_scripted_stream_settle ();
  g_assert_nonnull (never);
  g_assert_false (oh_sip_transport_flush_finish (f->transport, never, &error));
  g_assert_error (error, OH_ERROR, OH_ERROR_CANCELLED);
}

static void
test_queue_limit (Fixture *f, gconstpointer data)
{
  g_autofree char *most = g_strnfill (OH_SIP_WRITE_QUEUE_MAX - 1, 'x');

  send_text (f, most);
  send_text (f, "x");
  g_assert_cmpuint (f->n_closed, ==, 0);
  send_text (f, "x");
  g_assert_cmpuint (f->n_closed, ==, 1);
  g_assert_error (f->closed, OH_ERROR, OH_ERROR_UNREACHABLE);
}

/* --- TLS on loopback --- */

typedef struct
{
  GSocketService *service;
  guint16 port;
  GTlsCertificate *certificate;
  GIOStream *connection;
  gboolean deaf; /* accepts and says nothing */
  char chunk[64];
} Server;

static void
on_server_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GInputStream *in = G_INPUT_STREAM (source);
  Server *server = user_data;
  gssize n = g_input_stream_read_finish (in, result, NULL);

  if (n > 0) /* an echo */
    g_output_stream_write_all (g_io_stream_get_output_stream (server->connection), server->chunk,
                               (gsize) n, NULL, NULL, NULL);
}

static gboolean
on_incoming (GSocketService *service, GSocketConnection *connection, GObject *source,
             gpointer user_data)
{
  Server *server = user_data;

  if (server->deaf)
    server->connection = G_IO_STREAM (g_object_ref (connection));
  else
    {
      server->connection =
        g_tls_server_connection_new (G_IO_STREAM (connection), server->certificate, NULL);
      g_input_stream_read_async (g_io_stream_get_input_stream (server->connection), server->chunk,
                                 sizeof server->chunk, 0, NULL, on_server_read, server);
    }
  return TRUE;
}

static char *
tls_file (const char *name)
{
  return g_test_build_filename (G_TEST_DIST, "data", "tls", name, NULL);
}

/* FALSE when there is no such family here. */
static gboolean
serve_on (Server *server, const char *certificate, GSocketFamily family)
{
  g_autofree char *path = tls_file (certificate);
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (family);
  g_autoptr (GSocketAddress) any = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) bound = NULL;

  server->certificate = g_tls_certificate_new_from_file (path, NULL);
  g_assert_nonnull (server->certificate);
  server->service = g_socket_service_new ();
  if (!g_socket_listener_add_address (G_SOCKET_LISTENER (server->service), any,
                                      G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL, &bound,
                                      NULL))
    return FALSE;
  server->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));
  g_signal_connect (server->service, "incoming", G_CALLBACK (on_incoming), server);
  return TRUE;
}

static void
serve (Server *server, const char *certificate)
{
  g_assert_true (serve_on (server, certificate, G_SOCKET_FAMILY_IPV4));
}

static void
stop_serving (Server *server)
{
  g_socket_service_stop (server->service);
  g_socket_listener_close (G_SOCKET_LISTENER (server->service));
  if (server->connection != NULL)
    g_io_stream_close_async (server->connection, 0, NULL, NULL, NULL);
  oh_scripted_stream_settle ();
  g_clear_object (&server->connection);
  g_clear_object (&server->service);
  g_clear_object (&server->certificate);
}

/* Connects as to fe1.fabrikam.test; NULL and the error when that fails. */
static OhSipTransport *
connect_to_host (OhClock *clock, const char *host, guint16 port, const char *ca_file,
                 GCancellable *cancellable, GError **error)
{
  g_autoptr (OhSipTransport) transport = oh_sip_transport_new (clock);
  OhSipTarget target = {
    .host = host, .port = port, .identity = "fe1.fabrikam.test", .ca_file = ca_file
  };
  g_autoptr (GAsyncResult) result = NULL;

  oh_sip_transport_connect_async (transport, &target, cancellable, on_done, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  if (!oh_sip_transport_connect_finish (transport, result, error))
    return NULL;
  g_assert_true (oh_sip_transport_is_connected (transport));
  g_assert_nonnull (oh_sip_transport_peer_certificate (transport));
  return g_steal_pointer (&transport);
}

static OhSipTransport *
connect_to (OhClock *clock, guint16 port, const char *ca_file, GCancellable *cancellable,
            GError **error)
{
  return connect_to_host (clock, "127.0.0.1", port, ca_file, cancellable, error);
}

static void
test_tls_good (void)
{
  g_autofree char *ca_file = tls_file ("authority.pem");
  g_autoptr (GError) error = NULL;
  Server server = { 0 };
  Fixture f = { .received = g_string_new (NULL) };

  serve (&server, "good.pem");
  f.transport = connect_to (oh_clock_system (), server.port, ca_file, NULL, &error);
  g_assert_no_error (error);
  watch (&f);
  g_assert_cmpstr (oh_sip_transport_local_host (f.transport), ==, "127.0.0.1");
  g_assert_cmpuint (oh_sip_transport_local_port (f.transport), !=, 0);
  send_text (&f, OPTIONS);
  while (f.received->len == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (f.received->str, ==, OPTIONS "|");
  oh_sip_transport_close (f.transport, NULL);
  g_assert_error (f.closed, OH_ERROR, OH_ERROR_CANCELLED);
  stop_serving (&server);
  g_assert_finalize_object (f.transport);
  g_clear_error (&f.closed);
  g_string_free (f.received, TRUE);
}

/* A name with two addresses, only one of which answers; and an address that needs brackets. */
static void
test_addresses (void)
{
  static const struct
  {
    const char *host;
    GSocketFamily family;
    const char *local;
  } cases[] = { { "localhost", G_SOCKET_FAMILY_IPV4, "127.0.0.1" },
                { "localhost", G_SOCKET_FAMILY_IPV6, "[::1]" },
                { "::1", G_SOCKET_FAMILY_IPV6, "[::1]" } };
  g_autofree char *ca_file = tls_file ("authority.pem");

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OhSipTransport) transport = NULL;
      g_autoptr (GError) error = NULL;
      Server server = { 0 };

      if (serve_on (&server, "good.pem", cases[i].family))
        transport =
          connect_to_host (oh_clock_system (), cases[i].host, server.port, ca_file, NULL, &error);
      if (g_error_matches (error, OH_ERROR, OH_ERROR_UNREACHABLE) || server.port == 0)
        g_test_message ("no IPv6 loopback, or localhost has only one address");
      else
        {
          g_assert_no_error (error);
          g_assert_cmpstr (oh_sip_transport_local_host (transport), ==, cases[i].local);
          oh_sip_transport_close (transport, NULL);
        }
      stop_serving (&server);
      /* the first one must work anywhere */
      g_assert_true (i > 0 || transport != NULL);
    }
}

static void
test_tls_refused (void)
{
  static const struct
  {
    const char *certificate;
    gboolean with_ca;
    const char *why;
  } cases[] = {
    { "other-name.pem", TRUE, "not made out to “fe1.fabrikam.test”" },
    { "expired.pem", TRUE, "expired on 2020-02-01" },
    { "not-yet.pem", TRUE, "not valid before 2119-01-01" },
    { "self-signed.pem", TRUE, "issuer is not trusted" },
    { "good.pem", FALSE, "issuer is not trusted" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *ca_file = cases[i].with_ca ? tls_file ("authority.pem") : NULL;
      g_autoptr (GError) error = NULL;
      Server server = { 0 };

      g_test_message ("%s", cases[i].certificate);
      serve (&server, cases[i].certificate);
      g_assert_null (connect_to (oh_clock_system (), server.port, ca_file, NULL, &error));
      g_assert_error (error, OH_ERROR, OH_ERROR_UNTRUSTED);
      g_test_message ("%s", error->message);
      g_assert_nonnull (strstr (error->message, cases[i].why));
      g_assert_nonnull (strstr (error->message, "127.0.0.1:"));
      stop_serving (&server);
    }
}

static void
test_connect_fails (void)
{
  g_autofree char *ca_file = tls_file ("authority.pem");
  g_autofree char *no_ca = tls_file ("make-certificates");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  Server server = { 0 };

  serve (&server, "good.pem");
  g_assert_null (connect_to (oh_clock_system (), server.port, no_ca, NULL, &error));
  g_assert_error (error, OH_ERROR, OH_ERROR_SETTINGS);
  g_clear_error (&error);

  g_cancellable_cancel (cancellable);
  g_assert_null (connect_to (oh_clock_system (), server.port, ca_file, cancellable, &error));
  g_assert_error (error, OH_ERROR, OH_ERROR_CANCELLED);
  g_clear_error (&error);

  stop_serving (&server); /* nobody listens on its port any more */
  g_assert_null (connect_to (oh_clock_system (), server.port, ca_file, NULL, &error));
  g_assert_error (error, OH_ERROR, OH_ERROR_UNREACHABLE);
}

static gboolean
advance_when_accepted (gpointer user_data)
{
  gpointer *both = user_data;
  Server *server = both[1];

  if (server->connection == NULL)
    return G_SOURCE_CONTINUE;
  oh_fake_clock_advance (both[0], OH_SIP_CONNECT_LIMIT_US);
  return G_SOURCE_REMOVE;
}

/* The server takes the connection and never begins with TLS. */
static void
test_connect_limit (void)
{
  g_autoptr (OhFakeClock) clock = oh_fake_clock_new ();
  g_autofree char *ca_file = tls_file ("authority.pem");
  g_autoptr (GError) error = NULL;
  Server server = { .deaf = TRUE };
  gpointer both[] = { clock, &server };

  serve (&server, "good.pem");
  g_idle_add (advance_when_accepted, both);
  g_assert_null (connect_to (OH_CLOCK (clock), server.port, ca_file, NULL, &error));
  g_assert_error (error, OH_ERROR, OH_ERROR_UNREACHABLE);
  g_assert_nonnull (strstr (error->message, "20 seconds"));
  g_assert_cmpuint (oh_fake_clock_n_alarms (clock), ==, 0);
  stop_serving (&server);
}

#define ADD(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/sip-transport/messages-both-ways", test_messages_both_ways);
  ADD ("/sip-transport/peer-closes", test_peer_closes);
  ADD ("/sip-transport/broken-stream", test_broken_stream);
  ADD ("/sip-transport/message-limit", test_message_limit);
  ADD ("/sip-transport/message-in-time", test_message_in_time);
  ADD ("/sip-transport/close-while-receiving", test_close_while_receiving);
  ADD ("/sip-transport/keep-alive", test_keep_alive);
  ADD ("/sip-transport/flush", test_flush);
  ADD ("/sip-transport/queue-limit", test_queue_limit);
  g_test_add_func ("/sip-transport/tls-good", test_tls_good);
  g_test_add_func ("/sip-transport/addresses", test_addresses);
  g_test_add_func ("/sip-transport/tls-refused", test_tls_refused);
  g_test_add_func ("/sip-transport/connect-fails", test_connect_fails);
  g_test_add_func ("/sip-transport/connect-limit", test_connect_limit);
  return g_test_run ();
}
