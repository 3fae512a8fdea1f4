/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "phone-admin.h"
#include "snom-phone-private.h"
#include "snom-wish.h"

G_BEGIN_DECLS

/* How OhSnomPhone is an OhPhoneAdmin: reading its settings with what may be done with them, writing
 * some through its forms, and what is made of both. */

/**
 * oh_snom_admin_install:
 * @iface: gets the functions
 */
void oh_snom_admin_install (OhPhoneAdminInterface *iface);

/**
 * oh_snom_admin_fail:
 * @task: (transfer full): a task of an OhSnomPhone
 * @error: (transfer full): why it failed
 *
 * Returns the error. What concerns the phone as a whole moves its state; a setting that is locked
 * does not: it takes calls all the same.
 */
void oh_snom_admin_fail (GTask *task, GError *error);

/**
 * oh_snom_admin_read_async:
 * @self: a phone
 * @cancellable: (nullable): stops it
 * @callback: called once
 * @user_data: for @callback
 *
 * Reads the settings page, and the exports that it links to where it does not say enough.
 */
void oh_snom_admin_read_async (OhSnomPhone *self, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer user_data);

/**
 * oh_snom_admin_read_finish:
 * @result: from the callback
 * @error: (nullable): OH_ERROR_PHONE_REFUSED when this login sees none; as oh_phone_send_finish()
 *
 * Returns: (transfer full) (nullable) (element-type utf8 OhSnomSetting): the settings, by name
 */
GHashTable *oh_snom_admin_read_finish (GAsyncResult *result, GError **error);

/**
 * oh_snom_admin_write_async:
 * @self: a phone
 * @wish: (transfer full): what to write
 * @settings: (element-type utf8 OhSnomSetting): what the phone has
 * @cancellable: (nullable): takes it back while it has not left
 * @callback: called once, before anything else is sent to the phone
 * @user_data: for @callback
 *
 * Writes settings in one request, once, over TLS only: through the form that has them, with what
 * protects it; where there is none, by query.
 */
void oh_snom_admin_write_async (OhSnomPhone *self, OhSnomWish *wish, GHashTable *settings,
                                GCancellable *cancellable, GAsyncReadyCallback callback,
                                gpointer user_data);

/**
 * oh_snom_admin_write_finish:
 * @result: from the callback
 * @error: (nullable): only with OH_PHONE_OUTCOME_FAILED: nothing was written
 *
 * Returns: OH_PHONE_OUTCOME_SENT or OH_PHONE_OUTCOME_UNKNOWN
 */
OhPhoneOutcome oh_snom_admin_write_finish (GAsyncResult *result, GError **error);

/**
 * oh_snom_admin_obstacle_error:
 * @self: a phone
 * @setting: the setting in the way
 *
 * Returns: (transfer full): OH_ERROR_PHONE_REFUSED that names it and the remedy
 */
GError *oh_snom_admin_obstacle_error (OhSnomPhone *self, const char *setting);

G_END_DECLS
