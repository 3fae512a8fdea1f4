/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A 401 or 407 to our last token, and what it is taken for. */

#include "refusal.h"

#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  static const OhAuthScheme schemes[] = { OH_AUTH_SCHEME_NTLM, OH_AUTH_SCHEME_KERBEROS };
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, size);
  g_autoptr (OhSipMessage) message = oh_sip_message_parse (bytes, NULL);

  if (message == NULL || oh_sip_message_is_request (message))
    return 0;
  for (gsize i = 0; i < G_N_ELEMENTS (schemes); i++)
    {
      OhSchemeFailure failure = oh_refusal_of (message, schemes[i], 0);
      g_autoptr (GError) error = oh_refusal_error (failure, "fe1.fabrikam.test", 0);

      /* a refusal is always one, and what is not told apart from a wrong password counts as one */
      if (failure == OH_SCHEME_FAILURE_NONE || failure >= OH_N_SCHEME_FAILURES)
        g_abort ();
      if (failure == OH_SCHEME_FAILURE_PASSWORD && schemes[i] == OH_AUTH_SCHEME_KERBEROS)
        g_abort ();
      if (strstr (error->message, "fe1.fabrikam.test") == NULL)
        g_abort ();
    }
  return 0;
}
