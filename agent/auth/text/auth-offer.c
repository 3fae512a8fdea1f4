/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "oh-auth"

#include "auth-offer.h"

#include <string.h>

#define HOST_MAX 253 /* RFC 1035 2.3.4, without the root's dot */

static gboolean
is_host_name (const char *text)
{
  gsize len = strlen (text);

  if (len == 0 || len > HOST_MAX || g_hostname_is_ip_address (text))
    return FALSE;
  for (gsize i = 0; i < len; i++)
    if (!g_ascii_isalnum (text[i]) && strchr (".-_", text[i]) == NULL)
      return FALSE;
  return text[0] != '.' && text[len - 1] != '.' && strstr (text, "..") == NULL;
}

/* Equal to the domain or below it, on a label's boundary. */
static gboolean
is_within (const char *host, const char *domain)
{
  gsize host_len = strlen (host);
  gsize len = strlen (domain);

  if (len == 0 || host_len < len || g_ascii_strcasecmp (host + host_len - len, domain) != 0)
    return FALSE;
  return host_len == len || host[host_len - len - 1] == '.';
}

gboolean
oh_auth_offer_allowed (const OhAuthChallenge *challenge, const OhAuthPeer *peer,
                       const char *known_host)
{
  gboolean kerberos = challenge->scheme == OH_AUTH_SCHEME_KERBEROS;
  const char *host = challenge->target;

  if (host == NULL || (kerberos && g_ascii_strncasecmp (host, "sip/", 4) != 0))
    return FALSE;
  host += kerberos ? 4 : 0;
  if (!is_host_name (host) || (kerberos && strchr (host, '.') == NULL))
    return FALSE;
  if (peer->host != NULL && g_ascii_strcasecmp (host, peer->host) == 0)
    return TRUE;
  if (!peer->is_tls)
    return FALSE;
  if (known_host == NULL || g_ascii_strcasecmp (host, known_host) == 0)
    return TRUE;
  for (gsize i = 0; peer->trusted != NULL && peer->trusted[i] != NULL; i++)
    if (is_within (host, peer->trusted[i]))
      return TRUE;
  return FALSE;
}

static void
collect (const OhSipMessage *response, const char *header, GPtrArray *out)
{
  const char *value;

  for (guint n = 0; (value = oh_sip_message_get_nth (response, header, n)) != NULL; n++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) list = oh_auth_challenge_parse (oh_slice_str (value), &error);

      if (list == NULL)
        g_message ("%s passed over: %s", header, error->message);
      else
        g_ptr_array_extend_and_steal (out, g_steal_pointer (&list));
    }
}

GPtrArray *
oh_auth_offers_collect (const OhSipMessage *response, OhAuthFamily *family)
{
  static const char *const header[] = {
    [OH_AUTH_FAMILY_WWW] = "WWW-Authenticate", [OH_AUTH_FAMILY_PROXY] = "Proxy-Authenticate"
  };
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify) oh_auth_challenge_free);

  *family = oh_sip_message_status (response) == 407 ? OH_AUTH_FAMILY_PROXY : OH_AUTH_FAMILY_WWW;
  collect (response, header[*family], list);
  if (list->len == 0)
    {
      *family = *family == OH_AUTH_FAMILY_PROXY ? OH_AUTH_FAMILY_WWW : OH_AUTH_FAMILY_PROXY;
      collect (response, header[*family], list);
    }
  return list;
}
