/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "snom-exchange.h"
#include "log.h"
#include "snom-page.h"
#include "snom-trouble.h"
#include "wire-tap.h"

#include <string.h>

#define READ_CHUNK 16384
/* An open connection keeps the phone's only server thread from everybody else. */
#define IDLE_TIMEOUT_S 10

/* An exchange under way: the task's data. */
typedef struct
{
  OhClock *clock;
  SoupMessage *message;
  GCancellable *inner; /* ended by the caller's, by a limit, or by a second try of the library */
  GCancellable *outer;
  gulong outer_id;
  guint alarm;
  gboolean alone;
  OhSnomJudge judge;
  gpointer judge_data;
  OhSnomExchange *exchange;
  char *conversation; /* (owned) (nullable): for the tap, where one listens */
} Attempt;

static void read_page (GTask *owned, GInputStream *stream);

void
oh_snom_exchange_free (OhSnomExchange *self)
{
  if (self == NULL)
    return;
  g_free (self->server);
  g_free (self->location);
  g_free (self->challenge);
  g_free (self->info);
  g_byte_array_unref (self->body);
  g_clear_object (&self->local);
  g_clear_object (&self->remote);
  g_clear_error (&self->error);
  g_free (self);
}

static void
attempt_free (gpointer data)
{
  Attempt *attempt = data;

  g_clear_object (&attempt->clock);
  g_clear_object (&attempt->message);
  g_clear_object (&attempt->inner);
  g_clear_object (&attempt->outer);
  oh_snom_exchange_free (attempt->exchange);
  g_free (attempt->conversation);
  g_free (attempt);
}

SoupSession *
oh_snom_exchange_new_session (void)
{
  SoupSession *session = soup_session_new_with_options (
    "idle-timeout", IDLE_TIMEOUT_S, "timeout", 0, "user-agent", "offhook/" OH_VERSION, NULL);

  /* without a database every certificate fails the library's check, so that each comes to us */
  soup_session_set_tls_database (session, NULL);
  /* phones are on the local network: no proxy is told of them or of their passwords */
  soup_session_set_proxy_resolver (session, NULL);
  /* answers to challenges are ours, one each */
  soup_session_remove_feature_by_type (session, SOUP_TYPE_AUTH_MANAGER);
  return session;
}

/* -- the tap ---------------------------------------------------------------------------------- */

/* The request line and what came back, never a header: credentials are in those. */
static void tap (Attempt *attempt, const char *format, ...) G_GNUC_PRINTF (2, 3);

static void
tap (Attempt *attempt, const char *format, ...)
{
  GUri *uri = soup_message_get_uri (attempt->message);
  g_autofree char *peer = NULL;
  g_autofree char *text = NULL;
  va_list args;

  if (!oh_wire_tap_wanted ())
    return;
  if (attempt->conversation == NULL)
    attempt->conversation = oh_log_next_id ('c');
  peer = g_strdup_printf (strchr (g_uri_get_host (uri), ':') != NULL ? "[%s]:%d" : "%s:%d",
                          g_uri_get_host (uri), g_uri_get_port (uri));
  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  oh_wire_tap_note (attempt->conversation, peer, "%s", text);
}

static void
tap_request (Attempt *attempt)
{
  GUri *uri = soup_message_get_uri (attempt->message);
  const char *query = g_uri_get_query (uri);

  tap (attempt, "phone-request: GET %s%s%s", g_uri_get_path (uri), query != NULL ? "?" : "",
       query != NULL ? query : "");
}

static void
tap_answer (Attempt *attempt)
{
  OhSnomExchange *exchange = attempt->exchange;

  if (exchange->status != 0)
    tap (attempt, "phone-answer: %u, %u octets%s", exchange->status, exchange->body->len,
         exchange->challenge != NULL ? ", asks for a login" : "");
  else
    tap (attempt, "phone-no-answer: %s",
         exchange->error != NULL ? exchange->error->message : "nothing came");
}

/* -- limits ----------------------------------------------------------------------------------- */

static gboolean
on_too_late (gpointer data)
{
  Attempt *attempt = data;

  attempt->alarm = 0;
  attempt->exchange->timed_out = TRUE;
  g_cancellable_cancel (attempt->inner);
  return G_SOURCE_REMOVE;
}

static void
set_limit (Attempt *attempt, gint64 delay_us)
{
  oh_clock_clear_alarm (attempt->clock, &attempt->alarm);
  attempt->alarm = oh_clock_add_alarm_in (attempt->clock, delay_us, on_too_late, attempt);
}

static void
on_given_up (GCancellable *outer, gpointer user_data)
{
  g_cancellable_cancel (user_data);
}

/* -- while it is under way -------------------------------------------------------------------- */

static gboolean
on_certificate (SoupMessage *message, GTlsCertificate *certificate, GTlsCertificateFlags flaws,
                gpointer user_data)
{
  Attempt *attempt = user_data;
  OhSnomExchange *exchange = attempt->exchange;

  g_clear_error (&exchange->error);
  exchange->refused = !attempt->judge (certificate, attempt->judge_data, &exchange->error);
  return !exchange->refused;
}

static void
keep_addresses (OhSnomExchange *exchange, GSocketConnection *connection)
{
  g_autoptr (GSocketAddress) local = g_socket_connection_get_local_address (connection, NULL);
  g_autoptr (GSocketAddress) remote = g_socket_connection_get_remote_address (connection, NULL);

  if (!G_IS_INET_SOCKET_ADDRESS (local) || !G_IS_INET_SOCKET_ADDRESS (remote))
    return;
  g_set_object (&exchange->local,
                g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (local)));
  g_set_object (&exchange->remote,
                g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (remote)));
}

/* The TLS library's own policy may well allow what was given up long ago: the version that came out
   of the handshake is looked at before the request leaves. */
static void
check_version (Attempt *attempt, GTlsConnection *connection)
{
  OhSnomExchange *exchange = attempt->exchange;

  if (g_tls_connection_get_protocol_version (connection) >= G_TLS_PROTOCOL_VERSION_TLS_1_2)
    return;
  exchange->refused = TRUE;
  g_clear_error (&exchange->error);
  exchange->error =
    oh_snom_trouble_old_tls (g_uri_get_host (soup_message_get_uri (attempt->message)));
  g_cancellable_cancel (attempt->inner); /* nothing is written under a cancelled request */
}

static void
on_network_event (SoupMessage *message, GSocketClientEvent event, GIOStream *connection,
                  gpointer user_data)
{
  Attempt *attempt = user_data;

  if (event == G_SOCKET_CLIENT_TLS_HANDSHAKED && G_IS_TLS_CONNECTION (connection))
    check_version (attempt, G_TLS_CONNECTION (connection));
  if (event != G_SOCKET_CLIENT_CONNECTED)
    return;
  set_limit (attempt, OH_SNOM_HANDSHAKE_US);
  if (G_IS_SOCKET_CONNECTION (connection))
    keep_addresses (attempt->exchange, G_SOCKET_CONNECTION (connection));
}

static void
on_starting (SoupMessage *message, gpointer user_data)
{
  Attempt *attempt = user_data;

  attempt->exchange->sent = TRUE; /* from here on some of it may have left */
  set_limit (attempt, OH_SNOM_ANSWER_US);
}

/* The library sends a GET again when a connection that it had used before dies. It cannot where
   the connection is new; should it ever, the second one is stopped. */
static void
on_restarted (SoupMessage *message, gpointer user_data)
{
  Attempt *attempt = user_data;

  if (attempt->alone)
    g_cancellable_cancel (attempt->inner);
}

/* -- the end ---------------------------------------------------------------------------------- */

static void
end (GTask *task, GError *error)
{
  Attempt *attempt = g_task_get_task_data (task);
  OhSnomExchange *exchange = attempt->exchange;

  if (attempt->outer_id != 0)
    g_cancellable_disconnect (attempt->outer, attempt->outer_id);
  oh_clock_clear_alarm (attempt->clock, &attempt->alarm);
  g_signal_handlers_disconnect_by_data (attempt->message, attempt);
  if (exchange->error == NULL) /* the judge's reason is better than "handshake failed" */
    exchange->error = error;
  else
    g_clear_error (&error);
  tap_answer (attempt);
  g_task_return_pointer (task, g_steal_pointer (&attempt->exchange),
                         (GDestroyNotify) oh_snom_exchange_free);
}

static void
on_chunk (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Attempt *attempt = g_task_get_task_data (task);
  GByteArray *body = attempt->exchange->body;
  GError *error = NULL;
  g_autoptr (GBytes) chunk =
    g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, &error);

  if (chunk == NULL || g_bytes_get_size (chunk) == 0)
    end (task, error);
  else if (body->len + g_bytes_get_size (chunk) > OH_SNOM_PAGE_MAX)
    end (task, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE, "page without end"));
  else
    {
      g_byte_array_append (body, g_bytes_get_data (chunk, NULL), (guint) g_bytes_get_size (chunk));
      read_page (g_steal_pointer (&task), G_INPUT_STREAM (source));
    }
}

static void
read_page (GTask *owned, GInputStream *stream)
{
  Attempt *attempt = g_task_get_task_data (owned);

  g_input_stream_read_bytes_async (stream, READ_CHUNK, G_PRIORITY_DEFAULT, attempt->inner, on_chunk,
                                   owned);
}

static void
keep_head (OhSnomExchange *exchange, SoupMessage *message)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (message);

  exchange->status = soup_message_get_status (message);
  exchange->server = g_strdup (soup_message_headers_get_one (headers, "Server"));
  exchange->location = g_strdup (soup_message_headers_get_one (headers, "Location"));
  exchange->challenge = g_strdup (soup_message_headers_get_list (headers, "WWW-Authenticate"));
  exchange->info = g_strdup (soup_message_headers_get_one (headers, "Authentication-Info"));
}

static void
on_head (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Attempt *attempt = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GInputStream) stream =
    soup_session_send_finish (SOUP_SESSION (source), result, &error);

  if (stream == NULL)
    {
      end (task, error);
      return;
    }
  keep_head (attempt->exchange, attempt->message);
  set_limit (attempt, OH_SNOM_PAGE_US);
  read_page (g_steal_pointer (&task), stream);
}

/* -- the beginning ---------------------------------------------------------------------------- */

static SoupMessage *
new_message (const OhSnomRequestLine *line)
{
  SoupMessage *message = soup_message_new_from_uri (SOUP_METHOD_GET, line->uri);
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);

  soup_message_set_flags (message, SOUP_MESSAGE_NO_REDIRECT |
                                     (line->alone ? SOUP_MESSAGE_NEW_CONNECTION : 0));
  if (line->authorization != NULL)
    soup_message_headers_replace (headers, "Authorization", line->authorization);
  /* some firmware answers nothing at all without it */
  soup_message_headers_replace (headers, "Connection", "keep-alive");
  return message;
}

void
oh_snom_exchange_async (SoupSession *session, const OhSnomRequestLine *line, OhClock *clock,
                        GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (session, NULL, callback, user_data);
  Attempt *attempt = g_new0 (Attempt, 1);

  g_task_set_source_tag (task, oh_snom_exchange_async);
  g_task_set_task_data (task, attempt, attempt_free);
  attempt->exchange = g_new0 (OhSnomExchange, 1);
  attempt->exchange->body = g_byte_array_new ();
  attempt->clock = g_object_ref (clock);
  attempt->alone = line->alone;
  attempt->judge = line->judge;
  attempt->judge_data = line->user_data;
  attempt->message = new_message (line);
  attempt->inner = g_cancellable_new ();
  g_set_object (&attempt->outer, cancellable);
  if (cancellable != NULL)
    attempt->outer_id = g_cancellable_connect (cancellable, G_CALLBACK (on_given_up),
                                               g_object_ref (attempt->inner), g_object_unref);
  g_signal_connect (attempt->message, "accept-certificate", G_CALLBACK (on_certificate), attempt);
  g_signal_connect (attempt->message, "network-event", G_CALLBACK (on_network_event), attempt);
  g_signal_connect (attempt->message, "starting", G_CALLBACK (on_starting), attempt);
  g_signal_connect (attempt->message, "restarted", G_CALLBACK (on_restarted), attempt);
  if (line->alone)
    soup_session_abort (session); /* an idle connection may hold the phone's only thread */
  set_limit (attempt, line->connect_us > 0 ? line->connect_us : OH_SNOM_CONNECT_US);
  tap_request (attempt);
  soup_session_send_async (session, attempt->message, G_PRIORITY_DEFAULT, attempt->inner, on_head,
                           task);
}

OhSnomExchange *
oh_snom_exchange_finish (GAsyncResult *result)
{
  return g_task_propagate_pointer (G_TASK (result), NULL);
}
