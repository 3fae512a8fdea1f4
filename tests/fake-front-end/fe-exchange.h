/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fe-people.h"
#include "fe-wire.h"

G_BEGIN_DECLS

/**
 * FeExchange:
 * @wire: unowned
 * @connection: (owned): where the request came from
 * @request: (owned): the request
 * @association: (owned) (nullable): whose signature it carries; the answer is signed with it
 * @via: (owned) (nullable): the same of the proxy in the path
 * @aor: (owned): address of record in From
 * @epid: (owned): endpoint id in From, "" when missing
 * @person: unowned, (nullable): who that is
 * @established: the handshake was completed by this request
 *
 * A request on its way to an answer.
 */
typedef struct
{
  FeWire *wire;
  FeConnection *connection;
  FeMessage *request;
  FeAssociation *association;
  FeAssociation *via;
  char *aor;
  char *epid;
  FePerson *person;
  gboolean established;
} FeExchange;

/**
 * fe_exchange_new:
 * @wire: outlives it
 * @people: to find @person
 * @connection: where the request came from
 * @request: (transfer full): the request
 *
 * Returns: (transfer full): an exchange that nobody has vouched for yet
 */
FeExchange *fe_exchange_new (FeWire *wire, FePeople *people, FeConnection *connection,
                             FeMessage *request);

/**
 * fe_exchange_free:
 * @self: (transfer full) (nullable): an exchange; unanswered ones stay so
 */
void fe_exchange_free (FeExchange *self);

/**
 * fe_exchange_response:
 * @self: an exchange
 * @status: status
 * @reason: reason phrase
 *
 * Returns: (transfer full): a response with what every answer of the server carries
 */
FeMessage *fe_exchange_response (const FeExchange *self, guint status, const char *reason);

/**
 * fe_exchange_send:
 * @self: an exchange
 * @response: what to answer
 */
void fe_exchange_send (const FeExchange *self, FeMessage *response);

/**
 * fe_exchange_refuse:
 * @self: an exchange
 * @status: 300 or more
 * @diagnostics: (nullable): `4004;reason="…"`; the source is put in
 *
 * Answers and emits the event "refused".
 */
void fe_exchange_refuse (const FeExchange *self, guint status, const char *diagnostics);

/**
 * fe_reason_phrase:
 * @status: a status
 *
 * Returns: (transfer none): the phrase of RFC 3261 21
 */
const char *fe_reason_phrase (guint status);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FeExchange, fe_exchange_free)

G_END_DECLS
