/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sim-routes.h"

G_BEGIN_DECLS

/* Fills in @reply for one page; the status is 200 unless it says otherwise. */
typedef void (*SimCommand) (SimPhone *phone, SimVisit *visit, SimReply *reply);

/**
 * sim_commands_find:
 *
 * Returns: (nullable): what serves @path on this phone
 */
SimCommand sim_commands_find (SimPhone *phone, const char *path);

G_END_DECLS
