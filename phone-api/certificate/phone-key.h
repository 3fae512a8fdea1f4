/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "certificate-names.h"
#include "x509-facts.h"

G_BEGIN_DECLS

/**
 * oh_phone_key_new:
 * @kind: what kind of key
 * @error: OH_ERROR_FAILED
 *
 * Takes a moment: RSA looks for primes.
 *
 * Returns: (transfer full) (nullable): a new private key
 */
EVP_PKEY *oh_phone_key_new (OhPhoneKeyKind kind, GError **error);

/**
 * oh_phone_key_save:
 * @key: a private key
 * @path: file; replaced as a whole
 * @error: OH_ERROR_FAILED
 *
 * As PKCS #8 in PEM, unencrypted, for its owner only (mode 0600): phones take no other.
 *
 * Returns: whether it is on the disk
 */
gboolean oh_phone_key_save (EVP_PKEY *key, const char *path, GError **error);

/**
 * oh_phone_key_load:
 * @path: file
 * @error: OH_ERROR_FAILED
 *
 * Returns: (transfer full) (nullable): the private key in it
 */
EVP_PKEY *oh_phone_key_load (const char *path, GError **error);

/**
 * oh_openssl_fail:
 * @error: (nullable): gets OH_ERROR_FAILED with what OpenSSL says
 * @what: what was tried, translated
 *
 * Empties OpenSSL's queue of errors.
 *
 * Returns: FALSE
 */
gboolean oh_openssl_fail (GError **error, const char *what);

G_END_DECLS
