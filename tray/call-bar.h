/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tray-model.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * OhCallBar:
 *
 * The calls that are up, each with its state in words and the buttons that fit it. Invisible while
 * there is none.
 */
#define OH_TYPE_CALL_BAR (oh_call_bar_get_type ())
G_DECLARE_FINAL_TYPE (OhCallBar, oh_call_bar, OH, CALL_BAR, GtkListBox)

/**
 * oh_call_bar_update:
 * @self: the bar
 * @model: what is known now
 */
void oh_call_bar_update (OhCallBar *self, const OhTrayModel *model);

G_END_DECLS
