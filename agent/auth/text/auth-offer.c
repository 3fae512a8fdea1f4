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

/* --- whose challenge it is ----------------------------------------------------------------- */

const char *
oh_auth_target_host (const char *target)
{
  return g_ascii_strncasecmp (target, "sip/", 4) == 0 ? target + 4 : target;
}

void
oh_auth_offer_free (OhAuthOffer *self)
{
  if (self == NULL)
    return;
  g_free (self->realm);
  g_free (self->host);
  g_ptr_array_unref (self->challenges);
  g_free (self);
}

static OhAuthOffer *
find_server (GPtrArray *offers, const char *realm, const char *host)
{
  for (guint i = 0; i < offers->len; i++)
    {
      OhAuthOffer *offer = g_ptr_array_index (offers, i);

      if (g_str_equal (offer->realm, realm) && g_ascii_strcasecmp (offer->host, host) == 0)
        return offer;
    }
  return NULL;
}

static OhAuthOffer *
add_server (GPtrArray *offers, OhAuthFamily family, const char *realm, const char *host)
{
  OhAuthOffer *offer = g_new0 (OhAuthOffer, 1);

  offer->family = family;
  offer->realm = g_strdup (realm);
  offer->host = g_strdup (host);
  offer->challenges = g_ptr_array_new_with_free_func ((GDestroyNotify) oh_auth_challenge_free);
  g_ptr_array_add (offers, offer);
  return offer;
}

/* @taken: (transfer full) */
static void
add_challenge (GPtrArray *offers, OhAuthFamily family, OhAuthChallenge *taken)
{
  g_autoptr (OhAuthChallenge) challenge = taken;
  const char *realm = challenge->realm != NULL ? challenge->realm : "";
  const char *host = challenge->target != NULL ? oh_auth_target_host (challenge->target) : "";
  OhAuthOffer *offer = find_server (offers, realm, host);

  if (offer == NULL && offers->len < OH_AUTH_SERVERS_MAX)
    offer = add_server (offers, family, realm, host);
  if (offer == NULL || offer->family != family || offer->challenges->len >= OH_AUTH_CHALLENGES_MAX)
    return;
  g_ptr_array_add (offer->challenges, g_steal_pointer (&challenge));
}

static void
collect (const OhSipMessage *response, OhAuthFamily family, GPtrArray *offers)
{
  static const char *const header[] = {
    [OH_AUTH_FAMILY_WWW] = "WWW-Authenticate", [OH_AUTH_FAMILY_PROXY] = "Proxy-Authenticate"
  };
  const char *value;

  for (guint n = 0; (value = oh_sip_message_get_nth (response, header[family], n)) != NULL; n++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) list = oh_auth_challenge_parse (oh_slice_str (value), &error);

      if (list == NULL)
        {
          g_message ("%s passed over: %s", header[family], error->message);
          continue;
        }
      while (list->len > 0)
        add_challenge (offers, family, g_ptr_array_steal_index (list, 0));
    }
}

static gboolean
has_kerberos (const OhAuthOffer *offer)
{
  for (guint i = 0; i < offer->challenges->len; i++)
    {
      const OhAuthChallenge *challenge = g_ptr_array_index (offer->challenges, i);

      if (challenge->scheme == OH_AUTH_SCHEME_KERBEROS)
        return TRUE;
    }
  return FALSE;
}

static gint
by_strength (gconstpointer a, gconstpointer b)
{
  return has_kerberos (*(const OhAuthOffer *const *) b) -
         has_kerberos (*(const OhAuthOffer *const *) a);
}

GPtrArray *
oh_auth_offers_collect (const OhSipMessage *response)
{
  gboolean proxy = oh_sip_message_status (response) == 407;
  GPtrArray *offers = g_ptr_array_new_with_free_func ((GDestroyNotify) oh_auth_offer_free);

  collect (response, proxy ? OH_AUTH_FAMILY_PROXY : OH_AUTH_FAMILY_WWW, offers);
  collect (response, proxy ? OH_AUTH_FAMILY_WWW : OH_AUTH_FAMILY_PROXY, offers);
  g_ptr_array_sort (offers, by_strength); /* keeps the order of equals */
  return offers;
}

GPtrArray *
oh_auth_offers_refuse (GPtrArray *offers, const OhAuthPeer *peer, const char *known_host)
{
  GPtrArray *refused = g_ptr_array_new_with_free_func ((GDestroyNotify) oh_auth_challenge_free);

  for (guint i = 0; i < offers->len;)
    {
      const OhAuthChallenge *offer = g_ptr_array_index (offers, i);
      gboolean ours =
        offer->scheme == OH_AUTH_SCHEME_KERBEROS || offer->scheme == OH_AUTH_SCHEME_NTLM;

      if (ours && !oh_auth_offer_allowed (offer, peer, known_host))
        g_ptr_array_add (refused, g_ptr_array_steal_index (offers, i));
      else
        i++;
    }
  return refused;
}
