/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "clock.h"

G_BEGIN_DECLS

/* One candidate may take that long from the first packet to the end of the TLS handshake, all its
 * addresses together. */
#define OH_SIP_CONNECT_LIMIT_US (G_GINT64_CONSTANT (20) * G_USEC_PER_SEC)

/* A peer that is gone without a word is noticed within so many seconds, on an idle line and on a
 * busy one: nobody should believe for longer that they are signed in. */
#define OH_SIP_DEAD_PEER_S 60

/**
 * OhSipJudge:
 * @certificate: what the peer showed
 * @user_data: as given with the function
 * @error: why it is refused, in the words of who refuses it: OH_ERROR_UNTRUSTED
 *
 * Judges a certificate by a rule of its own.
 *
 * Returns: whether to go on
 */
typedef gboolean (*OhSipJudge) (GTlsCertificate *certificate, gpointer user_data, GError **error);

/**
 * OhSipTarget:
 * @host: name or address to connect to; a final dot keeps the resolver from adding domains to it
 * @port: port to connect to
 * @identity: (nullable): the name that the certificate must carry, also sent as SNI; NULL for @host
 * @ca_file: (nullable): PEM file of authorities trusted beside those of the system
 * @dead_peer_s: a peer that is gone is noticed within so many seconds; 0 for OH_SIP_DEAD_PEER_S
 * @allow_tls_1_0: also take TLS 1.0 and 1.1 where the TLS library has them; off by default
 * @plain: TCP without TLS: @identity, @ca_file and @judge mean nothing then
 * @judge: (nullable): who judges the certificate instead of authorities and name, also where those
 *   would be content; called while connecting
 * @judge_data: for @judge; has to live until the attempt has ended
 *
 * Where to connect. Only borrowed for the call.
 */
typedef struct
{
  const char *host;
  guint16 port;
  const char *identity;
  const char *ca_file;
  guint dead_peer_s;
  gboolean allow_tls_1_0;
  gboolean plain;
  OhSipJudge judge;
  gpointer judge_data;
} OhSipTarget;

/**
 * OhSipConnection:
 * @stream: (owned) (nullable): the stream, under TLS but for a plain target; NULL when it failed
 * @plain: it is not under TLS
 * @certificate: (owned) (nullable): what the server showed, also when it was not accepted
 * @local_host: (owned) (nullable): our address as a SIP message wants it, IPv6 in brackets
 * @local_port: our port
 *
 * What came of connecting.
 */
typedef struct
{
  GIOStream *stream;
  gboolean plain;
  GTlsCertificate *certificate;
  char *local_host;
  guint16 local_port;
} OhSipConnection;

/**
 * oh_sip_target_text:
 * @target: where to
 *
 * Returns: (transfer full): "host:port" for messages, IPv6 in brackets
 */
char *oh_sip_target_text (const OhSipTarget *target);

/**
 * oh_sip_connection_clear:
 * @self: what came of connecting; its fields are released and set to nothing
 */
void oh_sip_connection_clear (OhSipConnection *self);

/**
 * oh_sip_connect_async:
 * @clock: for the time limit
 * @target: where to; copied
 * @cancellable: (nullable): to give up
 * @callback: called when it is connected and the TLS handshake is done, or nothing came of it
 * @user_data: for @callback
 *
 * Resolves the name, tries its addresses in turn, checks the certificate: chain, dates, name.
 */
void oh_sip_connect_async (OhClock *clock, const OhSipTarget *target, GCancellable *cancellable,
                           GAsyncReadyCallback callback, gpointer user_data);

/**
 * oh_sip_connect_finish:
 * @result: of oh_sip_connect_async()
 * @connection: (out): what came of it, to be cleared in any case
 * @error: as oh_sip_transport_connect_finish()
 *
 * Returns: whether it is connected
 */
gboolean oh_sip_connect_finish (GAsyncResult *result, OhSipConnection *connection, GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (OhSipConnection, oh_sip_connection_clear)

G_END_DECLS
