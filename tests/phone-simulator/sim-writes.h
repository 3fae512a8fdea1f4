/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sim-routes.h"

G_BEGIN_DECLS

/**
 * sim_writes_begin:
 * @fields: what is to be written
 * @reply: gets the fault
 *
 * The knob write-answer: what a request that sets a password suffers, once.
 *
 * Returns: whether the phone writes it all the same
 */
gboolean sim_writes_begin (SimPhone *phone, GPtrArray *fields, SimReply *reply);

/**
 * sim_writes_end:
 *
 * After sim_writes_begin() and the write: where the phone loses its power, it does now.
 */
void sim_writes_end (SimPhone *phone, GPtrArray *fields);

G_END_DECLS
