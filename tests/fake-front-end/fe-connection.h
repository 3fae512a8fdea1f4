/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "fe-message.h"

G_BEGIN_DECLS

#define FE_TYPE_CONNECTION (fe_connection_get_type ())
/**
 * FeConnection:
 *
 * One TLS connection of a client: reads messages, writes octets in order. Knows no method.
 *
 * Signals: "message" (gpointer FeMessage, transfer none), "blank-line" (keep-alive), "closed"
 * (reason, or NULL when the client ended it properly). After "closed" nothing follows.
 */
G_DECLARE_FINAL_TYPE (FeConnection, fe_connection, FE, CONNECTION, GObject)

/**
 * fe_connection_new:
 * @base: accepted TCP connection
 * @certificate: with its private key
 *
 * Begins the TLS handshake.
 *
 * Returns: (transfer full): the connection
 */
FeConnection *fe_connection_new (GSocketConnection *base, GTlsCertificate *certificate);

/**
 * fe_connection_get_peer:
 * @self: a connection
 *
 * Returns: (transfer none): "127.0.0.1:50611"
 */
const char *fe_connection_get_peer (FeConnection *self);

/**
 * fe_connection_is_closed:
 * @self: a connection
 *
 * Returns: whether "closed" was emitted
 */
gboolean fe_connection_is_closed (FeConnection *self);

/**
 * fe_connection_write:
 * @self: a connection
 * @octets: what to send, after everything that was given before
 */
void fe_connection_write (FeConnection *self, GBytes *octets);

/**
 * fe_connection_waiting:
 * @self: a connection
 *
 * Returns: how many messages are not yet handed to TLS as a whole
 */
guint fe_connection_waiting (FeConnection *self);

/**
 * fe_connection_set_idle_limit:
 * @self: a connection
 * @limit_s: how long the client may send nothing; 0 for ever
 *
 * Beyond it the connection ends with the reason "idle".
 */
void fe_connection_set_idle_limit (FeConnection *self, int limit_s);

/**
 * fe_connection_close:
 * @self: a connection
 * @when_sent: whether to send first what is waiting; else the TCP connection is reset at once
 *
 * Emits "closed" with the reason "cut by the test" when not @when_sent.
 */
void fe_connection_close (FeConnection *self, gboolean when_sent);

G_END_DECLS
