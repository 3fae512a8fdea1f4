/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * OhLegacyCore:
 *
 * The session under an OhLegacyTls and its two streams, each of which holds a reference: OpenSSL's
 * side of it. Never blocks. Not for anybody else.
 */
typedef struct _OhLegacyCore OhLegacyCore;

/**
 * oh_legacy_core_new:
 * @base: a connected socket
 * @host: (nullable): DNS name to ask for
 * @error: G_TLS_ERROR_MISC
 *
 * Returns: (transfer full) (nullable): a session before its handshake
 */
OhLegacyCore *oh_legacy_core_new (GSocketConnection *base, const char *host, GError **error);

/**
 * oh_legacy_core_ref:
 * @self: a session
 *
 * Returns: (transfer full): the same
 */
OhLegacyCore *oh_legacy_core_ref (OhLegacyCore *self);

/**
 * oh_legacy_core_unref:
 * @self: (transfer full): a session; ends with the last reference
 */
void oh_legacy_core_unref (OhLegacyCore *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhLegacyCore, oh_legacy_core_unref)

/**
 * oh_legacy_core_shake_hands:
 * @self: a session
 * @error: G_IO_ERROR_WOULD_BLOCK: wait for oh_legacy_core_wants(), then again; else G_TLS_ERROR
 *
 * Returns: whether the handshake is over
 */
gboolean oh_legacy_core_shake_hands (OhLegacyCore *self, GError **error);

/**
 * oh_legacy_core_read:
 * @self: a session
 * @buffer: (out): where to
 * @count: octets at most
 * @error: G_IO_ERROR_WOULD_BLOCK, G_IO_ERROR_CLOSED, G_TLS_ERROR
 *
 * Returns: octets; 0 at the end; -1 on error
 */
gssize oh_legacy_core_read (OhLegacyCore *self, void *buffer, gsize count, GError **error);

/**
 * oh_legacy_core_write:
 * @self: a session
 * @buffer: what to send
 * @count: octets
 * @error: as oh_legacy_core_read(); G_TLS_ERROR_BAD_CERTIFICATE before oh_legacy_core_accept()
 *
 * Returns: octets taken; -1 on error
 */
gssize oh_legacy_core_write (OhLegacyCore *self, const void *buffer, gsize count, GError **error);

/**
 * oh_legacy_core_has_pending:
 * @self: a session
 *
 * Returns: whether something can be read without the socket
 */
gboolean oh_legacy_core_has_pending (OhLegacyCore *self);

/**
 * oh_legacy_core_wants:
 * @self: a session
 * @own: G_IO_IN for reading, G_IO_OUT for writing
 *
 * Returns: what the socket has to be ready for, for the last of these that would have blocked
 */
GIOCondition oh_legacy_core_wants (OhLegacyCore *self, GIOCondition own);

/**
 * oh_legacy_core_socket:
 * @self: a session
 *
 * Returns: (transfer none): the socket that it waits for
 */
GSocket *oh_legacy_core_socket (OhLegacyCore *self);
/**
 * oh_legacy_core_base:
 * @self: a session
 *
 * Returns: (transfer none): the connection under it
 */
GIOStream *oh_legacy_core_base (OhLegacyCore *self);

/**
 * oh_legacy_core_accept:
 * @self: a session whose certificate was judged
 */
void oh_legacy_core_accept (OhLegacyCore *self);

/**
 * oh_legacy_core_certificate:
 * @self: a session after its handshake
 * @error: G_TLS_ERROR
 *
 * Returns: (transfer full) (nullable): what was shown, with its issuers
 */
GTlsCertificate *oh_legacy_core_certificate (OhLegacyCore *self, GError **error);

/**
 * oh_legacy_core_say_goodbye:
 * @self: a session
 *
 * Sends the closing alert when that is possible at once.
 */
void oh_legacy_core_say_goodbye (OhLegacyCore *self);

/**
 * oh_legacy_input_new:
 * @core: a session
 *
 * Returns: (transfer full): a pollable stream of what is read
 */
GInputStream *oh_legacy_input_new (OhLegacyCore *core);

/**
 * oh_legacy_output_new:
 * @core: a session
 *
 * Returns: (transfer full): a pollable stream to write to
 */
GOutputStream *oh_legacy_output_new (OhLegacyCore *core);

G_END_DECLS
