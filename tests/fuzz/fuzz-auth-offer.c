/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A 401 or 407, and whether a ticket may be made for what it asks. */

#include "auth-offer.h"

#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static void
check_offer (const OhAuthOffer *offer, const OhAuthPeer *peer)
{
  if (offer->challenges->len == 0 || offer->challenges->len > OH_AUTH_CHALLENGES_MAX)
    g_abort ();
  for (guint i = 0; i < offer->challenges->len; i++)
    {
      const OhAuthChallenge *challenge = g_ptr_array_index (offer->challenges, i);

      if (challenge->target != NULL &&
          g_ascii_strcasecmp (oh_auth_target_host (challenge->target), offer->host) != 0)
        g_abort ();
      if (challenge->scheme == OH_AUTH_SCHEME_KERBEROS &&
          oh_auth_offer_allowed (challenge, peer, NULL) &&
          (g_ascii_strncasecmp (challenge->target, "sip/", 4) != 0 ||
           strpbrk (challenge->target + 4, "/@:") != NULL))
        g_abort ();
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  static const char *const trusted[] = { "fabrikam.test", NULL };
  static const OhAuthPeer peer = { "fe1.fabrikam.test", TRUE, trusted };
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, size);
  g_autoptr (OhSipMessage) message = oh_sip_message_parse (bytes, NULL);
  g_autoptr (GPtrArray) offers = NULL;

  if (message == NULL || oh_sip_message_is_request (message))
    return 0;
  offers = oh_auth_offers_collect (message);
  if (offers->len > OH_AUTH_SERVERS_MAX)
    g_abort ();
  for (guint i = 0; i < offers->len; i++)
    check_offer (g_ptr_array_index (offers, i), &peer);
  return 0;
}
