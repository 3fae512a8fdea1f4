/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fe-exchange.h"

G_BEGIN_DECLS

/**
 * FeScript:
 *
 * A file of expect/reply blocks for answers that no well-made server would give. See --help for
 * the form of the file.
 */
typedef struct _FeScript FeScript;

/**
 * fe_script_new:
 * @file: path
 * @error: return location
 *
 * Returns: (transfer full): the script, NULL when it cannot be read
 */
FeScript *fe_script_new (const char *file, GError **error);

/**
 * fe_script_free:
 * @self: (transfer full) (nullable): the script
 */
void fe_script_free (FeScript *self);

/**
 * fe_script_handle_early:
 * @self: (nullable): the script
 * @exchange: a request before its credentials were looked at
 *
 * Returns: whether a block marked "early" has answered it
 */
gboolean fe_script_handle_early (FeScript *self, const FeExchange *exchange);

/**
 * fe_script_handle:
 * @self: (nullable): the script
 * @exchange: a request with good credentials
 *
 * Returns: whether a block has answered it
 */
gboolean fe_script_handle (FeScript *self, const FeExchange *exchange);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FeScript, fe_script_free)

G_END_DECLS
