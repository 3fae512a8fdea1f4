/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fe-message.h"

G_BEGIN_DECLS

/**
 * FeFaultKind:
 * @FE_FAULT_REFUSE: answer with a status of the test's choice
 * @FE_FAULT_DELAY: handle it later
 * @FE_FAULT_DROP: never answer
 * @FE_FAULT_CUT: reset the connection instead of answering
 * @FE_FAULT_REDIRECT: answer a REGISTER with 301
 * @FE_FAULT_CHALLENGE: answer with an unsigned 401 that offers the schemes, whatever it carries
 *
 * What may happen to a request that comes in.
 */
typedef enum
{
  FE_FAULT_REFUSE,
  FE_FAULT_DELAY,
  FE_FAULT_DROP,
  FE_FAULT_CUT,
  FE_FAULT_REDIRECT,
  FE_FAULT_CHALLENGE,
} FeFaultKind;

/**
 * FeFault:
 * @kind: what happens
 * @early: before the credentials are looked at, so an answer is unsigned
 * @method: method, "*" for any
 * @event: (nullable): only requests of this event package
 * @count: how many more times; less than 0 for ever
 * @status: with REFUSE
 * @text: (nullable): ms-diagnostics with REFUSE, host:port with REDIRECT
 * @delay_ms: with DELAY
 */
typedef struct
{
  FeFaultKind kind;
  gboolean early;
  char *method;
  char *event;
  int count;
  guint status;
  char *text;
  guint delay_ms;
} FeFault;

/**
 * FeSpoil:
 * @FE_SPOIL_SIGNATURE: one digit of rspauth is wrong
 * @FE_SPOIL_BODY: the body is cut in half, Content-Length follows
 * @FE_SPOIL_UNSIGNED: no Info header
 * @FE_SPOIL_HEADER: signed header fields are altered after signing
 * @FE_SPOIL_OTHER_BODY: another body, the one of fe_faults_set_body(); bodies are not signed
 * @FE_SPOIL_FOLD: every header on two lines; a message like any other
 * @FE_SPOIL_COMPACT: short header names; a message like any other
 * @FE_SPOIL_TWO_LENGTHS: a second Content-Length that differs
 * @FE_SPOIL_HALF: only the first half of its octets
 * @FE_SPOIL_HEAD: its body never comes
 * @FE_SPOIL_DRIP: one octet in each TLS record
 * @FE_SPOIL_HOLD: leaves after the one that follows it
 *
 * What may happen to a message that goes out in an association.
 */
typedef enum
{
  FE_SPOIL_SIGNATURE,
  FE_SPOIL_BODY,
  FE_SPOIL_UNSIGNED,
  FE_SPOIL_HEADER,
  FE_SPOIL_OTHER_BODY,
  FE_SPOIL_FOLD,
  FE_SPOIL_COMPACT,
  FE_SPOIL_TWO_LENGTHS,
  FE_SPOIL_HALF,
  FE_SPOIL_HEAD,
  FE_SPOIL_DRIP,
  FE_SPOIL_HOLD,
  FE_N_SPOILS,
} FeSpoil;

/**
 * FeFaults:
 *
 * What the test has ordered to go wrong, and has not gone wrong yet.
 */
typedef struct _FeFaults FeFaults;

/**
 * fe_faults_new:
 *
 * Returns: (transfer full): nothing ordered
 */
FeFaults *fe_faults_new (void);

/**
 * fe_faults_free:
 * @self: (transfer full) (nullable): the orders
 */
void fe_faults_free (FeFaults *self);

/**
 * fe_faults_order:
 * @self: the orders
 * @fault: copied; goes behind those that are there
 */
void fe_faults_order (FeFaults *self, const FeFault *fault);

/**
 * fe_faults_clear:
 * @self: forgets all orders
 */
void fe_faults_clear (FeFaults *self);

/**
 * fe_faults_take:
 * @self: the orders
 * @request: what came in
 * @early: before or after the credentials were looked at
 *
 * Returns: (transfer full) (nullable): the first order that fits, free with fe_fault_free()
 */
FeFault *fe_faults_take (FeFaults *self, const FeMessage *request, gboolean early);

/**
 * fe_fault_free:
 * @fault: (transfer full) (nullable): an order
 */
void fe_fault_free (FeFault *fault);

/**
 * fe_faults_spoil:
 * @self: the orders
 * @kind: how
 * @count: how many messages from now on; less than 0 for ever, 0 for none any more
 */
void fe_faults_spoil (FeFaults *self, FeSpoil kind, int count);

/**
 * fe_faults_take_spoil:
 * @self: the orders
 * @kind: how
 *
 * Returns: whether this message is to be spoilt that way; counts it
 */
gboolean fe_faults_take_spoil (FeFaults *self, FeSpoil kind);

/**
 * fe_faults_set_body:
 * @self: the orders
 * @type: (nullable): its Content-Type; NULL for that of the message
 * @body: what FE_SPOIL_OTHER_BODY puts in
 */
void fe_faults_set_body (FeFaults *self, const char *type, GBytes *body);

/**
 * fe_faults_get_body:
 * @self: the orders
 * @out_type: (out) (transfer none) (nullable): its Content-Type
 *
 * Returns: (transfer none) (nullable): what was set
 */
GBytes *fe_faults_get_body (FeFaults *self, const char **out_type);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FeFaults, fe_faults_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FeFault, fe_fault_free)

G_END_DECLS
