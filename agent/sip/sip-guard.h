/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "sip-message.h"

G_BEGIN_DECLS

/**
 * OhSipVerdict:
 * @OH_SIP_VERDICT_PASS: dispatch it
 * @OH_SIP_VERDICT_DROP: unsigned where a signature is due, or a sequence number seen before; it
 *   reaches nothing and is counted
 * @OH_SIP_VERDICT_FORGED: signed, and the signature does not fit; as DROP, and the third in a row
 *   closes the connection
 */
typedef enum
{
  OH_SIP_VERDICT_PASS,
  OH_SIP_VERDICT_DROP,
  OH_SIP_VERDICT_FORGED,
} OhSipVerdict;

/**
 * OhSipGuard:
 *
 * What stands between the wire and everything else: every message that leaves is protected by it,
 * every message that arrives is checked by it before anything is done with it. The stack calls it;
 * the security association implements it.
 */
#define OH_TYPE_SIP_GUARD (oh_sip_guard_get_type ())
G_DECLARE_INTERFACE (OhSipGuard, oh_sip_guard, OH, SIP_GUARD, GObject)

struct _OhSipGuardInterface
{
  GTypeInterface parent;

  gboolean (*protect) (OhSipGuard *self, OhSipMessage *out, GError **error);
  OhSipVerdict (*check) (OhSipGuard *self, const OhSipMessage *in, GError **error);
  void (*answer_async) (OhSipGuard *self, OhSipMessage *response, OhSipMessage *request,
                        GCancellable *cancellable, GAsyncReadyCallback callback,
                        gpointer user_data);
  gboolean (*answer_finish) (OhSipGuard *self, GAsyncResult *result, GError **error);
  gboolean (*is_of_register) (OhSipGuard *self, const OhSipMessage *response,
                              const OhSipMessage *request);
  void (*reset) (OhSipGuard *self);
  gboolean (*is_routine) (OhSipGuard *self, const OhSipMessage *response);
};

/**
 * oh_sip_guard_protect:
 * @self: a guard
 * @out: a request or response, complete but for credentials; changed in place
 * @error: why it must not leave
 *
 * Called once for each message, in the order in which they go to the wire, as the last step before
 * it is written out: the counter of the signatures follows the wire. Removes credentials of an
 * earlier attempt and puts in the new ones: token, signature, both or, before any challenge, none.
 *
 * Returns: FALSE when the message must not be sent
 */
gboolean oh_sip_guard_protect (OhSipGuard *self, OhSipMessage *out,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * oh_sip_guard_check:
 * @self: a guard
 * @in: what arrived; it is well formed (oh_sip_message_validate())
 * @error: for DROP and FORGED: why, for the log
 *
 * Called once for each message, in the order of arrival. Which messages may come unsigned is
 * decided here.
 *
 * Returns: what to do with it
 */
OhSipVerdict oh_sip_guard_check (OhSipGuard *self, const OhSipMessage *in,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * oh_sip_guard_answer_async:
 * @self: a guard
 * @response: a 401 or 407 that passed oh_sip_guard_check()
 * @request: what was challenged
 * @cancellable: (nullable): to give up
 * @callback: called when it is known how to go on
 * @user_data: for @callback
 *
 * Chooses a scheme, takes the next token; may wait for a domain controller. One at a time.
 */
void oh_sip_guard_answer_async (OhSipGuard *self, OhSipMessage *response, OhSipMessage *request,
                                GCancellable *cancellable, GAsyncReadyCallback callback,
                                gpointer user_data);

/**
 * oh_sip_guard_answer_finish:
 * @self: a guard
 * @result: of oh_sip_guard_answer_async()
 * @error: why to give up: OH_ERROR_SIGN_IN, OH_ERROR_TICKET, OH_ERROR_MECHANISM ...
 *
 * Returns: TRUE when the same request may be sent again with the next CSeq (oh_sip_guard_protect()
 *   puts the token in); FALSE when there is nothing left to try
 */
gboolean oh_sip_guard_answer_finish (OhSipGuard *self, GAsyncResult *result,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * oh_sip_guard_is_of_register:
 * @self: a guard
 * @response: a 401 or 407 that passed oh_sip_guard_check()
 * @request: what was challenged, other than REGISTER, as it left
 *
 * A server that REGISTER passes and that knows us no more has lost the registration with the
 * association, most likely: a REGISTER is to renew both. Others are met by the request alone.
 *
 * Returns: TRUE when @request has to wait for a REGISTER with a complete new handshake; FALSE when
 *   it can carry one itself, by oh_sip_guard_answer_async()
 */
gboolean oh_sip_guard_is_of_register (OhSipGuard *self, const OhSipMessage *response,
                                      const OhSipMessage *request);

/**
 * oh_sip_guard_is_routine:
 * @self: a guard
 * @response: a 401 or 407 that passed oh_sip_guard_check()
 *
 * A Digest peer may challenge every request anew: answering costs a hash and nothing else. A
 * security association costs a handshake, of which few are let through in a minute.
 *
 * Returns: TRUE when answering it costs no handshake; FALSE where the guard does not say
 */
gboolean oh_sip_guard_is_routine (OhSipGuard *self, const OhSipMessage *response);

/**
 * oh_sip_guard_reset:
 * @self: a guard
 *
 * A new connection, or a complete new handshake: the next REGISTER leaves without credentials.
 */
void oh_sip_guard_reset (OhSipGuard *self);

G_END_DECLS
