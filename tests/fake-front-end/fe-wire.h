/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fe-auth.h"
#include "fe-connection.h"
#include "fe-faults.h"

G_BEGIN_DECLS

/**
 * FeWire:
 *
 * The one place where messages leave: signs them, spoils them when a test wants it, writes them.
 * Also remembers which of our requests are still unanswered.
 */
typedef struct _FeWire FeWire;

/**
 * fe_wire_new:
 * @config: outlives it
 * @faults: outlives it
 *
 * Returns: (transfer full): the wire
 */
FeWire *fe_wire_new (const FeConfig *config, FeFaults *faults);

/**
 * fe_wire_free:
 * @self: (transfer full) (nullable): the wire
 */
void fe_wire_free (FeWire *self);

/**
 * fe_wire_get_config:
 * @self: the wire
 *
 * Returns: (transfer none): what the command line said
 */
const FeConfig *fe_wire_get_config (FeWire *self);

/**
 * fe_wire_send:
 * @self: the wire
 * @connection: to whom
 * @association: (nullable): to sign with; NULL sends unsigned
 * @message: a response, or a request that wants no answer
 */
void fe_wire_send (FeWire *self, FeConnection *connection, FeAssociation *association,
                   FeMessage *message);

/**
 * fe_wire_request:
 * @self: the wire
 * @connection: to whom
 * @association: (nullable): to sign with
 * @message: a request without Via; BENOTIFY is not waited for
 *
 * Adds Via and Max-Forwards, sends it and expects the answer within 32 s (RFC 3261 timer F).
 */
void fe_wire_request (FeWire *self, FeConnection *connection, FeAssociation *association,
                      FeMessage *message);

/**
 * fe_wire_take_response:
 * @self: the wire * @association: (nullable): whose signature it carries; an ACK is signed with it
 * @response: of a client
 *
 * Returns: (transfer full) (nullable): method of the request that it answers; NULL when it
 *   answers none. A provisional response does not end the waiting.
 */
char *fe_wire_take_response (FeWire *self, FeAssociation *association, const FeMessage *response);

/**
 * fe_wire_repeat:
 * @self: the wire
 * @connection: to whom
 *
 * Sends the last signed request to that client once more, octet for octet.
 *
 * Returns: whether there was one
 */
gboolean fe_wire_repeat (FeWire *self, FeConnection *connection);

/**
 * fe_wire_forget_connection:
 * @self: the wire
 * @connection: is closed; nothing is expected on it any more
 */
void fe_wire_forget_connection (FeWire *self, FeConnection *connection);

/**
 * fe_wire_trace:
 * @self: the wire
 * @connection: whose
 * @direction: ">>>" or "<<<"
 * @message: what was seen
 *
 * Writes it to stderr if the user asked for that.
 */
void fe_wire_trace (FeWire *self, FeConnection *connection, const char *direction,
                    const FeMessage *message);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FeWire, fe_wire_free)

G_END_DECLS
