/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "carrier.h"

#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <string.h>

/* The attributes of one message. Returns: whether the count is among them */
static gboolean
read_count (const char *octets, gsize len, guint32 *out)
{
  struct rtattr attribute;

  for (gsize at = 0; at + sizeof attribute <= len; at += RTA_ALIGN (attribute.rta_len))
    {
      memcpy (&attribute, octets + at, sizeof attribute);
      if (attribute.rta_len < sizeof attribute || attribute.rta_len > len - at)
        return FALSE;
      if (attribute.rta_type != IFLA_CARRIER_DOWN_COUNT ||
          attribute.rta_len < RTA_LENGTH (sizeof *out))
        continue;
      memcpy (out, octets + at + RTA_LENGTH (0), sizeof *out);
      return TRUE;
    }
  return FALSE;
}

static gboolean
note_link (GHashTable *downs, const char *octets, gsize len)
{
  const gsize head = NLMSG_ALIGN (sizeof (struct ifinfomsg));
  struct ifinfomsg link;
  guint32 count = 0;
  gpointer before = NULL;
  gboolean known;

  if (len < head)
    return FALSE;
  memcpy (&link, octets, sizeof link);
  if (!read_count (octets + head, len - head, &count))
    return FALSE;
  known = g_hash_table_lookup_extended (downs, GINT_TO_POINTER (link.ifi_index), NULL, &before);
  g_hash_table_insert (downs, GINT_TO_POINTER (link.ifi_index), GUINT_TO_POINTER (count));
  return known && count != GPOINTER_TO_UINT (before);
}

gboolean
oh_carrier_note (GHashTable *downs, const char *octets, gsize len)
{
  gboolean lost = FALSE;
  struct nlmsghdr head;

  for (gsize at = 0; at + sizeof head <= len; at += NLMSG_ALIGN (head.nlmsg_len))
    {
      memcpy (&head, octets + at, sizeof head);
      if (head.nlmsg_len < sizeof head || head.nlmsg_len > len - at)
        break;
      if (head.nlmsg_type == RTM_NEWLINK)
        lost = note_link (downs, octets + at + NLMSG_HDRLEN, head.nlmsg_len - NLMSG_HDRLEN) || lost;
    }
  return lost;
}
