/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "clock.h"
#include "contacts.h"

G_BEGIN_DECLS

typedef struct _OhSipStack OhSipStack;

/**
 * OhPresenceFeatures:
 * @batched: the 200 to REGISTER said "Supported: adhoclist"
 * @enhanced: the 200 to REGISTER said "Supported: msrtc-event-categories"
 * @allow_events: (nullable): the values of its Allow-Events headers, joined by commas; NULL when
 *   there was none, then everything is tried
 *
 * What this server can do, to be read anew from the 200 of every sign-in.
 */
typedef struct
{
  gboolean batched;
  gboolean enhanced;
  const char *allow_events;
} OhPresenceFeatures;

/**
 * OhSubscription:
 *
 * Everything we listen to at the front end: the contact list, our own publications, and the
 * presence of each contact. Fills OhContacts; refreshes in time; renews what the server ends.
 *
 * Properties: "contacts-elsewhere" (gboolean, notifies): the contact list of this account is kept
 * in Exchange, the server has none. Signal "self-data" (pointer to OhRoamingSelf, text/): the
 * server told of our own publications; OhPublication listens to it.
 */
#define OH_TYPE_SUBSCRIPTION (oh_subscription_get_type ())
G_DECLARE_FINAL_TYPE (OhSubscription, oh_subscription, OH, SUBSCRIPTION, GObject)

/**
 * oh_subscription_new:
 * @clock: time
 * @contacts: the list to fill
 *
 * Returns: (transfer full): subscribed to nothing
 */
OhSubscription *oh_subscription_new (OhClock *clock, OhContacts *contacts);

/**
 * oh_subscription_start:
 * @self: a subscription, started or not
 * @stack: the connection's stack, signed in; a reference is kept until stop
 * @uri: our own address, "sip:alice@example.org", "sip:" may be missing; another than before
 *   clears the contacts
 * @features: what the 200 to REGISTER offered; copied
 *
 * To be called each time the registration goes online, also after a reconnect: everything is
 * subscribed anew, dialogs of an earlier connection are forgotten without a message.
 */
void oh_subscription_start (OhSubscription *self, OhSipStack *stack, const char *uri,
                            const OhPresenceFeatures *features);

/**
 * oh_subscription_stop:
 * @self: a subscription, started or not
 *
 * To be called when the registration leaves online. Sends nothing: the server ends the
 * subscriptions together with the registration. Contacts stay, their presence becomes unknown.
 */
void oh_subscription_stop (OhSubscription *self);

/**
 * oh_subscription_refresh:
 * @self: a subscription, started or not
 *
 * Refreshes everything now. To be called when the security association was made anew on the same
 * connection: the server may have forgotten what hung on the old one.
 */
void oh_subscription_refresh (OhSubscription *self);

/**
 * oh_subscription_renew_self:
 * @self: a started subscription
 *
 * Asks for the complete list of our own publications again.
 */
void oh_subscription_renew_self (OhSubscription *self);

/**
 * oh_subscription_renew_contacts:
 * @self: a subscription, started or not
 *
 * Asks for the complete contact list again, in this sign-in; not more than three times a minute,
 * the next time waits until then.
 */
void oh_subscription_renew_contacts (OhSubscription *self);

/**
 * oh_subscription_contacts_elsewhere:
 * @self: a subscription
 *
 * Returns: whether the server said that the contact list is kept in Exchange
 */
gboolean oh_subscription_contacts_elsewhere (OhSubscription *self);

G_END_DECLS
