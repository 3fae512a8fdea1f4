/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fe-connection.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include "fe-reader.h"

struct _FeConnection
{
  GObject parent;

  GSocketConnection *base; /* (owned) */
  GIOStream *tls;          /* (owned) */
  char *peer;              /* (owned) */
  GByteArray *incoming;    /* (owned): octets that are no message yet */
  guint8 chunk[16 * 1024];
  GQueue outgoing; /* (element-type GBytes): the head is being written */
  GCancellable *cancellable;
  int idle_limit_s; /* 0 for none */
  guint idle_id;    /* of the timer that ends it */
  gboolean deaf;    /* the client does not take what is written */
  gboolean closing; /* close when outgoing is empty */
  gboolean closed;
};

G_DEFINE_FINAL_TYPE (FeConnection, fe_connection, G_TYPE_OBJECT)

enum
{
  SIGNAL_MESSAGE,
  SIGNAL_BLANK_LINE,
  SIGNAL_CLOSED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
end (FeConnection *self, const char *reason)
{
  if (self->closed)
    return;
  self->closed = TRUE;
  g_clear_handle_id (&self->idle_id, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_io_stream_close_async (self->tls, G_PRIORITY_DEFAULT, NULL, NULL, NULL);
  g_signal_emit (self, signals[SIGNAL_CLOSED], 0, reason);
}

static gboolean
on_idle (gpointer user_data)
{
  FeConnection *self = user_data;

  self->idle_id = 0;
  end (self, "idle");
  return G_SOURCE_REMOVE;
}

static void
start_idle_timer (FeConnection *self)
{
  g_clear_handle_id (&self->idle_id, g_source_remove);
  if (self->idle_limit_s > 0 && !self->closed)
    self->idle_id = g_timeout_add ((guint) self->idle_limit_s * 1000, on_idle, self);
}

void
fe_connection_set_idle_limit (FeConnection *self, int limit_s)
{
  self->idle_limit_s = limit_s;
  start_idle_timer (self);
}

static void
take_messages (FeConnection *self)
{
  while (!self->closed)
    {
      g_autoptr (FeMessage) message = NULL;
      g_autoptr (GError) error = NULL;
      guint blank_lines = 0;

      message = fe_reader_take (self->incoming, &blank_lines, &error);
      if (blank_lines > 0)
        g_signal_emit (self, signals[SIGNAL_BLANK_LINE], 0);
      if (error != NULL)
        end (self, error->message);
      if (message == NULL)
        return;
      g_signal_emit (self, signals[SIGNAL_MESSAGE], 0, message);
    }
}

static void read_more (FeConnection *self);

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (FeConnection) self = user_data; /* the reference of the read */
  g_autoptr (GError) error = NULL;
  gssize octets = g_input_stream_read_finish (G_INPUT_STREAM (source), result, &error);

  if (self->closed)
    return;
  if (octets <= 0)
    {
      end (self, error != NULL ? error->message : NULL);
      return;
    }
  start_idle_timer (self);
  g_byte_array_append (self->incoming, self->chunk, octets);
  take_messages (self);
  if (!self->closed)
    read_more (self);
}

static void
read_more (FeConnection *self)
{
  g_input_stream_read_async (g_io_stream_get_input_stream (self->tls), self->chunk,
                             sizeof self->chunk, G_PRIORITY_DEFAULT, self->cancellable, on_read,
                             g_object_ref (self));
}

static void write_head (FeConnection *self);

static void
on_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (FeConnection) self = user_data; /* the reference of the write */
  g_autoptr (GError) error = NULL;
  if (!g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, NULL, &error))
    {
      /* It does not listen any more, but what it said before may still wait to be read; the end
       * of that ends the connection. */
      g_queue_clear_full (&self->outgoing, (GDestroyNotify) g_bytes_unref);
      self->deaf = TRUE;
      if (self->closing)
        end (self, error->message);
      return;
    }
  g_bytes_unref (g_queue_pop_head (&self->outgoing));
  if (!g_queue_is_empty (&self->outgoing))
    write_head (self);
  else if (self->closing)
    end (self, NULL);
}

static void
write_head (FeConnection *self)
{
  gsize length = 0;
  gconstpointer octets = g_bytes_get_data (g_queue_peek_head (&self->outgoing), &length);

  g_output_stream_write_all_async (g_io_stream_get_output_stream (self->tls), octets, length,
                                   G_PRIORITY_DEFAULT, self->cancellable, on_written,
                                   g_object_ref (self));
}

void
fe_connection_write (FeConnection *self, GBytes *octets)
{
  if (self->closed || self->closing || self->deaf)
    return;
  g_queue_push_tail (&self->outgoing, g_bytes_ref (octets));
  if (g_queue_get_length (&self->outgoing) == 1)
    write_head (self);
}

guint
fe_connection_waiting (FeConnection *self)
{
  return g_queue_get_length (&self->outgoing);
}

void
fe_connection_close (FeConnection *self, gboolean when_sent)
{
  if (when_sent)
    {
      self->closing = TRUE;
      if (g_queue_is_empty (&self->outgoing))
        end (self, NULL);
      return;
    }
  /* A reset instead of a polite end: what a pulled cable or a crashed server looks like. */
  (void) setsockopt (g_socket_get_fd (g_socket_connection_get_socket (self->base)), SOL_SOCKET,
                     SO_LINGER, &(struct linger){ .l_onoff = 1 }, sizeof (struct linger));
  (void) g_socket_close (g_socket_connection_get_socket (self->base), NULL);
  end (self, "cut by the test");
}

const char *
fe_connection_get_peer (FeConnection *self)
{
  return self->peer;
}

gboolean
fe_connection_is_closed (FeConnection *self)
{
  return self->closed;
}

static void
on_handshake (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (FeConnection) self = user_data; /* the reference of the handshake */
  g_autoptr (GError) error = NULL;

  if (!g_tls_connection_handshake_finish (G_TLS_CONNECTION (source), result, &error))
    end (self, error->message);
  else if (!self->closed)
    read_more (self);
}

static char *
peer_text (GSocketConnection *base)
{
  g_autoptr (GSocketAddress) address = g_socket_connection_get_remote_address (base, NULL);

  return address != NULL ? g_socket_connectable_to_string (G_SOCKET_CONNECTABLE (address))
                         : g_strdup ("?");
}

FeConnection *
fe_connection_new (GSocketConnection *base, GTlsCertificate *certificate)
{
  FeConnection *self = g_object_new (FE_TYPE_CONNECTION, NULL);

  self->base = g_object_ref (base);
  /* Small messages that are answered at once: Nagle would add 40 ms to each. */
  (void) g_socket_set_option (g_socket_connection_get_socket (base), IPPROTO_TCP, TCP_NODELAY, 1,
                              NULL);
  self->peer = peer_text (base);
  self->tls = g_tls_server_connection_new (G_IO_STREAM (base), certificate, NULL);
  g_tls_connection_handshake_async (G_TLS_CONNECTION (self->tls), G_PRIORITY_DEFAULT,
                                    self->cancellable, on_handshake, g_object_ref (self));
  return self;
}

static void
fe_connection_finalize (GObject *object)
{
  FeConnection *self = FE_CONNECTION (object);
  g_clear_handle_id (&self->idle_id, g_source_remove);
  g_clear_object (&self->tls);
  g_clear_object (&self->base);
  g_clear_object (&self->cancellable);
  g_free (self->peer);
  g_byte_array_unref (self->incoming);
  g_queue_clear_full (&self->outgoing, (GDestroyNotify) g_bytes_unref);
  G_OBJECT_CLASS (fe_connection_parent_class)->finalize (object);
}

static void
fe_connection_class_init (FeConnectionClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = fe_connection_finalize;
  signals[SIGNAL_MESSAGE] = g_signal_new ("message", FE_TYPE_CONNECTION, G_SIGNAL_RUN_LAST, 0, NULL,
                                          NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[SIGNAL_BLANK_LINE] = g_signal_new ("blank-line", FE_TYPE_CONNECTION, G_SIGNAL_RUN_LAST, 0,
                                             NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_CLOSED] = g_signal_new ("closed", FE_TYPE_CONNECTION, G_SIGNAL_RUN_LAST, 0, NULL,
                                         NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
fe_connection_init (FeConnection *self)
{
  self->incoming = g_byte_array_new ();
  self->cancellable = g_cancellable_new ();
  g_queue_init (&self->outgoing);
}
