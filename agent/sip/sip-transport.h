/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "clock.h"
#include "sip-connector.h"
#include "sip-intake.h"

G_BEGIN_DECLS

/* Octets that wait to be written (16 MiB); a peer that reads nothing at all is as good as gone. */
#define OH_SIP_WRITE_QUEUE_MAX 16777216u

/**
 * OhSipTransport:
 *
 * One connection, under TLS or plain: cuts what arrives into messages, writes what is given to it
 * in order. Knows no method and no header but Content-Length. Used for one connection and then
 * thrown away; it holds itself while it is connected, so whoever is done with it closes it.
 *
 * Signals:
 *  - "received" (GBytes *message): one whole message
 *  - "closed" (GError *error): the connection is gone: OH_ERROR_UNREACHABLE,
 *    OH_ERROR_PROTOCOL (the stream cannot be cut into messages, or one of them never ends:
 *    OH_SIP_MESSAGE_LIMIT_US), OH_ERROR_CANCELLED after
 *    oh_sip_transport_close(). Emitted once, last, and only after a successful connect.
 */
#define OH_TYPE_SIP_TRANSPORT (oh_sip_transport_get_type ())
G_DECLARE_FINAL_TYPE (OhSipTransport, oh_sip_transport, OH, SIP_TRANSPORT, GObject)

/**
 * oh_sip_transport_new:
 * @clock: for the time limit and the keep-alives
 *
 * Returns: (transfer full): a transport that is not connected
 */
OhSipTransport *oh_sip_transport_new (OhClock *clock);

/**
 * oh_sip_transport_new_for_stream:
 * @clock: as oh_sip_transport_new()
 * @stream: a stream that is open already
 * @local_host: what oh_sip_transport_local_host() shall say
 * @local_port: what oh_sip_transport_local_port() shall say
 *
 * For tests and for streams that somebody else has opened.
 *
 * Returns: (transfer full): a transport that is connected
 */
OhSipTransport *oh_sip_transport_new_for_stream (OhClock *clock, GIOStream *stream,
                                                 const char *local_host, guint16 local_port);

/**
 * oh_sip_transport_connect_async:
 * @self: a transport that was never connected
 * @target: where to; copied
 * @cancellable: (nullable): to give up
 * @callback: called when the TLS handshake is done, or nothing came of it
 * @user_data: for @callback
 *
 * Resolves the name, tries its addresses in turn, checks the certificate: chain, dates, name.
 */
void oh_sip_transport_connect_async (OhSipTransport *self, const OhSipTarget *target,
                                     GCancellable *cancellable, GAsyncReadyCallback callback,
                                     gpointer user_data);

/**
 * oh_sip_transport_connect_finish:
 * @self: a transport
 * @result: of oh_sip_transport_connect_async()
 * @error: OH_ERROR_UNREACHABLE; OH_ERROR_UNTRUSTED with the reasons in words;
 *   OH_ERROR_SETTINGS when the CA file cannot be used; OH_ERROR_CANCELLED
 *
 * Returns: whether it is connected
 */
gboolean oh_sip_transport_connect_finish (OhSipTransport *self, GAsyncResult *result,
                                          GError **error);

/**
 * oh_sip_transport_send:
 * @self: a transport
 * @message: octets, written after everything sent before; nothing is put between
 *
 * Does nothing when it is not connected. A failure shows as "closed".
 */
void oh_sip_transport_send (OhSipTransport *self, GBytes *message);

/**
 * oh_sip_transport_set_keep_alive:
 * @self: a transport
 * @interval_s: seconds without anything sent after which CRLFCRLF is; 0 for never, as at first
 *
 * [MS-CONMGMT]: only where the server asked for it, except between connect and the first 200.
 */
void oh_sip_transport_set_keep_alive (OhSipTransport *self, guint interval_s);

/**
 * oh_sip_transport_flush_async:
 * @self: a transport
 * @cancellable: (nullable): to stop waiting
 * @callback: called when all that was given before has been written, or never will be
 * @user_data: for @callback
 */
void oh_sip_transport_flush_async (OhSipTransport *self, GCancellable *cancellable,
                                   GAsyncReadyCallback callback, gpointer user_data);

/**
 * oh_sip_transport_flush_finish:
 * @self: a transport
 * @result: of oh_sip_transport_flush_async()
 * @error: OH_ERROR_UNREACHABLE when the connection is gone
 *
 * Returns: whether all was written
 */
gboolean oh_sip_transport_flush_finish (OhSipTransport *self, GAsyncResult *result, GError **error);

/**
 * oh_sip_transport_close:
 * @self: a transport
 * @why: (nullable): the error of "closed"; NULL for OH_ERROR_CANCELLED
 *
 * Ends the connection; what was not written is lost. Emits "closed" before it returns, when it
 * was connected. While it is still being connected it is the cancellable that ends it.
 */
void oh_sip_transport_close (OhSipTransport *self, const GError *why);

/**
 * oh_sip_transport_is_connected:
 * @self: a transport
 *
 * Returns: between a successful connect and "closed"
 */
gboolean oh_sip_transport_is_connected (OhSipTransport *self);

/**
 * oh_sip_transport_local_host:
 * @self: a transport that has been connected
 *
 * Returns: (transfer none): our address as a SIP message wants it, IPv6 in brackets
 */
const char *oh_sip_transport_local_host (OhSipTransport *self);

/**
 * oh_sip_transport_local_port:
 * @self: a transport that has been connected
 *
 * Returns: our port
 */
guint16 oh_sip_transport_local_port (OhSipTransport *self);

/**
 * oh_sip_transport_protocol:
 * @self: a transport
 *
 * Returns: (transfer none): "TLS" or "TCP", as a Via wants it (RFC 3261 20.42)
 */
const char *oh_sip_transport_protocol (OhSipTransport *self);

/**
 * oh_sip_transport_id:
 * @self: a transport
 *
 * Returns: (transfer none): its conversation id for logs, "c17"
 */
const char *oh_sip_transport_id (OhSipTransport *self);

/**
 * oh_sip_transport_peer:
 * @self: a transport
 *
 * Returns: (transfer none): "host:port" of the other end as it was given, "-" before
 */
const char *oh_sip_transport_peer (OhSipTransport *self);

/**
 * oh_sip_transport_peer_certificate:
 * @self: a transport
 *
 * Also after a connect that failed because of the certificate: to show it.
 *
 * Returns: (transfer none) (nullable): the server's certificate; NULL before the handshake
 */
GTlsCertificate *oh_sip_transport_peer_certificate (OhSipTransport *self);

G_END_DECLS
