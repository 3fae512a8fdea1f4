/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sip-guard.h"

G_BEGIN_DECLS

/**
 * OhDoctorObserver:
 *
 * A guard for a connection on which nothing is believed and nothing secret is said: lets the one
 * request out as it is and the one answer in, to be shown. Never answers a challenge.
 */
#define OH_TYPE_DOCTOR_OBSERVER (oh_doctor_observer_get_type ())
G_DECLARE_FINAL_TYPE (OhDoctorObserver, oh_doctor_observer, OH, DOCTOR_OBSERVER, GObject)

/**
 * oh_doctor_observer_new:
 *
 * Returns: (transfer full): a guard that only looks
 */
OhSipGuard *oh_doctor_observer_new (void);

G_END_DECLS
