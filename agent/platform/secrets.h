/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "clock.h"

G_BEGIN_DECLS

/* Time to type a keyring's own password; after that sign-in goes on without the stored one. */
#define OH_SECRETS_LIMIT_US (G_GINT64_CONSTANT (60) * G_USEC_PER_SEC)

/**
 * OhSecretKind:
 * @OH_SECRET_SIGN_IN: the password of the account; its id is ""
 * @OH_SECRET_PHONE: the password of a phone's own web page; its id is the phone's
 * @OH_SECRET_PHONE_PENDING: a login that was on its way to a phone and is not known to count there:
 *   "user\npassword"; its id is the phone's, with "/admin" or "/service" behind it where it is not
 *   that of the web page
 * @OH_SECRET_PHONE_ADMIN: the login of a phone's administrator, the same form
 * @OH_SECRET_PHONE_SERVICE: that of its maintenance account
 *
 * What a password is for.
 */
typedef enum
{
  OH_SECRET_SIGN_IN,
  OH_SECRET_PHONE,
  OH_SECRET_PHONE_PENDING,
  OH_SECRET_PHONE_ADMIN,
  OH_SECRET_PHONE_SERVICE,
} OhSecretKind;

/**
 * OhSecrets:
 *
 * Where passwords are kept: the desktop's keyring, and where there is none the memory of this
 * process, until it ends. One body per system.
 */
#define OH_TYPE_SECRETS (oh_secrets_get_type ())
G_DECLARE_FINAL_TYPE (OhSecrets, oh_secrets, OH, SECRETS, GObject)

/**
 * oh_secrets_new:
 * @clock: for the time limit
 *
 * Returns: (transfer full): the keyring; nothing is opened yet
 */
OhSecrets *oh_secrets_new (OhClock *clock);

/**
 * oh_secrets_lookup_async:
 * @self: the keyring
 * @kind: what it is for
 * @id: whose
 * @cancellable: (nullable): to give up
 * @callback: called at the latest after OH_SECRETS_LIMIT_US
 * @user_data: for @callback
 *
 * Asks for a password; a locked keyring asks the user to unlock it.
 */
void oh_secrets_lookup_async (OhSecrets *self, OhSecretKind kind, const char *id,
                              GCancellable *cancellable, GAsyncReadyCallback callback,
                              gpointer user_data);

/**
 * oh_secrets_lookup_finish:
 * @self: the keyring
 * @result: of oh_secrets_lookup_async()
 * @error: OH_ERROR_SECRETS: there is no keyring, or it stays locked; OH_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): the password, oh_secret_free() it; NULL without @error when
 * none is stored
 */
char *oh_secrets_lookup_finish (OhSecrets *self, GAsyncResult *result, GError **error);

/**
 * oh_secrets_store_async:
 * @self: the keyring
 * @kind: what it is for
 * @id: whose
 * @password: the password; "" removes the stored one. Wiping it is up to the caller
 * @cancellable: (nullable): to give up
 * @callback: called at the latest after OH_SECRETS_LIMIT_US
 * @user_data: for @callback
 *
 * Stores a password.
 */
void oh_secrets_store_async (OhSecrets *self, OhSecretKind kind, const char *id,
                             const char *password, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer user_data);

/**
 * oh_secrets_store_finish:
 * @self: the keyring
 * @result: of oh_secrets_store_async()
 * @error: OH_ERROR_SECRETS: it could not be stored; it is then kept in memory and found by
 *   oh_secrets_lookup_async() until the process ends, and the message says so
 *
 * Returns: whether it is stored
 */
gboolean oh_secrets_store_finish (OhSecrets *self, GAsyncResult *result, GError **error);

G_END_DECLS
