/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "clock.h"
#include "snom-listener.h"

G_BEGIN_DECLS

/* No number and no feature of an exchange: features are "*" and two digits, and many take a number
 * right behind them ("*72" forwards calls to it), so that digits drawn at random would sooner or
 * later switch something; behind "*00" nothing is switched. */
#define OH_DIAL_FINDER_PREFIX "*00"
/* A million codes and OH_DIAL_FINDER_WRONG_MAX guesses: one in 15625 for who sees nothing. */
#define OH_DIAL_FINDER_DIGITS 6
#define OH_DIAL_FINDER_WRONG_MAX 64u
/* How long the code is good, seconds: to walk over to the phone and dial it, twice. */
#define OH_DIAL_FINDER_LIMIT_S 120u

/**
 * OhDialFinderLocals:
 *
 * Returns: (transfer full) (element-type GInetAddress): where phones may reach this computer
 */
typedef GPtrArray *(*OhDialFinderLocals) (void);

/**
 * OhDialFinder:
 *
 * Finds the phone on which the user dials a code. The phone's administrator has to have it tell
 * this computer what is dialled ("action_outgoing_url"); it is listened for only while somebody
 * waits, and of what comes nothing is kept but the address of who told the code. That anybody who
 * sees the code dialled could do: it finds a phone, it proves nothing.
 */
#define OH_TYPE_DIAL_FINDER (oh_dial_finder_get_type ())
G_DECLARE_FINAL_TYPE (OhDialFinder, oh_dial_finder, OH, DIAL_FINDER, GObject)

/**
 * oh_dial_finder_new:
 * @listener: where phones tell
 * @port: the port that is fixed for it; with 0 administrators cannot know it, and nothing is found
 * @locals: where to listen
 * @clock: the time
 *
 * Returns: (transfer full): a finder at rest
 */
OhDialFinder *oh_dial_finder_new (OhSnomListener *listener, guint16 port, OhDialFinderLocals locals,
                                  OhClock *clock);

/**
 * oh_dial_finder_run_async:
 * @self: a finder
 * @cancellable: ends it
 * @callback: called once
 * @user_data: for @callback
 *
 * Draws a code and waits, OH_DIAL_FINDER_LIMIT_S at most. One at a time.
 */
void oh_dial_finder_run_async (OhDialFinder *self, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer user_data);

/**
 * oh_dial_finder_run_finish:
 * @self: the finder
 * @result: from the callback
 * @error: OH_ERROR_SETTINGS without a fixed port, OH_ERROR_BUSY while another waits,
 *   OH_ERROR_UNREACHABLE when nobody dialled it in time, OH_ERROR_FAILED after
 *   OH_DIAL_FINDER_WRONG_MAX others or where nothing can be listened on, OH_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): address of the phone
 */
char *oh_dial_finder_run_finish (OhDialFinder *self, GAsyncResult *result, GError **error);

/**
 * oh_dial_finder_get_code:
 * @self: a finder
 *
 * Returns: (transfer none) (nullable): what the user shall dial; NULL while nobody waits
 */
const char *oh_dial_finder_get_code (OhDialFinder *self);

/**
 * oh_dial_finder_get_port:
 * @self: a finder
 *
 * Returns: as given
 */
guint16 oh_dial_finder_get_port (OhDialFinder *self);

G_END_DECLS
