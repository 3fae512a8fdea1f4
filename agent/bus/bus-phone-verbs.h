/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bus-generated.h"
#include "dialler.h"

G_BEGIN_DECLS

/**
 * oh_bus_phone_show_condition:
 * @skeleton: a phone on the bus
 * @phone: (nullable): the phone; NULL when its settings cannot be used
 *
 * What it can do, and how it is set.
 */
void oh_bus_phone_show_condition (OhBusPhone1 *skeleton, OhPhone *phone);

/**
 * oh_bus_phone_connect_verbs:
 * @object: a phone on the bus
 * @dialler: who does what its methods ask for
 *
 * Lets the methods that set something at the phone be answered.
 */
void oh_bus_phone_connect_verbs (GDBusObjectSkeleton *object, OhDialler *dialler);

G_END_DECLS
