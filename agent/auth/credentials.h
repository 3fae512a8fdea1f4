/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * OhCredentials:
 * @login: (owned): login name as typed, "DOMAIN\user", "user@suffix" or "user"; "" to sign in as
 *   whoever the ticket is for
 * @password: (owned) (nullable): the password, of secret-text.h; NULL when there is none: then only
 *   a ticket serves
 *
 * Who signs in and how they can prove it.
 */
typedef struct
{
  char *login;
  char *password;
} OhCredentials;

/**
 * oh_credentials_new:
 * @login: login name; copied
 * @password: (nullable): password; copied. An empty one counts as none.
 *
 * Returns: (transfer full): credentials
 */
OhCredentials *oh_credentials_new (const char *login, const char *password);

/**
 * oh_credentials_copy:
 * @self: credentials
 *
 * Returns: (transfer full): a copy, for a worker thread for example
 */
OhCredentials *oh_credentials_copy (const OhCredentials *self);

/**
 * oh_credentials_free:
 * @self: (nullable) (transfer full): credentials; the password is overwritten
 */
void oh_credentials_free (OhCredentials *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhCredentials, oh_credentials_free)

/**
 * OhCredentialsFunc:
 * @task: (transfer full): to be returned exactly once, from the same thread: either
 *   g_task_return_pointer() with new #OhCredentials and oh_credentials_free(), or an error
 *   (OH_ERROR_SECRETS when the store cannot be read). No stored password is no error: give NULL.
 * @user_data: of whoever asked for the function
 *
 * Fetches the credentials for a sign-in. They are asked for when a challenge is there, that is
 * after the server's certificate was accepted, and are not kept longer than the handshake takes.
 */
typedef void (*OhCredentialsFunc) (GTask *task, gpointer user_data);

G_END_DECLS
