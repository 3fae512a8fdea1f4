/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "config.h"

G_BEGIN_DECLS

/* Longer than any action URL that was seen; a phone must not fill the settings. */
#define OH_CONFIG_EVENT_URL_MAX 2048
/* More than there are action URLs of use. */
#define OH_CONFIG_EVENT_URLS_MAX 32

/**
 * oh_config_open_phone:
 * @self: the settings
 * @id: a phone
 * @key: (nullable): what is going to be written
 * @error: OH_ERROR_NO_PHONE; OH_ERROR_SETTINGS when @key is locked
 *
 * For the files of this folder.
 *
 * Returns: (transfer none) (nullable): its settings
 */
GSettings *oh_config_open_phone (OhConfig *self, const char *id, const char *key, GError **error);

/**
 * oh_config_store_events:
 * @self: the settings
 * @id: a phone
 * @word: "auto", "take" or "off"
 * @error: as oh_config_open_phone()
 *
 * Stores whether the phone is to report its calls.
 *
 * Returns: whether it is stored
 */
gboolean oh_config_store_events (OhConfig *self, const char *id, const char *word, GError **error);

/**
 * oh_config_dup_previous_events:
 * @self: the settings
 * @id: a phone
 *
 * Returns: (transfer full) (element-type utf8 utf8): whom it told before, by its own setting
 */
GHashTable *oh_config_dup_previous_events (OhConfig *self, const char *id);

/**
 * oh_config_store_previous_events:
 * @self: the settings
 * @id: a phone
 * @previous: (element-type utf8 utf8): whom it told before, by its own setting
 * @error: as oh_config_open_phone(); OH_ERROR_SETTINGS also for more, or longer ones, than can be
 *   kept
 *
 * Returns: whether they are stored
 */
gboolean oh_config_store_previous_events (OhConfig *self, const char *id, GHashTable *previous,
                                          GError **error);

G_END_DECLS
