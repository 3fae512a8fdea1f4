/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "clock.h"

G_BEGIN_DECLS

/* Ten thousand codes and three guesses: one in 3333 for who sees nothing. */
#define OH_PAIRING_DIGITS 4
#define OH_PAIRING_ATTEMPTS 3
/* How long a code is good, seconds: long enough to walk over to the phone, too short to be
 * photographed and used later. */
#define OH_PAIRING_LIMIT_S 120

/**
 * OhPairingWay:
 * @OH_PAIRING_BY_CODE: the phone shows a code; the user types it
 * @OH_PAIRING_BY_FINGERPRINT: the display cannot be reached; the user compares the fingerprint
 *
 * How the user says that it is their phone.
 */
typedef enum
{
  OH_PAIRING_BY_CODE,
  OH_PAIRING_BY_FINGERPRINT,
} OhPairingWay;

/**
 * OhPairingDisplay:
 * @open: (transfer full): the display of the phone at @address, not spoken to yet
 * @show_async: has it show the code; returns when it is seen to have taken it
 * @show_finish: FALSE with OH_ERROR_PHONE_LOGIN, OH_ERROR_UNSUPPORTED ...
 * @fingerprint: (nullable): of the key it showed
 * @mac: (nullable): what it says of itself
 *
 * A maker's way to write on the display of a phone that is not set up. Everything between @open and
 * unreferencing it goes to one and the same key.
 */
typedef struct
{
  GObject *(*open) (const char *address, OhClock *clock);
  void (*show_async) (GObject *display, const char *user, const char *password, const char *code,
                      GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
  gboolean (*show_finish) (GObject *display, GAsyncResult *result, GError **error);
  const char *(*fingerprint) (GObject *display);
  const char *(*mac) (GObject *display);
} OhPairingDisplay;

/**
 * OhPaired:
 * @address: of the phone
 * @fingerprint: the key that it has to show from now on
 * @mac: (nullable): of it
 * @user: (nullable): its login
 * @password: (nullable): its password
 *
 * What the user has confirmed.
 */
typedef struct
{
  char *address;
  char *fingerprint;
  char *mac;
  char *user;
  char *password;
} OhPaired;

/**
 * oh_paired_free:
 * @self: (nullable) (transfer full): wiped
 */
void oh_paired_free (OhPaired *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhPaired, oh_paired_free)

/**
 * OhPairing:
 *
 * Settles trust and identity of a phone in one step: the phone shows a code that the user types.
 * The key of the connection over which the code went is the phone's from then on, and only if the
 * code was right. One phone at a time: a second pairing ends the first.
 */
#define OH_TYPE_PAIRING (oh_pairing_get_type ())
G_DECLARE_FINAL_TYPE (OhPairing, oh_pairing, OH, PAIRING, GObject)

/**
 * oh_pairing_new:
 * @display: how to reach displays; lives for ever
 * @clock: for the limit
 *
 * Returns: (transfer full): a pairing at rest
 */
OhPairing *oh_pairing_new (const OhPairingDisplay *display, OhClock *clock);

/**
 * oh_pairing_begin_async:
 * @self: a pairing; what it was at is given up
 * @address: of the phone
 * @user: (nullable): login of its web page, where it wants one
 * @password: (nullable): the same
 * @callback: called once
 * @user_data: for @callback
 *
 * After OH_ERROR_PHONE_LOGIN it may be begun again with a login: then the phone has to show the
 * same key as before, so that the login goes to whom the user was asked about.
 */
void oh_pairing_begin_async (OhPairing *self, const char *address, const char *user,
                             const char *password, GAsyncReadyCallback callback,
                             gpointer user_data);

/**
 * oh_pairing_begin_finish:
 * @self: a pairing
 * @result: from the callback
 * @out_way: (out): what the user has to do
 * @error: OH_ERROR_PHONE_LOGIN, OH_ERROR_UNREACHABLE, OH_ERROR_CANCELLED and others
 *
 * Returns: whether it has begun
 */
gboolean oh_pairing_begin_finish (OhPairing *self, GAsyncResult *result, OhPairingWay *out_way,
                                  GError **error);

/**
 * oh_pairing_get_fingerprint:
 * @self: a pairing
 *
 * Returns: (transfer none) (nullable): of the key that the phone showed
 */
const char *oh_pairing_get_fingerprint (OhPairing *self);

/**
 * oh_pairing_confirm:
 * @self: a pairing by code
 * @code: what the user typed, blanks allowed
 * @error: OH_ERROR_USAGE for a wrong code with attempts left; OH_ERROR_UNTRUSTED for the last one;
 *   OH_ERROR_CANCELLED when there is no pairing, or its time is over
 *
 * Returns: (transfer full) (nullable): the phone
 */
OhPaired *oh_pairing_confirm (OhPairing *self, const char *code, GError **error);

/**
 * oh_pairing_accept:
 * @self: a pairing by fingerprint
 * @fingerprint: what the user has compared, as told
 * @error: OH_ERROR_UNTRUSTED for another; OH_ERROR_CANCELLED as oh_pairing_confirm()
 *
 * Returns: (transfer full) (nullable): the phone
 */
OhPaired *oh_pairing_accept (OhPairing *self, const char *fingerprint, GError **error);

/**
 * oh_pairing_abandon:
 * @self: a pairing
 *
 * The user has changed their mind.
 */
void oh_pairing_abandon (OhPairing *self);

G_END_DECLS
