/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fe-server.h"

G_BEGIN_DECLS

/**
 * fe_control_run:
 * @server: what is commanded
 * @line: one command, see fe_control_help()
 * @out_quit: (out): whether the program is to end
 *
 * Does it and emits the event "control" with the outcome.
 */
void fe_control_run (FeServer *server, const char *line, gboolean *out_quit);

/**
 * fe_control_help:
 *
 * Returns: (transfer full): all commands, for --help
 */
char *fe_control_help (void);

G_END_DECLS
