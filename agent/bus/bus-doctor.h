/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "doctor.h"

G_BEGIN_DECLS

/* Clients that wait for one run: a user's tray and some terminals. One that starts more only loads
 * the bus. */
#define OH_BUS_DOCTOR_CLIENTS_MAX 16

/**
 * OhBusDoctor:
 *
 * org.offhook.Doctor1: one run of the doctor for all who wait.
 */
typedef struct _OhBusDoctor OhBusDoctor;

/**
 * oh_bus_doctor_new:
 * @doctor: the doctor; referenced
 *
 * Returns: (transfer full): it, not yet on the bus
 */
OhBusDoctor *oh_bus_doctor_new (OhDoctor *doctor);

/**
 * oh_bus_doctor_free:
 * @self: (nullable) (transfer full): gives up a run under way; who waits for it is told
 */
void oh_bus_doctor_free (OhBusDoctor *self);

/**
 * oh_bus_doctor_export:
 * @self: it
 * @connection: the bus
 * @error: when the path has such an interface already
 *
 * Returns: whether it is on the bus
 */
gboolean oh_bus_doctor_export (OhBusDoctor *self, GDBusConnection *connection, GError **error);

/**
 * oh_bus_doctor_unexport:
 * @self: it
 */
void oh_bus_doctor_unexport (OhBusDoctor *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhBusDoctor, oh_bus_doctor_free)

G_END_DECLS
