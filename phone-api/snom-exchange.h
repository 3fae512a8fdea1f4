/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "snom-line.h"

G_BEGIN_DECLS

/* Times of a request on an open connection: the head of the answer ... */
#define OH_SNOM_ANSWER_US (G_GINT64_CONSTANT (5) * G_USEC_PER_SEC)
/* ... and the page behind it, however slowly it drips. */
#define OH_SNOM_PAGE_US (G_GINT64_CONSTANT (10) * G_USEC_PER_SEC)

/* Has the phone fetch a page and show it. */
#define OH_SNOM_MINIBROWSER_PAGE "/minibrowser.htm"

/**
 * OhSnomRequestLine:
 * @place: where to
 * @method: "GET" or "POST"
 * @target: path and query, encoded as they are to stand in the request line
 * @form: (nullable): of a POST, urlencoded
 * @secret: there is a password in @target or @form: no trace has the query
 * @authorization: (nullable): value of that header
 * @alone: on a connection that has carried nothing: it presses keys or dials
 *
 * One request. Borrowed for the time of the call, but for the judge's data.
 */
typedef struct
{
  OhSnomPlace place;
  const char *method;
  const char *target;
  const char *form;
  gboolean secret;
  const char *authorization;
  gboolean alone;
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
  GError *error;
} OhSnomExchange;

/**
 * oh_snom_exchange_free:
 * @self: (nullable) (transfer full): an exchange
 */
void oh_snom_exchange_free (OhSnomExchange *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhSnomExchange, oh_snom_exchange_free)

/**
 * oh_snom_exchange_async:
 * @line: a line on which nothing is under way; opened when it is not
 * @request: the request
 * @clock: for the limits
 * @cancellable: (nullable): ends it
 * @callback: called once
 * @user_data: for @callback
 *
 * Sends it once. Whatever happens then, it is not sent again from here.
 */
void oh_snom_exchange_async (OhSnomLine *line, const OhSnomRequestLine *request, OhClock *clock,
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
