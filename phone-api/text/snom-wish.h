/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "phone-account.h"

G_BEGIN_DECLS

/* Settings that one wish may write: an account has the most. */
#define OH_SNOM_WISH_MAX 8

/**
 * OhSnomWish:
 * @page: (owned): path of the form that has the settings
 * @n: how many settings
 * @names: (owned): of the settings, ended by NULL
 * @values: (owned): of secret-text.h
 *
 * Settings to be written in one request.
 */
typedef struct
{
  char *page;
  guint n;
  char *names[OH_SNOM_WISH_MAX + 1];
  char *values[OH_SNOM_WISH_MAX + 1];
} OhSnomWish;

/**
 * oh_snom_wish_free:
 * @wish: (nullable) (transfer full): a wish; its values are wiped
 */
void oh_snom_wish_free (OhSnomWish *wish);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhSnomWish, oh_snom_wish_free)

/**
 * oh_snom_wish_login:
 * @settings: (element-type utf8 OhSnomSetting): what the phone has
 * @kind: which login
 * @user: (nullable): user name; NULL leaves it
 * @password: the password
 *
 * Which settings hold a login depends on the firmware: from 10.1.185 the administrator's password
 * is `webserver_admin_password`; before, `admin_mode_password`, which is taken only with its twin.
 *
 * Returns: (transfer full): what to write
 */
OhSnomWish *oh_snom_wish_login (GHashTable *settings, OhPhoneLoginKind kind, const char *user,
                                const char *password);

/**
 * oh_snom_wish_account:
 * @account: what is to be set
 *
 * Returns: (transfer full) (nullable): what to write on the account's first tab; NULL when nothing
 *   of it is to be set
 */
OhSnomWish *oh_snom_wish_account (const OhPhoneAccount *account);

/**
 * oh_snom_wish_crypt:
 * @account: what is to be set
 *
 * Returns: (transfer full) (nullable): what to write on the account's tab for media; NULL when it
 * is to stay
 */
OhSnomWish *oh_snom_wish_crypt (const OhPhoneAccount *account);

/**
 * oh_snom_wish_obstacle:
 * @wish: (nullable): what is to be written
 * @settings: (nullable) (element-type utf8 OhSnomSetting): what the phone has
 *
 * A phone answers well to what it does not do; so this is looked at before.
 *
 * Returns: (transfer none) (nullable): name of the setting that keeps @wish from being written: a
 *   read-only one of its own, or "admin_mode" where this login does not see the administrator's
 *   settings; NULL when nothing is known to
 */
const char *oh_snom_wish_obstacle (const OhSnomWish *wish, GHashTable *settings);

/**
 * oh_snom_wish_missed:
 * @wish: (nullable): what was written
 * @settings: (element-type utf8 OhSnomSetting): what the phone has now
 *
 * Returns: (transfer none) (nullable): name of the first setting that can be seen and is not as
 *   wished; NULL when there is none
 */
const char *oh_snom_wish_missed (const OhSnomWish *wish, GHashTable *settings);

/**
 * oh_snom_register_target:
 * @number: which account, from 1
 *
 * Returns: (transfer full): path and query that have it register anew
 */
char *oh_snom_register_target (guint number);

/**
 * oh_snom_settings_merge:
 * @settings: (element-type utf8 OhSnomSetting): what is known already; gets the rest
 * @more: (element-type utf8 OhSnomSetting): what another list of the same phone says; emptied
 *
 * A list may leave passwords out, another one the permissions.
 */
void oh_snom_settings_merge (GHashTable *settings, GHashTable *more);

/**
 * oh_snom_sees_all:
 * @settings: (nullable) (element-type utf8 OhSnomSetting): what a list has
 *
 * Returns: whether it is an administrator's list
 */
gboolean oh_snom_sees_all (GHashTable *settings);

/**
 * oh_snom_admin_view:
 * @settings: (element-type utf8 OhSnomSetting): what the phone has
 * @firmware: (nullable): "8.8.3.32"
 * @open: it has let us in without a login
 *
 * Returns: (transfer full): what it shows of logins and accounts
 */
OhPhoneAdminView *oh_snom_admin_view (GHashTable *settings, const char *firmware, gboolean open);

G_END_DECLS
