/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fe-provisioning.h"
#include "fe-registrar.h"
#include "fe-store.h"

G_BEGIN_DECLS

/**
 * FePresence:
 *
 * The presence server: self subscriptions (provisioning, contacts, own data), presence of others
 * in batches or one by one, publishing with versions, and the notifications that follow.
 */
typedef struct _FePresence FePresence;

/**
 * fe_presence_new:
 * @wire: outlives it
 * @people: outlives it
 * @registrar: outlives it
 *
 * Returns: (transfer full): the server
 */
FePresence *fe_presence_new (FeWire *wire, FePeople *people, FeRegistrar *registrar);

/**
 * fe_presence_free:
 * @self: (transfer full) (nullable): the server
 */
void fe_presence_free (FePresence *self);

/**
 * fe_presence_subscribe:
 * @self: the server
 * @exchange: a SUBSCRIBE of a registered endpoint
 * @endpoint: that endpoint
 */
void fe_presence_subscribe (FePresence *self, const FeExchange *exchange, FeEndpoint *endpoint);

/**
 * fe_presence_endpoint_changed:
 * @self: the server
 * @endpoint: came, or is going
 * @is_registered: which of the two
 */
void fe_presence_endpoint_changed (FePresence *self, FeEndpoint *endpoint, gboolean is_registered);

/**
 * fe_presence_force:
 * @self: the server
 * @person: who
 * @availability: number; 0 lets their endpoints decide again
 * @activity: (nullable): token
 *
 * What the test says somebody is; the watchers hear of it.
 */
void fe_presence_force (FePresence *self, FePerson *person, guint availability,
                        const char *activity);

/**
 * fe_presence_set_note:
 * @self: the server
 * @person: who
 * @text: personal note, "" for none
 */
void fe_presence_set_note (FePresence *self, FePerson *person, const char *text);

/**
 * fe_presence_change_contact:
 * @self: the server
 * @owner: whose contact list
 * @aor: whom
 * @group: (nullable): group to add them to; NULL takes them off the list
 *
 * As if the user had done it at another of their endpoints: a delta is sent.
 *
 * Returns: whether the list changed
 */
gboolean fe_presence_change_contact (FePresence *self, FePerson *owner, const char *aor,
                                     const char *group);

/**
 * fe_presence_tell_contacts:
 * @self: the server
 * @owner: whose contact list
 * @delta: a document
 *
 * Sends it to all endpoints that follow the contact list.
 */
void fe_presence_tell_contacts (FePresence *self, const FePerson *owner, const char *delta);

/**
 * fe_presence_terminate:
 * @self: the server
 * @person: whose subscriptions
 * @package: (nullable): only of this event package
 * @why: (nullable): parameters of Subscription-State; NULL for "deactivated"
 *
 * Ends subscriptions from this side: a last notification with "terminated".
 *
 * Returns: how many
 */
guint fe_presence_terminate (FePresence *self, FePerson *person, const char *package,
                             const char *why);

/**
 * fe_presence_lose:
 * @self: the server
 * @person: whose subscriptions
 * @package: (nullable): only of this event package
 *
 * Forgets subscriptions without a word.
 *
 * Returns: how many
 */
guint fe_presence_lose (FePresence *self, FePerson *person, const char *package);

/**
 * fe_presence_get_watchers:
 * @self: the server
 *
 * Returns: (transfer none): who watches whom
 */
struct _FeWatchers *fe_presence_get_watchers (FePresence *self);

/**
 * fe_presence_get_store:
 * @self: the server
 *
 * Returns: (transfer none): what is published
 */
FeStore *fe_presence_get_store (FePresence *self);

/**
 * fe_presence_tell_left:
 * @self: the server
 * @person: whose
 *
 * Emits the event "left": how many endpoints, subscriptions and publications of theirs there are.
 */
void fe_presence_tell_left (FePresence *self, FePerson *person);

/**
 * fe_presence_aggregate:
 * @self: the server
 * @person: whose
 *
 * Returns: whether their aggregate state changed
 */
gboolean fe_presence_aggregate (FePresence *self, FePerson *person);

/**
 * fe_presence_self_document:
 * @self: the server
 * @person: whose
 * @category: (nullable): only that one
 *
 * Returns: (transfer full): <roamingData>
 */
char *fe_presence_self_document (FePresence *self, FePerson *person, const char *category);

/**
 * fe_presence_tell:
 * @self: the server
 * @person: whose publications changed
 * @category: which * @to_watchers: whether it is anything that others see
 * @skip: (nullable): endpoint that knows it already
 *
 * Notifies the owner's endpoints and the watchers.
 */
void fe_presence_tell (FePresence *self, FePerson *person, const char *category,
                       gboolean to_watchers, const FeEndpoint *skip);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FePresence, fe_presence_free)

/**
 * fe_presence_get_provisioning:
 * @self: the presence server
 *
 * Returns: (transfer none): what users are provisioned with
 */
FeProvisioning *fe_presence_get_provisioning (FePresence *self);

/**
 * fe_presence_push_provisioning:
 * @self: the presence server
 *
 * Sends what users are provisioned with now to all who have asked.
 *
 * Returns: how many
 */
guint fe_presence_push_provisioning (FePresence *self);

G_END_DECLS
