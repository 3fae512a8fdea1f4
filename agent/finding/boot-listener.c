/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "boot-listener.h"

#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include "pnp-message.h"

/* Datagrams taken before the loop has its turn again: a hall of phones after a power cut. */
#define READS_MAX 64

struct _OhBootListener
{
  GObject parent_instance;

  OhClock *clock;
  guint16 port;
  guint held;
  GSocket *socket; /* (owned) (nullable): while it listens */
  GSource *source; /* (owned) (nullable) */
};

static void oh_boot_listener_iface_init (OhFindSourceInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (OhBootListener, oh_boot_listener, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (OH_TYPE_FIND_SOURCE,
                                                      oh_boot_listener_iface_init))

static guint booted_signal;

/* --- hearing -------------------------------------------------------------------------------- */

static void
take_datagram (OhBootListener *self, const char *octets, gsize len, GSocketAddress *from)
{
  g_autoptr (OhPnpRequest) request = oh_pnp_request_parse (oh_slice (octets, len));
  g_autofree char *address = NULL;

  if (request == NULL || !G_IS_INET_SOCKET_ADDRESS (from))
    return;
  address =
    g_inet_address_to_string (g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (from)));
  g_debug ("a phone starts at %s", address);
  g_signal_emit (self, booted_signal, 0, request->mac, request->model, address);
}

static gboolean
on_datagram (GSocket *socket, GIOCondition condition, gpointer user_data)
{
  g_autoptr (OhBootListener) self = g_object_ref (user_data);
  char octets[OH_PNP_MAX + 1]; /* one more: a longer one is seen to be longer */

  for (guint i = 0; i < READS_MAX && self->socket != NULL; i++)
    {
      g_autoptr (GSocketAddress) from = NULL;
      gssize len = g_socket_receive_from (self->socket, &from, octets, sizeof octets, NULL, NULL);

      if (len < 0)
        break;
      take_datagram (self, octets, (gsize) len, from);
    }
  return G_SOURCE_CONTINUE;
}

/* --- listening ------------------------------------------------------------------------------ */

static gboolean
can_hear (const struct ifaddrs *entry)
{
  const guint wanted = IFF_UP | IFF_RUNNING | IFF_MULTICAST;

  return entry->ifa_addr != NULL && entry->ifa_addr->sa_family == AF_INET &&
         (entry->ifa_flags & wanted) == wanted;
}

/* Returns: on how many interfaces it was joined */
static guint
join_everywhere (GSocket *socket)
{
  g_autoptr (GInetAddress) group = g_inet_address_new_from_string (OH_PNP_GROUP);
  struct ifaddrs *list = NULL;
  guint n = 0;

  if (getifaddrs (&list) != 0)
    return 0;
  for (struct ifaddrs *at = list; at != NULL && n < OH_BOOT_INTERFACES_MAX; at = at->ifa_next)
    if (can_hear (at) && g_socket_join_multicast_group (socket, group, FALSE, at->ifa_name, NULL))
      n++; /* an interface with two addresses is joined once: the second join fails */
  freeifaddrs (list);
  return n;
}

static GSocket *
open_socket (OhBootListener *self, GError **error)
{
  g_autoptr (GSocket) socket =
    g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_DATAGRAM, G_SOCKET_PROTOCOL_UDP, error);
  g_autoptr (GInetAddress) group = g_inet_address_new_from_string (OH_PNP_GROUP);
  /* Bound to the group itself: what is sent to this computer is not ours to take away. */
  g_autoptr (GSocketAddress) wanted = g_inet_socket_address_new (group, self->port);

  if (socket == NULL || !g_socket_bind (socket, wanted, TRUE, error))
    return NULL;
  g_socket_set_blocking (socket, FALSE);
  if (join_everywhere (socket) > 0)
    return g_steal_pointer (&socket);
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NETWORK_UNREACHABLE,
                       "no interface with multicast");
  return NULL;
}

static void
stop (OhBootListener *self)
{
  if (self->source != NULL)
    g_source_destroy (self->source);
  g_clear_pointer (&self->source, g_source_unref);
  g_clear_object (&self->socket);
}

static void
start (OhBootListener *self)
{
  g_autoptr (GError) error = NULL;

  self->socket = open_socket (self, &error);
  if (self->socket == NULL)
    {
      g_message ("phones that start are not heard: %s", error->message);
      return;
    }
  self->source = g_socket_create_source (self->socket, G_IO_IN, NULL);
  g_source_set_callback (self->source, G_SOURCE_FUNC (on_datagram), self, NULL);
  g_source_attach (self->source, g_main_context_get_thread_default ());
}

void
oh_boot_listener_hold (OhBootListener *self)
{
  if (self->held++ == 0)
    start (self);
}

void
oh_boot_listener_release (OhBootListener *self)
{
  g_return_if_fail (self->held > 0);
  if (--self->held == 0)
    stop (self);
}

/* --- as a source ---------------------------------------------------------------------------- */

typedef struct
{
  OhBootListener *self; /* (owned) */
  const OhFindRun *run;
  guint alarm;
  gulong heard;
  gulong cancelled;
  GCancellable *cancellable; /* (owned) */
} Listening;

static void
listening_free (gpointer data)
{
  Listening *listening = data;

  g_object_unref (listening->self);
  g_object_unref (listening->cancellable);
  g_free (listening);
}

static void
on_booted (OhBootListener *self, const char *mac, const char *model, const char *address,
           Listening *listening)
{
  OhFoundPhone *found = oh_found_phone_new (OH_FOUND_BY_BOOT, address, mac);

  found->model = g_strdup (model);
  if (oh_host_answer_dect (model) != NULL)
    found->kind = OH_FOUND_DECT;
  else if (found->maker != OH_PHONE_MAKER_NONE || model != NULL)
    found->kind = OH_FOUND_DESK;
  listening->run->tell (found, listening->run->user_data);
}

static gboolean
on_enough (gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Listening *listening = g_task_get_task_data (task);

  listening->alarm = 0;
  g_signal_handler_disconnect (listening->self, listening->heard);
  /* Not g_cancellable_disconnect(): this may run inside its signal. */
  g_signal_handler_disconnect (listening->cancellable, listening->cancelled);
  oh_boot_listener_release (listening->self);
  g_task_return_boolean (task, TRUE);
  return G_SOURCE_REMOVE;
}

static void
on_cancelled (GCancellable *cancellable, gpointer user_data)
{
  Listening *listening = g_task_get_task_data (user_data);

  oh_clock_clear_alarm (listening->self->clock, &listening->alarm);
  on_enough (user_data);
}

static void
oh_boot_listener_run_async (OhFindSource *source, const OhFindRun *run, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer user_data)
{
  OhBootListener *self = OH_BOOT_LISTENER (source);
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Listening *listening = g_new0 (Listening, 1);

  g_task_set_source_tag (task, oh_boot_listener_run_async);
  g_task_set_task_data (task, listening, listening_free);
  listening->self = g_object_ref (self);
  listening->run = run;
  listening->cancellable = g_object_ref (cancellable);
  oh_boot_listener_hold (self);
  listening->heard = g_signal_connect (self, "booted", G_CALLBACK (on_booted), listening);
  listening->alarm = oh_clock_add_alarm_in (self->clock, run->listen_us, on_enough, task);
  listening->cancelled =
    g_signal_connect (cancellable, "cancelled", G_CALLBACK (on_cancelled), task);
}

/* --- life ----------------------------------------------------------------------------------- */

static void
oh_boot_listener_iface_init (OhFindSourceInterface *iface)
{
  iface->run_async = oh_boot_listener_run_async;
}

static void
oh_boot_listener_dispose (GObject *object)
{
  stop (OH_BOOT_LISTENER (object));
  g_clear_object (&OH_BOOT_LISTENER (object)->clock);
  G_OBJECT_CLASS (oh_boot_listener_parent_class)->dispose (object);
}

static void
oh_boot_listener_class_init (OhBootListenerClass *class)
{
  G_OBJECT_CLASS (class)->dispose = oh_boot_listener_dispose;
  booted_signal = g_signal_new ("booted", OH_TYPE_BOOT_LISTENER, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 3, G_TYPE_STRING, G_TYPE_STRING, G_TYPE_STRING);
}

static void
oh_boot_listener_init (OhBootListener *self)
{
}

OhBootListener *
oh_boot_listener_new (OhClock *clock, guint16 port)
{
  OhBootListener *self = g_object_new (OH_TYPE_BOOT_LISTENER, NULL);

  self->clock = g_object_ref (clock);
  self->port = port;
  return self;
}
