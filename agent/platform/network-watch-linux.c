/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "network-watch.h"

#include "carrier.h"

#include <arpa/inet.h>
#include <gio/gio.h>
#include <glib-unix.h>
#include <ifaddrs.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* The contents of what the kernel tells do not matter, that it does is enough: everything is read
 * afresh. So a message that was lost for lack of room is as good as one that came. */
#define NETLINK_GROUPS (RTMGRP_LINK | RTMGRP_IPV4_IFADDR | RTMGRP_IPV6_IFADDR)
#define NETLINK_READ_SIZE 8192
/* Read at once; the rest wakes the loop again. */
#define NETLINK_READS_MAX 64

struct _OhNetworkWatch
{
  GObject parent_instance;

  GNetworkMonitor *monitor; /* (unowned): the process's; knows NetworkManager and the portals */
  int netlink;              /* (owned): -1 for none */
  guint netlink_source;
  GHashTable *downs; /* (owned): see oh_carrier_note() */
  GStrv addresses;   /* (owned) */
  gboolean connected;
};

enum
{
  CHANGED,
  ELSEWHERE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OhNetworkWatch, oh_network_watch, G_TYPE_OBJECT)

/* Returns: (transfer full) (nullable): NULL for what is no address of ours to speak of */
static char *
address_text (const struct sockaddr *address)
{
  char text[INET6_ADDRSTRLEN];
  const void *octets;

  if (address == NULL || (address->sa_family != AF_INET && address->sa_family != AF_INET6))
    return NULL;
  octets = address->sa_family == AF_INET
             ? (const void *) &((const struct sockaddr_in *) (const void *) address)->sin_addr
             : (const void *) &((const struct sockaddr_in6 *) (const void *) address)->sin6_addr;
  return g_strdup (inet_ntop (address->sa_family, octets, text, sizeof text));
}

static gboolean
leads_beyond (const struct ifaddrs *entry, const char *text)
{
  const unsigned wanted = IFF_UP | IFF_RUNNING;
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (text);

  return (entry->ifa_flags & wanted) == wanted && (entry->ifa_flags & IFF_LOOPBACK) == 0 &&
         !g_inet_address_get_is_link_local (address) && !g_inet_address_get_is_loopback (address);
}

static int
by_text (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* Asks the kernel, which answers from its tables. Returns: whether anything differs */
static gboolean
look (OhNetworkWatch *self)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_free);
  struct ifaddrs *list = NULL;
  gboolean connected = FALSE;
  gboolean differs;

  if (getifaddrs (&list) != 0)
    return FALSE; /* out of memory or descriptors: what was known stays */
  for (struct ifaddrs *at = list; at != NULL && found->len < OH_NETWORK_ADDRESSES_MAX;
       at = at->ifa_next)
    {
      char *text = address_text (at->ifa_addr);

      if (text == NULL)
        continue;
      connected = connected || leads_beyond (at, text);
      g_ptr_array_add (found, text);
    }
  freeifaddrs (list);
  g_ptr_array_sort (found, by_text);
  g_ptr_array_add (found, NULL);
  differs =
    self->addresses == NULL || connected != self->connected ||
    !g_strv_equal ((const char *const *) found->pdata, (const char *const *) self->addresses);
  g_strfreev (self->addresses);
  g_ptr_array_set_free_func (found, NULL);
  self->addresses = (GStrv) g_ptr_array_free (g_steal_pointer (&found), FALSE);
  self->connected = connected;
  return differs;
}

static void
look_again (OhNetworkWatch *self)
{
  if (!look (self))
    return;
  g_debug ("network: %s, %u addresses", self->connected ? "connected" : "none",
           g_strv_length (self->addresses));
  g_signal_emit (self, signals[CHANGED], 0);
}

/* What is gone and back before we look differs in nothing, and connections may have lost packets.
 */
static gboolean
on_netlink (int fd, GIOCondition condition, gpointer user_data)
{
  OhNetworkWatch *self = user_data;
  _Alignas(struct nlmsghdr) char octets[NETLINK_READ_SIZE];
  gboolean lost = FALSE;

  for (guint i = 0; i < NETLINK_READS_MAX; i++)
    {
      ssize_t len = recv (fd, octets, sizeof octets, MSG_DONTWAIT | MSG_TRUNC);

      if (len <= 0)
        break; /* empty, or overrun: either way it is time to look */
      lost = oh_carrier_note (self->downs, octets, MIN ((size_t) len, sizeof octets)) || lost;
    }
  look_again (self);
  if (lost)
    g_signal_emit (self, signals[ELSEWHERE], 0);
  return G_SOURCE_CONTINUE;
}

static void
on_monitor (OhNetworkWatch *self)
{
  look_again (self);
  g_signal_emit (self, signals[ELSEWHERE], 0);
}

/* The answer comes like any other message, and says where the counts stand. */
static void
ask_for_links (OhNetworkWatch *self)
{
  const struct
  {
    struct nlmsghdr head;
    struct ifinfomsg link;
  } ask = {
    .head = { .nlmsg_len = sizeof ask,
              .nlmsg_type = RTM_GETLINK,
              .nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP },
    .link = { .ifi_family = AF_UNSPEC },
  };

  (void) !send (self->netlink, &ask, sizeof ask, MSG_DONTWAIT); /* then only changes are known */
}

static void
follow_kernel (OhNetworkWatch *self)
{
  struct sockaddr_nl address = { .nl_family = AF_NETLINK, .nl_groups = NETLINK_GROUPS };

  self->netlink = socket (AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, NETLINK_ROUTE);
  if (self->netlink < 0)
    return; /* a sandbox without: the monitor may still tell */
  if (bind (self->netlink, (const struct sockaddr *) &address, sizeof address) != 0)
    return;
  self->netlink_source = g_unix_fd_add (self->netlink, G_IO_IN | G_IO_ERR, on_netlink, self);
  ask_for_links (self);
}

gboolean
oh_network_watch_is_connected (OhNetworkWatch *self)
{
  return self->connected;
}

const char *const *
oh_network_watch_addresses (OhNetworkWatch *self)
{
  return (const char *const *) self->addresses;
}

static void
oh_network_watch_dispose (GObject *object)
{
  OhNetworkWatch *self = OH_NETWORK_WATCH (object);

  g_clear_handle_id (&self->netlink_source, g_source_remove);
  if (self->netlink >= 0)
    close (self->netlink);
  self->netlink = -1;
  if (self->monitor != NULL)
    g_signal_handlers_disconnect_by_data (self->monitor, self);
  self->monitor = NULL;
  G_OBJECT_CLASS (oh_network_watch_parent_class)->dispose (object);
}

static void
oh_network_watch_finalize (GObject *object)
{
  g_strfreev (OH_NETWORK_WATCH (object)->addresses);
  g_hash_table_unref (OH_NETWORK_WATCH (object)->downs);
  G_OBJECT_CLASS (oh_network_watch_parent_class)->finalize (object);
}

static void
oh_network_watch_class_init (OhNetworkWatchClass *class)
{
  G_OBJECT_CLASS (class)->dispose = oh_network_watch_dispose;
  G_OBJECT_CLASS (class)->finalize = oh_network_watch_finalize;
  signals[CHANGED] = g_signal_new ("changed", OH_TYPE_NETWORK_WATCH, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  signals[ELSEWHERE] = g_signal_new ("elsewhere", OH_TYPE_NETWORK_WATCH, G_SIGNAL_RUN_LAST, 0, NULL,
                                     NULL, NULL, G_TYPE_NONE, 0);
}

static void
oh_network_watch_init (OhNetworkWatch *self)
{
  self->netlink = -1;
  self->connected = TRUE;
  self->downs = g_hash_table_new (NULL, NULL);
}

OhNetworkWatch *
oh_network_watch_new (void)
{
  OhNetworkWatch *self = g_object_new (OH_TYPE_NETWORK_WATCH, NULL);

  follow_kernel (self); /* before the first look: no change is missed between */
  (void) look (self);
  if (self->addresses == NULL)
    self->addresses = g_new0 (char *, 1);
  self->monitor = g_network_monitor_get_default ();
  g_signal_connect_swapped (self->monitor, "network-changed", G_CALLBACK (on_monitor), self);
  /* NetworkManager's word comes only so: behind the hotel's log-in page no route changes */
  g_signal_connect_swapped (self->monitor, "notify::connectivity", G_CALLBACK (on_monitor), self);
  return self;
}
