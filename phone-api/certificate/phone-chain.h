/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "x509-facts.h"

G_BEGIN_DECLS

/* What a certification authority sends back is a few KiB. */
#define OH_PHONE_CHAIN_FILE_MAX ((gsize) 1024 * 1024)
/* Certificates in one file: a bundle of all roots of a system has some 150. */
#define OH_PHONE_CHAIN_CERTIFICATES_MAX 500

/**
 * oh_phone_chain_load:
 * @path: a file
 * @error: OH_ERROR_FAILED: it cannot be read, or there is no certificate in it
 *
 * Reads what authorities hand out: PEM, one certificate after the other, DER, or PKCS #7 in either
 * ("p7b").
 *
 * Returns: (transfer full) (nullable) (element-type X509): the certificates, as they stand there
 */
GPtrArray *oh_phone_chain_load (const char *path, GError **error);

/**
 * oh_phone_chain_parse:
 * @data: as in such a file
 * @len: octets
 *
 * Returns: (transfer full) (element-type X509): the certificates; maybe none
 */
GPtrArray *oh_phone_chain_parse (const char *data, gsize len);

/**
 * oh_phone_chain_find:
 * @certificates: (element-type X509): certificates
 * @key: a private key
 *
 * Returns: (transfer none) (nullable): the first one that was made for @key
 */
X509 *oh_phone_chain_find (GPtrArray *certificates, EVP_PKEY *key);

/**
 * oh_phone_chain_build:
 * @leaf: the certificate
 * @others: (element-type X509): where its issuers may be; those under themselves are not believed
 *   unless they are among @roots
 * @roots: (nullable) (element-type X509): whom to believe; NULL for the system's authorities
 * @now_s: the time, seconds since 1970 UTC
 * @why: (out) (nullable) (transfer full): why there is no chain, in OpenSSL's words
 *
 * Returns: (transfer full) (nullable) (element-type X509): @leaf, its issuers, the root; NULL when
 *   there is no way from one to the other
 */
GPtrArray *oh_phone_chain_build (X509 *leaf, GPtrArray *others, GPtrArray *roots, gint64 now_s,
                                 char **why);

/**
 * oh_phone_chain_is_root:
 * @x509: a certificate
 *
 * Returns: whether it was issued by itself
 */
gboolean oh_phone_chain_is_root (X509 *x509);

/**
 * oh_phone_chain_to_pem:
 * @certificates: (element-type X509): certificates
 * @first: the first to be written
 * @count: how many at most
 *
 * Returns: (transfer full): they in PEM
 */
char *oh_phone_chain_to_pem (GPtrArray *certificates, guint first, guint count);

/**
 * oh_phone_chain_to_der:
 * @x509: a certificate
 *
 * Returns: (transfer full): it in DER
 */
GBytes *oh_phone_chain_to_der (X509 *x509);

G_END_DECLS
