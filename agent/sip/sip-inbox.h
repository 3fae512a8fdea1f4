/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "clock.h"
#include "sip-message.h"

G_BEGIN_DECLS

/* Requests of the peer that wait for our answer at the same time; more get 503. */
#define OH_SIP_SERVER_TRANSACTIONS_MAX 256

/**
 * OhSipInbox:
 *
 * The peer's requests from the moment they have passed the guard until they are answered: each is
 * dispatched once and answered once. The stack's.
 */
typedef struct _OhSipInbox OhSipInbox;

/**
 * OhSipInboxResult:
 * @OH_SIP_INBOX_TAKEN: dispatched, or dealt with
 * @OH_SIP_INBOX_STRAY: an ACK to nothing, or a request that is here already
 * @OH_SIP_INBOX_OVERLOAD: beyond OH_SIP_SERVER_TRANSACTIONS_MAX; answered 503
 *
 * What became of a request.
 */
typedef enum
{
  OH_SIP_INBOX_TAKEN,
  OH_SIP_INBOX_STRAY,
  OH_SIP_INBOX_OVERLOAD,
} OhSipInboxResult;

/**
 * OhSipInboxHandlers:
 * @dispatch: somebody is to answer @request, now or later; FALSE for an ACK that belongs to
 *   nothing
 * @transmit: completes, protects and sends a response
 */
typedef struct
{
  gboolean (*dispatch) (OhSipMessage *request, gpointer user_data);
  void (*transmit) (OhSipMessage *response, gpointer user_data);
} OhSipInboxHandlers;

/**
 * oh_sip_inbox_new:
 * @clock: for the time limits
 * @handlers: static
 * @user_data: for @handlers
 *
 * Returns: (transfer full): an empty inbox
 */
OhSipInbox *oh_sip_inbox_new (OhClock *clock, const OhSipInboxHandlers *handlers,
                              gpointer user_data);

/**
 * oh_sip_inbox_free:
 * @self: (transfer full): an inbox
 */
void oh_sip_inbox_free (OhSipInbox *self);

/**
 * oh_sip_inbox_take:
 * @self: an inbox
 * @request: checked by the guard
 *
 * Absorbs the ACK to a refused INVITE, answers CANCEL (RFC 3261 9.2), hands everything else on.
 *
 * Returns: what became of it
 */
OhSipInboxResult oh_sip_inbox_take (OhSipInbox *self, OhSipMessage *request);

/**
 * oh_sip_inbox_respond:
 * @self: an inbox
 * @request: what is answered
 * @response: the answer; gets our To tag when it has none
 *
 * Returns: FALSE when it is not sent: nothing waits for it (any more)
 */
gboolean oh_sip_inbox_respond (OhSipInbox *self, const OhSipMessage *request,
                               OhSipMessage *response);

/**
 * oh_sip_inbox_set_tag:
 * @self: an inbox
 * @request: a request that has not been answered
 * @tag: our tag in the dialog that it begins; copied
 *
 * Returns: FALSE when nothing waits for an answer to @request
 */
gboolean oh_sip_inbox_set_tag (OhSipInbox *self, const OhSipMessage *request, const char *tag);

/**
 * oh_sip_inbox_clear:
 * @self: an inbox
 *
 * The connection is gone: nobody waits for any answer.
 */
void oh_sip_inbox_clear (OhSipInbox *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhSipInbox, oh_sip_inbox_free)

G_END_DECLS
