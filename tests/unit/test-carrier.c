/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "carrier.h"

#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <string.h>

static void
add (GByteArray *to, const void *octets, gsize len)
{
  static const guint8 zeros[NLMSG_ALIGNTO] = { 0 };

  g_byte_array_append (to, octets, (guint) len);
  g_byte_array_append (to, zeros, (guint) (NLMSG_ALIGN (to->len) - to->len));
}

static void
add_attribute (GByteArray *to, guint16 type, const void *value, gsize len)
{
  const struct rtattr head = { .rta_len = (guint16) RTA_LENGTH (len), .rta_type = type };

  g_byte_array_append (to, (const guint8 *) &head, sizeof head);
  add (to, value, len);
}

/* One message about interface @index, whose carrier was lost @downs times. */
static void
add_link (GByteArray *to, guint16 type, int index, guint32 downs)
{
  const struct ifinfomsg link = { .ifi_index = index };
  struct nlmsghdr head = { .nlmsg_type = type };
  gsize start = to->len;

  add (to, &head, sizeof head);
  add (to, &link, sizeof link);
  add_attribute (to, IFLA_IFNAME, "lan", 4);
  add_attribute (to, IFLA_CARRIER_DOWN_COUNT, &downs, sizeof downs);
  add_attribute (to, IFLA_CARRIER_UP_COUNT, &downs, sizeof downs);
  head.nlmsg_len = (guint32) (to->len - start);
  memcpy (to->data + start, &head, sizeof head);
}

static gboolean
note (GHashTable *downs, GByteArray *octets)
{
  gboolean lost = oh_carrier_note (downs, (const char *) octets->data, octets->len);

  g_byte_array_set_size (octets, 0);
  return lost;
}

static void
test_counts (void)
{
  g_autoptr (GHashTable) downs = g_hash_table_new (NULL, NULL);
  g_autoptr (GByteArray) octets = g_byte_array_new ();

  /* the first word is where the count stands; others' messages are passed over */
  add_link (octets, RTM_NEWADDR, 2, 9);
  add_link (octets, RTM_NEWLINK, 1, 0);
  add_link (octets, RTM_NEWLINK, 2, 7);
  g_assert_false (note (downs, octets));
  add_link (octets, RTM_NEWLINK, 2, 7);
  g_assert_false (note (downs, octets));
  add_link (octets, RTM_NEWLINK, 2, 8); /* whatever its state is now */
  add_link (octets, RTM_NEWLINK, 1, 0);
  g_assert_true (note (downs, octets));
  add_link (octets, RTM_NEWLINK, 2, 8);
  g_assert_false (note (downs, octets));
  add_link (octets, RTM_NEWLINK, 3, 5);
  g_assert_false (note (downs, octets));
}

/* Cut anywhere, and with lengths that lie: nothing is read beyond. */
static void
test_broken (void)
{
  g_autoptr (GHashTable) downs = g_hash_table_new (NULL, NULL);
  g_autoptr (GByteArray) octets = g_byte_array_new ();

  add_link (octets, RTM_NEWLINK, 2, 7);
  for (guint cut = 0; cut < octets->len; cut++)
    {
      g_autofree char *copy = g_memdup2 (octets->data, cut);

      g_assert_false (oh_carrier_note (downs, copy, cut));
    }
  g_assert_cmpuint (g_hash_table_size (downs), ==, 0);
  for (guint at = 0; at < octets->len; at++)
    for (guint value = 0; value < 256; value += 17)
      {
        g_autofree char *copy = g_memdup2 (octets->data, octets->len);

        copy[at] = (char) value;
        oh_carrier_note (downs, copy, octets->len);
      }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/carrier/counts", test_counts);
  g_test_add_func ("/carrier/broken", test_broken);
  return g_test_run ();
}
