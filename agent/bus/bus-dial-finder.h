/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bus-finder.h"
#include "dial-finder.h"

G_BEGIN_DECLS

/**
 * OhBusDialFinder:
 *
 * The part of org.offhook.Finder1 that finds a phone by a code which is dialled on it.
 */
typedef struct _OhBusDialFinder OhBusDialFinder;

/**
 * oh_bus_dial_finder_new:
 * @dialled: who waits for the code; referenced
 * @finder: takes what it finds; referenced
 * @host: must outlive it
 * @host_data: for @host
 * @skeleton: the interface, an OhBusFinder1; must outlive it
 *
 * Returns: (transfer full): it
 */
OhBusDialFinder *oh_bus_dial_finder_new (OhDialFinder *dialled, OhFinder *finder,
                                         const OhBusFinderHost *host, gpointer host_data,
                                         gpointer skeleton);

/**
 * oh_bus_dial_finder_free:
 * @self: (nullable) (transfer full): gives up what is under way; who waits for it is told
 */
void oh_bus_dial_finder_free (OhBusDialFinder *self);

G_END_DECLS
