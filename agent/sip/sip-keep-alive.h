/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "clock.h"

G_BEGIN_DECLS

/**
 * OhSipKeepAliveFunc:
 * @user_data: as given
 *
 * The line has been idle for the interval: octets that mean nothing may be sent.
 */
typedef void (*OhSipKeepAliveFunc) (gpointer user_data);

/**
 * OhSipKeepAlive:
 *
 * When a keep-alive is due, [MS-CONMGMT] 3.1: so many seconds after the last thing that was sent.
 * Lives within the connection that it is for; only the functions below touch its fields.
 */
typedef struct
{
  OhClock *clock; /* borrowed */
  OhSipKeepAliveFunc func;
  gpointer user_data;
  guint interval_s; /* 0: never */
  guint alarm;
  gint64 last_sent_us; /* monotonic */
} OhSipKeepAlive;

/**
 * oh_sip_keep_alive_init:
 * @self: (out caller-allocates): never due, until oh_sip_keep_alive_set()
 * @clock: the time; must outlive it
 * @func: called each time when one is due
 * @user_data: for @func; borrowed
 */
void oh_sip_keep_alive_init (OhSipKeepAlive *self, OhClock *clock, OhSipKeepAliveFunc func,
                             gpointer user_data);

/**
 * oh_sip_keep_alive_set:
 * @self: a keep-alive
 * @interval_s: seconds without anything sent after which one is due; 0 for never
 */
void oh_sip_keep_alive_set (OhSipKeepAlive *self, guint interval_s);

/**
 * oh_sip_keep_alive_sent:
 * @self: a keep-alive
 *
 * Something was sent: the time begins anew. Costs nothing; the alarm is not touched.
 */
void oh_sip_keep_alive_sent (OhSipKeepAlive *self);

/**
 * oh_sip_keep_alive_stop:
 * @self: a keep-alive, also one that has been stopped
 *
 * @func is not called any more.
 */
void oh_sip_keep_alive_stop (OhSipKeepAlive *self);

G_END_DECLS
