/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "network-watch.h"

#include <gio/gio.h>

/* How it follows is in tests/integration, where there are networks to change. */
static void
test_present (void)
{
  g_autoptr (OhNetworkWatch) watch = oh_network_watch_new ();
  const char *const *addresses = oh_network_watch_addresses (watch);
  gboolean beyond = FALSE;

  g_assert_nonnull (addresses);
  for (gsize i = 0; addresses[i] != NULL; i++)
    {
      g_autoptr (GInetAddress) address = g_inet_address_new_from_string (addresses[i]);

      g_assert_nonnull (address); /* neither brackets nor scope */
      if (i > 0)
        g_assert_cmpstr (addresses[i - 1], <=, addresses[i]);
      beyond = beyond || !(g_inet_address_get_is_loopback (address) ||
                           g_inet_address_get_is_link_local (address));
    }
  if (!beyond)
    g_assert_false (oh_network_watch_is_connected (watch));
}

static void
test_gone (void)
{
  OhNetworkWatch *watch = oh_network_watch_new ();

  g_object_run_dispose (G_OBJECT (watch));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (watch);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/network-watch/present", test_present);
  g_test_add_func ("/network-watch/gone", test_gone);
  return g_test_run ();
}
