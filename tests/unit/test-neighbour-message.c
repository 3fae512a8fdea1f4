/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "neighbour-message.h"

#include <linux/neighbour.h>
#include <linux/rtnetlink.h>
#include <string.h>
#include <sys/socket.h>

static const guint8 address[] = { 192, 0, 2, 10 };
static const guint8 mac[] = { 0x00, 0x04, 0x13, 0xaa, 0xbb, 0xcc };

static void
append_attribute (GByteArray *out, gushort type, const guint8 *value, gsize len)
{
  const struct rtattr head = { .rta_len = (gushort) (sizeof head + len), .rta_type = type };

  g_byte_array_append (out, (const guint8 *) &head, sizeof head);
  g_byte_array_append (out, value, (guint) len);
  while (out->len % 4 != 0)
    g_byte_array_append (out, (const guint8 *) "", 1);
}

/* An entry as the kernel writes it; @state is of NUD_... */
static void
append_entry (GByteArray *out, guchar family, gushort state, gboolean with_mac)
{
  guint start = out->len;
  struct nlmsghdr head = { .nlmsg_type = RTM_NEWNEIGH };
  const struct ndmsg body = { .ndm_family = family, .ndm_state = state, .ndm_ifindex = 2 };
  static const guint8 v6[16] = { 0x20, 0x01, 0x0d, 0xb8, [15] = 1 };

  g_byte_array_append (out, (const guint8 *) &head, sizeof head);
  g_byte_array_append (out, (const guint8 *) &body, sizeof body);
  append_attribute (out, NDA_DST, family == AF_INET6 ? v6 : address, family == AF_INET6 ? 16 : 4);
  if (with_mac)
    append_attribute (out, NDA_LLADDR, mac, sizeof mac);
  head.nlmsg_len = out->len - start;
  memcpy (out->data + start, &head, sizeof head);
}

static void
append_end (GByteArray *out, gushort type)
{
  const struct nlmsghdr head = { .nlmsg_len = sizeof head, .nlmsg_type = type };

  g_byte_array_append (out, (const guint8 *) &head, sizeof head);
}

static void
test_entries (void)
{
  g_autoptr (GByteArray) octets = g_byte_array_new ();
  g_autoptr (GArray) table = g_array_new (FALSE, FALSE, sizeof (OhNeighbour));
  const OhNeighbour *first;

  append_entry (octets, AF_INET, NUD_REACHABLE, TRUE);
  append_entry (octets, AF_INET, NUD_FAILED, TRUE);      /* was there once */
  append_entry (octets, AF_INET, NUD_NOARP, TRUE);       /* a group, or ourselves */
  append_entry (octets, AF_INET, NUD_INCOMPLETE, FALSE); /* being asked */
  append_entry (octets, AF_INET, NUD_STALE, FALSE);
  append_entry (octets, AF_BRIDGE, NUD_PERMANENT, TRUE);
  append_entry (octets, AF_INET6, NUD_STALE, TRUE);
  g_assert_cmpint (oh_neighbour_read (octets->data, octets->len, table), ==, OH_NEIGHBOUR_MORE);
  g_assert_cmpuint (table->len, ==, 2);
  first = &g_array_index (table, OhNeighbour, 0);
  g_assert_false (first->v6);
  g_assert_cmpmem (first->address, 4, address, 4);
  g_assert_cmpmem (first->mac, 6, mac, 6);
  g_assert_cmpuint (first->interface, ==, 2);
  g_assert_true (g_array_index (table, OhNeighbour, 1).v6);
}

static void
test_end (void)
{
  g_autoptr (GByteArray) octets = g_byte_array_new ();
  g_autoptr (GArray) table = g_array_new (FALSE, FALSE, sizeof (OhNeighbour));

  append_entry (octets, AF_INET, NUD_REACHABLE, TRUE);
  append_end (octets, NLMSG_DONE);
  append_entry (octets, AF_INET, NUD_REACHABLE, TRUE); /* behind the end */
  g_assert_cmpint (oh_neighbour_read (octets->data, octets->len, table), ==, OH_NEIGHBOUR_END);
  g_assert_cmpuint (table->len, ==, 1);
  g_byte_array_set_size (octets, 0);
  append_end (octets, NLMSG_ERROR);
  g_assert_cmpint (oh_neighbour_read (octets->data, octets->len, table), ==, OH_NEIGHBOUR_BROKEN);
  g_assert_cmpint (oh_neighbour_read (octets->data, 0, table), ==, OH_NEIGHBOUR_BROKEN);
}

/* Every shorter piece of a message is broken, or more is to come; none is read past its end. */
static void
test_cut (void)
{
  g_autoptr (GByteArray) octets = g_byte_array_new ();

  append_entry (octets, AF_INET, NUD_REACHABLE, TRUE);
  for (guint len = 0; len < octets->len; len++)
    {
      g_autoptr (GArray) table = g_array_new (FALSE, FALSE, sizeof (OhNeighbour));
      g_autofree guint8 *piece = g_memdup2 (octets->data, len);

      g_assert_cmpint (oh_neighbour_read (piece, len, table), !=, OH_NEIGHBOUR_END);
      g_assert_cmpuint (table->len, ==, 0);
    }
}

static void
test_lengths (void)
{
  g_autoptr (GByteArray) octets = g_byte_array_new ();
  g_autoptr (GArray) table = g_array_new (FALSE, FALSE, sizeof (OhNeighbour));
  struct nlmsghdr head;

  append_entry (octets, AF_INET, NUD_REACHABLE, TRUE);
  memcpy (&head, octets->data, sizeof head);
  head.nlmsg_len = 4; /* would go on for ever */
  memcpy (octets->data, &head, sizeof head);
  g_assert_cmpint (oh_neighbour_read (octets->data, octets->len, table), ==, OH_NEIGHBOUR_BROKEN);
  head.nlmsg_len = octets->len + 1;
  memcpy (octets->data, &head, sizeof head);
  g_assert_cmpint (oh_neighbour_read (octets->data, octets->len, table), ==, OH_NEIGHBOUR_BROKEN);
  g_assert_cmpuint (table->len, ==, 0);
}

static void
test_limit (void)
{
  g_autoptr (GByteArray) octets = g_byte_array_new ();
  g_autoptr (GArray) table = g_array_new (FALSE, FALSE, sizeof (OhNeighbour));

  for (guint i = 0; i <= OH_NEIGHBOURS_MAX; i++)
    append_entry (octets, AF_INET, NUD_REACHABLE, TRUE);
  g_assert_cmpint (oh_neighbour_read (octets->data, octets->len, table), ==, OH_NEIGHBOUR_MORE);
  g_assert_cmpuint (table->len, ==, OH_NEIGHBOURS_MAX);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/neighbour-message/entries", test_entries);
  g_test_add_func ("/neighbour-message/end", test_end);
  g_test_add_func ("/neighbour-message/cut", test_cut);
  g_test_add_func ("/neighbour-message/lengths", test_lengths);
  g_test_add_func ("/neighbour-message/limit", test_limit);
  return g_test_run ();
}
