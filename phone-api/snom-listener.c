/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "snom-listener.h"
#include "snom-event.h"
#include "error.h"
#include "wire-tap.h"

#include <glib/gi18n-lib.h>
#include <openssl/crypto.h>
#include <openssl/rand.h>
#include <string.h>

/* Not libsoup's server: it refuses a request line with a blank in the target, which phones send
   when a display name has one, and the event would be lost. */

/* A phone needs one connection at a time; more are a scan or an attack. The oldest gives way. */
#define CONNECTIONS_MAX 16
/* A phone has its request ready when it connects. */
#define READ_TIMEOUT_S 5
#define RANDOM_SECRET_OCTETS 32

static const char reply[] = "HTTP/1.1 200 OK\r\n"
                            "Content-Type: text/plain\r\n"
                            "Content-Length: 3\r\n"
                            "Connection: close\r\n"
                            "\r\n"
                            "ok\n";
static const gsize reply_body_len = 3;

typedef struct
{
  char *id;
  char *token;
  GInetAddress *local;
  GInetAddress *remote;
  OhSnomEventFunc func;
  gpointer user_data;
} Phone;

typedef struct
{
  GInetAddress *local;
  GSocketService *service;
  guint16 port;
} Door;

typedef struct
{
  OhSnomListener *self; /* borrowed; the listener cancels before it goes */
  GSocketConnection *connection;
  GCancellable *cancellable;
  gsize used;
  char buffer[OH_SNOM_REQUEST_MAX + 1];
} Visit;

struct _OhSnomListener
{
  GObject parent_instance;

  char *secret;
  guint16 port;
  GPtrArray *phones; /* Phone */
  GPtrArray *doors;  /* Door */
  GQueue visits;     /* Visit, oldest first, borrowed */
  guint n_refused;
};

G_DEFINE_FINAL_TYPE (OhSnomListener, oh_snom_listener, G_TYPE_OBJECT)

static void
phone_free (gpointer data)
{
  Phone *phone = data;

  g_free (phone->id);
  g_free (phone->token);
  g_object_unref (phone->local);
  g_object_unref (phone->remote);
  g_free (phone);
}

static void
door_free (gpointer data)
{
  Door *door = data;

  g_socket_service_stop (door->service);
  g_socket_listener_close (G_SOCKET_LISTENER (door->service));
  g_object_unref (door->service);
  g_object_unref (door->local);
  g_free (door);
}

static void
visit_end (Visit *visit)
{
  if (visit->self != NULL)
    g_queue_remove (&visit->self->visits, visit);
  g_io_stream_close_async (G_IO_STREAM (visit->connection), G_PRIORITY_DEFAULT, NULL, NULL, NULL);
  g_object_unref (visit->connection);
  g_object_unref (visit->cancellable);
  g_free (visit);
}

/* The visit is ended by its own callback, which may come after the listener has gone. */
static void
visit_abandon (Visit *visit)
{
  g_queue_remove (&visit->self->visits, visit);
  visit->self = NULL;
  g_cancellable_cancel (visit->cancellable);
}

static void
oh_snom_listener_dispose (GObject *object)
{
  OhSnomListener *self = OH_SNOM_LISTENER (object);

  while (!g_queue_is_empty (&self->visits))
    visit_abandon (g_queue_peek_head (&self->visits));
  g_ptr_array_set_size (self->phones, 0);
  g_ptr_array_set_size (self->doors, 0);
  G_OBJECT_CLASS (oh_snom_listener_parent_class)->dispose (object);
}

static void
oh_snom_listener_finalize (GObject *object)
{
  OhSnomListener *self = OH_SNOM_LISTENER (object);

  OPENSSL_cleanse (self->secret, strlen (self->secret));
  g_free (self->secret);
  g_ptr_array_unref (self->phones);
  g_ptr_array_unref (self->doors);
  G_OBJECT_CLASS (oh_snom_listener_parent_class)->finalize (object);
}

static void
oh_snom_listener_class_init (OhSnomListenerClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->dispose = oh_snom_listener_dispose;
  object_class->finalize = oh_snom_listener_finalize;
}

static void
oh_snom_listener_init (OhSnomListener *self)
{
  self->phones = g_ptr_array_new_with_free_func (phone_free);
  self->doors = g_ptr_array_new_with_free_func (door_free);
  g_queue_init (&self->visits);
}

static char *
random_secret (void)
{
  guchar octets[RANDOM_SECRET_OCTETS];
  char *text;

  if (RAND_bytes (octets, sizeof (octets)) != 1)
    g_return_val_if_reached (g_uuid_string_random ());
  text = g_base64_encode (octets, sizeof (octets));
  OPENSSL_cleanse (octets, sizeof (octets));
  return text;
}

OhSnomListener *
oh_snom_listener_new (const char *secret, guint16 port)
{
  OhSnomListener *self = g_object_new (OH_TYPE_SNOM_LISTENER, NULL);

  self->secret = secret != NULL ? g_strdup (secret) : random_secret ();
  self->port = port;
  return self;
}

static char *
derive (OhSnomListener *self, const char *purpose, gsize len)
{
  char *digits = g_compute_hmac_for_string (G_CHECKSUM_SHA256, (const guchar *) self->secret,
                                            strlen (self->secret), purpose, -1);

  digits[len] = '\0';
  return digits;
}

char *
oh_snom_listener_dup_token (OhSnomListener *self, const char *phone_id)
{
  return derive (self, phone_id, OH_SNOM_TOKEN_LENGTH);
}

char *
oh_snom_listener_dup_mark (OhSnomListener *self)
{
  return derive (self, "the mark", OH_SNOM_MARK_LENGTH); /* no phone's id has a blank */
}

/* Looks at every phone and every octet, so that the time says nothing about the token. */
static Phone *
find_by_token (OhSnomListener *self, OhSlice token)
{
  Phone *found = NULL;

  if (token.len != OH_SNOM_TOKEN_LENGTH)
    return NULL;
  for (guint i = 0; i < self->phones->len; i++)
    {
      Phone *phone = g_ptr_array_index (self->phones, i);

      if (CRYPTO_memcmp (phone->token, token.data, OH_SNOM_TOKEN_LENGTH) == 0)
        found = phone;
    }
  return found;
}

static gboolean
comes_from (GSocketConnection *connection, GInetAddress *address)
{
  g_autoptr (GSocketAddress) peer = g_socket_connection_get_remote_address (connection, NULL);

  return G_IS_INET_SOCKET_ADDRESS (peer) &&
         g_inet_address_equal (g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (peer)),
                               address);
}

/* The event and what it carries, never the path with the secret. */
static void
tap_event (const char *phone_id, const OhSnomRequest *request)
{
  oh_wire_tap_note (NULL, NULL, "phone-event: %.*s at %s?%.*s", (int) request->event.len,
                    request->event.data, phone_id, (int) request->query.len,
                    request->query.len > 0 ? request->query.data : "");
}

static gboolean
take_request (OhSnomListener *self, GSocketConnection *connection, OhSlice line, gboolean *head)
{
  OhSnomRequest request;
  OhPhoneEvent *event;
  Phone *phone;

  *head = oh_slice_has_prefix_case (line, "HEAD ");
  if (!oh_snom_request_parse (line, &request))
    return FALSE;
  phone = find_by_token (self, request.token);
  if (phone == NULL || !comes_from (connection, phone->remote))
    return FALSE;
  tap_event (phone->id, &request);
  event = oh_snom_event_parse (&request);
  if (event == NULL)
    return FALSE;
  if (request.head) /* a look, not an event */
    oh_phone_event_free (event);
  else
    phone->func (event, phone->user_data);
  return TRUE;
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
  OhSlice line = oh_slice (visit->buffer, visit->used);
  g_autoptr (OhSnomListener) self = g_object_ref (visit->self);
  gboolean head = FALSE;

  line = oh_slice_eat_until (&line, "\r\n");
  if (visit->used > OH_SNOM_REQUEST_MAX || !take_request (self, visit->connection, line, &head))
    {
      self->n_refused++;
      oh_wire_tap_note (NULL, NULL, "phone-event-refused: no phone of ours has that path");
      g_debug ("event request refused, %u so far", self->n_refused);
    }
  g_output_stream_write_all_async (g_io_stream_get_output_stream (G_IO_STREAM (visit->connection)),
                                   reply, sizeof (reply) - 1 - (head ? reply_body_len : 0),
                                   G_PRIORITY_DEFAULT, visit->cancellable, on_replied, visit);
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

  if (visit->self == NULL || n <= 0)
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

static gboolean
on_incoming (OhSnomListener *self, GSocketConnection *connection)
{
  Visit *visit;

  if (g_queue_get_length (&self->visits) >= CONNECTIONS_MAX)
    visit_abandon (g_queue_peek_head (&self->visits));
  visit = g_new0 (Visit, 1);
  visit->self = self;
  visit->connection = g_object_ref (connection);
  visit->cancellable = g_cancellable_new ();
  g_queue_push_tail (&self->visits, visit);
  g_socket_set_timeout (g_socket_connection_get_socket (connection), READ_TIMEOUT_S);
  read_more (visit);
  return TRUE;
}

static Door *
find_door (OhSnomListener *self, GInetAddress *local)
{
  for (guint i = 0; i < self->doors->len; i++)
    {
      Door *door = g_ptr_array_index (self->doors, i);

      if (g_inet_address_equal (door->local, local))
        return door;
    }
  return NULL;
}

static Door *
open_door (OhSnomListener *self, GInetAddress *local, GError **error)
{
  g_autoptr (GSocketService) service = g_socket_service_new ();
  g_autoptr (GSocketAddress) wanted = g_inet_socket_address_new (local, self->port);
  g_autoptr (GSocketAddress) got = NULL;
  Door *door = find_door (self, local);

  if (door != NULL)
    return door;
  if (!g_socket_listener_add_address (G_SOCKET_LISTENER (service), wanted, G_SOCKET_TYPE_STREAM,
                                      G_SOCKET_PROTOCOL_TCP, NULL, &got, error))
    {
      oh_error_adopt (error, _ ("The phone's events cannot be received on port %u"), self->port);
      return NULL;
    }
  g_signal_connect_object (service, "incoming", G_CALLBACK (on_incoming), self, G_CONNECT_SWAPPED);
  door = g_new0 (Door, 1);
  door->local = g_object_ref (local);
  door->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (got));
  door->service = g_steal_pointer (&service);
  g_ptr_array_add (self->doors, door);
  return door;
}

static void
close_unused_doors (OhSnomListener *self)
{
  for (guint i = self->doors->len; i-- > 0;)
    {
      Door *door = g_ptr_array_index (self->doors, i);
      gboolean used = FALSE;

      for (guint j = 0; j < self->phones->len; j++)
        {
          Phone *phone = g_ptr_array_index (self->phones, j);

          used = used || g_inet_address_equal (phone->local, door->local);
        }
      if (!used)
        g_ptr_array_remove_index (self->doors, i);
    }
}

/* @user_data: only if it is theirs; NULL for whoever has it. */
static void
drop_phone (OhSnomListener *self, const char *phone_id, gpointer user_data)
{
  for (guint i = 0; i < self->phones->len; i++)
    {
      Phone *phone = g_ptr_array_index (self->phones, i);

      if (strcmp (phone->id, phone_id) == 0 && (user_data == NULL || phone->user_data == user_data))
        {
          g_ptr_array_remove_index (self->phones, i);
          return;
        }
    }
}

static char *
base_url (OhSnomListener *self, const Door *door, const char *token)
{
  g_autofree char *mark = oh_snom_listener_dup_mark (self);
  g_autofree char *path = oh_snom_place_path (mark, token);
  g_autofree char *host = g_inet_address_to_string (door->local);
  gboolean v6 = g_inet_address_get_family (door->local) == G_SOCKET_FAMILY_IPV6;

  return g_strdup_printf ("http://%s%s%s:%u%s", v6 ? "[" : "", host, v6 ? "]" : "", door->port,
                          path);
}

char *
oh_snom_listener_add (OhSnomListener *self, const char *phone_id, GInetAddress *local,
                      GInetAddress *remote, OhSnomEventFunc func, gpointer user_data,
                      GError **error)
{
  Door *door = open_door (self, local, error);
  Phone *phone;

  if (door == NULL)
    return NULL;
  drop_phone (self, phone_id, NULL);
  phone = g_new0 (Phone, 1);
  phone->id = g_strdup (phone_id);
  phone->token = oh_snom_listener_dup_token (self, phone_id);
  phone->local = g_object_ref (local);
  phone->remote = g_object_ref (remote);
  phone->func = func;
  phone->user_data = user_data;
  g_ptr_array_add (self->phones, phone);
  close_unused_doors (self);
  return base_url (self, door, phone->token);
}

void
oh_snom_listener_remove (OhSnomListener *self, const char *phone_id, gpointer user_data)
{
  drop_phone (self, phone_id, user_data);
  close_unused_doors (self);
}

guint
oh_snom_listener_get_n_refused (OhSnomListener *self)
{
  return self->n_refused;
}
