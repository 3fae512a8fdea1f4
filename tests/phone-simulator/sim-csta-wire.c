/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim-csta-wire.h"

#include "sim-query.h"

#include <string.h>

struct _SimCstaWire
{
  const SimCstaWireFuncs *funcs;
  gpointer user_data;
  GSocketService *service[2]; /* (owned) (nullable): plain, TLS */
  guint16 port[2];
  gboolean up;
  GList *lines; /* (element-type SimCstaLine) */
};

struct _SimCstaLine
{
  SimCstaWire *wire;
  GIOStream *stream;         /* (owned) */
  GCancellable *cancellable; /* (owned) */
  GByteArray *buffer;        /* (owned) */
  guint8 chunk[4096];
};

/* --- lines --- */

static void
line_free (SimCstaLine *line)
{
  SimCstaWire *self = line->wire;

  self->lines = g_list_remove (self->lines, line);
  self->funcs->closed (line, self->user_data);
  g_io_stream_close_async (line->stream, G_PRIORITY_DEFAULT, NULL, NULL, NULL);
  g_object_unref (line->stream);
  g_object_unref (line->cancellable);
  g_byte_array_unref (line->buffer);
  g_free (line);
}

void
sim_csta_line_send (SimCstaLine *line, const char *text, gsize length)
{
  g_autoptr (GError) error = NULL;

  /* May block: whoever is at the other end reads. */
  if (!g_output_stream_write_all (g_io_stream_get_output_stream (line->stream), text, length, NULL,
                                  line->cancellable, &error))
    g_debug ("line: %s", error->message);
}

/* --- messages --- */

const char *
sim_csta_header (const SimCstaMessage *message, const char *name)
{
  const char *value = sim_query_get (message->headers, name);

  return value != NULL ? value : "";
}

static char *
full_name (const char *name)
{
  static const char *const names[][2] = {
    { "v", "via" },     { "f", "from" },           { "t", "to" },           { "i", "call-id" },
    { "m", "contact" }, { "l", "content-length" }, { "c", "content-type" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_ascii_strcasecmp (names[i][0], name) == 0)
      return g_strdup (names[i][1]);
  return g_ascii_strdown (name, -1);
}

static void
message_clear (SimCstaMessage *message)
{
  g_free (message->method);
  g_free (message->uri);
  g_clear_pointer (&message->headers, g_ptr_array_unref);
}

static gboolean
read_head (SimCstaMessage *message, const char *head)
{
  g_auto (GStrv) lines = g_strsplit (head, "\r\n", -1);
  g_auto (GStrv) words = g_strsplit (lines[0], " ", 3);

  message->headers = sim_query_new ();
  if (g_strv_length (words) != 3)
    return FALSE;
  message->method = g_strdup (g_str_has_prefix (words[0], "SIP/") ? "" : words[0]);
  message->uri = g_strdup (words[1]);
  for (char **line = lines + 1; *line != NULL; line++)
    {
      g_auto (GStrv) parts = g_strsplit (*line, ":", 2);
      SimPair *pair;

      if (g_strv_length (parts) != 2)
        return FALSE;
      pair = g_new0 (SimPair, 1);
      pair->name = full_name (g_strstrip (parts[0]));
      pair->value = g_strdup (g_strstrip (parts[1]));
      g_ptr_array_add (message->headers, pair);
    }
  return TRUE;
}

/* Takes one message out of the buffer. FALSE when there is none (yet), or never will be. */
static gboolean
take_message (SimCstaLine *line, gboolean *broken)
{
  g_autofree char *text = g_strndup ((const char *) line->buffer->data, line->buffer->len);
  const char *end;
  g_autofree char *head = NULL;
  SimCstaMessage message = { 0 };
  gsize used;

  while (line->buffer->len >= 2 && memcmp (line->buffer->data, "\r\n", 2) == 0)
    g_byte_array_remove_range (line->buffer, 0, 2); /* keep-alives, RFC 5626 3.5.1 */
  g_free (text);
  text = g_strndup ((const char *) line->buffer->data, line->buffer->len);
  end = strstr (text, "\r\n\r\n");
  if (end == NULL)
    return FALSE;
  head = g_strndup (text, (gsize) (end - text));
  *broken = !read_head (&message, head);
  message.length =
    *broken ? 0 : (gsize) g_ascii_strtoull (sim_csta_header (&message, "content-length"), NULL, 10);
  used = (gsize) (end - text) + 4;
  if (*broken || message.length > line->buffer->len - used)
    {
      message_clear (&message);
      return FALSE;
    }
  message.body = text + used;
  g_byte_array_remove_range (line->buffer, 0, (guint) (used + message.length));
  line->wire->funcs->message (line, &message, line->wire->user_data);
  message_clear (&message);
  return TRUE;
}

static void read_on (SimCstaLine *line);

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  SimCstaLine *line = user_data;
  gssize n = g_input_stream_read_finish (G_INPUT_STREAM (source), result, NULL);
  gboolean broken = FALSE;

  if (n > 0)
    {
      g_byte_array_append (line->buffer, line->chunk, (guint) n);
      while (!g_cancellable_is_cancelled (line->cancellable) && take_message (line, &broken))
        ;
    }
  if (n <= 0 || broken || line->buffer->len > SIM_CSTA_MESSAGE_MAX ||
      g_cancellable_is_cancelled (line->cancellable))
    line_free (line);
  else
    read_on (line);
}

static void
read_on (SimCstaLine *line)
{
  g_input_stream_read_async (g_io_stream_get_input_stream (line->stream), line->chunk,
                             sizeof line->chunk, G_PRIORITY_DEFAULT, line->cancellable, on_read,
                             line);
}

/* --- listening --- */

static gboolean
on_incoming (GSocketService *service, GSocketConnection *connection, GObject *source,
             SimCstaWire *self)
{
  gboolean tls = service == self->service[1];
  SimCstaLine *line;

  if (!self->up)
    return TRUE;
  line = g_new0 (SimCstaLine, 1);
  line->wire = self;
  line->stream = tls ? g_tls_server_connection_new (
                         G_IO_STREAM (connection), self->funcs->certificate (self->user_data), NULL)
                     : G_IO_STREAM (g_object_ref (connection));
  line->cancellable = g_cancellable_new ();
  line->buffer = g_byte_array_new ();
  self->lines = g_list_prepend (self->lines, line);
  read_on (line);
  return TRUE;
}

SimCstaWire *
sim_csta_wire_new (const SimCstaWireFuncs *funcs, gpointer user_data)
{
  SimCstaWire *self = g_new0 (SimCstaWire, 1);

  self->funcs = funcs;
  self->user_data = user_data;
  return self;
}

gboolean
sim_csta_wire_listen (SimCstaWire *self, const char *address, guint16 port, gboolean tls,
                      GError **error)
{
  g_autoptr (GSocketAddress) wanted = g_inet_socket_address_new_from_string (address, port);
  g_autoptr (GSocketAddress) taken = NULL;

  self->service[tls] = g_socket_service_new ();
  g_signal_connect (self->service[tls], "incoming", G_CALLBACK (on_incoming), self);
  if (!g_socket_listener_add_address (G_SOCKET_LISTENER (self->service[tls]), wanted,
                                      G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL, &taken,
                                      error))
    return FALSE;
  self->port[tls] = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (taken));
  return TRUE;
}

guint16
sim_csta_wire_port (SimCstaWire *self, gboolean tls)
{
  return self->port[tls];
}

void
sim_csta_wire_set_up (SimCstaWire *self, gboolean up)
{
  self->up = up;
  for (GList *l = self->lines; l != NULL && !up; l = l->next)
    g_cancellable_cancel (((SimCstaLine *) l->data)->cancellable); /* on_read() frees them */
}

void
sim_csta_wire_free (SimCstaWire *self)
{
  sim_csta_wire_set_up (self, FALSE);
  while (self->lines != NULL)
    g_main_context_iteration (NULL, TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (self->service); i++)
    if (self->service[i] != NULL)
      {
        g_socket_listener_close (G_SOCKET_LISTENER (self->service[i]));
        g_object_unref (self->service[i]);
      }
  g_free (self);
}
