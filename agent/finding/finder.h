/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "find-source.h"

G_BEGIN_DECLS

/* How long a search may listen for phones that start: longer than the slowest of them boots. */
#define OH_FINDER_LISTEN_MAX_S 300u

/**
 * OhFinderParts:
 * @quick: (element-type OhFindSource): look things up, and are done
 * @patient: (element-type OhFindSource): wait for something to happen
 * @probe: (nullable): asks hosts, once the quick ones have found what they can
 *
 * Where a search looks. Referenced.
 */
typedef struct
{
  GPtrArray *quick;
  GPtrArray *patient;
  OhFindSource *probe;
} OhFinderParts;

/**
 * OhFinderAsk:
 * @probe: the user wants the hosts of the own network asked
 * @listen_s: how long to wait for what happens, seconds; OH_FINDER_LISTEN_MAX_S at most
 * @known: (element-type OhKnownPhone): phones of the settings; referenced
 * @own_phone: (nullable): as OhFindRun
 * @own_line: (nullable): as OhFindRun
 *
 * What is looked for. Borrowed for the time of the call.
 */
typedef struct
{
  gboolean probe;
  guint listen_s;
  GPtrArray *known;
  const char *own_phone;
  const char *own_line;
} OhFinderAsk;

/**
 * OhFinder:
 *
 * Finds phones, one search at a time. What it found stays known until the next search begins.
 *
 * Signals:
 *  - "found" (const OhFoundPhone *): one more, or more is known of one
 *  - "progress" (guint done, guint total): hosts that were asked, of how many
 */
#define OH_TYPE_FINDER (oh_finder_get_type ())
G_DECLARE_FINAL_TYPE (OhFinder, oh_finder, OH, FINDER, GObject)

/**
 * oh_finder_new:
 * @parts: where to look
 *
 * Returns: (transfer full): a finder at rest
 */
OhFinder *oh_finder_new (const OhFinderParts *parts);

/**
 * oh_finder_run_async:
 * @self: a finder at rest
 * @ask: what to look for
 * @cancellable: ends the search; what was found so far counts
 * @callback: called once all sources have ended
 * @user_data: for @callback
 */
void oh_finder_run_async (OhFinder *self, const OhFinderAsk *ask, GCancellable *cancellable,
                          GAsyncReadyCallback callback, gpointer user_data);

/**
 * oh_finder_run_finish:
 * @self: the finder
 * @result: from the callback
 *
 * Returns: (transfer full) (element-type OhFoundPhone): what was found, also when it was ended
 *   early
 */
GPtrArray *oh_finder_run_finish (OhFinder *self, GAsyncResult *result);

/**
 * oh_finder_add:
 * @self: a finder
 * @found: (transfer full): a phone that was found by other ways than a search
 * @known: (element-type OhKnownPhone): phones of the settings
 *
 * Belongs to what was found, and is told as "found", as if the search under way, or the last one,
 * had found it.
 *
 * Returns: (transfer none) (nullable): what is known of it now; NULL when there are too many
 */
const OhFoundPhone *oh_finder_add (OhFinder *self, OhFoundPhone *found, const GPtrArray *known);

/**
 * oh_finder_is_running:
 * @self: a finder
 *
 * Returns: whether a search is under way
 */
gboolean oh_finder_is_running (OhFinder *self);

/**
 * oh_finder_get_found:
 * @self: a finder
 *
 * Returns: (transfer none) (element-type OhFoundPhone): of the search under way, or the last one
 */
GPtrArray *oh_finder_get_found (OhFinder *self);

/**
 * oh_finder_lookup:
 * @self: a finder
 * @key: an address, or a MAC in any spelling
 *
 * Returns: (transfer none) (nullable): what was found there
 */
const OhFoundPhone *oh_finder_lookup (OhFinder *self, const char *key);

G_END_DECLS
