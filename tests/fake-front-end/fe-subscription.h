/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fe-registrar.h"

G_BEGIN_DECLS

/**
 * FeSubscription:
 * @event: event package
 * @endpoint: unowned: the subscriber; the subscription goes before it
 * @watched: (element-type utf8): URIs of a presence subscription, as the client wrote them
 * @by_aor: (element-type utf8 utf8): address of record → URI in @watched
 * @categories: (element-type utf8): what it wants to know of them
 * @is_batch: whether it is addressed to the subscriber itself
 * @list_version: of the batch's list document
 * @polls: asked once; the dialog stays all the same, for what changes
 *
 * One dialog of a subscription (RFC 3265), as the notifier sees it.
 */
typedef struct
{
  char *event;
  FeEndpoint *endpoint;
  GPtrArray *watched;
  GHashTable *by_aor;
  GPtrArray *categories;
  gboolean is_batch;
  guint list_version;
  gboolean polls;
  /*< private >*/
  char *call_id;
  char *from; /* From of the SUBSCRIBE: our To */
  char *to;   /* To of our 200, with tag: our From */
  char *target;
  char *route; /* URI of our Record-Route */
  guint cseq;
  gboolean benotify;
  guint expiry_id;
  gpointer owner;
} FeSubscription;

/**
 * FeSubscriptions:
 *
 * All subscription dialogs.
 */
typedef struct _FeSubscriptions FeSubscriptions;

/**
 * fe_subscriptions_new:
 * @wire: outlives it
 *
 * Returns: (transfer full): no dialog
 */
FeSubscriptions *fe_subscriptions_new (FeWire *wire);

/**
 * fe_subscriptions_free:
 * @self: (transfer full) (nullable): the dialogs, dropped without a word
 */
void fe_subscriptions_free (FeSubscriptions *self);

/**
 * fe_subscriptions_find:
 * @self: the dialogs
 * @request: a SUBSCRIBE
 *
 * Returns: (transfer none) (nullable): the dialog that the request is in
 */
FeSubscription *fe_subscriptions_find (FeSubscriptions *self, const FeMessage *request);

/**
 * fe_subscriptions_add:
 * @self: the dialogs
 * @exchange: a SUBSCRIBE outside a dialog
 * @endpoint: whose
 *
 * Returns: (transfer none): the dialog, not yet answered
 */
FeSubscription *fe_subscriptions_add (FeSubscriptions *self, const FeExchange *exchange,
                                      FeEndpoint *endpoint);

/**
 * fe_subscriptions_check_route:
 * @self: the dialogs
 * @subscription: which
 * @exchange: a SUBSCRIBE in that dialog
 *
 * Emits a violation when it does not go to the remote target by the route set (RFC 3261 12.2.1.1).
 */
void fe_subscriptions_check_route (FeSubscriptions *self, const FeSubscription *subscription,
                                   const FeExchange *exchange);

/**
 * fe_subscriptions_answer:
 * @self: the dialogs
 * @subscription: which; freed when the client asked for one notification only
 * @exchange: the SUBSCRIBE
 * @content_type: (nullable): of @body
 * @body: (transfer full) (nullable): the first notification
 *
 * Sends the 200, with the notification in it if the client can take that, else with the
 * notification behind it ([MS-SIP] 2.2.1, piggyback).
 */
void fe_subscriptions_answer (FeSubscriptions *self, FeSubscription *subscription,
                              const FeExchange *exchange, const char *content_type, char *body);

/**
 * fe_subscriptions_notify:
 * @self: the dialogs
 * @subscription: which
 * @state: "active" or "terminated"
 * @content_type: (nullable): of @body
 * @body: (transfer full) (nullable): what is new
 */
void fe_subscriptions_notify (FeSubscriptions *self, FeSubscription *subscription,
                              const char *state, const char *content_type, char *body);

/**
 * fe_subscriptions_list:
 * @self: the dialogs
 *
 * Returns: (transfer none) (element-type FeSubscription): all of them
 */
const GPtrArray *fe_subscriptions_list (FeSubscriptions *self);

/**
 * fe_subscriptions_drop:
 * @self: the dialogs
 * @subscription: which; freed
 */
void fe_subscriptions_drop (FeSubscriptions *self, FeSubscription *subscription);

/**
 * fe_subscriptions_drop_endpoint:
 * @self: the dialogs
 * @endpoint: is going; its dialogs go with it
 */
void fe_subscriptions_drop_endpoint (FeSubscriptions *self, FeEndpoint *endpoint);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FeSubscriptions, fe_subscriptions_free)

G_END_DECLS
