/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "clock.h"

G_BEGIN_DECLS

/* What a source may say instead of a time. */
#define OH_IDLE_UNKNOWN (-1) /* it is not there, or does not answer */
#define OH_IDLE_ACTIVE (-2)  /* somebody works here */

/**
 * OhIdleTold:
 * @since_us: monotonic time of the last touch, when that is longer ago than the limit; else
 *   OH_IDLE_ACTIVE or OH_IDLE_UNKNOWN
 * @user_data: as given
 *
 * A source has something new to say.
 */
typedef void (*OhIdleTold) (gint64 since_us, gpointer user_data);

/**
 * OhIdleSource:
 * @start: (not nullable): begins to follow; @limit_us: shorter times without a touch do not matter
 * @stop: (not nullable): (transfer full): nothing is told any more
 *
 * One of the desktop's services that know when somebody worked here.
 */
typedef struct
{
  gpointer (*start) (OhClock *clock, GDBusConnection *session, gint64 limit_us, OhIdleTold told,
                     gpointer user_data);
  void (*stop) (gpointer source);
} OhIdleSource;

/* GNOME: tells the moment by itself. */
extern const OhIdleSource oh_idle_mutter;
/* The screen savers of KDE, MATE, Cinnamon and Xfce: have to be asked; asked when it may matter. */
extern const OhIdleSource oh_idle_saver;
/* The system's session manager, which whatever desktop there is may have told. */
extern const OhIdleSource oh_idle_logind;

G_END_DECLS
