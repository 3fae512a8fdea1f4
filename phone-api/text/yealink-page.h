/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "slice.h"

G_BEGIN_DECLS

/* Sixteen accounts with long names are below 8 KiB. */
#define OH_YEALINK_CONFIG_MAX ((gsize) 65536)
/* Accounts of the largest model. */
#define OH_YEALINK_ACCOUNTS_MAX 16

/**
 * OhYealinkDnd:
 * @OH_YEALINK_DND_UNKNOWN: the phone says nothing of it
 * @OH_YEALINK_DND_OFF: it rings
 * @OH_YEALINK_DND_ON: it does not ring
 */
typedef enum
{
  OH_YEALINK_DND_UNKNOWN,
  OH_YEALINK_DND_OFF,
  OH_YEALINK_DND_ON,
} OhYealinkDnd;

/**
 * OhYealinkConfig:
 * @firmware: (nullable): "66.86.0.15"
 * @dnd: do not disturb
 * @accounts: (element-type utf8): "user@host" of the accounts it dials from, at most
 *   %OH_YEALINK_ACCOUNTS_MAX
 * @is_config: it is the answer to phonecfg=get at all, and not some page
 */
typedef struct
{
  char *firmware;
  OhYealinkDnd dnd;
  GPtrArray *accounts;
  gboolean is_config;
} OhYealinkConfig;

/**
 * oh_yealink_config_parse:
 * @body: the answer to phonecfg=get: a line for each account ("Account1|label|name|...|user@host|
 *   state"), for DND and for the firmware; how name and value are parted differs
 *
 * Returns: (transfer full): what it says
 */
OhYealinkConfig *oh_yealink_config_parse (OhSlice body);

/**
 * oh_yealink_config_free:
 * @self: (nullable) (transfer full): a configuration
 */
void oh_yealink_config_free (OhYealinkConfig *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhYealinkConfig, oh_yealink_config_free)

/**
 * oh_yealink_page_read:
 * @body: the login page, or any other that sets g_phonetype and g_strFirmware
 * @out_model: (out) (transfer full) (nullable): "T46S"
 * @out_firmware: (out) (transfer full) (nullable): "66.86.0.15"
 */
void oh_yealink_page_read (OhSlice body, char **out_model, char **out_firmware);

G_END_DECLS
