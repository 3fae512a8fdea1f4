/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sim-phone.h"

G_BEGIN_DECLS

/**
 * sim_display_fetch:
 *
 * The minibrowser: gets a page over http and shows its <Text>. What is shown, or why nothing is,
 * is reported in a line "display".
 */
void sim_display_fetch (SimPhone *phone, const char *url);

/**
 * sim_display_text:
 *
 * Returns: (transfer none): what stands on the display; "" for nothing
 */
const char *sim_display_text (void);

G_END_DECLS
