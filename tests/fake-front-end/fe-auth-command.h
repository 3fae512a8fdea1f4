/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fe-server.h"

G_BEGIN_DECLS

/**
 * fe_auth_command:
 * @server: whose associations
 * @words: "forget", "association-life" or "proxy", and what follows
 * @count: how many words
 * @error: return location
 *
 * The test's commands to associations; fe_auth_command_help() has their form.
 *
 * Returns: whether it worked
 */
gboolean fe_auth_command (FeServer *server, char **words, guint count, GError **error);

/**
 * fe_auth_command_help:
 *
 * Returns: (transfer none): lines for --help
 */
const char *fe_auth_command_help (void);

G_END_DECLS
