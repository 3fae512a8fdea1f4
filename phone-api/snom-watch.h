/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "phone-value.h"

G_BEGIN_DECLS

/* Settings in one request: the URLs of six were taken by the oldest phone known to take any. */
#define OH_SNOM_WATCH_BATCH 6

/**
 * OhSnomWatchPlan:
 * @targets: (element-type utf8): requests that bring the phone to the wished state, in order;
 *   empty when it is there already
 * @foreign: (nullable): first action URL that a call needs and that somebody else uses; then
 *   @targets is empty
 *
 * What has to be written.
 */
typedef struct
{
  GPtrArray *targets;
  char *foreign;
} OhSnomWatchPlan;

/**
 * oh_snom_watch_plan:
 * @settings: the phone's settings
 * @token: our token: an action URL with it is ours, whatever address it has
 * @base: (nullable): "http://ADDRESS:PORT/s/TOKEN/" to have events delivered there; NULL to leave
 *   the phone as it was
 *
 * Compares what stands in the phone with what should. A place is taken only when it is empty or
 * ours; it is given back only when it is ours, so what stood there before was nothing.
 *
 * Returns: (transfer full): what to write
 */
OhSnomWatchPlan *oh_snom_watch_plan (GHashTable *settings, const char *token, const char *base);

/**
 * oh_snom_watch_plan_free:
 * @plan: (nullable) (transfer full): a plan
 */
void oh_snom_watch_plan_free (OhSnomWatchPlan *plan);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhSnomWatchPlan, oh_snom_watch_plan_free)

G_END_DECLS
