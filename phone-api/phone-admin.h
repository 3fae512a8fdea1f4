/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "phone-account.h"
#include "phone.h"

G_BEGIN_DECLS

/**
 * OhPhoneAdmin:
 *
 * A body of OhPhone whose logins and accounts can be set from here. Not every body can: who asks
 * OH_IS_PHONE_ADMIN() knows.
 */
#define OH_TYPE_PHONE_ADMIN (oh_phone_admin_get_type ())
G_DECLARE_INTERFACE (OhPhoneAdmin, oh_phone_admin, OH, PHONE_ADMIN, GObject)

/**
 * OhPhoneAdminInterface:
 * @look_async: reads what there is to set; no side effects
 * @look_finish: (transfer full): the outcome of @look_async
 * @write_login_async: writes a login, once, in one request; does not log in with it
 * @write_login_finish: the outcome of @write_login_async
 * @keep_async: has what was written kept beyond the phone's next restart
 * @keep_finish: the outcome of @keep_async
 * @write_account_async: writes an account and looks whether it is there
 * @write_account_finish: the outcome of @write_account_async
 * @register_async: has an account register anew; its events tell what comes of it
 * @register_finish: the outcome of @register_async
 */
struct _OhPhoneAdminInterface
{
  GTypeInterface parent;

  void (*look_async) (OhPhoneAdmin *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                      gpointer user_data);
  OhPhoneAdminView *(*look_finish) (OhPhoneAdmin *self, GAsyncResult *result, GError **error);
  void (*write_login_async) (OhPhoneAdmin *self, OhPhoneLoginKind kind, const char *user,
                             const char *password, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer user_data);
  OhPhoneOutcome (*write_login_finish) (OhPhoneAdmin *self, GAsyncResult *result, GError **error);
  void (*keep_async) (OhPhoneAdmin *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                      gpointer user_data);
  gboolean (*keep_finish) (OhPhoneAdmin *self, GAsyncResult *result, GError **error);
  void (*write_account_async) (OhPhoneAdmin *self, const OhPhoneAccount *account,
                               GCancellable *cancellable, GAsyncReadyCallback callback,
                               gpointer user_data);
  OhPhoneOutcome (*write_account_finish) (OhPhoneAdmin *self, GAsyncResult *result, GError **error);
  void (*register_async) (OhPhoneAdmin *self, guint number, GCancellable *cancellable,
                          GAsyncReadyCallback callback, gpointer user_data);
  OhPhoneOutcome (*register_finish) (OhPhoneAdmin *self, GAsyncResult *result, GError **error);
};

/**
 * oh_phone_admin_look_async:
 * @self: a phone
 * @cancellable: (nullable): stops it
 * @callback: called once
 * @user_data: for @callback
 *
 * Reads what the phone shows of its logins and accounts, never a password.
 */
void oh_phone_admin_look_async (OhPhoneAdmin *self, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer user_data);

/**
 * oh_phone_admin_look_finish:
 * @self: a phone
 * @result: from the callback
 * @error: (nullable): as oh_phone_send_finish()
 *
 * Returns: (transfer full) (nullable): what it shows
 */
OhPhoneAdminView *oh_phone_admin_look_finish (OhPhoneAdmin *self, GAsyncResult *result,
                                              GError **error);

/**
 * oh_phone_admin_write_login_async:
 * @self: a phone
 * @kind: which login
 * @user: (nullable): its new user name; NULL leaves it
 * @password: its new password
 * @cancellable: (nullable): takes it back while it has not left
 * @callback: called once
 * @user_data: for @callback
 *
 * Writes user and password in one request, over TLS only, after having looked whether the phone
 * lets them be written. The phone's own login is not changed here: the caller sets the new pair
 * with oh_phone_set_login() and probes, and knows then which of both counts. In the callback that
 * is before anything else is sent.
 */
void oh_phone_admin_write_login_async (OhPhoneAdmin *self, OhPhoneLoginKind kind, const char *user,
                                       const char *password, GCancellable *cancellable,
                                       GAsyncReadyCallback callback, gpointer user_data);

/**
 * oh_phone_admin_write_login_finish:
 * @self: a phone
 * @result: from the callback
 * @error: (nullable): only with OH_PHONE_OUTCOME_FAILED, nothing was written then:
 *   OH_ERROR_PHONE_REFUSED with the setting in the way, or as oh_phone_send_finish()
 *
 * Returns: OH_PHONE_OUTCOME_SENT: the phone took the request; OH_PHONE_OUTCOME_UNKNOWN: no answer
 */
OhPhoneOutcome oh_phone_admin_write_login_finish (OhPhoneAdmin *self, GAsyncResult *result,
                                                  GError **error);

/**
 * oh_phone_admin_keep_async:
 * @self: a phone that was written to, and lets us in
 * @cancellable: (nullable): stops it
 * @callback: called once
 * @user_data: for @callback
 *
 * Has what was written kept beyond its next restart (newer firmware changes its memory only).
 */
void oh_phone_admin_keep_async (OhPhoneAdmin *self, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer user_data);

/**
 * oh_phone_admin_keep_finish:
 * @self: a phone
 * @result: from the callback
 * @error: (nullable): as oh_phone_send_finish()
 *
 * Returns: whether it took the wish; nothing tells whether it is kept
 */
gboolean oh_phone_admin_keep_finish (OhPhoneAdmin *self, GAsyncResult *result, GError **error);

/**
 * oh_phone_admin_write_account_async:
 * @self: a phone
 * @account: what is to be set; copied
 * @cancellable: (nullable): takes it back while it has not left
 * @callback: called once
 * @user_data: for @callback
 *
 * Writes an account, its password over TLS only, and reads it back. It is switched on by that.
 */
void oh_phone_admin_write_account_async (OhPhoneAdmin *self, const OhPhoneAccount *account,
                                         GCancellable *cancellable, GAsyncReadyCallback callback,
                                         gpointer user_data);

/**
 * oh_phone_admin_write_account_finish:
 * @self: a phone
 * @result: from the callback
 * @error: (nullable): only with OH_PHONE_OUTCOME_FAILED: OH_ERROR_PHONE_REFUSED with the setting in
 *   the way, or as oh_phone_send_finish()
 *
 * Returns: OH_PHONE_OUTCOME_CONFIRMED: all that can be seen of it is as wished;
 *   OH_PHONE_OUTCOME_UNKNOWN: no answer
 */
OhPhoneOutcome oh_phone_admin_write_account_finish (OhPhoneAdmin *self, GAsyncResult *result,
                                                    GError **error);

/**
 * oh_phone_admin_register_async:
 * @self: a phone
 * @number: which account, from 1
 * @cancellable: (nullable): takes it back while it has not left
 * @callback: called once
 * @user_data: for @callback
 *
 * Has an account register anew at its server; what comes of it the phone's events tell, where it
 * has any.
 */
void oh_phone_admin_register_async (OhPhoneAdmin *self, guint number, GCancellable *cancellable,
                                    GAsyncReadyCallback callback, gpointer user_data);

/**
 * oh_phone_admin_register_finish:
 * @self: a phone
 * @result: from the callback
 * @error: (nullable): only with OH_PHONE_OUTCOME_FAILED, as oh_phone_send_finish()
 *
 * Returns: OH_PHONE_OUTCOME_SENT or OH_PHONE_OUTCOME_UNKNOWN
 */
OhPhoneOutcome oh_phone_admin_register_finish (OhPhoneAdmin *self, GAsyncResult *result,
                                               GError **error);

G_END_DECLS
