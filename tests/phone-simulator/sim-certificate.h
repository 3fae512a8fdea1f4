/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * SimCertificate:
 * @tls: (owned): with its private key, for the server
 * @pem: (owned): the certificate alone
 * @ca_pem: (owned) (nullable): of its issuer, when it was made here and not self-signed
 * @sha256: (owned): of the certificate, 64 lower-case hex digits
 * @spki_sha256: (owned): of its SubjectPublicKeyInfo
 */
typedef struct
{
  GTlsCertificate *tls;
  char *pem;
  char *ca_pem;
  char *sha256;
  char *spki_sha256;
} SimCertificate;

/**
 * sim_certificate_make:
 * @kind: "self-signed" and "factory" (issuer "test vendor CA") name the MAC and no address;
 *   "enterprise" has the address and "localhost" as alternative names; "expired" and "wrong-name"
 *   are such ones with that fault; "weak" is self-signed with RSA of 1024 bits
 * @mac: twelve hex digits
 * @address: numeric
 *
 * Returns: (transfer full): a new key and certificate, or NULL with @error
 */
SimCertificate *sim_certificate_make (const char *kind, const char *mac, const char *address,
                                      GError **error);

/**
 * sim_certificate_load:
 *
 * Returns: (transfer full): from two PEM files; the first may go on with the issuers
 */
SimCertificate *sim_certificate_load (const char *certificate, const char *key, GError **error);

void sim_certificate_free (SimCertificate *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SimCertificate, sim_certificate_free)

G_END_DECLS
