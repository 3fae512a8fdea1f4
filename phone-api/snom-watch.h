/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "phone-value.h"
#include "snom-place.h"

G_BEGIN_DECLS

/* Settings in one request: the URLs of six were taken by the oldest phone known to take any. */
#define OH_SNOM_WATCH_BATCH 6

/**
 * OhSnomTake:
 * @OH_SNOM_TAKE_FREE: only places where nobody is told
 * @OH_SNOM_TAKE_PROGRAMS: also those of other programs: the user was asked. Not those of another
 *   Offhook: the two would take them from each other for ever
 * @OH_SNOM_TAKE_ALL: everybody's: the user has just asked for it
 *
 * Whose places may be taken.
 */
typedef enum
{
  OH_SNOM_TAKE_FREE,
  OH_SNOM_TAKE_PROGRAMS,
  OH_SNOM_TAKE_ALL,
} OhSnomTake;

/**
 * OhSnomWatchRule:
 * @mark: ours
 * @token: of this phone
 * @base: (nullable): "http://ADDRESS:PORT/offhook-MARK/s/TOKEN/" to have events delivered there;
 *   NULL to leave the phone as it was
 * @take: whose places may be taken
 * @previous: (nullable) (element-type utf8 utf8): what stood in the places before they became ours,
 *   by setting
 * @absent: (nullable) (element-type utf8 utf8): set of the settings that this phone does not know
 * or does not let us write: not tried again at every look, because each try wears its flash memory
 *
 * What is wished of a phone. Borrowed for the time of the call.
 */
typedef struct
{
  const char *mark;
  const char *token;
  const char *base;
  OhSnomTake take;
  GHashTable *previous;
  GHashTable *absent;
} OhSnomWatchRule;

/**
 * OhSnomWatchPlan:
 * @targets: (element-type utf8): requests that bring the phone to the wished state, in order;
 *   empty when it is there already
 * @replaced: (element-type utf8 utf8): what they replace that is not ours, by setting, "" for what
 *   was free: to be kept before the first of them leaves
 * @holder: whose the place is that a call needs and that may not be taken; then @targets is empty.
 *   OH_SNOM_PLACE_FREE when there is none
 * @foreign: (nullable): name of that place's setting
 * @host: (nullable): who is told there
 *
 * What has to be written.
 */
typedef struct
{
  GPtrArray *targets;
  GHashTable *replaced;
  OhSnomPlace holder;
  char *foreign;
  char *host;
} OhSnomWatchPlan;

/**
 * oh_snom_watch_plan:
 * @settings: (element-type utf8 utf8): the phone's settings
 * @rule: what is wished
 *
 * Compares what stands in the phone with what should. A place is given back only when it is ours,
 * to whom it was before.
 *
 * Returns: (transfer full): what to write
 */
OhSnomWatchPlan *oh_snom_watch_plan (GHashTable *settings, const OhSnomWatchRule *rule);

/**
 * oh_snom_watch_plan_free:
 * @plan: (nullable) (transfer full): a plan
 */
void oh_snom_watch_plan_free (OhSnomWatchPlan *plan);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhSnomWatchPlan, oh_snom_watch_plan_free)

/**
 * OhSnomWatched:
 * @OH_SNOM_WATCHED_ALL: the phone tells a call's beginning, answer and end
 * @OH_SNOM_WATCHED_PARTLY: it tells the beginning, but has no place to tell the answer or the end
 * @OH_SNOM_WATCHED_NOTHING: it has no place for anything that a call needs
 * @OH_SNOM_WATCHED_REFUSED: it has the places and did not let us write them
 *
 * What came of a plan.
 */
typedef enum
{
  OH_SNOM_WATCHED_ALL,
  OH_SNOM_WATCHED_PARTLY,
  OH_SNOM_WATCHED_NOTHING,
  OH_SNOM_WATCHED_REFUSED,
} OhSnomWatched;

/**
 * oh_snom_watch_check:
 * @settings: (element-type utf8 utf8): the phone's settings, read after a plan was carried out
 * @rule: what was wished, with a base
 * @absent: (element-type utf8 utf8): set; gets the settings that it does not know (the oldest know
 *   four, the firmware lines before 8 nothing of hold and transfer), or that a call can do without
 *   and that it kept
 *
 * Returns: what the phone tells now
 */
OhSnomWatched oh_snom_watch_check (GHashTable *settings, const OhSnomWatchRule *rule,
                                   GHashTable *absent);

G_END_DECLS
