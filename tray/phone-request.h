/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * oh_phone_request_async:
 * @is_call: @id is a call's; otherwise a phone's
 * @id: a call's or a phone's id
 * @method: of org.offhook.Call1 or org.offhook.Phone1
 * @arguments: (nullable): its arguments; a floating reference is taken
 * @callback: called when it is done; its source object is NULL
 * @user_data: for @callback
 *
 * Asks the agent for something of a call or of a phone; sent once, never repeated.
 */
void oh_phone_request_async (gboolean is_call, const char *id, const char *method,
                             GVariant *arguments, GAsyncReadyCallback callback, gpointer user_data);

/**
 * oh_phone_request_finish:
 * @result: of oh_phone_request_async()
 * @error: OH_ERROR_*, ready to be shown
 *
 * Returns: whether it was done
 */
gboolean oh_phone_request_finish (GAsyncResult *result, GError **error);

G_END_DECLS
