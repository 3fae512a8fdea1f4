/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "config.h"

G_BEGIN_DECLS

/**
 * oh_config_note_problem:
 * @problem: (inout): OH_ERROR_SETTINGS; set unless it is already: one message that names one key is
 *   one thing to do
 * @key: the setting
 * @value: what stands there
 * @wanted: what is needed, translated
 */
void oh_config_note_problem (GError **problem, const char *key, const char *value,
                             const char *wanted);

/**
 * oh_config_read_file:
 * @settings: where the key is
 * @key: a setting with the path of a file
 * @problem: (inout): as oh_config_note_problem()
 *
 * Returns: (transfer full): an absolute path; "" when there is none, or it cannot be used
 */
char *oh_config_read_file (GSettings *settings, const char *key, GError **problem);

/**
 * oh_config_read_account:
 * @agent: settings of the schema org.offhook.Agent
 *
 * Returns: (transfer full): as oh_config_dup_account()
 */
OhConfigAccount *oh_config_read_account (GSettings *agent);

/**
 * oh_config_read_presence:
 * @agent: settings of the schema org.offhook.Agent
 *
 * Returns: (transfer full): as oh_config_dup_presence()
 */
OhConfigPresence *oh_config_read_presence (GSettings *agent);

G_END_DECLS
