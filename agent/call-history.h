/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "config.h"
#include "contacts.h"
#include "dialler.h"

G_BEGIN_DECLS

/* How often calls that are too old are looked for, besides the start and a change of the setting.
 */
#define OH_CALL_HISTORY_TRIM_US (G_GINT64_CONSTANT (24) * 3600 * G_USEC_PER_SEC)

/**
 * OhCallHistory:
 *
 * The call list of the user: joins recorder, store, settings and bus, and keeps the bound that the
 * administrator has set.
 */
typedef struct _OhCallHistory OhCallHistory;

/**
 * OhCallHistoryParts:
 * @clock: the time
 * @config: how long calls are kept, and which numbers are private
 * @calls: whose calls are kept
 * @dialler: how numbers are written
 * @contacts: how people are called
 *
 * Referenced.
 */
typedef struct
{
  OhClock *clock;
  OhConfig *config;
  OhCallList *calls;
  OhDialler *dialler;
  OhContacts *contacts;
} OhCallHistoryParts;

/**
 * oh_call_history_new:
 * @parts: what it joins
 *
 * Returns: (transfer full): a history that touches no file yet
 */
OhCallHistory *oh_call_history_new (const OhCallHistoryParts *parts);

/**
 * oh_call_history_set_plan:
 * @self: the history
 * @plan: how private numbers are written in the settings; copied
 */
void oh_call_history_set_plan (OhCallHistory *self, const OhDialPlan *plan);

/**
 * oh_call_history_export:
 * @self: the history
 * @connection: the bus
 * @error: when the path is taken
 *
 * Returns: whether it is exported
 */
gboolean oh_call_history_export (OhCallHistory *self, GDBusConnection *connection, GError **error);

/**
 * oh_call_history_start:
 * @self: the history
 *
 * This agent is the one at work: calls are written from now on.
 */
void oh_call_history_start (OhCallHistory *self);

/**
 * oh_call_history_stop_async:
 * @self: the history
 * @callback: called when all that was known is in the file
 * @user_data: for @callback
 */
void oh_call_history_stop_async (OhCallHistory *self, GAsyncReadyCallback callback,
                                 gpointer user_data);

/**
 * oh_call_history_free:
 * @self: (nullable) (transfer full): the history
 */
void oh_call_history_free (OhCallHistory *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhCallHistory, oh_call_history_free)

G_END_DECLS
