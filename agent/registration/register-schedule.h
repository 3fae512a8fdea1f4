/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "clock.h"

G_BEGIN_DECLS

/* A refresh leaves that long before the registration ends, but not sooner than this from now. */
#define OH_REGISTER_EARLY_S 30

/**
 * OhRegisterSchedule:
 *
 * When the next REGISTER leaves: before the registration ends, and before an association does.
 */
typedef struct _OhRegisterSchedule OhRegisterSchedule;

/**
 * oh_register_schedule_new:
 * @clock: the time
 * @refresh: called when a refresh is due
 * @renew: called when a new association is due
 * @user_data: for both
 *
 * Returns: (transfer full): a schedule with nothing in it
 */
OhRegisterSchedule *oh_register_schedule_new (OhClock *clock, void (*refresh) (gpointer user_data),
                                              void (*renew) (gpointer user_data),
                                              gpointer user_data);

/**
 * oh_register_schedule_free:
 * @self: (transfer full): a schedule
 */
void oh_register_schedule_free (OhRegisterSchedule *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhRegisterSchedule, oh_register_schedule_free)

/**
 * oh_register_schedule_granted:
 * @self: a schedule
 * @expires_s: how long the registration lasts from now on
 * @renew_us: monotonic time at which a new association is due; G_MAXINT64 for never
 */
void oh_register_schedule_granted (OhRegisterSchedule *self, guint expires_s, gint64 renew_us);

/**
 * oh_register_schedule_refresh_in:
 * @self: a schedule
 * @delay_s: seconds until the next refresh, instead of what was due before
 */
void oh_register_schedule_refresh_in (OhRegisterSchedule *self, guint delay_s);

/**
 * oh_register_schedule_clear_refresh:
 * @self: a schedule
 *
 * A REGISTER leaves now.
 */
void oh_register_schedule_clear_refresh (OhRegisterSchedule *self);

/**
 * oh_register_schedule_clear:
 * @self: a schedule
 */
void oh_register_schedule_clear (OhRegisterSchedule *self);

G_END_DECLS
