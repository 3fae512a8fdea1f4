/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bus-service.h"
#include "config.h"
#include "provisioner.h"
#include "publication.h"
#include "secrets.h"
#include "subscription.h"

G_BEGIN_DECLS

/**
 * OhAccountParts:
 * @clock: the time
 * @config: who signs in where
 * @secrets: with which password
 * @subscription: begins when it is online
 * @publication: begins when it is online
 * @provisioner: told whose it is, and begins when it is online
 * @installation: of oh_installation_load_id(); the endpoint id comes from it
 *
 * What being signed in is joined to. Referenced or copied.
 */
typedef struct
{
  OhClock *clock;
  OhConfig *config;
  OhSecrets *secrets;
  OhSubscription *subscription;
  OhPublication *publication;
  OhProvisioner *provisioner;
  const char *installation;
} OhAccountParts;

/**
 * OhAccount:
 *
 * The account of the settings, signed in as long as the user wishes: joins settings, secrets,
 * registration, subscription and publication.
 *
 * Signals: "changed": something that oh_account_describe() tells is different; "signed-in"
 * (OhSipStack *stack, const char *uri): what hangs on the registration may begin, on that stack and
 * for that address; "left": it is over with that.
 */
#define OH_TYPE_ACCOUNT (oh_account_get_type ())
G_DECLARE_FINAL_TYPE (OhAccount, oh_account, OH, ACCOUNT, GObject)

/**
 * oh_account_new:
 * @parts: what it is joined to
 *
 * Returns: (transfer full): the account, offline
 */
OhAccount *oh_account_new (const OhAccountParts *parts);

/**
 * oh_account_start:
 * @self: the account
 *
 * Signs in where the settings name an address, and again whenever they change.
 */
void oh_account_start (OhAccount *self);

/**
 * oh_account_sign_in:
 * @self: the account
 * @task: (transfer full): returns TRUE when it is online; an error when it cannot be now: it may be
 *   tried again by itself all the same, the state says so
 *
 * A password that was refused is not sent again until it, a setting, or the wish to be signed in
 * has changed.
 */
void oh_account_sign_in (OhAccount *self, GTask *task);

/**
 * oh_account_sign_out:
 * @self: the account
 * @task: (transfer full): returns TRUE when it is offline
 *
 * Takes back what was published, de-registers, and stays offline until the next
 * oh_account_sign_in(), which may come while this is under way. Takes two seconds at most.
 */
void oh_account_sign_out (OhAccount *self, GTask *task);

/**
 * oh_account_password_changed:
 * @self: the account
 *
 * Tries the new password where signing in is wished and does not stand.
 */
void oh_account_password_changed (OhAccount *self);

/**
 * oh_account_dup_refusal:
 * @self: the account
 *
 * Returns: (transfer full) (nullable): why the server refused the password that is stored; NULL
 *   when it is not known to be refused
 */
GError *oh_account_dup_refusal (OhAccount *self);

/**
 * oh_account_trouble:
 * @self: the account
 *
 * Returns: (transfer none): why NTLM cannot be done on this computer; "" when it can
 */
const char *oh_account_trouble (OhAccount *self);

/**
 * oh_account_password_refused:
 * @self: the account
 * @error: in what words
 *
 * A server refused the stored password to somebody else of us: an attempt that waits is not made.
 */
void oh_account_password_refused (OhAccount *self, const GError *error);

/**
 * oh_account_check:
 * @self: the account
 *
 * The network changed or the computer woke up: a dead connection is to be noticed now.
 */
void oh_account_check (OhAccount *self);

/**
 * oh_account_sleep:
 * @self: the account
 *
 * The computer is going to sleep; oh_account_check() when it is awake again.
 */
void oh_account_sleep (OhAccount *self);

/**
 * oh_account_set_network:
 * @self: the account
 * @connected: whether this computer has a network beyond itself
 * @addresses: (array zero-terminated=1): all its addresses
 */
void oh_account_set_network (OhAccount *self, gboolean connected, const char *const *addresses);

/**
 * oh_account_describe:
 * @self: the account
 * @out: (out caller-allocates): how it stands; its strings are borrowed until the next change
 */
void oh_account_describe (OhAccount *self, OhBusEndpoint *out);

G_END_DECLS
