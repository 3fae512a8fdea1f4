/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "config.h"

G_BEGIN_DECLS

/**
 * oh_config_store_user:
 * @self: the settings
 * @id: a phone
 * @user: user name of its web page
 * @error: OH_ERROR_NO_PHONE; OH_ERROR_SETTINGS when the key is locked
 *
 * Stores with whose name the phone is logged in to from now on.
 *
 * Returns: whether it is stored
 */
gboolean oh_config_store_user (OhConfig *self, const char *id, const char *user, GError **error);

G_END_DECLS
