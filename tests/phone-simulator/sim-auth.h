/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sim-clock.h"
#include "sim-knobs.h"
#include "sim-lockout.h"
#include "sim-settings.h"

G_BEGIN_DECLS

typedef enum
{
  SIM_AUTH_OPEN,    /* the phone has no password: everyone may */
  SIM_AUTH_OK,      /* as SimLogin says */
  SIM_AUTH_MISSING, /* 401 */
  SIM_AUTH_WRONG,   /* 401 */
  SIM_AUTH_STALE,   /* 401 with stale=true: the password was right, the nonce is too old */
  SIM_AUTH_BLOCKED, /* locked out; credentials were not looked at */
} SimAuthVerdict;

typedef enum
{
  SIM_LEVEL_NOBODY,
  SIM_LEVEL_USER,
  SIM_LEVEL_ADMIN,
  SIM_LEVEL_SERVICE, /* acts as administrator for this one request, also with admin_mode off */
} SimLevel;

/**
 * SimLogin:
 * @user: (nullable) (owned): who logged in
 * @scheme: (nullable): "Basic", "Digest", "other" or NULL, by the Authorization header
 */
typedef struct
{
  char *user;
  const char *scheme;
  SimLevel level;
} SimLogin;

typedef struct _SimAuth SimAuth;

/**
 * sim_auth_new:
 *
 * All (transfer none); they outlive it.
 */
SimAuth *sim_auth_new (SimClock *clock, SimKnobs *knobs, SimSettings *settings,
                       SimLockout *lockout);
void sim_auth_free (SimAuth *self);

/**
 * sim_auth_check:
 * @method: of the request
 * @target: the request target exactly as sent, which is what Digest signs
 * @authorization: (nullable): the header's value
 * @address: of the client
 * @out: (out caller-allocates): cleared first; filled as far as known whatever the verdict
 *
 * Counts failures and successes for the lock-out.
 */
SimAuthVerdict sim_auth_check (SimAuth *self, const char *method, const char *target,
                               const char *authorization, const char *address, SimLogin *out);

/**
 * sim_auth_challenge:
 *
 * Returns: (transfer full): the value of WWW-Authenticate, with a nonce of its own
 */
char *sim_auth_challenge (SimAuth *self, gboolean stale);

/**
 * sim_auth_expire:
 *
 * Every nonce given out so far is stale.
 */
void sim_auth_expire (SimAuth *self);

void sim_login_clear (SimLogin *login);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SimAuth, sim_auth_free)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SimLogin, sim_login_clear)

G_END_DECLS
