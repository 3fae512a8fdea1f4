/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <openssl/x509.h>

G_BEGIN_DECLS

G_DEFINE_AUTOPTR_CLEANUP_FUNC (X509, X509_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EVP_PKEY, EVP_PKEY_free)

/* Bits of security that a key or a signature must have at least: what RSA with 2048 bits and
 * SHA-224 have (NIST SP 800-57 part 1, 5.6.1). RSA 1024 has 80, SHA-1 63, MD5 39. */
#define OH_X509_SECURITY_BITS_MIN 112

/* Certificates of a chain that are looked at; more than four means that somebody plays. */
#define OH_X509_CHAIN_MAX 8

/**
 * oh_x509_from_tls:
 * @certificate: what somebody showed
 *
 * Returns: (transfer full) (nullable): it alone, without issuers; NULL when it cannot be read
 */
X509 *oh_x509_from_tls (GTlsCertificate *certificate);

/**
 * oh_x509_key_hash:
 * @x509: a certificate
 *
 * Returns: (transfer full) (nullable): SHA-256 of its SubjectPublicKeyInfo, 64 lower-case
 *   hexadecimal digits
 */
char *oh_x509_key_hash (X509 *x509);

/**
 * oh_x509_names:
 * @x509: a certificate
 *
 * Returns: (transfer full): subject and alternative names (DNS, URI, mail) as one text, parted by
 *   slashes
 */
char *oh_x509_names (X509 *x509);

/**
 * oh_x509_bears:
 * @x509: a certificate
 * @name: a DNS name or a hardware address in any form
 *
 * A DNS name by the rules of RFC 6125; a hardware address anywhere in subject or alternative names.
 *
 * Returns: whether the certificate is made out to @name
 */
gboolean oh_x509_bears (X509 *x509, const char *name);

/**
 * oh_x509_bears_mac:
 * @x509: a certificate
 * @mac: (nullable): twelve lower-case hexadecimal digits; NULL for any hardware address
 *
 * Returns: whether it stands in subject or alternative names
 */
gboolean oh_x509_bears_mac (X509 *x509, const char *mac);

/**
 * oh_x509_weakness:
 * @x509: a certificate
 *
 * Whether key or signature have less than OH_X509_SECURITY_BITS_MIN. The signature of a certificate
 * under itself proves nothing and still counts: who makes one with MD5 today does so on purpose.
 *
 * Returns: (transfer full) (nullable): what is weak, in the words of the field: "RSA 1024, SHA1";
 * NULL when nothing is
 */
char *oh_x509_weakness (X509 *x509);

/**
 * oh_x509_dates:
 * @x509: a certificate
 * @from_s: (out): valid from, seconds since 1970 UTC
 * @until_s: (out): valid until
 *
 * Returns: FALSE when the dates cannot be read
 */
gboolean oh_x509_dates (X509 *x509, gint64 *from_s, gint64 *until_s);

G_END_DECLS
