/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "clock.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* Times of a connection, from slow hardware: connecting ... */
#define OH_SNOM_CONNECT_US (G_GINT64_CONSTANT (3) * G_USEC_PER_SEC)
/* ... and the handshake, which takes the oldest models seconds. */
#define OH_SNOM_HANDSHAKE_US (G_GINT64_CONSTANT (10) * G_USEC_PER_SEC)
/* An open connection keeps the phone's only server thread from everybody else: one that has carried
   a request is closed that long after it. */
#define OH_SNOM_IDLE_US (G_GINT64_CONSTANT (10) * G_USEC_PER_SEC)

/**
 * OhSnomJudge:
 * @certificate: what the phone showed
 * @user_data: what was given with the function
 * @error: (nullable): why not, domain OH_ERROR
 *
 * Asked on every new connection, before a single octet of a request leaves.
 *
 * Returns: whether to go on
 */
typedef gboolean (*OhSnomJudge) (GTlsCertificate *certificate, gpointer user_data, GError **error);

/**
 * OhSnomPlace:
 * @host: name or address, without brackets
 * @port: TCP
 * @secure: TLS
 * @legacy: with that, also TLS 1.0 and 1.1 and any key length; the judge is asked all the same
 * @connect_us: until it is connected; 0 for %OH_SNOM_CONNECT_US
 * @judge: for its certificate
 * @user_data: for @judge; must live as long as the line opens
 *
 * Where a connection leads. @host is borrowed for the time of the call.
 */
typedef struct
{
  const char *host;
  guint16 port;
  gboolean secure;
  gboolean legacy;
  gint64 connect_us;
  OhSnomJudge judge;
  gpointer user_data;
} OhSnomPlace;

/**
 * OhSnomLine:
 *
 * The one connection to a phone's web server. It is ours, and not an HTTP library's, for two
 * reasons: such a library sends a GET again by itself when a connection that it had used before
 * dies, which dials twice; and it takes a connection that has carried nothing for dead after three
 * seconds, while the click that it was opened for costs a handshake without it.
 *
 * No proxy is told of a phone. An idle line that the phone closes, or says something on, is closed.
 */
#define OH_TYPE_SNOM_LINE (oh_snom_line_get_type ())
G_DECLARE_FINAL_TYPE (OhSnomLine, oh_snom_line, OH, SNOM_LINE, GObject)

/**
 * oh_snom_line_new:
 * @clock: for the limits
 *
 * Returns: (transfer full): a line that leads nowhere
 */
OhSnomLine *oh_snom_line_new (OhClock *clock);

/**
 * oh_snom_line_is_open:
 * @self: a line
 * @place: where to
 * @unused: it must not have carried a request
 *
 * Returns: whether a request to @place can go out on it now
 */
gboolean oh_snom_line_is_open (OhSnomLine *self, const OhSnomPlace *place, gboolean unused);

/**
 * oh_snom_line_open_async:
 * @self: a line on which nothing is under way
 * @place: where to; a connection that is open is closed first, since the phone may have one thread
 * @cancellable: (nullable): ends it
 * @callback: called once
 * @user_data: for @callback
 */
void oh_snom_line_open_async (OhSnomLine *self, const OhSnomPlace *place, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer user_data);

/**
 * oh_snom_line_open_finish:
 * @self: a line
 * @result: from the callback
 * @error: (nullable): OH_ERROR: the judge's; else foreign, G_IO_ERROR_TIMED_OUT for the limits
 *
 * Returns: whether it is open
 */
gboolean oh_snom_line_open_finish (OhSnomLine *self, GAsyncResult *result, GError **error);

/**
 * oh_snom_line_begin:
 * @self: an open line
 *
 * From here on it has carried a request, and somebody else reads it.
 *
 * Returns: (transfer none) (nullable): what to write to and to read from; NULL when it was closed
 *   meanwhile
 */
GIOStream *oh_snom_line_begin (OhSnomLine *self);

/**
 * oh_snom_line_rest:
 * @self: an open line
 * @idle_us: after that it is closed
 *
 * Nothing is under way on it any more.
 */
void oh_snom_line_rest (OhSnomLine *self, gint64 idle_us);

/**
 * oh_snom_line_close:
 * @self: a line
 *
 * At once and without a farewell: the phone's thread is free. For who has begun a request, or where
 * none is under way.
 */
void oh_snom_line_close (OhSnomLine *self);

/**
 * oh_snom_line_drop:
 * @self: a line
 *
 * As oh_snom_line_close(), also while a request is under way: whoever reads its answer sees the end
 * of it.
 */
void oh_snom_line_drop (OhSnomLine *self);

/**
 * oh_snom_line_get_local:
 * @self: a line
 *
 * Returns: (transfer none) (nullable): our address of the latest connection
 */
GInetAddress *oh_snom_line_get_local (OhSnomLine *self);

/**
 * oh_snom_line_get_remote:
 * @self: a line
 *
 * Returns: (transfer none) (nullable): the phone's address of the latest connection
 */
GInetAddress *oh_snom_line_get_remote (OhSnomLine *self);

G_END_DECLS
