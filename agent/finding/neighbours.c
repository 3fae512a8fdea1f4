/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "neighbours.h"

#include <errno.h>
#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "error.h"

/* The kernel fills a datagram up to this (netlink(7): at least the page size, 32 KiB at most). */
#define READ_SIZE 32768
/* Datagrams read before the loop has its turn again. */
#define READS_MAX 16

/* --- reading the tables --------------------------------------------------------------------- */

typedef struct
{
  int socket; /* (owned) */
  GSource *source;
  GArray *table; /* (owned) (element-type OhNeighbour) */
} Reading;

static void
reading_free (gpointer data)
{
  Reading *reading = data;

  if (reading->source != NULL)
    g_source_destroy (reading->source);
  g_clear_pointer (&reading->source, g_source_unref);
  if (reading->socket >= 0)
    close (reading->socket);
  g_clear_pointer (&reading->table, g_array_unref);
  g_free (reading);
}

static void
fail (GTask *task, const char *what)
{
  g_task_return_new_error (task, OH_ERROR, OH_ERROR_FAILED,
                           _ ("The table of neighbours cannot be read: %s."), what);
}

/* One datagram. Returns: whether the next may be read */
static gboolean
take_datagram (GTask *task, const guint8 *octets, gsize len)
{
  Reading *reading = g_task_get_task_data (task);

  switch (oh_neighbour_read (octets, len, reading->table))
    {
    case OH_NEIGHBOUR_MORE: return TRUE;
    case OH_NEIGHBOUR_END:
      g_task_return_pointer (task, g_steal_pointer (&reading->table),
                             (GDestroyNotify) g_array_unref);
      return FALSE;
    case OH_NEIGHBOUR_BROKEN:
    default: fail (task, _ ("the kernel refuses")); return FALSE;
    }
}

static gboolean
on_readable (int fd, GIOCondition condition, gpointer user_data)
{
  GTask *task = user_data; /* the source holds it */
  g_autofree guint8 *octets = g_malloc (READ_SIZE);

  if (g_task_return_error_if_cancelled (task))
    return G_SOURCE_REMOVE;
  for (guint i = 0; i < READS_MAX; i++)
    {
      ssize_t len = recv (fd, octets, READ_SIZE, MSG_DONTWAIT);

      if (len < 0 && (errno == EAGAIN || errno == EINTR))
        return G_SOURCE_CONTINUE;
      if (len < 0)
        {
          fail (task, g_strerror (errno));
          return G_SOURCE_REMOVE;
        }
      if (!take_datagram (task, octets, (gsize) len))
        return G_SOURCE_REMOVE;
    }
  return G_SOURCE_CONTINUE;
}

static gboolean
send_request (int fd)
{
  struct
  {
    struct nlmsghdr head;
    struct ndmsg body;
  } request = {
    .head = {
      .nlmsg_len = NLMSG_LENGTH (sizeof (struct ndmsg)),
      .nlmsg_type = RTM_GETNEIGH,
      .nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP,
      .nlmsg_seq = 1,
    },
    .body = { .ndm_family = AF_UNSPEC },
  };
  struct sockaddr_nl kernel = { .nl_family = AF_NETLINK };

  return sendto (fd, &request, request.head.nlmsg_len, 0, (const struct sockaddr *) &kernel,
                 sizeof kernel) >= 0;
}

void
oh_neighbours_read_async (GCancellable *cancellable, GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Reading *reading = g_new0 (Reading, 1);

  g_task_set_source_tag (task, oh_neighbours_read_async);
  g_task_set_task_data (task, reading, reading_free);
  reading->table = g_array_new (FALSE, FALSE, sizeof (OhNeighbour));
  reading->socket = socket (AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, NETLINK_ROUTE);
  if (reading->socket < 0 || !send_request (reading->socket))
    {
      fail (task, g_strerror (errno));
      return;
    }
  /* The answer is there at once, or never. */
  reading->source = g_unix_fd_source_new (reading->socket, G_IO_IN | G_IO_ERR);
  g_source_set_callback (reading->source, G_SOURCE_FUNC (on_readable), g_object_ref (task),
                         g_object_unref);
  g_source_attach (reading->source, g_main_context_get_thread_default ());
}

GArray *
oh_neighbours_read_finish (GAsyncResult *result, GError **error)
{
  GArray *table = g_task_propagate_pointer (G_TASK (result), error);

  if (table == NULL)
    oh_error_adopt (error, _ ("The table of neighbours was not read"));
  return table;
}

char *
oh_neighbour_address (const OhNeighbour *neighbour)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_bytes (
    neighbour->address, neighbour->v6 ? G_SOCKET_FAMILY_IPV6 : G_SOCKET_FAMILY_IPV4);

  return g_inet_address_get_is_link_local (address) || g_inet_address_get_is_multicast (address)
           ? NULL
           : g_inet_address_to_string (address);
}

/* --- as a source ---------------------------------------------------------------------------- */

struct _OhNeighbourSource
{
  GObject parent_instance;
};

static void oh_neighbour_source_iface_init (OhFindSourceInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (OhNeighbourSource, oh_neighbour_source, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (OH_TYPE_FIND_SOURCE,
                                                      oh_neighbour_source_iface_init))

static gboolean
is_known (const OhFindRun *run, const char *mac)
{
  for (guint i = 0; i < run->known->len; i++)
    if (g_strcmp0 (((OhKnownPhone *) g_ptr_array_index (run->known, i))->mac, mac) == 0)
      return TRUE;
  return FALSE;
}

static void
tell_neighbour (const OhFindRun *run, const OhNeighbour *neighbour)
{
  g_autofree char *mac = oh_mac_from_octets (neighbour->mac);
  g_autofree char *address = oh_neighbour_address (neighbour);

  if (address != NULL && (oh_mac_maker (mac) != OH_PHONE_MAKER_NONE || is_known (run, mac)))
    run->tell (oh_found_phone_new (OH_FOUND_BY_NEIGHBOUR, address, mac), run->user_data);
}

static void
on_table (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) table = oh_neighbours_read_finish (result, &error);
  const OhFindRun *run = g_task_get_task_data (task);

  if (table == NULL)
    g_debug ("%s", error->message);
  for (guint i = 0; table != NULL && i < table->len; i++)
    tell_neighbour (run, &g_array_index (table, OhNeighbour, i));
  g_task_return_boolean (task, TRUE);
}

static void
oh_neighbour_source_run_async (OhFindSource *self, const OhFindRun *run, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, oh_neighbour_source_run_async);
  g_task_set_task_data (task, (gpointer) run, NULL);
  oh_neighbours_read_async (cancellable, on_table, task);
}

static void
oh_neighbour_source_iface_init (OhFindSourceInterface *iface)
{
  iface->run_async = oh_neighbour_source_run_async;
}

static void
oh_neighbour_source_class_init (OhNeighbourSourceClass *class)
{
}

static void
oh_neighbour_source_init (OhNeighbourSource *self)
{
}

OhFindSource *
oh_neighbour_source_new (void)
{
  return g_object_new (OH_TYPE_NEIGHBOUR_SOURCE, NULL);
}
