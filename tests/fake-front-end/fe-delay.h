/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fe-exchange.h"

G_BEGIN_DECLS

/**
 * FeDelayFunc:
 * @exchange: whose time has come; still owned by the delays
 * @user_data: as given
 */
typedef void (*FeDelayFunc) (const FeExchange *exchange, gpointer user_data);

/**
 * FeDelays:
 *
 * Requests that a test makes wait for their answer.
 */
typedef struct _FeDelays FeDelays;

/**
 * fe_delays_new:
 * @func: handles a request when its time has come and its connection still stands
 * @user_data: for @func
 *
 * Returns: (transfer full): nothing waits
 */
FeDelays *fe_delays_new (FeDelayFunc func, gpointer user_data);

/**
 * fe_delays_free:
 * @self: (transfer full) (nullable): what waits is never answered
 */
void fe_delays_free (FeDelays *self);

/**
 * fe_delays_add:
 * @self: the delays
 * @exchange: (transfer full): what waits
 * @delay_ms: for how long
 */
void fe_delays_add (FeDelays *self, FeExchange *exchange, guint delay_ms);

/**
 * fe_delays_check:
 * @self: the delays
 * @exchange: what just came in
 *
 * Emits a violation for a publication that overtakes one of the same endpoint that waits: an
 * account's publications go one after the other ([MS-PRES] 3.3.4).
 */
void fe_delays_check (FeDelays *self, const FeExchange *exchange);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FeDelays, fe_delays_free)

G_END_DECLS
