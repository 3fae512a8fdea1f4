/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "sip-connector.h"

G_BEGIN_DECLS

/**
 * OhSipTls:
 *
 * What one connection's certificate is checked against, and what was found wrong with it. The
 * connector's.
 */
typedef struct _OhSipTls OhSipTls;

/**
 * oh_sip_tls_new:
 * @target: whom to connect to; copied
 * @error: OH_ERROR_SETTINGS when its CA file cannot be used
 *
 * Returns: (transfer full): a check; NULL when it cannot be made
 */
OhSipTls *oh_sip_tls_new (const OhSipTarget *target, GError **error);

/**
 * oh_sip_tls_free:
 * @self: (transfer full): a check
 */
void oh_sip_tls_free (OhSipTls *self);

/**
 * oh_sip_tls_wrap:
 * @self: a check; outlives the connection's handshake
 * @stream: a connected stream
 * @error: OH_ERROR_UNSUPPORTED when there is no TLS here
 *
 * Returns: (transfer full): @stream under TLS, before the handshake; NULL when it cannot be
 */
GTlsConnection *oh_sip_tls_wrap (OhSipTls *self, GIOStream *stream, GError **error);

/**
 * oh_sip_tls_accept:
 * @self: a check
 * @connection: after a handshake that went well
 * @error: OH_ERROR_UNREACHABLE when the version is one that must not be used
 *
 * Returns: whether the connection may be used
 */
gboolean oh_sip_tls_accept (OhSipTls *self, GTlsConnection *connection, GError **error);

/**
 * oh_sip_tls_explain:
 * @self: a check
 * @error: (inout): why the handshake failed; replaced by OH_ERROR_UNTRUSTED with the reasons in
 *   words when it was the certificate
 */
void oh_sip_tls_explain (OhSipTls *self, GError **error);

/**
 * oh_sip_tls_peer_certificate:
 * @self: a check
 *
 * Returns: (transfer none) (nullable): the server's certificate; NULL before the handshake
 */
GTlsCertificate *oh_sip_tls_peer_certificate (OhSipTls *self);

/**
 * oh_sip_tls_faults:
 * @self: a check
 * @by_file: (out): whether the administrator's file was asked, because the system's authorities
 *   were not content
 *
 * Returns: what is wrong with the certificate; 0 when nothing is, or none was shown
 */
GTlsCertificateFlags oh_sip_tls_faults (OhSipTls *self, gboolean *by_file);

/**
 * oh_sip_tls_version:
 * @connection: after the handshake
 *
 * Returns: (transfer none): for the log, "TLS 1.3"
 */
const char *oh_sip_tls_version (GTlsConnection *connection);

G_END_DECLS
