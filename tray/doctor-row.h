/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "finding.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * OhDoctorRow:
 *
 * One finding: a sign for how bad it is, what it is, and, unfolded, why and what to do. What is bad
 * comes unfolded.
 */
#define OH_TYPE_DOCTOR_ROW (oh_doctor_row_get_type ())
G_DECLARE_FINAL_TYPE (OhDoctorRow, oh_doctor_row, OH, DOCTOR_ROW, GtkListBoxRow)

/**
 * oh_doctor_row_new:
 * @finding: what to show
 *
 * Returns: (transfer none): the row, floating
 */
GtkWidget *oh_doctor_row_new (const OhFinding *finding);

/**
 * oh_doctor_row_toggle:
 * @self: a row
 *
 * Folds or unfolds it.
 */
void oh_doctor_row_toggle (OhDoctorRow *self);

G_END_DECLS
