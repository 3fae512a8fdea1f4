/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "association-table.h"

G_BEGIN_DECLS

/**
 * oh_challenge_answer_async:
 * @table: the servers so far; must outlive the call
 * @response: a 401 or 407
 * @request: what was challenged, as it left
 * @cancellable: (nullable): to give up; nothing in @table is touched afterwards
 * @callback: called when it is known how to go on
 * @user_data: for @callback
 *
 * Goes on with the handshake whose token was answered. Otherwise takes the servers that ask, one
 * after the other, until one handshake has begun: two at once would show a wrong password twice,
 * and a server that is left over asks again. A server that has forgotten its association is asked
 * anew by a request without credentials for it.
 */
void oh_challenge_answer_async (OhAssociationTable *table, OhSipMessage *response,
                                OhSipMessage *request, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer user_data);

/**
 * oh_challenge_answer_finish:
 * @result: of oh_challenge_answer_async()
 * @refused: (out): whether it ended because a password was refused
 * @error: why to give up: that of the server that came nearest
 *
 * Returns: TRUE when the request may be sent again
 */
gboolean oh_challenge_answer_finish (GAsyncResult *result, gboolean *refused,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * oh_challenge_is_of_register:
 * @table: the servers so far
 * @response: a 401 or 407 to a request other than REGISTER
 * @request: what was challenged, as it left
 *
 * Marks the servers whose associations a REGISTER is to renew.
 *
 * Returns: TRUE when it comes from a server that REGISTER passes and that has forgotten us;
 *   FALSE when the request itself can go on, by oh_challenge_answer_async()
 */
gboolean oh_challenge_is_of_register (OhAssociationTable *table, const OhSipMessage *response,
                                      const OhSipMessage *request);

G_END_DECLS
