/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "own-addresses.h"

#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>

static gboolean
is_up (const struct ifaddrs *entry)
{
  return entry->ifa_addr != NULL && (entry->ifa_flags & IFF_UP) != 0 &&
         (entry->ifa_flags & IFF_LOOPBACK) == 0;
}

static GInetAddress *
address_of (const struct sockaddr *raw)
{
  const gsize len =
    raw->sa_family == AF_INET ? sizeof (struct sockaddr_in) : sizeof (struct sockaddr_in6);
  g_autoptr (GSocketAddress) socket = NULL;
  GInetAddress *address;

  if (raw->sa_family != AF_INET && raw->sa_family != AF_INET6)
    return NULL;
  socket = g_socket_address_new_from_native ((gpointer) raw, len);
  if (!G_IS_INET_SOCKET_ADDRESS (socket))
    return NULL;
  address = g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (socket));
  if (g_inet_address_get_is_link_local (address) || g_inet_address_get_is_loopback (address))
    return NULL;
  return g_object_ref (address);
}

GPtrArray *
oh_own_addresses (void)
{
  GPtrArray *out = g_ptr_array_new_with_free_func (g_object_unref);
  struct ifaddrs *list = NULL;

  if (getifaddrs (&list) != 0)
    return out;
  for (struct ifaddrs *at = list; at != NULL && out->len < OH_OWN_ADDRESSES_MAX; at = at->ifa_next)
    {
      GInetAddress *address = is_up (at) ? address_of (at->ifa_addr) : NULL;

      if (address != NULL)
        g_ptr_array_add (out, address);
    }
  freeifaddrs (list);
  return out;
}
