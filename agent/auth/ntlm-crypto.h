/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ntlm.h"

G_BEGIN_DECLS

/**
 * oh_ntlm_crypto_new:
 * @error: OH_ERROR_MECHANISM, "NTLM unavailable: ..." with the library's reason
 *
 * The primitives of NTLM from OpenSSL. MD4 and RC4 live in its legacy provider, which is loaded
 * into a library context of its own so that nothing else in the process comes to use them. The
 * provider is a file that trimmed or FIPS builds lack: then there is no NTLM, and Kerberos goes on.
 *
 * Returns: (transfer full): the primitives, free with oh_ntlm_crypto_free(); NULL on error
 */
OhNtlmCrypto *oh_ntlm_crypto_new (GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * oh_ntlm_crypto_free:
 * @crypto: (nullable): what oh_ntlm_crypto_new() returned
 */
void oh_ntlm_crypto_free (OhNtlmCrypto *crypto);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhNtlmCrypto, oh_ntlm_crypto_free)

G_END_DECLS
