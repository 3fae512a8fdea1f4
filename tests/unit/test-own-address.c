/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "own-address.h"

static void
test_among (void)
{
  static const char *const addresses[] = {
    "127.0.0.1",        "192.0.2.7",      "::1", "2001:db8::7", "fe80::1%eth0",
    "::ffff:192.0.2.9", "not an address", NULL
  };
  static const struct
  {
    const char *host;
    gboolean among;
  } cases[] = {
    { "192.0.2.7", TRUE },
    { "127.0.0.1", TRUE },
    { "[2001:db8::7]", TRUE },
    { "[2001:DB8:0::0007]", TRUE },
    { "[fe80::1]", TRUE },
    { "[fe80::1%wlan0]", TRUE },
    { "[::ffff:192.0.2.7]", TRUE },
    { "192.0.2.9", TRUE },
    { "192.0.2.70", FALSE },
    { "192.0.2.8", FALSE },
    { "[2001:db8::8]", FALSE },
    { "[::2]", FALSE },
    { "", TRUE },
    { "desk", TRUE }, /* nothing that could be gone */
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (oh_own_address_is_among (cases[i].host, addresses), ==, cases[i].among);
  g_assert_false (oh_own_address_is_among ("192.0.2.7", addresses + G_N_ELEMENTS (addresses) - 1));
}

static void
test_server (void)
{
  static const struct
  {
    const char *server;
    gboolean here;
  } cases[] = {
    { NULL, FALSE },
    { "", FALSE },
    { "localhost", TRUE },
    { "LOCALHOST:5061", TRUE },
    { "fe1.fabrikam.localhost:443", TRUE },
    { ".localhost", FALSE },
    { "localhost.fabrikam.test", FALSE },
    { "notlocalhost", FALSE },
    { "127.0.0.1", TRUE },
    { "127.3.2.1:5061", TRUE },
    { "[::1]:5061", TRUE },
    { "[2001:db8::1]:5061", FALSE },
    { "192.0.2.1:5061", FALSE },
    { "[", FALSE },
    { ":5061", FALSE },
    { "fe1.fabrikam.test", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (oh_own_address_is_server (cases[i].server), ==, cases[i].here);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/own-address/among", test_among);
  g_test_add_func ("/own-address/server", test_server);
  return g_test_run ();
}
