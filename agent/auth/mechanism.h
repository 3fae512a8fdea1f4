/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "auth-challenge.h"
#include "clock.h"
#include "credentials.h"
#include "scheme-failure.h"
#include "scheme-policy.h"

G_BEGIN_DECLS

/* What oh_mechanism_life_s() says of a mechanism that does not end by itself. */
#define OH_MECHANISM_UNLIMITED G_MAXINT64

/**
 * OhMechanism:
 *
 * One handshake with one server and, once it is established, its signatures. Made for a single
 * use. Tokens may wait for a domain controller and are a pair; signing and verifying are local and
 * go inline, in wire order.
 */
#define OH_TYPE_MECHANISM (oh_mechanism_get_type ())
G_DECLARE_INTERFACE (OhMechanism, oh_mechanism, OH, MECHANISM, GObject)

struct _OhMechanismInterface
{
  GTypeInterface parent;

  const char *(*scheme) (OhMechanism *self);
  void (*step_async) (OhMechanism *self, GBytes *token, GCancellable *cancellable,
                      GAsyncReadyCallback callback, gpointer user_data);
  GBytes *(*step_finish) (OhMechanism *self, GAsyncResult *result, gboolean *established,
                          GError **error);
  GBytes *(*sign) (OhMechanism *self, const char *text, GError **error);
  gboolean (*verify) (OhMechanism *self, const char *text, GBytes *signature, GError **error);
  gint64 (*life_s) (OhMechanism *self);
  OhSchemeFailure (*failure) (OhMechanism *self);
};

/**
 * OhMechanismOrder:
 * @scheme: NTLM or Kerberos
 * @policy: (nullable): what the administrator allows; NULL for the defaults
 * @clock: for the time stamp where the server sends none
 * @credentials: who signs in; copied
 * @host: the server's name, without "sip/"
 * @server_ahead_us: how far the server's Date is ahead of our clock; 0 when not known. NTLM uses it
 *   beyond two minutes and where the challenge has no time of its own.
 *
 * What a mechanism is made from. Borrowed for the call.
 */
typedef struct
{
  OhAuthScheme scheme;
  const OhSchemePolicy *policy;
  OhClock *clock;
  const OhCredentials *credentials;
  const char *host;
  gint64 server_ahead_us;
} OhMechanismOrder;

/**
 * OhMechanismMaker:
 * @order: what to make
 *
 * Makes a mechanism; tests give one of their own. What is missing (a password, a library) is told
 * by the first step, so that every failure comes the same way.
 *
 * Returns: (transfer full): the mechanism
 */
typedef OhMechanism *(*OhMechanismMaker) (const OhMechanismOrder *order);

/**
 * oh_mechanism_new:
 * @order: what to make
 *
 * The OhMechanismMaker of the product.
 *
 * Returns: (transfer full): the mechanism
 */
OhMechanism *oh_mechanism_new (const OhMechanismOrder *order);

/**
 * oh_mechanism_scheme:
 * @self: a mechanism
 *
 * Returns: (transfer none): "NTLM" or "Kerberos", the word of the headers
 */
const char *oh_mechanism_scheme (OhMechanism *self);

/**
 * oh_mechanism_step_async:
 * @self: a mechanism
 * @token: (nullable): what the server sent; NULL at the beginning
 * @cancellable: (nullable): to give up
 * @callback: called when the next token is ready
 * @user_data: for @callback
 */
void oh_mechanism_step_async (OhMechanism *self, GBytes *token, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer user_data);

/**
 * oh_mechanism_step_finish:
 * @self: a mechanism
 * @result: of oh_mechanism_step_async()
 * @established: (out): whether this is the last token: oh_mechanism_sign() works from now on
 * @error: OH_ERROR_TICKET, OH_ERROR_CLOCK, OH_ERROR_SIGN_IN, OH_ERROR_UNREACHABLE,
 *   OH_ERROR_MECHANISM, OH_ERROR_PROTOCOL; the message names server and realm
 *
 * Returns: (transfer full): the token to send, possibly of size 0; NULL on error
 */
GBytes *oh_mechanism_step_finish (OhMechanism *self, GAsyncResult *result, gboolean *established,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * oh_mechanism_sign:
 * @self: an established mechanism
 * @text: what to sign; its terminator is not signed
 * @error: OH_ERROR_TICKET when its life is over
 *
 * Returns: (transfer full): the signature; NULL on error
 */
GBytes *oh_mechanism_sign (OhMechanism *self, const char *text,
                           GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * oh_mechanism_verify:
 * @self: an established mechanism
 * @text: what the server signed
 * @signature: its signature
 * @error: why not
 *
 * Order and repetition do not matter here: the association counts.
 *
 * Returns: whether the signature is right
 */
gboolean oh_mechanism_verify (OhMechanism *self, const char *text, GBytes *signature,
                              GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * oh_mechanism_life_s:
 * @self: an established mechanism
 *
 * Returns: seconds that its ticket had left when it was established; OH_MECHANISM_UNLIMITED
 */
gint64 oh_mechanism_life_s (OhMechanism *self);

/**
 * oh_mechanism_failure:
 * @self: a mechanism
 *
 * Returns: why its step failed; OH_SCHEME_FAILURE_NONE where none did, or where it was cancelled
 */
OhSchemeFailure oh_mechanism_failure (OhMechanism *self);

/**
 * oh_mechanism_ntlm_new:
 * @order: for NTLM
 *
 * NTLMv2 in connectionless mode, 128 bit unless the policy allows less.
 *
 * Returns: (transfer full): a mechanism
 */
OhMechanism *oh_mechanism_ntlm_new (const OhMechanismOrder *order);

/**
 * oh_mechanism_gssapi_new:
 * @order: for Kerberos. A ticket in the user's cache serves when it is theirs or nobody is named;
 *   otherwise one is fetched with the password, and the cache stays as it is.
 *
 * Kerberos through GSSAPI: integrity only, no delegation, complete with the first token.
 *
 * Returns: (transfer full): a mechanism
 */
OhMechanism *oh_mechanism_gssapi_new (const OhMechanismOrder *order);

G_END_DECLS
