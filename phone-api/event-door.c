/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "event-door.h"
#include "error.h"
#include "snom-event.h"

#include <glib/gi18n-lib.h>

/* Connections that the kernel keeps while we are at something else. */
#define BACKLOG 64

static const char reply[] = "HTTP/1.1 200 OK\r\n"
                            "Content-Type: text/plain\r\n"
                            "Content-Length: 3\r\n"
                            "Connection: close\r\n"
                            "\r\n"
                            "ok\n";
static const gsize reply_body_len = 3;

/* Who knocks, counted second by second. */
typedef struct
{
  gint64 since_us;
  guint n;
} Rate;

typedef struct
{
  OhEventDoor *door; /* (unowned) (nullable): NULL once it was given up */
  GSocketConnection *connection;
  GInetAddress *peer;
  gboolean is_phone;
  GCancellable *cancellable;
  OhClock *clock;
  guint alarm;
  gsize used;
  char buffer[OH_SNOM_REQUEST_MAX + 1];
} Visit;

struct _OhEventDoor
{
  GInetAddress *local;
  guint16 port;
  OhClock *clock;
  const OhEventDoorHost *host;
  gpointer user_data;
  GSocketService *service;
  GQueue visits; /* Visit, oldest first, borrowed: each ends itself */
  Rate phones;
  Rate strangers;
};

/* Everything that was asked of the socket has come back. */
static void
visit_end (Visit *visit)
{
  if (visit->door != NULL)
    g_queue_remove (&visit->door->visits, visit);
  oh_clock_clear_alarm (visit->clock, &visit->alarm);
  g_io_stream_close_async (G_IO_STREAM (visit->connection), G_PRIORITY_DEFAULT, NULL, NULL, NULL);
  g_object_unref (visit->connection);
  g_object_unref (visit->peer);
  g_object_unref (visit->cancellable);
  g_object_unref (visit->clock);
  g_free (visit);
}

/* The visit is ended by its own callback, which may come after the door has gone. */
static void
visit_abandon (Visit *visit)
{
  g_queue_remove (&visit->door->visits, visit);
  visit->door = NULL;
  oh_clock_clear_alarm (visit->clock, &visit->alarm);
  g_cancellable_cancel (visit->cancellable);
}

static gboolean
on_too_slow (gpointer user_data)
{
  Visit *visit = user_data;
  OhEventDoor *door = visit->door;

  visit->alarm = 0;
  visit_abandon (visit);
  door->host->note (TRUE, door->user_data);
  return G_SOURCE_REMOVE;
}

static void
on_replied (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, NULL, NULL);
  visit_end (user_data);
}

static void
answer_visit (Visit *visit)
{
  OhEventDoor *door = visit->door;
  OhSlice line = oh_slice (visit->buffer, visit->used);
  g_autoptr (GCancellable) cancellable = g_object_ref (visit->cancellable);
  gboolean head;

  line = oh_slice_eat_until (&line, "\r\n");
  head = oh_slice_has_prefix_case (line, "HEAD ");
  if (visit->used > OH_SNOM_REQUEST_MAX)
    line = oh_slice (visit->buffer, 0);
  if (!door->host->take (line, visit->peer, door->user_data) && visit->door != NULL)
    door->host->note (FALSE, door->user_data);
  g_output_stream_write_all_async (g_io_stream_get_output_stream (G_IO_STREAM (visit->connection)),
                                   reply, sizeof (reply) - 1 - (head ? reply_body_len : 0),
                                   G_PRIORITY_DEFAULT, cancellable, on_replied, visit);
}

static gboolean
has_whole_head (const Visit *visit)
{
  return g_strstr_len (visit->buffer, (gssize) visit->used, "\r\n\r\n") != NULL ||
         g_strstr_len (visit->buffer, (gssize) visit->used, "\n\n") != NULL;
}

static void read_more (Visit *visit);

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Visit *visit = user_data;
  gssize n = g_input_stream_read_finish (G_INPUT_STREAM (source), result, NULL);

  if (visit->door == NULL || n <= 0)
    {
      visit_end (visit);
      return;
    }
  visit->used += (gsize) n;
  if (has_whole_head (visit) || visit->used > OH_SNOM_REQUEST_MAX)
    answer_visit (visit);
  else
    read_more (visit);
}

static void
read_more (Visit *visit)
{
  g_input_stream_read_async (g_io_stream_get_input_stream (G_IO_STREAM (visit->connection)),
                             visit->buffer + visit->used, sizeof (visit->buffer) - visit->used,
                             G_PRIORITY_DEFAULT, visit->cancellable, on_read, visit);
}

/* Makes room: the oldest stranger goes first, a phone only for a phone. */
static gboolean
make_room (OhEventDoor *self, gboolean for_phone)
{
  Visit *leaves = NULL;

  if (g_queue_get_length (&self->visits) < OH_EVENT_DOOR_VISITS_MAX)
    return TRUE;
  for (GList *l = self->visits.head; l != NULL && leaves == NULL; l = l->next)
    if (!((Visit *) l->data)->is_phone)
      leaves = l->data;
  if (leaves == NULL && for_phone)
    leaves = g_queue_peek_head (&self->visits);
  if (leaves == NULL)
    return FALSE;
  visit_abandon (leaves);
  self->host->note (TRUE, self->user_data);
  return TRUE;
}

static gboolean
within_rate (OhEventDoor *self, Rate *rate, guint most)
{
  gint64 now_us = oh_clock_now_us (self->clock);

  if (rate->n == 0 || now_us - rate->since_us >= G_USEC_PER_SEC)
    *rate = (Rate){ .since_us = now_us };
  return ++rate->n <= most;
}

static gboolean
on_incoming (OhEventDoor *self, GSocketConnection *connection)
{
  g_autoptr (GSocketAddress) peer = g_socket_connection_get_remote_address (connection, NULL);
  GInetAddress *address =
    G_IS_INET_SOCKET_ADDRESS (peer) ? g_inet_socket_address_get_address ((gpointer) peer) : NULL;
  gboolean is_phone = address != NULL && self->host->is_phone (address, self->user_data);
  Visit *visit;

  if (address == NULL ||
      !within_rate (self, is_phone ? &self->phones : &self->strangers,
                    is_phone ? OH_EVENT_DOOR_PHONE_RATE : OH_EVENT_DOOR_STRANGER_RATE) ||
      !make_room (self, is_phone))
    {
      self->host->note (TRUE, self->user_data);
      return TRUE; /* closed by its last reference */
    }
  visit = g_new0 (Visit, 1);
  visit->door = self;
  visit->connection = g_object_ref (connection);
  visit->peer = g_object_ref (address);
  visit->is_phone = is_phone;
  visit->cancellable = g_cancellable_new ();
  visit->clock = g_object_ref (self->clock);
  visit->alarm = oh_clock_add_alarm_in (self->clock, OH_EVENT_DOOR_VISIT_US, on_too_slow, visit);
  g_queue_push_tail (&self->visits, visit);
  read_more (visit);
  return TRUE;
}

OhEventDoor *
oh_event_door_new (GInetAddress *local, guint16 port, OhClock *clock, const OhEventDoorHost *host,
                   gpointer user_data, GError **error)
{
  g_autoptr (GSocketService) service = g_socket_service_new ();
  g_autoptr (GSocketAddress) wanted = g_inet_socket_address_new (local, port);
  g_autoptr (GSocketAddress) got = NULL;
  OhEventDoor *self;

  g_socket_listener_set_backlog (G_SOCKET_LISTENER (service), BACKLOG);
  if (!g_socket_listener_add_address (G_SOCKET_LISTENER (service), wanted, G_SOCKET_TYPE_STREAM,
                                      G_SOCKET_PROTOCOL_TCP, NULL, &got, error))
    {
      oh_error_adopt (error, _ ("The phone's events cannot be received on port %u"), port);
      return NULL;
    }
  self = g_new0 (OhEventDoor, 1);
  self->local = g_object_ref (local);
  self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (got));
  self->clock = g_object_ref (clock);
  self->host = host;
  self->user_data = user_data;
  self->service = g_steal_pointer (&service);
  g_queue_init (&self->visits);
  g_signal_connect_swapped (self->service, "incoming", G_CALLBACK (on_incoming), self);
  return self;
}

void
oh_event_door_free (OhEventDoor *self)
{
  if (self == NULL)
    return;
  while (!g_queue_is_empty (&self->visits))
    visit_abandon (g_queue_peek_head (&self->visits));
  g_signal_handlers_disconnect_by_data (self->service, self);
  g_socket_service_stop (self->service);
  g_socket_listener_close (G_SOCKET_LISTENER (self->service));
  g_object_unref (self->service);
  g_object_unref (self->local);
  g_object_unref (self->clock);
  g_free (self);
}

GInetAddress *
oh_event_door_local (OhEventDoor *self)
{
  return self->local;
}

guint16
oh_event_door_port (OhEventDoor *self)
{
  return self->port;
}
