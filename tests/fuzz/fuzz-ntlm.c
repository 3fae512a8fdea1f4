/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A CHALLENGE as the server might send it, answered with every option. */

#include "ntlm.h"
#include "ntlm-crypto.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static void
answer (const OhNtlmCrypto *crypto, GBytes *challenge, OhNtlmOptions options)
{
  static const OhNtlmIdentity who = { "anna", "FABRIKAM", "secret", "DESK" };
  static const OhNtlmFresh fresh = { .filetime = 1 };
  g_auto (OhNtlmKeys) keys = { 0 };
  g_autoptr (GBytes) message =
    oh_ntlm_authenticate (crypto, challenge, &who, &fresh, options, "sip/fe1", &keys, NULL);

  if (message != NULL && g_bytes_get_size (message) > 2 * OH_NTLM_MESSAGE_MAX)
    g_abort ();
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  static OhNtlmCrypto *crypto; /* lives as long as the process */
  g_autoptr (GBytes) challenge = g_bytes_new_static (data, size);

  if (crypto == NULL)
    crypto = oh_ntlm_crypto_new (NULL);
  if (crypto == NULL)
    g_abort (); /* the corpus would prove nothing */
  answer (crypto, challenge, OH_NTLM_STRICT);
  answer (crypto, challenge, OH_NTLM_WITH_MIC | OH_NTLM_ALLOW_56 | OH_NTLM_ALLOW_OLD_SIGNATURE);
  return 0;
}
