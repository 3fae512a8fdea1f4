/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "slice.h"

G_BEGIN_DECLS

/* More settings than any firmware has. */
#define OH_SNOM_SETTINGS_MAX 8192

/**
 * OhSnomPermission:
 * @OH_SNOM_PERMISSION_UNKNOWN: the list does not say
 * @OH_SNOM_PERMISSION_USER: "!": may be written, and provisioning leaves alone what the user wrote
 * @OH_SNOM_PERMISSION_WRITABLE: "$", "RW", "": may be written, until the next provisioning
 * @OH_SNOM_PERMISSION_READ_ONLY: "&", "R", "RO", " ": a write is ignored without a word
 *
 * What may be done with a setting.
 */
typedef enum
{
  OH_SNOM_PERMISSION_UNKNOWN,
  OH_SNOM_PERMISSION_USER,
  OH_SNOM_PERMISSION_WRITABLE,
  OH_SNOM_PERMISSION_READ_ONLY,
} OhSnomPermission;

/**
 * OhSnomSetting:
 * @value: (owned): UTF-8; stars for a password, see @masked
 * @permission: what may be done with it
 * @masked: the phone shows stars instead of the value: never to be written back
 *
 * One setting as a phone lists it.
 */
typedef struct
{
  char *value;
  OhSnomPermission permission;
  gboolean masked;
} OhSnomSetting;

/**
 * oh_snom_settings_read:
 * @body: the settings page (the table "name, flag, value"), the text export ("name!: value") or the
 *   XML export (`<settings>`, or `<phone-settings>` alone)
 *
 * An element of the XML with an index, `<user_name idx="1">`, is the setting "user_name1". Where no
 * line of a list has a flag, the list has none, and nothing is known of permissions.
 *
 * Returns: (transfer full) (element-type utf8 OhSnomSetting): the settings by name; empty when
 * there are none. What is not UTF-8 is left out
 */
GHashTable *oh_snom_settings_read (OhSlice body);

/**
 * oh_snom_settings_parse:
 * @body: as oh_snom_settings_read()
 *
 * Returns: (transfer full) (element-type utf8 utf8): the values alone, by name
 */
GHashTable *oh_snom_settings_parse (OhSlice body);

/**
 * oh_snom_settings_value:
 * @settings: (nullable): of oh_snom_settings_read()
 * @name: a setting
 *
 * Returns: (transfer none) (nullable): its value; NULL when it is not there, or only stars are
 */
const char *oh_snom_settings_value (GHashTable *settings, const char *name);

/**
 * oh_snom_settings_is_on:
 * @settings: (nullable): of oh_snom_settings_read()
 * @name: a switch
 *
 * Returns: whether it is there and "on", "true" or "1"
 */
gboolean oh_snom_settings_is_on (GHashTable *settings, const char *name);

/**
 * oh_snom_settings_permission:
 * @settings: (nullable): of oh_snom_settings_read()
 * @name: a setting
 *
 * Returns: what may be done with it; OH_SNOM_PERMISSION_UNKNOWN also when it is not there
 */
OhSnomPermission oh_snom_settings_permission (GHashTable *settings, const char *name);

/**
 * oh_snom_permission_parse:
 * @word: a flag of the table or the text, or a value of `perm`
 *
 * Returns: what it means; OH_SNOM_PERMISSION_UNKNOWN for anything else
 */
OhSnomPermission oh_snom_permission_parse (const char *word);

G_END_DECLS
