/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * OhDoctorClient:
 *
 * One run of the agent's doctor, seen from here. Starts the agent where it does not run.
 *
 * Signals:
 *  - "progress" (const char *what, guint number, guint total, guint limit_s): a step begins
 *  - "finding" (OhFinding *finding): borrowed
 *  - "done" (GError *error): it is over; @error is NULL when all was looked at, OH_ERROR_CANCELLED
 *    when it was given up
 */
#define OH_TYPE_DOCTOR_CLIENT (oh_doctor_client_get_type ())
G_DECLARE_FINAL_TYPE (OhDoctorClient, oh_doctor_client, OH, DOCTOR_CLIENT, GObject)

/**
 * oh_doctor_client_new:
 *
 * Returns: (transfer full): a run that has not begun
 */
OhDoctorClient *oh_doctor_client_new (void);

/**
 * oh_doctor_client_start:
 * @self: a run that has not begun
 *
 * Begins it.
 */
void oh_doctor_client_start (OhDoctorClient *self);

/**
 * oh_doctor_client_cancel:
 * @self: a run
 *
 * Gives it up; "done" follows.
 */
void oh_doctor_client_cancel (OhDoctorClient *self);

G_END_DECLS
