/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "clock.h"
#include "phone-kind.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * OhPhoneDetected:
 * @kind: what answers there; UNKNOWN for a web server that is no phone we know
 * @scheme: (transfer none): "https" or "http": what it answers on
 * @port: the port of that
 * @needs_login: it wants a login before it shows what it is
 * @model: (nullable): "snomD785", where it says so without a login
 * @firmware: (nullable): the same
 * @mac: (nullable): twelve upper-case hex digits, the same
 * @fingerprint: (nullable): of the certificate it showed, SHA-256 of the public key in hex; judged
 *   by nobody
 *
 * What stands at an address.
 */
typedef struct
{
  OhPhoneKind kind;
  const char *scheme;
  guint16 port;
  gboolean needs_login;
  char *model;
  char *firmware;
  char *mac;
  char *fingerprint;
} OhPhoneDetected;

/**
 * oh_phone_detected_free:
 * @self: (nullable) (transfer full): what was found
 */
void oh_phone_detected_free (OhPhoneDetected *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhPhoneDetected, oh_phone_detected_free)

/**
 * oh_phone_detect_async:
 * @host: "host[:port]"; with a port only that is tried
 * @scheme: (nullable): "https" or "http"; NULL tries https, and http where nothing listens
 * @clock: for the limits
 * @cancellable: (nullable): ends it
 * @callback: called once
 * @user_data: for @callback
 *
 * Asks for the page that tells what a phone is, without a login, and looks at what comes: one
 * request that has no effect, because a phone may count it as a failed login; a redirect to https
 * at the same host is followed once, no other. Never presses a key.
 */
void oh_phone_detect_async (const char *host, const char *scheme, OhClock *clock,
                            GCancellable *cancellable, GAsyncReadyCallback callback,
                            gpointer user_data);

/**
 * oh_phone_detect_finish:
 * @result: from the callback
 * @error: (nullable): OH_ERROR_UNREACHABLE, OH_ERROR_USAGE for a host that is no name,
 *   OH_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): what is there
 */
OhPhoneDetected *oh_phone_detect_finish (GAsyncResult *result, GError **error);

G_END_DECLS
