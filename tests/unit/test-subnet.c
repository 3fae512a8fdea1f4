/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "subnet.h"

#define IP(a, b, c, d)                                                                             \
  ((guint32) (a) << 24 | (guint32) (b) << 16 | (guint32) (c) << 8 | (guint32) (d))

static void
test_hosts (void)
{
  static const struct
  {
    guint32 address;
    guint prefix;
    guint n;
    guint32 first, last;
  } cases[] = {
    { IP (192, 168, 1, 7), 24, 253, IP (192, 168, 1, 1), IP (192, 168, 1, 254) },
    { IP (192, 168, 1, 1), 24, 253, IP (192, 168, 1, 2), IP (192, 168, 1, 254) },
    { IP (10, 1, 2, 200), 25, 125, IP (10, 1, 2, 129), IP (10, 1, 2, 254) },
    { IP (10, 0, 0, 1), 30, 1, IP (10, 0, 0, 2), IP (10, 0, 0, 2) },
    /* a wider network: only around us */
    { IP (10, 1, 2, 3), 8, 253, IP (10, 1, 2, 1), IP (10, 1, 2, 254) },
    { IP (172, 16, 9, 9), 12, 253, IP (172, 16, 9, 1), IP (172, 16, 9, 254) },
    { IP (10, 1, 2, 3), 0, 253, IP (10, 1, 2, 1), IP (10, 1, 2, 254) },
    /* no hosts but the two ends */
    { IP (10, 0, 0, 1), 31, 0, 0, 0 },
    { IP (10, 0, 0, 1), 32, 0, 0, 0 },
    /* somebody else's */
    { IP (8, 8, 8, 8), 24, 0, 0, 0 },
    { IP (172, 32, 0, 1), 24, 0, 0, 0 },
    { IP (127, 0, 0, 1), 24, 0, 0, 0 },
    { IP (169, 254, 1, 1), 16, 0, 0, 0 },
    { IP (100, 64, 0, 9), 24, 253, IP (100, 64, 0, 1), IP (100, 64, 0, 254) },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GArray) hosts = g_array_new (FALSE, FALSE, sizeof (guint32));

      oh_subnet_hosts (cases[i].address, cases[i].prefix, hosts);
      g_assert_cmpuint (hosts->len, ==, cases[i].n);
      g_assert_cmpuint (hosts->len, <=, OH_SUBNET_HOSTS_MAX);
      if (hosts->len == 0)
        continue;
      g_assert_cmpuint (g_array_index (hosts, guint32, 0), ==, cases[i].first);
      g_assert_cmpuint (g_array_index (hosts, guint32, hosts->len - 1), ==, cases[i].last);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/subnet/hosts", test_hosts);
  return g_test_run ();
}
