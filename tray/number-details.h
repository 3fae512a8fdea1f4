/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "parsed-number.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * OhNumberDetails:
 *
 * "Details", closed until somebody wants them: from what was typed or linked to what the phone will
 * dial, the kind of number, the name of the rule that decided, and every step.
 */
#define OH_TYPE_NUMBER_DETAILS (oh_number_details_get_type ())
G_DECLARE_FINAL_TYPE (OhNumberDetails, oh_number_details, OH, NUMBER_DETAILS, GtkExpander)

/**
 * oh_number_details_show:
 * @self: the details
 * @number: what to show; copied
 */
void oh_number_details_show (OhNumberDetails *self, const OhParsedNumber *number);

G_END_DECLS
