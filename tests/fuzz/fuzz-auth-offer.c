/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A 401 or 407, and whether a ticket may be made for what it asks. */

#include "auth-offer.h"

#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  static const char *const trusted[] = { "fabrikam.test", NULL };
  static const OhAuthPeer peer = { "fe1.fabrikam.test", TRUE, trusted };
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, size);
  g_autoptr (OhSipMessage) message = oh_sip_message_parse (bytes, NULL);
  g_autoptr (GPtrArray) offers = NULL;
  OhAuthFamily family;

  if (message == NULL || oh_sip_message_is_request (message))
    return 0;
  offers = oh_auth_offers_collect (message, &family);
  for (guint i = 0; i < offers->len; i++)
    {
      const OhAuthChallenge *offer = g_ptr_array_index (offers, i);

      if (offer->scheme == OH_AUTH_SCHEME_KERBEROS && oh_auth_offer_allowed (offer, &peer, NULL) &&
          (g_ascii_strncasecmp (offer->target, "sip/", 4) != 0 ||
           strpbrk (offer->target + 4, "/@:") != NULL))
        g_abort ();
    }
  return 0;
}
