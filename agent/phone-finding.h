/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bus-finder.h"
#include "phone-set.h"
#include "searching.h"
#include "snom-listener.h"

G_BEGIN_DECLS

/**
 * OhPhoneFinding:
 *
 * Finding the user's phone: joins the finder, its sources, the phones of the settings, what the
 * directory says of the user, and the bus.
 */
typedef struct _OhPhoneFinding OhPhoneFinding;

/**
 * oh_phone_finding_new:
 * @config: the settings; referenced
 * @secrets: where passwords of paired phones go; referenced
 * @searching: who knows the user's entry of the directory; must outlive it
 * @listener: where phones tell of their calls; referenced
 * @clock: the time
 *
 * Returns: (transfer full): it, not yet on the bus
 */
OhPhoneFinding *oh_phone_finding_new (OhConfig *config, OhSecrets *secrets, OhSearching *searching,
                                      OhSnomListener *listener, OhClock *clock);

/**
 * oh_phone_finding_free:
 * @self: (nullable) (transfer full): gives up what is under way
 */
void oh_phone_finding_free (OhPhoneFinding *self);

/**
 * oh_phone_finding_set_phones:
 * @self: it
 * @phones: (nullable): the phones at work, from start to stop
 */
void oh_phone_finding_set_phones (OhPhoneFinding *self, OhPhoneSet *phones);

/**
 * oh_phone_finding_moves:
 * @self: it
 *
 * Returns: (transfer none): who follows phones to new addresses
 */
OhPhoneMoves *oh_phone_finding_moves (OhPhoneFinding *self);

/**
 * oh_phone_finding_may_add:
 * @self: it
 * @address: what the user wants to add: an address, or the MAC of a phone that was found
 * @out_address: (out) (transfer full): the address to add
 * @error: OH_ERROR_UNSUPPORTED for a cordless base or handset that was found there
 *
 * Returns: FALSE when it is known to be of no use
 */
gboolean oh_phone_finding_may_add (OhPhoneFinding *self, const char *address, char **out_address,
                                   GError **error);

/**
 * oh_phone_finding_export:
 * @self: it
 * @connection: the bus
 * @error: when the path has such an interface already
 *
 * Returns: whether it is on the bus
 */
gboolean oh_phone_finding_export (OhPhoneFinding *self, GDBusConnection *connection,
                                  GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhPhoneFinding, oh_phone_finding_free)

G_END_DECLS
