/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim-http.h"

#include "sim-query.h"

#include <string.h>
#include <sys/socket.h>

#define READ_SIZE 4096

typedef struct
{
  SimHttp *http;
  gboolean secure;
  GInetSocketAddress *address; /* (owned) (nullable): NULL before it is reserved */
  GSocket *holder;             /* (owned) (nullable): bound, not listening, while we are down */
  GSocketService *service;     /* (owned) (nullable): while we are up */
} Port;

struct _SimHttp
{
  SimClock *clock;
  SimHttpHandler handler;
  gpointer user_data;
  Port ports[2];                /* plain, secure */
  GTlsCertificate *certificate; /* (owned) (nullable) */
  GList *exchanges;             /* (element-type SimExchange): every open connection */
  guint busy;
};

/* One connection and the request that is in work on it. */
struct _SimExchange
{
  SimHttp *http;
  GSocketConnection *socket; /* (owned) */
  GIOStream *stream;         /* (owned): socket, or TLS over it */
  GCancellable *cancellable; /* (owned) */
  GByteArray *in;            /* (owned) */
  guint8 buffer[READ_SIZE];
  SimRequest request;
  GString *out; /* (owned) (nullable): the answer, while it waits or goes out */
  SimFault fault;
  gboolean keep_alive;
  guint alarm;
};

static void read_more (SimExchange *self);

SimHttp *
sim_http_new (SimClock *clock, SimHttpHandler handler, gpointer user_data)
{
  SimHttp *self = g_new0 (SimHttp, 1);

  self->clock = clock;
  self->handler = handler;
  self->user_data = user_data;
  for (int secure = 0; secure < 2; secure++)
    {
      self->ports[secure].http = self;
      self->ports[secure].secure = secure;
    }
  return self;
}

static void
request_clear (SimRequest *request)
{
  g_clear_pointer (&request->method, g_free);
  g_clear_pointer (&request->target, g_free);
  g_clear_pointer (&request->path, g_free);
  g_clear_pointer (&request->query, g_free);
  g_clear_pointer (&request->headers, g_hash_table_unref);
  g_clear_pointer (&request->body, g_free);
}

static void
exchange_free (SimExchange *self)
{
  self->http->exchanges = g_list_remove (self->http->exchanges, self);
  sim_clock_remove (self->http->clock, &self->alarm);
  request_clear (&self->request);
  g_free (self->request.address);
  if (self->out != NULL)
    g_string_free (self->out, TRUE);
  g_byte_array_unref (self->in);
  g_object_unref (self->cancellable);
  g_object_unref (self->stream);
  g_object_unref (self->socket);
  g_free (self);
}

/* The TCP connection goes first: a TLS farewell would be a byte that the phone does not send. */
static void
cut (SimExchange *self, gboolean reset)
{
  GSocket *socket = g_socket_connection_get_socket (self->socket);
  struct linger now = { 1, 0 };

  if (reset)
    setsockopt (g_socket_get_fd (socket), SOL_SOCKET, SO_LINGER, &now, sizeof now);
  g_socket_close (socket, NULL);
}

static void
on_closed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_io_stream_close_finish (G_IO_STREAM (source), result, NULL);
  exchange_free (user_data);
}

static void
finish (SimExchange *self)
{
  g_io_stream_close_async (self->stream, G_PRIORITY_DEFAULT, NULL, on_closed, self);
}

/* Reading */

static gboolean
parse_head (SimExchange *self, gsize head)
{
  g_autofree char *text = g_strndup ((const char *) self->in->data, head);
  g_auto (GStrv) lines = g_strsplit (text, "\r\n", -1);
  g_auto (GStrv) words = g_strsplit (head > 0 ? lines[0] : "", " ", 3);
  SimRequest *request = &self->request;
  const char *mark;

  if (strlen (text) != head || g_strv_length (words) != 3 ||
      !g_str_has_prefix (words[2], "HTTP/1."))
    return FALSE;
  request_clear (request);
  request->method = g_strdup (words[0]);
  request->target = g_strdup (words[1]);
  mark = strchr (words[1], '?');
  request->path = sim_query_decode (words[1], mark != NULL ? mark - words[1] : -1);
  request->query = mark != NULL ? g_strdup (mark + 1) : NULL;
  request->headers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (char **line = lines + 1; *line != NULL && **line != '\0'; line++)
    {
      const char *colon = strchr (*line, ':');

      if (colon == NULL)
        return FALSE;
      g_hash_table_replace (request->headers, g_ascii_strdown (*line, colon - *line),
                            g_strstrip (g_strdup (colon + 1)));
    }
  return TRUE;
}

/* TRUE when a request is complete and taken out of the input; @broken when there will never be
 * one. */
static gboolean
take_request (SimExchange *self, gboolean *broken)
{
  const char *start = (const char *) self->in->data;
  const char *end = self->in->len > 0 ? memmem (start, self->in->len, "\r\n\r\n", 4) : NULL;
  gsize head = end != NULL ? (gsize) (end - start) : 0;
  const char *length;
  guint64 body = 0;

  *broken = end == NULL ? self->in->len > SIM_HTTP_HEAD_MAX
                        : head > SIM_HTTP_HEAD_MAX || !parse_head (self, head);
  if (end == NULL || *broken)
    return FALSE;
  length = g_hash_table_lookup (self->request.headers, "content-length");
  *broken =
    length != NULL && !g_ascii_string_to_unsigned (length, 10, 0, SIM_HTTP_BODY_MAX, &body, NULL);
  if (*broken || self->in->len - head - 4 < body)
    return FALSE;
  self->request.body = g_strndup (end + 4, body);
  g_byte_array_remove_range (self->in, 0, (guint) (head + 4 + body));
  return TRUE;
}

static void
look_for_request (SimExchange *self)
{
  gboolean broken = FALSE;

  if (take_request (self, &broken))
    {
      self->http->busy++;
      self->http->handler (self, self->http->user_data);
    }
  else if (broken)
    finish (self);
  else
    read_more (self);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  SimExchange *self = user_data;
  gssize n = g_input_stream_read_finish (G_INPUT_STREAM (source), result, NULL);

  if (n <= 0) /* the end, a failed handshake, or cut by sim_http_down() */
    {
      finish (self);
      return;
    }
  g_byte_array_append (self->in, self->buffer, (guint) n);
  look_for_request (self);
}

static void
read_more (SimExchange *self)
{
  g_input_stream_read_async (g_io_stream_get_input_stream (self->stream), self->buffer, READ_SIZE,
                             G_PRIORITY_DEFAULT, self->cancellable, on_read, self);
}

static char *
peer_address (GSocketConnection *socket)
{
  g_autoptr (GSocketAddress) address = g_socket_connection_get_remote_address (socket, NULL);

  if (!G_IS_INET_SOCKET_ADDRESS (address))
    return g_strdup ("");
  return g_inet_address_to_string (
    g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (address)));
}

static gboolean
on_incoming (GSocketService *service, GSocketConnection *socket, GObject *source, Port *port)
{
  SimHttp *http = port->http;
  GIOStream *stream = G_IO_STREAM (socket);
  SimExchange *self;

  if (port->secure)
    stream = g_tls_server_connection_new (stream, http->certificate, NULL);
  if (stream == NULL)
    return TRUE;
  self = g_new0 (SimExchange, 1);
  self->http = http;
  self->socket = g_object_ref (socket);
  self->stream = port->secure ? stream : g_object_ref (stream);
  self->cancellable = g_cancellable_new ();
  self->in = g_byte_array_new ();
  self->request.address = peer_address (socket);
  self->request.secure = port->secure;
  http->exchanges = g_list_prepend (http->exchanges, self);
  read_more (self);
  return TRUE;
}

/* Writing */

static void
on_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  SimExchange *self = user_data;
  gboolean ok = g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, NULL, NULL);

  self->http->busy--;
  g_string_free (g_steal_pointer (&self->out), TRUE);
  if (self->fault == SIM_FAULT_TRUNCATE)
    cut (self, FALSE);
  if (ok && self->keep_alive && self->fault == SIM_FAULT_NONE)
    look_for_request (self);
  else
    finish (self);
}

static void
on_answer_due (gpointer user_data)
{
  SimExchange *self = user_data;

  self->alarm = 0;
  if (self->fault == SIM_FAULT_EMPTY || self->fault == SIM_FAULT_RESET)
    {
      self->http->busy--;
      cut (self, self->fault == SIM_FAULT_RESET);
      finish (self);
      return;
    }
  g_output_stream_write_all_async (g_io_stream_get_output_stream (self->stream), self->out->str,
                                   self->out->len, G_PRIORITY_DEFAULT, self->cancellable,
                                   on_written, self);
}

static const char *
reason_of (guint status)
{
  switch (status)
    {
    case 200: return "OK";
    case 204: return "No Content";
    case 302: return "Found";
    case 307: return "Temporary Redirect";
    case 401: return "Unauthorized";
    case 403: return "Forbidden";
    case 404: return "Not Found";
    default: return "Internal Server Error";
    }
}

static GString *
compose (const SimAnswer *answer)
{
  GString *out = g_string_new (NULL);
  gsize length = answer->body != NULL ? g_bytes_get_size (answer->body) : 0;

  g_string_append_printf (out, "HTTP/1.1 %u %s\r\n", answer->status, reason_of (answer->status));
  if (answer->server != NULL)
    g_string_append_printf (out, "Server: %s\r\n", answer->server);
  if (answer->fault == SIM_FAULT_TRUNCATE)
    return g_string_append (out, "Content-Ty");
  if (answer->type != NULL)
    g_string_append_printf (out, "Content-Type: %s\r\n", answer->type);
  if (answer->headers != NULL)
    g_string_append (out, answer->headers);
  g_string_append_printf (out, "Cache-Control: no-cache\r\nConnection: %s\r\n",
                          answer->keep_alive ? "keep-alive" : "close");
  if (answer->fault != SIM_FAULT_NO_LENGTH && answer->status != 204)
    g_string_append_printf (out, "Content-Length: %" G_GSIZE_FORMAT "\r\n",
                            length + (answer->fault == SIM_FAULT_WRONG_LENGTH ? 64 : 0));
  g_string_append (out, "\r\n");
  if (length > 0 && answer->status != 204)
    g_string_append_len (out, g_bytes_get_data (answer->body, NULL), (gssize) length);
  return out;
}

void
sim_http_answer (SimExchange *exchange, const SimAnswer *answer)
{
  exchange->out = compose (answer);
  exchange->fault = answer->fault;
  exchange->keep_alive = answer->keep_alive && answer->fault == SIM_FAULT_NONE;
  exchange->alarm =
    sim_clock_add (exchange->http->clock, answer->delay_ms, on_answer_due, exchange);
}

const SimRequest *
sim_exchange_request (SimExchange *exchange)
{
  return &exchange->request;
}

const char *
sim_exchange_header (SimExchange *exchange, const char *name)
{
  return g_hash_table_lookup (exchange->request.headers, name);
}

guint
sim_http_busy (SimHttp *self)
{
  return self->busy;
}

/* Listening */

static GSocket *
bound_socket (GSocketAddress *address, GError **error)
{
  g_autoptr (GSocket) socket = g_socket_new (g_socket_address_get_family (address),
                                             G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, error);

  if (socket == NULL || !g_socket_bind (socket, address, TRUE, error))
    return NULL;
  return g_steal_pointer (&socket);
}

gboolean
sim_http_reserve (SimHttp *self, gboolean secure, const char *address, guint16 port, GError **error)
{
  Port *slot = &self->ports[secure];
  g_autoptr (GSocketAddress) wanted = g_inet_socket_address_new_from_string (address, port);

  if (wanted == NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "“%s” is no address", address);
      return FALSE;
    }
  slot->holder = bound_socket (wanted, error);
  if (slot->holder == NULL)
    return FALSE;
  slot->address = G_INET_SOCKET_ADDRESS (g_socket_get_local_address (slot->holder, error));
  return slot->address != NULL;
}

guint16
sim_http_port (SimHttp *self, gboolean secure)
{
  GInetSocketAddress *address = self->ports[secure].address;

  return address != NULL ? g_inet_socket_address_get_port (address) : 0;
}

void
sim_http_set_certificate (SimHttp *self, GTlsCertificate *certificate)
{
  g_set_object (&self->certificate, certificate);
}

gboolean
sim_http_up (SimHttp *self, gboolean secure, GError **error)
{
  Port *port = &self->ports[secure];
  g_autoptr (GSocket) socket = NULL;
  g_autoptr (GSocketService) service = g_socket_service_new ();

  if (port->service != NULL)
    return TRUE;
  g_socket_service_stop (service); /* until the socket is in */
  socket = bound_socket (G_SOCKET_ADDRESS (port->address), error);
  if (socket == NULL || !g_socket_listen (socket, error) ||
      !g_socket_listener_add_socket (G_SOCKET_LISTENER (service), socket, NULL, error))
    return FALSE;
  g_signal_connect (service, "incoming", G_CALLBACK (on_incoming), port);
  g_socket_service_start (service);
  port->service = g_steal_pointer (&service);
  g_clear_object (&port->holder);
  return TRUE;
}

static void
port_down (Port *port)
{
  if (port->service == NULL)
    return;
  g_signal_handlers_disconnect_by_data (port->service, port);
  g_socket_service_stop (port->service);
  g_socket_listener_close (G_SOCKET_LISTENER (port->service));
  g_clear_object (&port->service);
  /* Keeps the kernel from giving our port to somebody else meanwhile. */
  port->holder = bound_socket (G_SOCKET_ADDRESS (port->address), NULL);
}

void
sim_http_down (SimHttp *self)
{
  for (GList *l = self->exchanges; l != NULL; l = l->next)
    {
      SimExchange *exchange = l->data;

      g_cancellable_cancel (exchange->cancellable);
      cut (exchange, FALSE);
    }
  for (int secure = 0; secure < 2; secure++)
    port_down (&self->ports[secure]);
}

void
sim_http_free (SimHttp *self)
{
  sim_http_down (self);
  for (int secure = 0; secure < 2; secure++)
    {
      g_clear_object (&self->ports[secure].holder);
      g_clear_object (&self->ports[secure].address);
    }
  g_clear_object (&self->certificate);
  g_list_free (self->exchanges); /* those still open die with the process */
  g_free (self);
}
