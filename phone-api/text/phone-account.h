/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What the longest of a phone's own fields takes; a SIP address or a host name is shorter. */
#define OH_PHONE_FIELD_MAX 128
/* Longer ones are cut by firmware without a word, and then nobody gets in. */
#define OH_PHONE_PASSWORD_MAX 64
/* Accounts that any phone has. */
#define OH_PHONE_ACCOUNTS_MAX 12

/**
 * OhPhoneLoginKind:
 * @OH_PHONE_LOGIN_USER: of the phone's web page: the one that we log in with
 * @OH_PHONE_LOGIN_ADMIN: of the administrator's mode, typed at the phone or on its page
 * @OH_PHONE_LOGIN_SERVICE: of a maintenance account, which may do what the administrator may
 *
 * The logins of a phone.
 */
typedef enum
{
  OH_PHONE_LOGIN_USER,
  OH_PHONE_LOGIN_ADMIN,
  OH_PHONE_LOGIN_SERVICE,
  OH_N_PHONE_LOGINS,
} OhPhoneLoginKind;

/**
 * oh_phone_login_word:
 * @kind: a kind
 *
 * Returns: (transfer none): "user", "admin" or "service"
 */
const char *oh_phone_login_word (OhPhoneLoginKind kind);

/**
 * oh_phone_login_parse:
 * @word: (nullable): one of the words
 * @out: (out): the kind
 *
 * Returns: FALSE for anything else
 */
gboolean oh_phone_login_parse (const char *word, OhPhoneLoginKind *out);

/**
 * OhPhoneCrypt:
 * @OH_PHONE_CRYPT_KEEP: as the phone has it
 * @OH_PHONE_CRYPT_OFF: no SRTP
 * @OH_PHONE_CRYPT_OPTIONAL: offered, not insisted on
 * @OH_PHONE_CRYPT_MANDATORY: no call without
 *
 * Encryption of what is said.
 */
typedef enum
{
  OH_PHONE_CRYPT_KEEP,
  OH_PHONE_CRYPT_OFF,
  OH_PHONE_CRYPT_OPTIONAL,
  OH_PHONE_CRYPT_MANDATORY,
} OhPhoneCrypt;

/**
 * oh_phone_crypt_parse:
 * @word: (nullable): "keep", "off", "optional" or "mandatory"
 * @out: (out): what it means
 *
 * Returns: FALSE for anything else
 */
gboolean oh_phone_crypt_parse (const char *word, OhPhoneCrypt *out);

/**
 * OhPhoneAccount:
 * @number: which, from 1
 * @name: (nullable): left part of the address
 * @host: (nullable): right part: the registrar's domain
 * @outbound: (nullable): through which server, "sip.example.com:5061;transport=tls"
 * @login: (nullable): who logs in at the server: `DOMAIN\user`, "user@domain" or "user"; the name
 *   where it is empty
 * @display: (nullable): what others see beside the number
 * @password: (nullable): to set only; of secret-text.h
 * @crypt: encryption of what is said
 *
 * An account of a phone. In what is to be set, NULL leaves a field as it is, "" empties it.
 */
typedef struct
{
  guint number;
  char *name;
  char *host;
  char *outbound;
  char *login;
  char *display;
  char *password;
  OhPhoneCrypt crypt;
} OhPhoneAccount;

/**
 * oh_phone_account_copy:
 * @account: an account
 *
 * Returns: (transfer full): the same once more
 */
OhPhoneAccount *oh_phone_account_copy (const OhPhoneAccount *account);

/**
 * oh_phone_account_free:
 * @account: (nullable) (transfer full): an account; its password is wiped
 */
void oh_phone_account_free (OhPhoneAccount *account);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhPhoneAccount, oh_phone_account_free)

/**
 * oh_phone_account_flaw:
 * @account: what is to be set
 *
 * Returns: (transfer none) (nullable): the first field that no phone can have: "number", "name",
 *   "host", "outbound", "login", "display" or "password"; NULL when all are well
 */
const char *oh_phone_account_flaw (const OhPhoneAccount *account);

/**
 * oh_phone_account_is:
 * @account: an account with name and host
 * @address: (nullable): "[sip[s]:]name@host", parameters after it
 *
 * Returns: whether it is the account's
 */
gboolean oh_phone_account_is (const OhPhoneAccount *account, const char *address);

/**
 * oh_phone_password_flaw:
 * @user: (nullable): user name
 * @password: the password
 *
 * Returns: (transfer none) (nullable): "user" when that is empty, too long, or has a colon or a
 *   control character, which a login by HTTP cannot carry (RFC 7617 2); "password" when that is
 *   empty, too long or has a control character; NULL when both are well
 */
const char *oh_phone_password_flaw (const char *user, const char *password);

/**
 * OhPhoneCautions:
 * @OH_PHONE_CAUTION_PROVISIONED: the next resync with the provisioning server takes it back
 * @OH_PHONE_CAUTION_NEVER_STORED: the phone keeps no change beyond its next restart
 * @OH_PHONE_CAUTION_ACCOUNT_IS_LOGIN: while it has no login of its own, user and password of the
 *   first account become that, and nobody is told
 * @OH_PHONE_CAUTION_OPEN: it has no login: it lets everybody in
 * @OH_PHONE_CAUTION_NO_COMMANDS: it takes settings through its forms, and no commands
 *
 * What who changes something at a phone should know.
 */
typedef enum
{
  OH_PHONE_CAUTION_PROVISIONED = 1 << 0,
  OH_PHONE_CAUTION_NEVER_STORED = 1 << 1,
  OH_PHONE_CAUTION_ACCOUNT_IS_LOGIN = 1 << 2,
  OH_PHONE_CAUTION_OPEN = 1 << 3,
  OH_PHONE_CAUTION_NO_COMMANDS = 1 << 4,
} OhPhoneCautions;

/**
 * OhPhoneAdminView:
 * @user: user name of its web page; "" when there is none
 * @digest: its login does not send the password itself
 * @cautions: what to know before something is changed
 * @provisioned_by: (nullable): the setting that names a provisioning server
 * @blocked: for each login the name of the setting that cannot be written, or NULL
 * @accounts: (element-type OhPhoneAccount): its accounts, without passwords
 *
 * What a phone shows of its logins and accounts.
 */
typedef struct
{
  char *user;
  gboolean digest;
  OhPhoneCautions cautions;
  char *provisioned_by;
  char *blocked[OH_N_PHONE_LOGINS];
  GPtrArray *accounts;
} OhPhoneAdminView;

/**
 * oh_phone_admin_view_free:
 * @view: (nullable) (transfer full): a view
 */
void oh_phone_admin_view_free (OhPhoneAdminView *view);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhPhoneAdminView, oh_phone_admin_view_free)

/**
 * oh_phone_admin_view_find:
 * @view: a view
 * @number: which account, from 1
 *
 * Returns: (transfer none) (nullable): it
 */
const OhPhoneAccount *oh_phone_admin_view_find (const OhPhoneAdminView *view, guint number);

G_END_DECLS
