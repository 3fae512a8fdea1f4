/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "neighbour-message.h"

#include <linux/neighbour.h>
#include <linux/rtnetlink.h>
#include <string.h>
#include <sys/socket.h>

#include "hardware-address.h"

/* Length fields of netlink count their own header and are padded to four octets. */
static gsize
padded (gsize len)
{
  return (len + 3) & ~(gsize) 3;
}

static void
take_attribute (OhNeighbour *neighbour, gushort type, const guint8 *value, gsize len, guint *got)
{
  gsize wanted = neighbour->v6 ? 16 : 4;

  if (type == NDA_DST && len == wanted)
    {
      memcpy (neighbour->address, value, len);
      *got |= 1 << NDA_DST;
    }
  else if (type == NDA_LLADDR && len == OH_MAC_OCTETS)
    {
      memcpy (neighbour->mac, value, len);
      *got |= 1 << NDA_LLADDR;
    }
}

/* @octets: behind the header of the message */
static gboolean
read_entry (const guint8 *octets, gsize len, OhNeighbour *out)
{
  struct ndmsg head;
  guint got = 0;
  gsize at = padded (sizeof head);

  if (len < sizeof head)
    return FALSE;
  memcpy (&head, octets, sizeof head);
  if ((head.ndm_family != AF_INET && head.ndm_family != AF_INET6) ||
      (head.ndm_state & (NUD_FAILED | NUD_INCOMPLETE | NUD_NOARP)) != 0)
    return FALSE;
  memset (out, 0, sizeof *out);
  out->v6 = head.ndm_family == AF_INET6;
  out->interface = (guint) head.ndm_ifindex;
  while (at + sizeof (struct rtattr) <= len)
    {
      struct rtattr attribute;

      memcpy (&attribute, octets + at, sizeof attribute);
      if (attribute.rta_len < sizeof attribute || attribute.rta_len > len - at)
        return FALSE;
      take_attribute (out, attribute.rta_type, octets + at + sizeof attribute,
                      attribute.rta_len - sizeof attribute, &got);
      at += padded (attribute.rta_len);
    }
  return got == (1 << NDA_DST | 1 << NDA_LLADDR);
}

OhNeighbourPart
oh_neighbour_read (const guint8 *octets, gsize len, GArray *out)
{
  struct nlmsghdr head;
  OhNeighbour neighbour;

  for (gsize at = 0; at + sizeof head <= len; at += padded (head.nlmsg_len))
    {
      memcpy (&head, octets + at, sizeof head);
      if (head.nlmsg_len < sizeof head || head.nlmsg_len > len - at ||
          head.nlmsg_type == NLMSG_ERROR)
        return OH_NEIGHBOUR_BROKEN;
      if (head.nlmsg_type == NLMSG_DONE)
        return OH_NEIGHBOUR_END;
      if (head.nlmsg_type == RTM_NEWNEIGH && out->len < OH_NEIGHBOURS_MAX &&
          read_entry (octets + at + sizeof head, head.nlmsg_len - sizeof head, &neighbour))
        g_array_append_val (out, neighbour);
    }
  return len > 0 ? OH_NEIGHBOUR_MORE : OH_NEIGHBOUR_BROKEN;
}
