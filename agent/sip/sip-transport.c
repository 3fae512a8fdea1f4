/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "sip-transport.h"

#include <glib/gi18n-lib.h>

#include "error.h"
#include "log.h"
#include "sip-intake.h"
#include "sip-keep-alive.h"

#define READ_SIZE 16384u

typedef enum
{
  STATE_IDLE,
  STATE_CONNECTING,
  STATE_OPEN,
  STATE_CLOSED,
  N_STATES,
} State;

#define BIT(state) (1u << (state))

static const guint8 may_follow[N_STATES] = {
  [STATE_IDLE] = BIT (STATE_CONNECTING) | BIT (STATE_OPEN) | BIT (STATE_CLOSED),
  [STATE_CONNECTING] = BIT (STATE_OPEN) | BIT (STATE_CLOSED),
  [STATE_OPEN] = BIT (STATE_CLOSED),
  [STATE_CLOSED] = 0,
};

static const char *const state_names[N_STATES] = { "idle", "connecting", "open", "closed" };

/* What waits to be written: octets, or somebody who waits until all before it is written. */
typedef struct
{
  GBytes *bytes; /* (owned) (nullable) */
  GTask *flush;  /* (owned) (nullable) */
} Item;

struct _OhSipTransport
{
  GObject parent;

  OhClock *clock; /* (owned) */
  char *id;       /* (owned) */
  State state;

  char *peer;                 /* (owned): "host:port" for messages */
  GCancellable *cancellable;  /* (owned): of everything under way */
  OhSipConnection connection; /* (owned) */

  guint8 chunk[READ_SIZE];
  OhSipIntake intake;
  GQueue queue;     /* (element-type Item) (owned) */
  gsize queued;     /* octets in it */
  gboolean writing; /* the head of the queue is being written */
  guint n_pending;  /* reads and writes under way: the stream can be closed at 0 */

  OhSipKeepAlive keep_alive;
};

enum
{
  SIGNAL_RECEIVED,
  SIGNAL_CLOSED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OhSipTransport, oh_sip_transport, G_TYPE_OBJECT)

static void write_next (OhSipTransport *self);
static void read_on (OhSipTransport *self);

static void
set_state (OhSipTransport *self, State to, const char *why)
{
  g_return_if_fail (may_follow[self->state] & BIT (to));
  g_debug ("[%s %s] %s -> %s (%s)", self->id, self->peer, state_names[self->state], state_names[to],
           why);
  self->state = to;
}

static void
item_free (Item *item)
{
  g_clear_pointer (&item->bytes, g_bytes_unref);
  g_clear_object (&item->flush);
  g_free (item);
}

/* Those who wait for the queue to be written out learn that it never will be. */
static void
clear_queue (OhSipTransport *self, const GError *why)
{
  Item *item;

  while ((item = g_queue_pop_head (&self->queue)) != NULL)
    {
      if (item->flush != NULL)
        g_task_return_error (item->flush, g_error_copy (why));
      item_free (item);
    }
  self->queued = 0;
}

/* Reads and writes come back with CANCELLED first: a stream with one under way does not close. */
static void
close_stream_when_quiet (OhSipTransport *self)
{
  if (self->state == STATE_CLOSED && self->n_pending == 0 && self->connection.stream != NULL)
    {
      g_io_stream_close_async (self->connection.stream, G_PRIORITY_DEFAULT, NULL, NULL, NULL);
      g_clear_object (&self->connection.stream);
    }
}

static void
close_with (OhSipTransport *self, const GError *why)
{
  G_GNUC_UNUSED g_autoptr (OhSipTransport) alive = g_object_ref (self);

  if (self->state != STATE_OPEN)
    return;
  set_state (self, STATE_CLOSED, why->message);
  oh_sip_keep_alive_stop (&self->keep_alive);
  oh_sip_intake_stop (&self->intake);
  g_cancellable_cancel (self->cancellable);
  clear_queue (self, why);
  close_stream_when_quiet (self);
  g_signal_emit (self, signals[SIGNAL_CLOSED], 0, why);
}

static void G_GNUC_PRINTF (2, 3) unreachable (OhSipTransport *self, const char *format, ...)
{
  g_autoptr (GError) error = NULL;
  va_list args;

  va_start (args, format);
  error = g_error_new_valist (OH_ERROR, OH_ERROR_UNREACHABLE, format, args);
  va_end (args);
  close_with (self, error);
}

/* --- reading --- */

static void
on_message (GBytes *message, gpointer user_data)
{
  g_signal_emit (user_data, signals[SIGNAL_RECEIVED], 0, message);
}

static void
on_broken (gboolean endless, gpointer user_data)
{
  OhSipTransport *self = user_data;
  g_autoptr (GError) error = g_error_new (OH_ERROR, OH_ERROR_PROTOCOL,
                                          endless ? _ ("%s began a message and does not end it.")
                                                  : _ ("What %s sends cannot be read as SIP."),
                                          self->peer);

  close_with (self, error);
}

static const OhSipIntakeFuncs intake_funcs = { on_message, on_broken };

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OhSipTransport) self = user_data; /* the reference of read_on() */
  g_autoptr (GError) error = NULL;
  gssize n = g_input_stream_read_finish (G_INPUT_STREAM (source), result, &error);

  self->n_pending--;
  if (self->state != STATE_OPEN)
    {
      close_stream_when_quiet (self);
      return;
    }
  if (n < 0)
    unreachable (self, _ ("The connection to %s was lost: %s"), self->peer, error->message);
  else if (n == 0)
    unreachable (self, _ ("%s closed the connection."), self->peer);
  else
    {
      oh_sip_intake_feed (&self->intake, self->chunk, (gsize) n);
      read_on (self);
    }
}

static void
read_on (OhSipTransport *self)
{
  if (self->state != STATE_OPEN)
    return;
  self->n_pending++;
  g_input_stream_read_async (g_io_stream_get_input_stream (self->connection.stream), self->chunk,
                             READ_SIZE, G_PRIORITY_DEFAULT, self->cancellable, on_read,
                             g_object_ref (self));
}

/* --- writing --- */

static void
on_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OhSipTransport) self = user_data; /* the reference of write_next() */
  g_autoptr (GError) error = NULL;
  gboolean written =
    g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, NULL, &error);
  Item *item;

  self->n_pending--;
  self->writing = FALSE;
  if (self->state != STATE_OPEN)
    {
      close_stream_when_quiet (self);
      return;
    }
  if (!written)
    {
      unreachable (self, _ ("The connection to %s was lost: %s"), self->peer, error->message);
      return;
    }
  item = g_queue_pop_head (&self->queue);
  self->queued -= g_bytes_get_size (item->bytes);
  item_free (item);
  write_next (self);
}

static void
write_next (OhSipTransport *self)
{
  Item *item;

  while ((item = g_queue_peek_head (&self->queue)) != NULL && !self->writing)
    {
      if (item->flush != NULL)
        {
          g_queue_pop_head (&self->queue);
          g_task_return_boolean (item->flush, TRUE);
          item_free (item);
          continue;
        }
      self->writing = TRUE;
      self->n_pending++;
      g_output_stream_write_all_async (g_io_stream_get_output_stream (self->connection.stream),
                                       g_bytes_get_data (item->bytes, NULL),
                                       g_bytes_get_size (item->bytes), G_PRIORITY_DEFAULT,
                                       self->cancellable, on_written, g_object_ref (self));
    }
}

static void
queue_item (OhSipTransport *self, GBytes *bytes, GTask *flush)
{
  Item *item = g_new0 (Item, 1);

  item->bytes = bytes != NULL ? g_bytes_ref (bytes) : NULL;
  item->flush = flush; /* takes it */
  g_queue_push_tail (&self->queue, item);
  write_next (self);
}

void
oh_sip_transport_send (OhSipTransport *self, GBytes *message)
{
  g_return_if_fail (OH_IS_SIP_TRANSPORT (self));

  if (self->state != STATE_OPEN || g_bytes_get_size (message) == 0)
    return;
  if (self->queued + g_bytes_get_size (message) > OH_SIP_WRITE_QUEUE_MAX)
    {
      unreachable (self, _ ("%s does not take what is sent to it."), self->peer);
      return;
    }
  self->queued += g_bytes_get_size (message);
  oh_sip_keep_alive_sent (&self->keep_alive);
  queue_item (self, message, NULL);
}

void
oh_sip_transport_flush_async (OhSipTransport *self, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, oh_sip_transport_flush_async);
  if (self->state == STATE_OPEN)
    queue_item (self, NULL, g_steal_pointer (&task));
  else
    g_task_return_new_error (task, OH_ERROR, OH_ERROR_UNREACHABLE,
                             _ ("There is no connection to the server."));
}

gboolean
oh_sip_transport_flush_finish (OhSipTransport *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* --- keep-alive --- */

static void
on_keep_alive_due (gpointer user_data)
{
  OhSipTransport *self = user_data;
  g_autoptr (GBytes) octets = g_bytes_new_static ("\r\n\r\n", 4);

  if (g_queue_is_empty (&self->queue)) /* else the line is not idle; nothing between messages */
    oh_sip_transport_send (self, octets);
}

void
oh_sip_transport_set_keep_alive (OhSipTransport *self, guint interval_s)
{
  g_return_if_fail (OH_IS_SIP_TRANSPORT (self));

  if (self->state == STATE_OPEN)
    oh_sip_keep_alive_set (&self->keep_alive, interval_s);
}

/* --- connecting --- */

static void
start (OhSipTransport *self)
{
  set_state (self, STATE_OPEN, "ready");
  oh_sip_keep_alive_init (&self->keep_alive, self->clock, on_keep_alive_due, self);
  oh_sip_intake_init (&self->intake, self->clock, &intake_funcs, self);
  read_on (self);
}

static void
on_connected (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  OhSipTransport *self = g_task_get_source_object (task);
  GError *error = NULL;

  if (oh_sip_connect_finish (result, &self->connection, &error))
    {
      start (self);
      g_task_return_boolean (task, TRUE);
      return;
    }
  set_state (self, STATE_CLOSED, error->message);
  g_task_return_error (task, error);
}

void
oh_sip_transport_connect_async (OhSipTransport *self, const OhSipTarget *target,
                                GCancellable *cancellable, GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (OH_IS_SIP_TRANSPORT (self));
  g_return_if_fail (self->state == STATE_IDLE);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, oh_sip_transport_connect_async);
  g_task_set_check_cancellable (task, FALSE); /* the connector has looked */
  g_free (self->peer);
  self->peer = oh_sip_target_text (target);
  set_state (self, STATE_CONNECTING, "asked");
  oh_sip_connect_async (self->clock, target, cancellable, on_connected, g_steal_pointer (&task));
}

gboolean
oh_sip_transport_connect_finish (OhSipTransport *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* --- the rest --- */

void
oh_sip_transport_close (OhSipTransport *self, const GError *why)
{
  g_autoptr (GError) cancelled = NULL;

  g_return_if_fail (OH_IS_SIP_TRANSPORT (self));

  cancelled =
    g_error_new (OH_ERROR, OH_ERROR_CANCELLED, _ ("The connection to %s was closed."), self->peer);
  close_with (self, why != NULL ? why : cancelled);
}

gboolean
oh_sip_transport_is_connected (OhSipTransport *self)
{
  return self->state == STATE_OPEN;
}

const char *
oh_sip_transport_local_host (OhSipTransport *self)
{
  return self->connection.local_host;
}

guint16
oh_sip_transport_local_port (OhSipTransport *self)
{
  return self->connection.local_port;
}

const char *
oh_sip_transport_protocol (OhSipTransport *self)
{
  return self->connection.plain ? "TCP" : "TLS";
}

const char *
oh_sip_transport_id (OhSipTransport *self)
{
  return self->id;
}

const char *
oh_sip_transport_peer (OhSipTransport *self)
{
  return self->peer;
}

GTlsCertificate *
oh_sip_transport_peer_certificate (OhSipTransport *self)
{
  return self->connection.certificate;
}

OhSipTransport *
oh_sip_transport_new (OhClock *clock)
{
  OhSipTransport *self = g_object_new (OH_TYPE_SIP_TRANSPORT, NULL);

  self->clock = g_object_ref (clock);
  return self;
}

OhSipTransport *
oh_sip_transport_new_for_stream (OhClock *clock, GIOStream *stream, const char *local_host,
                                 guint16 local_port)
{
  OhSipTransport *self = oh_sip_transport_new (clock);

  self->connection.local_host = g_strdup (local_host);
  self->connection.local_port = local_port;
  self->connection.stream = g_object_ref (stream);
  start (self);
  return self;
}

/* Reads and writes hold references: when this runs, none is under way. */
static void
oh_sip_transport_dispose (GObject *object)
{
  OhSipTransport *self = OH_SIP_TRANSPORT (object);
  g_autoptr (GError) gone = g_error_new (OH_ERROR, OH_ERROR_CANCELLED, "%s", self->peer);

  oh_sip_keep_alive_stop (&self->keep_alive);
  oh_sip_intake_clear (&self->intake);
  clear_queue (self, gone);
  oh_sip_connection_clear (&self->connection);
  g_clear_object (&self->clock);
  G_OBJECT_CLASS (oh_sip_transport_parent_class)->dispose (object);
}

static void
oh_sip_transport_finalize (GObject *object)
{
  OhSipTransport *self = OH_SIP_TRANSPORT (object);

  g_clear_object (&self->cancellable);
  g_free (self->peer);
  g_free (self->id);
  G_OBJECT_CLASS (oh_sip_transport_parent_class)->finalize (object);
}

static void
oh_sip_transport_class_init (OhSipTransportClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = oh_sip_transport_dispose;
  object_class->finalize = oh_sip_transport_finalize;
  signals[SIGNAL_RECEIVED] = g_signal_new ("received", OH_TYPE_SIP_TRANSPORT, G_SIGNAL_RUN_LAST, 0,
                                           NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BYTES);
  signals[SIGNAL_CLOSED] = g_signal_new ("closed", OH_TYPE_SIP_TRANSPORT, G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
oh_sip_transport_init (OhSipTransport *self)
{
  self->id = oh_log_next_id ('c');
  self->peer = g_strdup ("-");
  self->cancellable = g_cancellable_new ();
  g_queue_init (&self->queue);
}
