/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sim-phone.h"

G_BEGIN_DECLS

typedef struct _SimControl SimControl;

/**
 * sim_control_new:
 * @quit: called when somebody says "quit", or when a pipe on stdin is closed
 *
 * Reads commands, one a line, from stdin.
 */
SimControl *sim_control_new (SimPhone *phone, GSourceOnceFunc quit, gpointer user_data);
void sim_control_free (SimControl *self);

/**
 * sim_control_listen_unix, sim_control_listen_tcp:
 *
 * Takes commands from there, too; the replies go back the same way. @port 0 lets the kernel
 * choose; the port taken is returned, 0 with @error when there is none.
 */
gboolean sim_control_listen_unix (SimControl *self, const char *path, GError **error);
guint16 sim_control_listen_tcp (SimControl *self, guint16 port, GError **error);

/**
 * sim_control_start:
 *
 * From now on connections are taken. To be called once, after the last listen: adding an address
 * to a running service may drop a connection that arrives in that moment.
 */
void sim_control_start (SimControl *self);

/**
 * sim_control_manual:
 *
 * Returns: (transfer full): a line for each command
 */
char *sim_control_manual (void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SimControl, sim_control_free)

G_END_DECLS
