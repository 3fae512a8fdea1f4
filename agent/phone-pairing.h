/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "config.h"
#include "finder.h"
#include "pairing.h"
#include "secrets.h"

G_BEGIN_DECLS

/**
 * OhPhonePairing:
 *
 * The methods of org.offhook.Finder1 that pair: joins the pairing, the makers' displays, settings
 * and keyring.
 */
typedef struct _OhPhonePairing OhPhonePairing;

/**
 * oh_phone_pairing_new:
 * @config: where a confirmed phone goes; referenced
 * @secrets: where its password goes; referenced
 * @finder: who knows addresses of MACs; referenced
 * @clock: the time
 * @skeleton: the interface, as oh_bus_finder_skeleton(); outlives it
 *
 * Returns: (transfer full): it, serving
 */
OhPhonePairing *oh_phone_pairing_new (OhConfig *config, OhSecrets *secrets, OhFinder *finder,
                                      OhClock *clock, gpointer skeleton);

/**
 * oh_phone_pairing_free:
 * @self: (nullable) (transfer full): gives up a pairing under way
 */
void oh_phone_pairing_free (OhPhonePairing *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhPhonePairing, oh_phone_pairing_free)

G_END_DECLS
