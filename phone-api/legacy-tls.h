/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * OhLegacyTls:
 *
 * TLS for one connection to a phone that knows nothing better: from TLS 1.0 on, with whatever
 * ciphers and keys OpenSSL still has. What GIO agrees to is decided for the whole process; this is
 * decided for one stream, and nothing else in the process is touched.
 *
 * Nothing can be written before somebody has looked at the certificate and called
 * oh_legacy_tls_accept(): who forgets to judge sends nothing. The streams are pollable.
 */
#define OH_TYPE_LEGACY_TLS (oh_legacy_tls_get_type ())
G_DECLARE_FINAL_TYPE (OhLegacyTls, oh_legacy_tls, OH, LEGACY_TLS, GIOStream)

/**
 * oh_legacy_tls_connect_async:
 * @base: a connected socket; referenced, and closed with the new stream
 * @host: (nullable): a DNS name to ask for; an address is not sent
 * @cancellable: (nullable): ends it
 * @callback: called when the handshake is over
 * @user_data: for @callback
 *
 * Shakes hands as a client. No certificate is refused here.
 */
void oh_legacy_tls_connect_async (GSocketConnection *base, const char *host,
                                  GCancellable *cancellable, GAsyncReadyCallback callback,
                                  gpointer user_data);

/**
 * oh_legacy_tls_connect_finish:
 * @result: of oh_legacy_tls_connect_async()
 * @error: G_TLS_ERROR or G_IO_ERROR
 *
 * Returns: (transfer full) (nullable): the stream
 */
OhLegacyTls *oh_legacy_tls_connect_finish (GAsyncResult *result, GError **error);

/**
 * oh_legacy_tls_get_certificate:
 * @self: a stream
 *
 * Returns: (transfer none): what the other end showed, with the issuers that it sent
 */
GTlsCertificate *oh_legacy_tls_get_certificate (OhLegacyTls *self);

/**
 * oh_legacy_tls_accept:
 * @self: a stream whose certificate was judged
 *
 * From here on it can be written to.
 */
void oh_legacy_tls_accept (OhLegacyTls *self);

G_END_DECLS
