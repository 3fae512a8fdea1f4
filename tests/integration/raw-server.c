/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "raw-server.h"

#include <string.h>
#include <sys/socket.h>

#define READ_SIZE 4096
#define FLOOD_SIZE 65536

/* One connection. */
typedef struct
{
  RawServer *server;
  GSocketConnection *socket;
  GCancellable *cancellable;
  GString *in;
  char buffer[READ_SIZE];
  char *out;
  RawThen then;
} Link;

static void read_more (Link *link);
static void send_more (Link *link);

static void
link_free (Link *link)
{
  link->server->n_links--;
  g_string_free (link->in, TRUE);
  g_free (link->out);
  g_object_unref (link->cancellable);
  g_object_unref (link->socket);
  g_free (link);
}

static void
cut (Link *link, gboolean reset)
{
  GSocket *socket = g_socket_connection_get_socket (link->socket);
  struct linger now = { 1, 0 };

  if (reset)
    setsockopt (g_socket_get_fd (socket), SOL_SOCKET, SO_LINGER, &now, sizeof now);
  g_socket_close (socket, NULL);
  link_free (link);
}

static gboolean
on_drip (gpointer data)
{
  send_more (data);
  return G_SOURCE_REMOVE;
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Link *link = user_data;
  gsize n = 0;
  gboolean ok = g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, &n, NULL);

  if (!ok)
    {
      link_free (link); /* the other end had enough, or the test is over */
      return;
    }
  link->server->n_octets += n;
  switch (link->then)
    {
    case RAW_CLOSE: cut (link, FALSE); break;
    case RAW_RESET: cut (link, TRUE); break;
    case RAW_DRIP: g_timeout_add (1, on_drip, link); break; /* nobody is to be quicker than time */
    case RAW_ENDLESS: send_more (link); break;
    case RAW_KEEP:
    case RAW_HANG:
    default: read_more (link);
    }
}

static void
send_more (Link *link)
{
  gsize size = link->then == RAW_DRIP ? 1 : FLOOD_SIZE;

  g_free (link->out);
  link->out = g_strnfill (size, 'x');
  g_output_stream_write_all_async (g_io_stream_get_output_stream (G_IO_STREAM (link->socket)),
                                   link->out, size, G_PRIORITY_LOW, link->cancellable, on_written,
                                   link);
}

static void
answer (Link *link)
{
  RawServer *server = link->server;
  const RawAnswer *say = &server->script[MIN (server->n_requests, server->n_script - 1)];

  server->n_requests++;
  g_ptr_array_add (server->heads, g_strdup (link->in->str));
  g_string_truncate (link->in, 0);
  link->then = say->then;
  g_free (link->out);
  link->out = g_strdup (say->text);
  g_output_stream_write_all_async (g_io_stream_get_output_stream (G_IO_STREAM (link->socket)),
                                   link->out, strlen (link->out), G_PRIORITY_DEFAULT,
                                   link->cancellable, on_written, link);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Link *link = user_data;
  gssize n = g_input_stream_read_finish (G_INPUT_STREAM (source), result, NULL);

  if (n <= 0)
    {
      link_free (link);
      return;
    }
  g_string_append_len (link->in, link->buffer, n);
  if (strstr (link->in->str, "\r\n\r\n") != NULL && link->then != RAW_HANG)
    answer (link);
  else
    read_more (link);
}

static void
read_more (Link *link)
{
  g_input_stream_read_async (g_io_stream_get_input_stream (G_IO_STREAM (link->socket)),
                             link->buffer, READ_SIZE, G_PRIORITY_DEFAULT, link->cancellable,
                             on_read, link);
}

static gboolean
on_incoming (GSocketService *service, GSocketConnection *socket, GObject *source, RawServer *self)
{
  Link *link = g_new0 (Link, 1);

  self->n_connections++;
  self->n_links++;
  link->server = self;
  link->socket = g_object_ref (socket);
  link->cancellable = g_object_ref (g_object_get_data (G_OBJECT (service), "end"));
  link->in = g_string_new (NULL);
  read_more (link);
  return TRUE;
}

RawServer *
raw_server_new (const RawAnswer *script, guint n_script)
{
  RawServer *self = g_new0 (RawServer, 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocketAddress) wanted = g_inet_socket_address_new_from_string ("127.0.0.1", 0);
  g_autoptr (GSocketAddress) taken = NULL;

  self->script = script;
  self->n_script = n_script;
  self->heads = g_ptr_array_new_with_free_func (g_free);
  self->service = g_socket_service_new ();
  g_object_set_data_full (G_OBJECT (self->service), "end", g_cancellable_new (), g_object_unref);
  g_socket_listener_add_address (G_SOCKET_LISTENER (self->service), wanted, G_SOCKET_TYPE_STREAM,
                                 G_SOCKET_PROTOCOL_TCP, NULL, &taken, &error);
  g_assert_no_error (error);
  self->host = g_strdup_printf ("127.0.0.1:%u",
                                g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (taken)));
  g_signal_connect (self->service, "incoming", G_CALLBACK (on_incoming), self);
  return self;
}

void
raw_server_free (RawServer *self)
{
  g_cancellable_cancel (g_object_get_data (G_OBJECT (self->service), "end"));
  g_socket_service_stop (self->service);
  g_socket_listener_close (G_SOCKET_LISTENER (self->service));
  while (self->n_links > 0) /* each of them sees its end */
    g_main_context_iteration (NULL, TRUE);
  g_object_unref (self->service);
  g_ptr_array_unref (self->heads);
  g_free (self->host);
  g_free (self);
}

guint
raw_server_count (RawServer *self, const char *text)
{
  guint n = 0;

  for (guint i = 0; i < self->heads->len; i++)
    if (strstr (g_ptr_array_index (self->heads, i), text) != NULL)
      n++;
  return n;
}
