/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "clock.h"
#include "register-answer.h"

G_BEGIN_DECLS

/* A sign-in that stood for less counts as one more failure: a server that takes everybody and ends
 * at once would otherwise be asked every few seconds for ever. */
#define OH_RETRY_STEADY_S 60

/**
 * OhRetryFunc:
 * @user_data: as given
 *
 * It is time for the next attempt.
 */
typedef void (*OhRetryFunc) (gpointer user_data);

/**
 * OhRetry:
 *
 * When to try again, and whether at all: pauses that grow, the times that servers ask for, and what
 * this computer itself is short of: while it sleeps or has no network, failures say nothing about
 * the server and are not counted. Lives within its owner; only the functions below touch its
 * fields.
 */
typedef struct
{
  OhClock *clock; /* borrowed */
  OhRetryFunc func;
  gpointer user_data;
  guint failures;      /* in a row, none of them ours */
  gint64 steady_us;    /* monotonic: standing beyond this forgets them; 0 while nothing stands */
  guint alarm;         /* the next attempt */
  gint64 next_wall_us; /* when it rings; 0 while none is set */
  gboolean asked;      /* the server named the time */
  gboolean offline;    /* this computer has no network */
  gboolean asleep;     /* ... or is going to sleep */
} OhRetry;

/**
 * oh_retry_init:
 * @self: (out caller-allocates): a clean sheet, with a network, awake
 * @clock: the time; must outlive it
 * @func: called when it is time
 * @user_data: for @func; borrowed
 */
void oh_retry_init (OhRetry *self, OhClock *clock, OhRetryFunc func, gpointer user_data);

/**
 * oh_retry_clear:
 * @self: a retry
 *
 * Forgets all failures and the time that is set: somebody wishes to begin anew, or to end.
 */
void oh_retry_clear (OhRetry *self);

/**
 * oh_retry_stop:
 * @self: a retry
 *
 * An attempt is under way, or none is wanted: the alarm is taken back, what is counted stays.
 */
void oh_retry_stop (OhRetry *self);

/**
 * oh_retry_succeeded:
 * @self: a retry
 *
 * From now on it stands.
 */
void oh_retry_succeeded (OhRetry *self);

/**
 * oh_retry_failed:
 * @self: a retry
 * @error: why the attempt failed, or what stood was lost; OH_ERROR
 * @asked_s: seconds that the server asked for, OH_REGISTER_NEVER or OH_REGISTER_BACK_OFF
 * @random: evenly spread in [0, 1)
 *
 * Counts it and sets the alarm. Never before the time that the server asked for, and up to a fifth
 * later, so that those whom it told the same do not come together; a server that names the same
 * short time again and again is met by the growing pauses all the same.
 *
 * Returns: whether there will be another attempt; never with credentials that were refused
 */
gboolean oh_retry_failed (OhRetry *self, const GError *error, gint asked_s, double random);

/**
 * oh_retry_next_us:
 * @self: a retry
 *
 * Returns: wall time of the next attempt, microseconds since 1970 UTC; 0 when none is set
 */
gint64 oh_retry_next_us (const OhRetry *self);

/**
 * oh_retry_set_offline:
 * @self: a retry
 * @offline: whether this computer has no network at all
 */
void oh_retry_set_offline (OhRetry *self, gboolean offline);

/**
 * oh_retry_set_asleep:
 * @self: a retry
 * @asleep: whether this computer is going to sleep
 */
void oh_retry_set_asleep (OhRetry *self, gboolean asleep);

/**
 * oh_retry_is_hopeless:
 * @self: a retry
 *
 * Returns: whether nothing can be reached now, for reasons of this computer
 */
gboolean oh_retry_is_hopeless (const OhRetry *self);

/**
 * oh_retry_may_hurry:
 * @self: a retry whose alarm is set
 *
 * Returns: whether a change outside is a reason to try before the alarm: not while the time that a
 *   server asked for runs
 */
gboolean oh_retry_may_hurry (const OhRetry *self);

/**
 * oh_retry_helps_elsewhere:
 * @error: why it failed for good
 *
 * Returns: whether another network can mend it: in a hotel somebody else answers at the server's
 *   address; only where no password has left
 */
gboolean oh_retry_helps_elsewhere (const GError *error);

G_END_DECLS
