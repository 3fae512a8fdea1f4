/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "history-client.h"

G_BEGIN_DECLS

/* A call that was missed longer ago is no news: the menu counts it. */
#define OH_MISSED_CALLS_NEWS_US (G_GINT64_CONSTANT (600) * G_USEC_PER_SEC)

/**
 * OhMissedCalls:
 *
 * Tells of a call that was missed by a notification with "Call Back"; takes it back when the call
 * is seen or settled.
 */
typedef struct _OhMissedCalls OhMissedCalls;

/**
 * oh_missed_calls_new:
 * @application: whose notifications they are; borrowed, outlives this
 * @client: the call list; referenced
 *
 * Returns: (transfer full): begins to follow
 */
OhMissedCalls *oh_missed_calls_new (GApplication *application, OhHistoryClient *client);

/**
 * oh_missed_calls_free:
 * @self: (nullable) (transfer full): nothing is told any more
 */
void oh_missed_calls_free (OhMissedCalls *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhMissedCalls, oh_missed_calls_free)

G_END_DECLS
