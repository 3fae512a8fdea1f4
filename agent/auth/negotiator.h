/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "association.h"
#include "clock.h"
#include "credentials.h"
#include "mechanism.h"
#include "password-memory.h"
#include "sip-message.h"

G_BEGIN_DECLS

/* Complete handshakes on one connection within a minute; more means that the two ends never agree,
 * and every further one may count as a wrong password. */
#define OH_NEGOTIATOR_PER_MINUTE 3
/**
 * OhNegotiator:
 *
 * The conversation with one server that leads to an association: chooses among what it offers, asks
 * for credentials, takes one step for each answer, goes on with the other scheme where one fails
 * for a reason that the other may mend (scheme-failure.h). Each scheme is tried once; a password
 * that was refused is not tried again.
 */
#define OH_TYPE_NEGOTIATOR (oh_negotiator_get_type ())
G_DECLARE_FINAL_TYPE (OhNegotiator, oh_negotiator, OH, NEGOTIATOR, GObject)

/**
 * oh_negotiator_new:
 * @clock: the time
 * @policy: which schemes may be used and how; copied
 * @credentials_func: where credentials come from
 * @user_data: for @credentials_func
 *
 * Returns: (transfer full): a negotiator
 */
OhNegotiator *oh_negotiator_new (OhClock *clock, const OhSchemePolicy *policy,
                                 OhCredentialsFunc credentials_func, gpointer user_data);

/**
 * oh_negotiator_set_policy:
 * @self: a negotiator
 * @policy: which schemes may be used from now on, and how; copied
 */
void oh_negotiator_set_policy (OhNegotiator *self, const OhSchemePolicy *policy);

/**
 * oh_negotiator_set_maker:
 * @self: a negotiator
 * @maker: makes the mechanisms from now on
 */
void oh_negotiator_set_maker (OhNegotiator *self, OhMechanismMaker maker);

/**
 * oh_negotiator_set_memory:
 * @self: a negotiator
 * @memory: which password was refused, shared with other negotiators; a reference is taken
 *
 * A password that is in it is withheld: only a ticket can help then.
 */
void oh_negotiator_set_memory (OhNegotiator *self, OhPasswordMemory *memory);

/**
 * oh_negotiator_set_peer:
 * @self: a negotiator
 * @peer: whom we talk to from now on; copied
 *
 * A new connection: nothing has been tried yet.
 */
void oh_negotiator_set_peer (OhNegotiator *self, const OhAuthPeer *peer);

/**
 * oh_negotiator_restart:
 * @self: a negotiator
 *
 * Nothing has been tried yet: before a new handshake on the same connection, and after a
 * successful one. Forgets credentials.
 */
void oh_negotiator_restart (OhNegotiator *self);

/**
 * oh_negotiator_answer_async:
 * @self: a negotiator
 * @response: a 401 or 407
 * @offer: (nullable): what the server of this negotiator asks in it; NULL when it offers nothing,
 *   which is how some refuse. Challenges that must not be answered are taken out of it.
 * @pending: (nullable): the association whose token it answers; NULL for the first challenge
 * @known: (nullable): an association that stands on this connection already
 * @cancellable: (nullable): to give up
 * @callback: called when there is a token, or nothing left to try
 * @user_data: for @callback
 */
void oh_negotiator_answer_async (OhNegotiator *self, OhSipMessage *response,
                                 const OhAuthOffer *offer, OhAssociation *pending,
                                 OhAssociation *known, GCancellable *cancellable,
                                 GAsyncReadyCallback callback, gpointer user_data);

/**
 * oh_negotiator_answer_finish:
 * @self: a negotiator
 * @result: of oh_negotiator_answer_async()
 * @error: why to give up, the remedy of the scheme that came nearest
 *
 * Returns: (transfer full): @pending or a new association, with a token to send; NULL on error
 */
OhAssociation *oh_negotiator_answer_finish (OhNegotiator *self, GAsyncResult *result,
                                            GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * oh_negotiator_was_refused:
 * @self: a negotiator
 *
 * Returns: whether the latest handshake ended because a password was refused, by the server or by
 *   a KDC: nothing may be tried with it again by itself
 */
gboolean oh_negotiator_was_refused (OhNegotiator *self);

/**
 * oh_negotiator_ignored_names:
 * @self: a negotiator
 *
 * Returns: how many challenges were passed over because of the service or server that they named;
 *   each is in the log
 */
guint64 oh_negotiator_ignored_names (OhNegotiator *self);

G_END_DECLS
