/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What test-sip-transport.c has not: lines without TLS, and certificates that somebody else judges.
 */

#include "sip-transport.h"

#include "error.h"
#include "scripted-stream.h"

typedef struct
{
  GSocketService *service;
  guint16 port;
  GTlsCertificate *certificate; /* (nullable): NULL answers without TLS */
  GIOStream *connection;
  char chunk[16];
  gboolean judged;
  gboolean accepts;
} Fixture;

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  g_input_stream_read_finish (G_INPUT_STREAM (source), result, &error);
}

static gboolean
on_incoming (GSocketService *service, GSocketConnection *connection, GObject *source, Fixture *f)
{
  if (f->certificate == NULL)
    f->connection = G_IO_STREAM (g_object_ref (connection));
  else
    f->connection = g_tls_server_connection_new (G_IO_STREAM (connection), f->certificate, NULL);
  g_input_stream_read_async (g_io_stream_get_input_stream (f->connection), f->chunk,
                             sizeof f->chunk, 0, NULL, on_read, f);
  return TRUE;
}

/* @data: (nullable): file of the certificate */
static void
set_up (Fixture *f, gconstpointer data)
{
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) any = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) bound = NULL;

  if (data != NULL)
    {
      g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "tls", data, NULL);

      f->certificate = g_tls_certificate_new_from_file (path, NULL);
      g_assert_nonnull (f->certificate);
    }
  f->service = g_socket_service_new ();
  g_assert_true (g_socket_listener_add_address (G_SOCKET_LISTENER (f->service), any,
                                                G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL,
                                                &bound, NULL));
  f->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));
  g_signal_connect (f->service, "incoming", G_CALLBACK (on_incoming), f);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_socket_service_stop (f->service);
  g_socket_listener_close (G_SOCKET_LISTENER (f->service));
  if (f->connection != NULL)
    g_io_stream_close_async (f->connection, 0, NULL, NULL, NULL);
  oh_scripted_stream_settle ();
  g_clear_object (&f->connection);
  g_clear_object (&f->service);
  g_clear_object (&f->certificate);
}

static void
on_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static gboolean
judge (GTlsCertificate *certificate, gpointer user_data, GError **error)
{
  Fixture *f = user_data;

  g_assert_true (g_tls_certificate_is_same (certificate, f->certificate));
  f->judged = TRUE;
  if (!f->accepts)
    g_set_error (error, OH_ERROR, OH_ERROR_UNTRUSTED, "another key");
  return f->accepts;
}

static OhSipTransport *
connect_to (Fixture *f, const OhSipTarget *how, GError **error)
{
  g_autoptr (OhSipTransport) transport = oh_sip_transport_new (oh_clock_system ());
  OhSipTarget target = *how;
  g_autoptr (GAsyncResult) result = NULL;

  target.host = "127.0.0.1";
  target.port = f->port;
  oh_sip_transport_connect_async (transport, &target, NULL, on_done, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  if (!oh_sip_transport_connect_finish (transport, result, error))
    return NULL;
  return g_steal_pointer (&transport);
}

static void
test_plain (Fixture *f, gconstpointer data)
{
  OhSipTarget target = { .plain = TRUE };
  g_autoptr (GError) error = NULL;
  g_autoptr (OhSipTransport) transport = connect_to (f, &target, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (oh_sip_transport_protocol (transport), ==, "TCP");
  g_assert_cmpstr (oh_sip_transport_local_host (transport), ==, "127.0.0.1");
  g_assert_null (oh_sip_transport_peer_certificate (transport));
  oh_sip_transport_close (transport, NULL);
}

/* A certificate that no authority here knows, of another name: the judge alone decides. */
static void
test_judge_accepts (Fixture *f, gconstpointer data)
{
  OhSipTarget target = { .judge = judge, .judge_data = f };
  g_autoptr (GError) error = NULL;
  g_autoptr (OhSipTransport) transport = NULL;

  f->accepts = TRUE;
  transport = connect_to (f, &target, &error);
  g_assert_no_error (error);
  g_assert_true (f->judged);
  g_assert_cmpstr (oh_sip_transport_protocol (transport), ==, "TLS");
  oh_sip_transport_close (transport, NULL);
}

/* One that the administrator's file would accept is refused all the same, in the judge's words. */
static void
test_judge_refuses (Fixture *f, gconstpointer data)
{
  g_autofree char *ca_file =
    g_test_build_filename (G_TEST_DIST, "data", "tls", "authority.pem", NULL);
  OhSipTarget target = {
    .judge = judge, .judge_data = f, .ca_file = ca_file, .identity = "fe1.fabrikam.test"
  };
  g_autoptr (GError) error = NULL;

  g_assert_null (connect_to (f, &target, &error));
  g_assert_error (error, OH_ERROR, OH_ERROR_UNTRUSTED);
  g_assert_true (g_str_has_suffix (error->message, "another key"));
  g_assert_true (f->judged);
}

#define ADD(path, data, test) g_test_add (path, Fixture, data, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/sip-connector/plain", NULL, test_plain);
  ADD ("/sip-connector/judge-accepts", "self-signed.pem", test_judge_accepts);
  ADD ("/sip-connector/judge-refuses", "good.pem", test_judge_refuses);
  return g_test_run ();
}
