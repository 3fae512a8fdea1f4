/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "own-address.h"

#include <string.h>

/* Returns: (transfer full) (nullable): the address in "192.0.2.1", "[2001:db8::1]", "fe80::1%eth0";
 * NULL when it is none */
static GInetAddress *
read_address (const char *text)
{
  const char *start = text[0] == '[' ? text + 1 : text;
  g_autofree char *plain = g_strndup (start, strcspn (start, "]%"));
  const char *mapped = "::ffff:";

  if (g_ascii_strncasecmp (plain, mapped, strlen (mapped)) == 0 && strchr (plain, '.') != NULL)
    return g_inet_address_new_from_string (plain + strlen (mapped));
  return g_inet_address_new_from_string (plain);
}

gboolean
oh_own_address_is_among (const char *host, const char *const *addresses)
{
  g_autoptr (GInetAddress) ours = read_address (host);

  for (gsize i = 0; ours != NULL && addresses[i] != NULL; i++)
    {
      g_autoptr (GInetAddress) one = read_address (addresses[i]);

      if (one != NULL && g_inet_address_equal (ours, one))
        return TRUE;
    }
  return ours == NULL;
}

gboolean
oh_own_address_is_server (const char *server)
{
  g_autoptr (GInetAddress) address = NULL;
  g_autofree char *host = NULL;

  if (server == NULL || server[0] == '\0')
    return FALSE;
  if (server[0] == '[')
    host = g_strndup (server + 1, strcspn (server + 1, "]"));
  else
    host = g_strndup (server, strcspn (server, ":"));
  address = g_inet_address_new_from_string (host);
  if (address != NULL)
    return g_inet_address_get_is_loopback (address);
  /* RFC 6761 6.3, and GLib does the same without asking anybody */
  return g_ascii_strcasecmp (host, "localhost") == 0 ||
         (strlen (host) > strlen (".localhost") &&
          g_ascii_strcasecmp (host + strlen (host) - strlen (".localhost"), ".localhost") == 0);
}
