/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "call-list.h"
#include "history-store.h"
#include "private-numbers.h"

G_BEGIN_DECLS

/**
 * OhHistoryRecorder:
 *
 * Writes the calls of a list into the store: each when it begins, and again with every change, so
 * that whenever the program is killed the file has what was known. Private calls are not written;
 * one whose number turns out to be private is taken out again.
 */
typedef struct _OhHistoryRecorder OhHistoryRecorder;

/**
 * oh_history_recorder_new:
 * @calls: whose calls; referenced
 * @store: where they go; referenced
 *
 * Returns: (transfer full): a recorder that is off
 */
OhHistoryRecorder *oh_history_recorder_new (OhCallList *calls, OhHistoryStore *store);

/**
 * oh_history_recorder_set_on:
 * @self: a recorder
 * @on: whether calls are written; those that are going on are from then on, too
 */
void oh_history_recorder_set_on (OhHistoryRecorder *self, gboolean on);

/**
 * oh_history_recorder_set_private:
 * @self: a recorder
 * @numbers: of which nothing is written; copied
 */
void oh_history_recorder_set_private (OhHistoryRecorder *self, const OhPrivateNumbers *numbers);

/**
 * oh_history_recorder_set_uri_lookup:
 * @self: a recorder
 * @lookup: (nullable): whose address a canonical number has; (transfer full) (nullable)
 * @user_data: for @lookup; borrowed
 */
void oh_history_recorder_set_uri_lookup (OhHistoryRecorder *self, OhNameLookup lookup,
                                         gpointer user_data);

/**
 * oh_history_recorder_stop:
 * @self: a recorder
 *
 * The program ends: what was not written yet is handed to the store, and nothing more comes.
 */
void oh_history_recorder_stop (OhHistoryRecorder *self);

/**
 * oh_history_recorder_free:
 * @self: (nullable) (transfer full): a recorder
 */
void oh_history_recorder_free (OhHistoryRecorder *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhHistoryRecorder, oh_history_recorder_free)

G_END_DECLS
