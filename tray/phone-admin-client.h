/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Findings of one report that are shown; the agent has a dozen kinds. */
#define OH_PHONE_ADMIN_FINDINGS_MAX 32

/**
 * OhTrayPhoneLogin:
 * @user: (owned): user name of the phone's web page, "" for none
 * @blocked: (owned): the phone's setting that cannot be written, "" where its login can be set
 * @report: (owned) (element-type OhFinding): what to know before something is changed
 *
 * The login of a phone's web page, as far as anybody may know it.
 */
typedef struct
{
  char *user;
  char *blocked;
  GPtrArray *report;
} OhTrayPhoneLogin;

/**
 * oh_tray_phone_login_free:
 * @self: (transfer full) (nullable): a login
 */
void oh_tray_phone_login_free (OhTrayPhoneLogin *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhTrayPhoneLogin, oh_tray_phone_login_free)

/**
 * OhPhoneAdminClient:
 *
 * Passwords of one phone, set by the agent (org.offhook.PhoneAdmin1), seen from here. Without a
 * time limit of its own: the agent has one for every step.
 *
 * Signals:
 *  - "progress" (const char *text): a step begins, in the user's language; also when another
 *    program has asked for it
 */
#define OH_TYPE_PHONE_ADMIN_CLIENT (oh_phone_admin_client_get_type ())
G_DECLARE_FINAL_TYPE (OhPhoneAdminClient, oh_phone_admin_client, OH, PHONE_ADMIN_CLIENT, GObject)

/**
 * oh_phone_admin_client_new:
 * @id: id of the phone
 *
 * Returns: (transfer full): a client at rest
 */
OhPhoneAdminClient *oh_phone_admin_client_new (const char *id);

/**
 * oh_phone_admin_client_look_async:
 * @self: a client
 * @cancellable: (nullable): to give up
 * @callback: called when the phone was read or could not be
 * @user_data: for @callback
 *
 * Reads from the phone what to know before its login is changed.
 */
void oh_phone_admin_client_look_async (OhPhoneAdminClient *self, GCancellable *cancellable,
                                       GAsyncReadyCallback callback, gpointer user_data);

/**
 * oh_phone_admin_client_look_finish:
 * @self: a client
 * @result: of oh_phone_admin_client_look_async()
 * @error: an OH_ERROR of Look, or G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): what is there
 */
OhTrayPhoneLogin *oh_phone_admin_client_look_finish (OhPhoneAdminClient *self, GAsyncResult *result,
                                                     GError **error);

/**
 * oh_phone_admin_client_set_async:
 * @self: a client
 * @password: of the phone's web page from now on; goes to the agent in a sealed memory file, no
 *   bus message holds it. Wiping it is up to the caller; the copy made here is wiped
 * @cancellable: (nullable): to hear no more of it; what has begun goes on
 * @callback: called when it is over
 * @user_data: for @callback
 *
 * Has the phone's password changed; its user name stays.
 */
void oh_phone_admin_client_set_async (OhPhoneAdminClient *self, const char *password,
                                      GCancellable *cancellable, GAsyncReadyCallback callback,
                                      gpointer user_data);

/**
 * oh_phone_admin_client_set_finish:
 * @self: a client
 * @result: of oh_phone_admin_client_set_async()
 * @error: an OH_ERROR of SetLogin, or G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable) (element-type OhFinding): what came of it
 */
GPtrArray *oh_phone_admin_client_set_finish (OhPhoneAdminClient *self, GAsyncResult *result,
                                             GError **error);

G_END_DECLS
