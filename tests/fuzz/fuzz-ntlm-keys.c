/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A signature of any length over any text: only our own is ever right. The first octet says how
 * many octets the signature has. */

#include "ntlm-keys.h"

#include <string.h>

#include "ntlm-crypto.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  static OhNtlmCrypto *crypto; /* lives as long as the process */
  static OhNtlmKeys keys;
  gsize n = size > 0 ? MIN (data[0], size - 1) : 0;
  const char *text = size > 0 ? (const char *) data + 1 + n : "";
  gsize len = size > 0 ? size - 1 - n : 0;
  guint8 own[OH_NTLM_SIGNATURE_LENGTH];

  if (crypto == NULL)
    {
      crypto = oh_ntlm_crypto_new (NULL);
      if (crypto == NULL || !oh_ntlm_keys_derive (crypto, (const guint8 *) "0123456789abcdef",
                                                  OH_NTLM_EXTENDED_SESSION_SECURITY, &keys))
        g_abort ();
    }
  if (!oh_ntlm_sign (crypto, &keys, OH_NTLM_TO_CLIENT, text, len, own) ||
      !oh_ntlm_verify (crypto, &keys, OH_NTLM_TO_CLIENT, text, len, own, sizeof own))
    g_abort ();
  if (size > 0 && oh_ntlm_verify (crypto, &keys, OH_NTLM_TO_CLIENT, text, len, data + 1, n) !=
                    (n == sizeof own && memcmp (own, data + 1, n) == 0))
    g_abort ();
  return 0;
}
