/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "error.h"
#include "http-login.h"
#include "phone-level.h"

G_BEGIN_DECLS

/* A page read that long ago still vouches for certificate and login of the next request. */
#define OH_SNOM_SETTLED_US (G_GINT64_CONSTANT (5) * G_USEC_PER_SEC)

/* A login that was refused is not tried again within that time when it is stored unchanged:
   settings that are applied anew must not add up to a lock-out, a user who insists must get
   through. */
#define OH_SNOM_REFUSED_US (G_GINT64_CONSTANT (60) * G_USEC_PER_SEC)

/* A nonce that was good at some age is trusted to live on for as long again, and never longer. */
#define OH_SNOM_NONCE_TRUST_MAX_US (G_GINT64_CONSTANT (60) * G_USEC_PER_SEC)

/* What a phone may count as failures in a row that are caused without the user: the request without
   a login, which asks for the challenge, and one refusal. The fourth would lock everybody out. */
#define OH_SNOM_FAILURES_MAX 2
/* With that many, of which the user has caused the last ones, the next attempt has to wait for
   %OH_SNOM_REFUSED_US. */
#define OH_SNOM_FAILURES_HOLD 3

/**
 * OhSnomLogin:
 *
 * The login at one phone: the credentials of three levels, the challenge they answer, and the care
 * that is due because a phone locks everybody out after few failures, of which a request without a
 * login may already be one. One answer is computed for a challenge, with the lowest level that is
 * stored, not refused and known to be enough; what is refused is not sent again until the user
 * stores another password.
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
 * @settings: a higher level may be needed for this page: once the login has been good elsewhere, a
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
  gboolean settings;
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
 * @level: whose
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
gboolean oh_snom_login_set (OhSnomLogin *self, OhPhoneLevel level, const char *user,
                            const char *password, gint64 now_us);

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
 * oh_snom_login_hold_us:
 * @self: a login
 * @now_us: monotonic time
 *
 * Returns: microseconds until another attempt may be made without locking the phone; 0: now
 */
gint64 oh_snom_login_hold_us (const OhSnomLogin *self, gint64 now_us);

/**
 * oh_snom_login_answer:
 * @self: a login
 * @asked: the request, its target exactly as in the request line
 * @settings: it reads or writes settings, for which a higher level may be needed
 *
 * Returns: (transfer full) (nullable): value of Authorization; NULL while no challenge is known or
 *   no login stored
 */
char *oh_snom_login_answer (OhSnomLogin *self, const OhHttpAsked *asked, gboolean settings);

/**
 * oh_snom_login_raise:
 * @self: a login that was accepted
 *
 * The level that was used last shows too little of the settings: from now on a higher one is used
 * for them.
 *
 * Returns: whether there is one
 */
gboolean oh_snom_login_raise (OhSnomLogin *self);

/**
 * oh_snom_login_level:
 * @self: a login
 *
 * Returns: the level that was used last
 */
OhPhoneLevel oh_snom_login_level (const OhSnomLogin *self);

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
 * Returns: whether the next request needs no page read before it: something was accepted a short
 *   time ago, see oh_snom_login_settled_us(), and the nonce in hand can be expected to be good
 */
gboolean oh_snom_login_is_settled (const OhSnomLogin *self, gint64 now_us);

/**
 * oh_snom_login_settled_us:
 * @self: a login
 *
 * How long what was accepted vouches for the next request: %OH_SNOM_SETTLED_US, or, where this
 * phone has taken an older nonce, as long as that was old, up to %OH_SNOM_NONCE_TRUST_MAX_US. It is
 * learnt, because no phone says how long its nonces live.
 *
 * Returns: microseconds
 */
gint64 oh_snom_login_settled_us (const OhSnomLogin *self);

/**
 * oh_snom_login_settled_until_us:
 * @self: a login
 *
 * Returns: monotonic time until which it is settled at the most
 */
gint64 oh_snom_login_settled_until_us (const OhSnomLogin *self);

/**
 * oh_snom_login_get_unprotected:
 * @self: a login
 *
 * Returns: whether the phone has let us in without asking
 */
gboolean oh_snom_login_get_unprotected (const OhSnomLogin *self);

G_END_DECLS
