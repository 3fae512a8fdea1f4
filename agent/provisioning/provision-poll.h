/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "clock.h"
#include "sip-stack.h"

G_BEGIN_DECLS

/* What a server said is asked for again after that; changes usually come by themselves. */
#define OH_PROVISION_POLL_US (G_GINT64_CONSTANT (8) * 3600 * G_USEC_PER_SEC)

/**
 * OhProvisionPollState:
 * @OH_PROVISION_POLL_OFF: not started, or stopped
 * @OH_PROVISION_POLL_ASKING: the SUBSCRIBE is under way
 * @OH_PROVISION_POLL_WAITING: until it is asked again
 * @OH_PROVISION_POLL_REFUSED: the server will not say; asking again would not help
 */
typedef enum
{
  OH_PROVISION_POLL_OFF,
  OH_PROVISION_POLL_ASKING,
  OH_PROVISION_POLL_WAITING,
  OH_PROVISION_POLL_REFUSED,
  OH_PROVISION_POLL_N_STATES,
} OhProvisionPollState;

/**
 * OhProvisionPackage:
 * @event: the event package
 * @type: of its documents
 * @body: (nullable): of the SUBSCRIBE
 *
 * What is asked for. All static.
 */
typedef struct
{
  const char *event;
  const char *type;
  const char *body;
} OhProvisionPackage;

/**
 * OhProvisionFunc:
 * @body: a document, borrowed
 * @pushed: it came by itself, so it may have changes only
 * @user_data: what was given with the function
 *
 * The server said something.
 */
typedef void (*OhProvisionFunc) (OhSlice body, gboolean pushed, gpointer user_data);

/**
 * OhProvisionPoll:
 *
 * Asks a server for what it provisions with: a SUBSCRIBE to oneself with Expires: 0, the answer in
 * the 2xx or in a notification of the dialog, which is kept for what the server sends later. Asks
 * again every eight hours, and after a pause where it could not.
 */
typedef struct _OhProvisionPoll OhProvisionPoll;

/**
 * oh_provision_poll_new:
 * @clock: the time
 * @package: what to ask for; must outlive it
 * @said: told of each document; must not free it
 * @user_data: for @said, borrowed
 *
 * Returns: (transfer full): asks nothing yet
 */
OhProvisionPoll *oh_provision_poll_new (OhClock *clock, const OhProvisionPackage *package,
                                        OhProvisionFunc said, gpointer user_data);

/**
 * oh_provision_poll_free:
 * @self: (nullable) (transfer full): nothing is told any more
 */
void oh_provision_poll_free (OhProvisionPoll *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhProvisionPoll, oh_provision_poll_free)

/**
 * oh_provision_poll_start:
 * @self: it
 * @stack: where to send; referenced until the stop
 * @uri: own address
 *
 * Asks now, whatever the state is.
 */
void oh_provision_poll_start (OhProvisionPoll *self, OhSipStack *stack, const char *uri);

/**
 * oh_provision_poll_stop:
 * @self: it
 *
 * Signed out: nothing is asked and nothing is told.
 */
void oh_provision_poll_stop (OhProvisionPoll *self);

/**
 * oh_provision_poll_state:
 * @self: it
 *
 * Returns: its state
 */
OhProvisionPollState oh_provision_poll_state (const OhProvisionPoll *self);

G_END_DECLS
