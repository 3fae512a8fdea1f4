/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "phone-admin.h"
#include "secrets.h"

G_BEGIN_DECLS

/**
 * OhLoginState:
 * @OH_LOGIN_SETTLED: what is stored is the phone's login
 * @OH_LOGIN_LOOKING: the keyring is asked whether a new one is pending
 * @OH_LOGIN_STORING: a new one is being put into the keyring as pending
 * @OH_LOGIN_WRITING: it is being written to the phone
 * @OH_LOGIN_TRYING_NEW: the phone is asked with the new one, as soon as it answers
 * @OH_LOGIN_TRYING_OLD: it has refused the new one and is asked with the old one
 * @OH_LOGIN_KEEPING: it has taken the new one, which becomes the stored one
 * @OH_LOGIN_FORGETTING: it is known which one counts; nothing is pending any more
 *
 * Where the change of a login is.
 */
typedef enum
{
  OH_LOGIN_SETTLED,
  OH_LOGIN_LOOKING,
  OH_LOGIN_STORING,
  OH_LOGIN_WRITING,
  OH_LOGIN_TRYING_NEW,
  OH_LOGIN_TRYING_OLD,
  OH_LOGIN_KEEPING,
  OH_LOGIN_FORGETTING,
  OH_N_LOGIN_STATES,
} OhLoginState;

/**
 * OhLoginHost:
 * @store_user: stores the user name that goes with the password from now on
 * @moved: the change has come that far
 *
 * What is behind a change of a login, besides the keyring.
 */
typedef struct
{
  gboolean (*store_user) (gpointer host, const char *user, GError **error);
  void (*moved) (gpointer host, OhLoginState state);
} OhLoginHost;

/**
 * OhLoginChange:
 *
 * The login of one phone's web page: which one is used, and how it is changed so that it is never
 * lost. A new pair is in the keyring before it is on its way. Whatever happens then (no answer, the
 * phone restarts, this process is killed), at the next contact it is tried once, then the old one
 * once, and nothing after that: two failures lock nobody out.
 */
#define OH_TYPE_LOGIN_CHANGE (oh_login_change_get_type ())
G_DECLARE_FINAL_TYPE (OhLoginChange, oh_login_change, OH, LOGIN_CHANGE, GObject)

/**
 * oh_login_change_new:
 * @phone: the phone, which is given the login and asked with it
 * @web: its web page, which takes or refuses it: @phone itself, or one of its bodies
 * @secrets: the keyring
 * @host: what else is behind it; must outlive it, or oh_login_change_stop()
 * @user_data: for @host
 *
 * Returns: (transfer full): one that has not touched the phone's login
 */
OhLoginChange *oh_login_change_new (OhPhone *phone, OhPhone *web, OhSecrets *secrets,
                                    const OhLoginHost *host, gpointer user_data);

/**
 * oh_login_change_stop:
 * @self: a change
 *
 * The phone goes: nobody is told any more; what is pending stays so.
 */
void oh_login_change_stop (OhLoginChange *self);

/**
 * oh_login_change_use:
 * @self: a change
 * @user: (nullable): the stored user name
 * @password: (nullable): the stored password
 *
 * Has the phone asked with this login, unless a new one is pending: then with that first.
 */
void oh_login_change_use (OhLoginChange *self, const char *user, const char *password);

/**
 * oh_login_change_get_state:
 * @self: a change
 *
 * Returns: where it is
 */
OhLoginState oh_login_change_get_state (OhLoginChange *self);

/**
 * oh_login_change_write_async:
 * @self: a change
 * @user: the new user name
 * @password: the new password
 * @callback: called when the phone has taken it, has not, or was lost
 * @user_data: for @callback
 *
 * Changes user name and password at the phone and here.
 */
void oh_login_change_write_async (OhLoginChange *self, const char *user, const char *password,
                                  GAsyncReadyCallback callback, gpointer user_data);

/**
 * oh_login_change_write_finish:
 * @self: a change
 * @result: from the callback
 * @out_kept: (out) (optional): whether the phone was told to keep it beyond its next restart
 * @error: OH_ERROR_USAGE, OH_ERROR_BUSY; OH_ERROR_SECRETS: nothing was written, because it could
 * not be stored first; OH_ERROR_PHONE_REFUSED and the others of
 * oh_phone_admin_write_login_finish(): nothing was written, or the old one still counts;
 * OH_ERROR_OUTCOME_UNKNOWN: the phone was lost, both are kept; OH_ERROR_PHONE_LOGIN: it refuses
 * both
 *
 * Returns: whether the phone has let us in with the new one, which is stored
 */
gboolean oh_login_change_write_finish (OhLoginChange *self, GAsyncResult *result,
                                       gboolean *out_kept, GError **error);

/**
 * oh_login_pair:
 * @user: user name, without a line end
 * @password: password
 *
 * Returns: (transfer full): both as one secret for the keyring, oh_secret_free() it
 */
char *oh_login_pair (const char *user, const char *password);

/**
 * oh_login_pair_split:
 * @pair: of oh_login_pair()
 * @user: (out) (transfer full): the user name
 *
 * Returns: (transfer none) (nullable): the password in @pair; NULL when it is no pair
 */
const char *oh_login_pair_split (const char *pair, char **user);

G_END_DECLS
