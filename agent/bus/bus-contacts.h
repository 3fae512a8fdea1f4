/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "bus-generated.h"
#include "clock.h"
#include "contacts.h"

G_BEGIN_DECLS

/* Ten deltas a second look immediate and do not drown a client while 10,000 people sign in. */
#define OH_BUS_CONTACTS_DELAY_US (G_GINT64_CONSTANT (100) * 1000)

/* Contacts in one delta: to put them together takes some ten milliseconds. Ten thousand at once, as
 * at sign-in, would keep calls and answers waiting for a tenth of a second. */
#define OH_BUS_CONTACTS_DELTA_MAX 1000u

/**
 * OhBusContacts:
 *
 * The contact list on the bus: the whole of it on demand, changes as deltas with a revision.
 */
typedef struct _OhBusContacts OhBusContacts;

/**
 * oh_bus_contacts_new:
 * @contacts: the list to follow
 * @agent: on which the deltas are told
 * @clock: for the rate of the deltas
 *
 * Returns: (transfer full): the follower
 */
OhBusContacts *oh_bus_contacts_new (OhContacts *contacts, OhBusAgent1 *agent, OhClock *clock);

/**
 * oh_bus_contacts_free:
 * @self: (nullable) (transfer full): a follower
 */
void oh_bus_contacts_free (OhBusContacts *self);

/**
 * oh_bus_contacts_list:
 * @self: a follower
 *
 * Returns: (transfer floating): a(ssssasa(sss)a{sv}), see ContactsChanged in the interface
 */
GVariant *oh_bus_contacts_list (OhBusContacts *self);

/**
 * oh_bus_contacts_revision:
 * @self: a follower
 *
 * A delta that follows may repeat what oh_bus_contacts_list() had already: both say how people are,
 * not what happened to them.
 *
 * Returns: the revision of the last delta
 */
guint64 oh_bus_contacts_revision (OhBusContacts *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhBusContacts, oh_bus_contacts_free)

G_END_DECLS
