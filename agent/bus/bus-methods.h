/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bus-contacts.h"
#include "bus-service.h"

G_BEGIN_DECLS

/**
 * OhBusMethods:
 * @agent: (unowned): whose methods these are
 * @models: what they hand over to
 * @host: (unowned): the rest of what they hand over to
 * @host_data: for @host
 * @contacts: (unowned): the contact list on the bus
 *
 * What the methods of org.offhook.Agent1 need. Part of bus-service, which owns all of it.
 */
typedef struct
{
  OhBusAgent1 *agent;
  OhBusModels models;
  const OhBusHost *host;
  gpointer host_data;
  OhBusContacts *contacts;
} OhBusMethods;

/**
 * oh_bus_methods_connect:
 * @methods: what they need; must outlive @methods->agent's handlers
 *
 * Lets the methods of the skeleton be answered.
 */
void oh_bus_methods_connect (OhBusMethods *methods);

G_END_DECLS
