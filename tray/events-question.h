/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tray-model.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * OhEventsQuestion:
 *
 * A phone that tells another program of its calls, or another Offhook, is not taken from it
 * unasked: asks once for each phone and holder, and remembers a no in the phone's setting
 * "events-left-to".
 */
typedef struct _OhEventsQuestion OhEventsQuestion;

/**
 * oh_events_question_new:
 * @application: outlives it
 *
 * Returns: (transfer full): nothing was asked yet
 */
OhEventsQuestion *oh_events_question_new (GtkApplication *application);

/**
 * oh_events_question_free:
 * @self: (nullable) (transfer full): closes what is being asked
 */
void oh_events_question_free (OhEventsQuestion *self);

/**
 * oh_events_question_update:
 * @self: it
 * @model: as the agent says it is now
 *
 * Asks what there is to ask, one at a time; takes back what has settled itself.
 */
void oh_events_question_update (OhEventsQuestion *self, OhTrayModel *model);

G_END_DECLS
