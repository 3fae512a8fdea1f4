/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "clock.h"
#include "sip-stack.h"

G_BEGIN_DECLS

/* A server that ends a subscription sooner than this after it began gets a pause. */
#define OH_EVENT_STEADY_US (G_GINT64_CONSTANT (30) * G_USEC_PER_SEC)

/**
 * OhEventState:
 * @OH_EVENT_OFF: not started, or stopped
 * @OH_EVENT_BEGINNING: the first SUBSCRIBE of a dialog is under way
 * @OH_EVENT_ACTIVE: subscribed
 * @OH_EVENT_SENDING: subscribed, and another SUBSCRIBE of the dialog is under way
 * @OH_EVENT_WAITING: will begin anew by itself after a pause
 * @OH_EVENT_REFUSED: the server will not have it; trying again would not help
 */
typedef enum
{
  OH_EVENT_OFF,
  OH_EVENT_BEGINNING,
  OH_EVENT_ACTIVE,
  OH_EVENT_SENDING,
  OH_EVENT_WAITING,
  OH_EVENT_REFUSED,
  OH_EVENT_N_STATES,
} OhEventState;

/**
 * OhEventHandler:
 * @first_body: returns (transfer full) (nullable) the body of the SUBSCRIBE that begins a dialog;
 *   called for each new dialog: what was sent in an earlier one counts for nothing. NULL for none
 * @notification: a notification with a body arrived, also when it came with a 2xx
 * @accepted: a SUBSCRIBE was answered with a 2xx; another may be sent. Called after @notification
 * @refused: a SUBSCRIBE was answered with @status and that is final. The state is then REFUSED when
 *   it was to begin the dialog, else ACTIVE as before
 *
 * @settled: the first SUBSCRIBE of a dialog is not under way any more, whatever came of it; must
 * not touch the subscription
 *
 * What the owner of a subscription is told. Each member may be NULL. The owner must not drop its
 * last reference within a call.
 */
typedef struct
{
  char *(*first_body) (gpointer user_data);
  void (*notification) (OhSipMessage *message, gpointer user_data);
  void (*accepted) (gpointer user_data);
  void (*refused) (guint status, gpointer user_data);
  void (*settled) (gpointer user_data);
} OhEventHandler;

/**
 * OhEventSetup:
 * @event: the event package
 * @target: Request-URI and To of the first SUBSCRIBE
 * @accept: value of Accept
 * @require: (nullable): value of Require
 * @supported: (nullable): value of a Supported header beside those of the extensions
 * @content_type: (nullable): of the bodies that are sent
 *
 * What to subscribe to. Copied.
 */
typedef struct
{
  const char *event;
  const char *target;
  const char *accept;
  const char *require;
  const char *supported;
  const char *content_type;
} OhEventSetup;

/**
 * OhEventSubscription:
 *
 * One subscription, RFC 6665 with the extensions of [MS-SIP]: the first notification comes with
 * the 2xx, notifications need no answer (BENOTIFY), and each NOTIFY extends the subscription.
 * Refreshes itself in time and begins anew when the server has lost it.
 */
#define OH_TYPE_EVENT_SUBSCRIPTION (oh_event_subscription_get_type ())
G_DECLARE_FINAL_TYPE (OhEventSubscription, oh_event_subscription, OH, EVENT_SUBSCRIPTION, GObject)

/**
 * oh_event_subscription_new:
 * @stack: where to send
 * @clock: time
 * @setup: what to subscribe to; copied
 * @handler: (not nullable): whom to tell; must outlive the subscription
 * @user_data: for @handler, borrowed: stop the subscription before it goes away
 *
 * Returns: (transfer full): a subscription in state OFF
 */
OhEventSubscription *oh_event_subscription_new (OhSipStack *stack, OhClock *clock,
                                                const OhEventSetup *setup,
                                                const OhEventHandler *handler, gpointer user_data);

/**
 * oh_event_subscription_start:
 * @self: a subscription
 *
 * Begins a new dialog, whatever the state is; one that stands is forgotten.
 */
void oh_event_subscription_start (OhEventSubscription *self);

/**
 * oh_event_subscription_stop:
 * @self: a subscription
 *
 * Forgets the dialog without a message; nothing is told any more.
 */
void oh_event_subscription_stop (OhEventSubscription *self);

/**
 * oh_event_subscription_end:
 * @self: a subscription
 *
 * As oh_event_subscription_stop(), but where there is a dialog the server is asked to end the
 * subscription; its answer is not waited for.
 */
void oh_event_subscription_end (OhEventSubscription *self);

/**
 * oh_event_subscription_refresh:
 * @self: a subscription
 *
 * Refreshes it now where it is ACTIVE; does nothing in other states.
 */
void oh_event_subscription_refresh (OhEventSubscription *self);

/**
 * oh_event_subscription_send:
 * @self: a subscription in state ACTIVE
 * @body: body of another SUBSCRIBE in the dialog; it refreshes the subscription as well
 */
void oh_event_subscription_send (OhEventSubscription *self, const char *body);

/**
 * oh_event_subscription_state:
 * @self: a subscription
 *
 * Returns: its state
 */
OhEventState oh_event_subscription_state (OhEventSubscription *self);

G_END_DECLS
