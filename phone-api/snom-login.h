/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "error.h"

G_BEGIN_DECLS

/* A page read that long ago still vouches for certificate and login of the next request. */
#define OH_SNOM_SETTLED_US (G_GINT64_CONSTANT (5) * G_USEC_PER_SEC)

/* A login that was refused is not tried again within that time when it is stored unchanged:
   settings that are applied anew must not add up to a lock-out, a user who insists must get
   through. */
#define OH_SNOM_REFUSED_US (G_GINT64_CONSTANT (60) * G_USEC_PER_SEC)

/**
 * OhSnomLogin:
 *
 * The login at one phone: the credentials, the challenge they answer, and the care that is due
 * because a phone locks everybody out after few failures, of which a request without a login may
 * already be one. One answer is computed for a challenge; the second refusal ends it until the
 * user stores another password.
 */
typedef struct _OhSnomLogin OhSnomLogin;

/**
 * OhSnomLoginStep:
 * @OH_SNOM_LOGIN_FAILED: the error says why
 * @OH_SNOM_LOGIN_ANSWER: send the request again: now there is an answer to go with it
 * @OH_SNOM_LOGIN_FRESH: there is a fresh nonce: whoever only wanted to settle can stop here
 */
typedef enum
{
  OH_SNOM_LOGIN_FAILED,
  OH_SNOM_LOGIN_ANSWER,
  OH_SNOM_LOGIN_FRESH,
} OhSnomLoginStep;

/**
 * OhSnomChallenged:
 * @header: (nullable): value of WWW-Authenticate
 * @host: for messages
 * @secure: the request went through TLS: Basic is answered only there
 * @answered: the refused request carried an answer
 * @optional: another user may be needed for this page: once the login has been good elsewhere, a
 *   refusal here is not a bad password
 * @now_us: monotonic time
 *
 * A 401.
 */
typedef struct
{
  const char *header;
  const char *host;
  gboolean secure;
  gboolean answered;
  gboolean optional;
  gint64 now_us;
} OhSnomChallenged;

/**
 * oh_snom_login_new:
 *
 * Returns: (transfer full): a login without credentials
 */
OhSnomLogin *oh_snom_login_new (void);

/**
 * oh_snom_login_free:
 * @self: (nullable) (transfer full): a login; its password is wiped
 */
void oh_snom_login_free (OhSnomLogin *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhSnomLogin, oh_snom_login_free)

/**
 * oh_snom_login_set:
 * @self: a login
 * @user: (nullable): user name
 * @password: (nullable): password; the old one is wiped
 * @now_us: monotonic time
 *
 * Forgets a refusal, unless it is the same login and the refusal is younger than
 * %OH_SNOM_REFUSED_US; keeps the last challenge, so that the new password is tried without asking
 * for a challenge once more.
 *
 * Returns: whether there is something new to try
 */
gboolean oh_snom_login_set (OhSnomLogin *self, const char *user, const char *password,
                            gint64 now_us);

/**
 * oh_snom_login_may_try:
 * @self: a login
 * @host: for the message
 * @error: (nullable): OH_ERROR_PHONE_LOGIN
 *
 * Returns: FALSE after a refusal, and when the phone wants a login and none is stored
 */
gboolean oh_snom_login_may_try (const OhSnomLogin *self, const char *host, GError **error);

/**
 * oh_snom_login_answer:
 * @self: a login
 * @target: path and query of the request, exactly as in the request line
 *
 * Returns: (transfer full) (nullable): value of Authorization; NULL while no challenge is known or
 *   no login stored
 */
char *oh_snom_login_answer (OhSnomLogin *self, const char *target);

/**
 * oh_snom_login_challenged:
 * @self: a login
 * @challenged: the 401
 * @error: (nullable): OH_ERROR_PHONE_LOGIN, OH_ERROR_PHONE_REFUSED (Basic without TLS; a page for
 *   another user), OH_ERROR_UNSUPPORTED (a scheme we do not have)
 *
 * Returns: what to do
 */
OhSnomLoginStep oh_snom_login_challenged (OhSnomLogin *self, const OhSnomChallenged *challenged,
                                          GError **error);

/**
 * oh_snom_login_accepted:
 * @self: a login
 * @answered: the request carried an answer
 * @info: (nullable): value of Authentication-Info
 * @now_us: monotonic time
 */
void oh_snom_login_accepted (OhSnomLogin *self, gboolean answered, const char *info, gint64 now_us);

/**
 * oh_snom_login_is_settled:
 * @self: a login
 * @now_us: monotonic time
 *
 * Returns: whether the next request needs no page read before it: something was accepted within
 *   %OH_SNOM_SETTLED_US, and the nonce in hand can be expected to be good
 */
gboolean oh_snom_login_is_settled (const OhSnomLogin *self, gint64 now_us);

/**
 * oh_snom_login_get_unprotected:
 * @self: a login
 *
 * Returns: whether the phone has let us in without asking
 */
gboolean oh_snom_login_get_unprotected (const OhSnomLogin *self);

G_END_DECLS
