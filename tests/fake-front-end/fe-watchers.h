/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fe-legacy.h"
#include "fe-presence.h"
#include "fe-subscription.h"

G_BEGIN_DECLS

/**
 * FeWatchManner:
 * @bad: a list with them in it is refused with 400
 * @alone: a list says "resubscribe" of them, without a pool
 * @pool: (nullable): host name of the pool that has them; a list elsewhere says so
 * @state: (nullable): what a list says of them instead, "pending", "terminated"
 * @reason: (nullable): the word beside it
 * @form: what their document is written in
 *
 * How the presence of one person is to be had; all zero is as usual.
 */
typedef struct
{
  gboolean bad;
  gboolean alone;
  char *pool;
  char *state;
  char *reason;
  FeForm form;
} FeWatchManner;

/**
 * FeWatchers:
 *
 * The part of the presence server that others see: subscriptions to people, in lists or one by
 * one, at this pool or another.
 */
typedef struct _FeWatchers FeWatchers;

/**
 * fe_watch_options_group:
 * @options: (out): outlives it
 *
 * Returns: (transfer full): for the command line
 */
GOptionGroup *fe_watch_options_group (FeWatchOptions *options);

/**
 * fe_watchers_new:
 * @wire: outlives it
 * @people: outlives it
 * @store: outlives it
 * @subscriptions: outlives it
 * @presence: outlives it
 *
 * Returns: (transfer full): everybody as usual
 */
FeWatchers *fe_watchers_new (FeWire *wire, FePeople *people, FeStore *store,
                             FeSubscriptions *subscriptions, FePresence *presence);

/**
 * fe_watchers_free:
 * @self: (transfer full) (nullable): the watchers
 */
void fe_watchers_free (FeWatchers *self);

/**
 * fe_watchers_manner:
 * @self: the watchers
 * @person: who
 *
 * Returns: (transfer none): to be changed; strings are owned by it
 */
FeWatchManner *fe_watchers_manner (FeWatchers *self, const FePerson *person);

/**
 * fe_watchers_subscribe:
 * @self: the watchers
 * @exchange: a SUBSCRIBE to presence
 * @endpoint: whose
 * @subscription: (nullable): the dialog that it is in
 */
void fe_watchers_subscribe (FeWatchers *self, const FeExchange *exchange, FeEndpoint *endpoint,
                            FeSubscription *subscription);

/**
 * fe_watchers_tell:
 * @self: the watchers
 * @person: of whom there is something new
 * @category: what
 *
 * Notifies who watches them.
 */
void fe_watchers_tell (FeWatchers *self, FePerson *person, const char *category);

G_END_DECLS
