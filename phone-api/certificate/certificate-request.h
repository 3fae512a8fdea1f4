/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "phone-key.h"

G_BEGIN_DECLS

G_DEFINE_AUTOPTR_CLEANUP_FUNC (X509_REQ, X509_REQ_free)

/**
 * oh_phone_request_new:
 * @key: the phone's private key
 * @names: for whom
 * @error: OH_ERROR_FAILED
 *
 * A certificate request (PKCS #10, RFC 2986) signed with SHA-256: the common name is the MAC in
 * capitals; alternative names are the DNS name, the MAC as a name, and the address; made for TLS
 * servers and clients.
 *
 * Returns: (transfer full) (nullable): the request
 */
X509_REQ *oh_phone_request_new (EVP_PKEY *key, const OhPhoneNames *names, GError **error);

/**
 * oh_phone_request_equal:
 * @a: a request
 * @b: another
 *
 * Returns: whether both ask for the same names with the same key
 */
gboolean oh_phone_request_equal (X509_REQ *a, X509_REQ *b);

/**
 * oh_phone_request_save:
 * @request: a request
 * @path: file; replaced as a whole
 * @error: OH_ERROR_FAILED
 *
 * Returns: whether it is on the disk, in PEM
 */
gboolean oh_phone_request_save (X509_REQ *request, const char *path, GError **error);

/**
 * oh_phone_request_load:
 * @path: file
 *
 * Returns: (transfer full) (nullable): the request in it, in PEM; NULL where there is none
 */
X509_REQ *oh_phone_request_load (const char *path);

/**
 * oh_phone_request_missing:
 * @request: what was asked for
 * @x509: what came back
 *
 * Returns: (transfer full) (nullable): names that were asked for and are not in the certificate,
 *   with ", " between; NULL when all are
 */
char *oh_phone_request_missing (X509_REQ *request, X509 *x509);

G_END_DECLS
