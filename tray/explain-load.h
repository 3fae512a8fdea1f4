/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "explain.h"

G_BEGIN_DECLS

/**
 * oh_explain_load_async:
 * @file: (nullable): the trace; NULL for @octets
 * @octets: (nullable): the trace, where there is no @file
 * @cancellable: (nullable): to give up
 * @callback: called with the outcome
 * @user_data: for @callback
 *
 * Reads and explains a trace in a thread of its own.
 */
void oh_explain_load_async (GFile *file, GBytes *octets, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer user_data);

/**
 * oh_explain_load_finish:
 * @result: of oh_explain_load_async()
 * @error: what is wrong with the trace, or that it cannot be read; G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full): what it says; NULL on error
 */
OhExplanation *oh_explain_load_finish (GAsyncResult *result, GError **error);

G_END_DECLS
