/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "clock.h"
#include "sip-message.h"

G_BEGIN_DECLS

/* Timers B and F, RFC 3261 17.1: 64*T1. */
#define OH_SIP_FINAL_LIMIT_US (G_GINT64_CONSTANT (32) * G_USEC_PER_SEC)
/* A registrar asks a directory and a domain controller first: twice the usual patience. */
#define OH_SIP_REGISTER_LIMIT_US (G_GINT64_CONSTANT (60) * G_USEC_PER_SEC)

/**
 * OhSipClientTransaction:
 *
 * RFC 3261 17.1 over a reliable transport: nothing is sent again and timers A, D, E and K are
 * zero, so what is left is to wait, to acknowledge a refused INVITE, and to give up in time.
 */
typedef struct _OhSipClientTransaction OhSipClientTransaction;

/**
 * OhSipClientHandlers:
 * @send: sends an ACK or a CANCEL that belongs to the transaction
 * @done: called exactly once, with the final response or with why there is none
 *   (OH_ERROR_UNREACHABLE after the time limit); may free the transaction
 */
typedef struct
{
  void (*send) (OhSipMessage *message, gpointer user_data);
  void (*done) (OhSipMessage *response, const GError *error, gpointer user_data);
} OhSipClientHandlers;

/**
 * oh_sip_client_transaction_new:
 * @clock: for the time limit, which begins now
 * @request: as it has just been sent, its Via on top; referenced
 * @handlers: static
 * @user_data: for @handlers
 *
 * Returns: (transfer full): a transaction that waits
 */
OhSipClientTransaction *oh_sip_client_transaction_new (OhClock *clock, OhSipMessage *request,
                                                       const OhSipClientHandlers *handlers,
                                                       gpointer user_data);

/**
 * oh_sip_client_transaction_free:
 * @self: (transfer full): a transaction; no handler is called any more
 */
void oh_sip_client_transaction_free (OhSipClientTransaction *self);

/**
 * oh_sip_client_transaction_take_response:
 * @self: a transaction
 * @response: a response that belongs to it, checked by the guard
 */
void oh_sip_client_transaction_take_response (OhSipClientTransaction *self, OhSipMessage *response);

/**
 * oh_sip_client_transaction_cancel:
 * @self: a transaction
 *
 * An INVITE is cancelled as soon as it has been answered provisionally (RFC 3261 9.1); other
 * requests only wait for their answer.
 */
void oh_sip_client_transaction_cancel (OhSipClientTransaction *self);

/**
 * oh_sip_client_transaction_fail:
 * @self: a transaction
 * @error: why there will be no answer
 */
void oh_sip_client_transaction_fail (OhSipClientTransaction *self, const GError *error);

/**
 * oh_sip_client_transaction_timed_out:
 * @self: a transaction that is done
 *
 * Returns: whether it ended because no answer came in time
 */
gboolean oh_sip_client_transaction_timed_out (OhSipClientTransaction *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhSipClientTransaction, oh_sip_client_transaction_free)

G_END_DECLS
