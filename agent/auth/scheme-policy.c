/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "scheme-policy.h"

gboolean
oh_scheme_policy_allows (const OhSchemePolicy *self, OhAuthScheme scheme)
{
  if (scheme != OH_AUTH_SCHEME_KERBEROS && scheme != OH_AUTH_SCHEME_NTLM)
    return FALSE;
  switch (self->choice)
    {
    case OH_MECHANISM_CHOICE_AUTO: return TRUE;
    case OH_MECHANISM_CHOICE_KERBEROS: return scheme == OH_AUTH_SCHEME_KERBEROS;
    case OH_MECHANISM_CHOICE_NTLM: return scheme == OH_AUTH_SCHEME_NTLM;
    default: g_return_val_if_reached (FALSE);
    }
}

const OhAuthChallenge *
oh_scheme_policy_choose (const OhSchemePolicy *self, const GPtrArray *offers, guint tried)
{
  static const OhAuthScheme order[] = { OH_AUTH_SCHEME_KERBEROS, OH_AUTH_SCHEME_NTLM };

  for (gsize i = 0; i < G_N_ELEMENTS (order); i++)
    {
      if (tried & 1u << order[i] || !oh_scheme_policy_allows (self, order[i]))
        continue;
      for (guint n = 0; n < offers->len; n++)
        {
          const OhAuthChallenge *offer = g_ptr_array_index (offers, n);

          if (offer->scheme == order[i])
            return offer;
        }
    }
  return NULL;
}
