/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "clock.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* How long a phone may take to fetch the page that it was told of. */
#define OH_SNOM_DISPLAY_FETCH_US (G_GINT64_CONSTANT (12) * G_USEC_PER_SEC)
/* Longest text that fits on the smallest display. */
#define OH_SNOM_DISPLAY_TEXT_MAX 64

/**
 * OhSnomDisplay:
 *
 * The display of a phone that is not set up yet: its minibrowser is told to fetch a page of ours.
 * Only by https, and the key that it shows first is the one it has to show from then on. The page
 * is served at an address that cannot be guessed, to that phone's address only.
 */
#define OH_TYPE_SNOM_DISPLAY (oh_snom_display_get_type ())
G_DECLARE_FINAL_TYPE (OhSnomDisplay, oh_snom_display, OH, SNOM_DISPLAY, GObject)

/**
 * oh_snom_display_new:
 * @host: "address[:port]"
 * @clock: for the limits
 *
 * Returns: (transfer full): a display that nobody has spoken to
 */
OhSnomDisplay *oh_snom_display_new (const char *host, OhClock *clock);

/**
 * oh_snom_display_show_async:
 * @self: a display on which nothing is under way
 * @user: (nullable): login of the phone's web page
 * @password: (nullable): its password
 * @title: plain text above
 * @text: plain text, at most OH_SNOM_DISPLAY_TEXT_MAX
 * @seconds: after which the phone takes it away by itself
 * @cancellable: (nullable): ends it
 * @callback: called once
 * @user_data: for @callback
 *
 * Ends well once the phone has fetched the page.
 */
void oh_snom_display_show_async (OhSnomDisplay *self, const char *user, const char *password,
                                 const char *title, const char *text, guint seconds,
                                 GCancellable *cancellable, GAsyncReadyCallback callback,
                                 gpointer user_data);

/**
 * oh_snom_display_show_finish:
 * @self: a display
 * @result: from the callback
 * @error: (nullable): OH_ERROR_PHONE_LOGIN, OH_ERROR_UNREACHABLE, OH_ERROR_UNTRUSTED (another key
 *   than at first), OH_ERROR_UNSUPPORTED where it has no such display or did not fetch the page,
 *   and others as of a request to a phone
 *
 * Returns: whether it is shown
 */
gboolean oh_snom_display_show_finish (OhSnomDisplay *self, GAsyncResult *result, GError **error);

/**
 * oh_snom_display_get_fingerprint:
 * @self: a display
 *
 * Returns: (transfer none) (nullable): of the key that it showed
 */
const char *oh_snom_display_get_fingerprint (OhSnomDisplay *self);

/**
 * oh_snom_display_get_mac:
 * @self: a display
 *
 * Returns: (transfer none) (nullable): what it says of itself
 */
const char *oh_snom_display_get_mac (OhSnomDisplay *self);

/**
 * oh_snom_display_get_model:
 * @self: a display
 *
 * Returns: (transfer none) (nullable): the same
 */
const char *oh_snom_display_get_model (OhSnomDisplay *self);

G_END_DECLS
