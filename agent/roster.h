/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "account.h"

G_BEGIN_DECLS

/**
 * OhRosterParts:
 * @clock: the time
 * @config: whose contact list it is
 * @account: signed in or not
 * @contacts: the list
 * @subscription: brings it
 *
 * What the contact list is joined to. Referenced.
 */
typedef struct
{
  OhClock *clock;
  OhConfig *config;
  OhAccount *account;
  OhContacts *contacts;
  OhSubscription *subscription;
} OhRosterParts;

/**
 * OhRoster:
 *
 * The contact list of the account: kept from one sign-in to the next, changed at the server, shown
 * as org.offhook.Contacts1.
 */
typedef struct _OhRoster OhRoster;

/**
 * oh_roster_new:
 * @parts: what it is joined to
 *
 * Returns: (transfer full): it, not yet on the bus; begins to read what was kept
 */
OhRoster *oh_roster_new (const OhRosterParts *parts);

/**
 * oh_roster_free:
 * @self: (nullable) (transfer full): leaves the bus; edits under way fail
 */
void oh_roster_free (OhRoster *self);

/**
 * oh_roster_export:
 * @self: it
 * @connection: the bus
 * @error: when the path has such an interface already
 *
 * Returns: whether it is on the bus
 */
gboolean oh_roster_export (OhRoster *self, GDBusConnection *connection, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhRoster, oh_roster_free)

G_END_DECLS
