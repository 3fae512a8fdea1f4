/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "clock.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* Times of a request, from slow hardware: connecting ... */
#define OH_SNOM_CONNECT_US (G_GINT64_CONSTANT (3) * G_USEC_PER_SEC)
/* ... the handshake, which takes the oldest models seconds ... */
#define OH_SNOM_HANDSHAKE_US (G_GINT64_CONSTANT (10) * G_USEC_PER_SEC)
/* ... the head of the answer ... */
#define OH_SNOM_ANSWER_US (G_GINT64_CONSTANT (5) * G_USEC_PER_SEC)
/* ... and the page behind it. */
#define OH_SNOM_PAGE_US (G_GINT64_CONSTANT (10) * G_USEC_PER_SEC)

/**
 * OhSnomJudge:
 * @certificate: what the phone showed
 * @user_data: what was given with the function
 * @error: (nullable): why not
 *
 * Asked on every new connection, before a single octet of the request leaves.
 *
 * Returns: whether to go on
 */
typedef gboolean (*OhSnomJudge) (GTlsCertificate *certificate, gpointer user_data, GError **error);

/**
 * OhSnomRequestLine:
 * @uri: where to
 * @authorization: (nullable): value of that header
 * @alone: on a connection of its own, and never sent a second time: it presses keys or dials
 * @connect_us: limit of connecting, microseconds; 0 for OH_SNOM_CONNECT_US
 * @judge: for certificates
 * @user_data: for @judge; must live until the exchange has ended
 *
 * One GET. Borrowed for the time of the call, but for @user_data.
 */
typedef struct
{
  GUri *uri;
  const char *authorization;
  gboolean alone;
  gint64 connect_us;
  OhSnomJudge judge;
  gpointer user_data;
} OhSnomRequestLine;

/**
 * OhSnomExchange:
 * @status: HTTP status; 0 when there was no answer, then @error is set
 * @server: (nullable): value of that header
 * @location: (nullable): the same
 * @challenge: (nullable): of WWW-Authenticate, all of them joined
 * @info: (nullable): of Authentication-Info
 * @body: what came of the page
 * @sent: some of the request may have left
 * @refused: the certificate was not accepted; @error is the judge's
 * @timed_out: one of the limits ended it
 * @local: (nullable): our address, when a connection was made
 * @remote: (nullable): the phone's
 * @error: (nullable): foreign domains, but for @refused; also set beside a status when the page
 *   broke off
 *
 * A request and what came of it.
 */
typedef struct
{
  guint status;
  char *server;
  char *location;
  char *challenge;
  char *info;
  GByteArray *body;
  gboolean sent;
  gboolean refused;
  gboolean timed_out;
  GInetAddress *local;
  GInetAddress *remote;
  GError *error;
} OhSnomExchange;

/**
 * oh_snom_exchange_free:
 * @self: (nullable) (transfer full): an exchange
 */
void oh_snom_exchange_free (OhSnomExchange *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhSnomExchange, oh_snom_exchange_free)

/**
 * oh_snom_exchange_new_session:
 *
 * Returns: (transfer full): a session for phones: no proxy, no login of the library's own, every
 *   certificate comes to the judge
 */
SoupSession *oh_snom_exchange_new_session (void);

/**
 * oh_snom_exchange_async:
 * @session: from oh_snom_exchange_new_session()
 * @line: the request
 * @clock: for the limits
 * @cancellable: (nullable): ends it
 * @callback: called once
 * @user_data: for @callback
 */
void oh_snom_exchange_async (SoupSession *session, const OhSnomRequestLine *line, OhClock *clock,
                             GCancellable *cancellable, GAsyncReadyCallback callback,
                             gpointer user_data);

/**
 * oh_snom_exchange_finish:
 * @result: from the callback
 *
 * Returns: (transfer full): what came of it; failures are told in it
 */
OhSnomExchange *oh_snom_exchange_finish (GAsyncResult *result);

G_END_DECLS
