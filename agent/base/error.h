/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * OH_ERROR:
 *
 * The one error domain. A code is a remedy: it says what the reader can do, the message says to
 * which server, phone or number it happened. Each code has a D-Bus name (org.offhook.Error.*)
 * and an exit status of the command line.
 */
#define OH_ERROR (oh_error_quark ())

/**
 * OhError:
 * @OH_ERROR_FAILED: nothing to do but report it
 * @OH_ERROR_USAGE: correct the command or the argument; nothing was done
 * @OH_ERROR_SIGN_IN: enter the user name and password again
 * @OH_ERROR_PASSWORD_EXPIRED: change the password where it is kept, then enter the new one
 * @OH_ERROR_ACCOUNT: the administrator has to unlock, enable or prolong the account
 * @OH_ERROR_NOT_SIGNED_IN: sign in first
 * @OH_ERROR_TICKET: renew the Kerberos ticket (lock and unlock), or store a password
 * @OH_ERROR_CLOCK: set the clock; the two ends are too far apart
 * @OH_ERROR_MECHANISM: the administrator has to allow a sign-in scheme that both ends have
 * @OH_ERROR_UNREACHABLE: check the network, the name and the port; we keep trying where we can
 * @OH_ERROR_UNTRUSTED: compare the certificate, then trust it, or ask the administrator
 * @OH_ERROR_BAD_NUMBER: correct the number
 * @OH_ERROR_CONFIRM: ask the user first; the same call with its "confirmed" flag goes through
 * @OH_ERROR_LOCKED: unlock the screen first
 * @OH_ERROR_NO_PHONE: add a phone, or name one that exists
 * @OH_ERROR_CHOOSE_PHONE: several phones could do it: say which
 * @OH_ERROR_NO_CALL: there is no call that this could apply to
 * @OH_ERROR_BUSY: end or hold the present call first
 * @OH_ERROR_PHONE_LOGIN: store the phone's own password
 * @OH_ERROR_PHONE_LOCKED_OUT: wait; the phone refuses everybody until the time in the message
 * @OH_ERROR_PHONE_REFUSED: change the phone's setting that the message names
 * @OH_ERROR_UNSUPPORTED: the phone or the server cannot do this
 * @OH_ERROR_OUTCOME_UNKNOWN: look at the phone; the request left, nothing confirmed it
 * @OH_ERROR_PROTOCOL: the other end broke the protocol; report it with the log
 * @OH_ERROR_CONFLICT: somebody else changed it meanwhile; the program has tried again
 * @OH_ERROR_SECRETS: unlock or install the keyring
 * @OH_ERROR_SETTINGS: the administrator has locked this setting, or its value is not usable
 * @OH_ERROR_CANCELLED: the user changed their mind
 */
typedef enum
{
  OH_ERROR_FAILED,
  OH_ERROR_USAGE,
  OH_ERROR_SIGN_IN,
  OH_ERROR_PASSWORD_EXPIRED,
  OH_ERROR_ACCOUNT,
  OH_ERROR_NOT_SIGNED_IN,
  OH_ERROR_TICKET,
  OH_ERROR_CLOCK,
  OH_ERROR_MECHANISM,
  OH_ERROR_UNREACHABLE,
  OH_ERROR_UNTRUSTED,
  OH_ERROR_BAD_NUMBER,
  OH_ERROR_CONFIRM,
  OH_ERROR_LOCKED,
  OH_ERROR_NO_PHONE,
  OH_ERROR_CHOOSE_PHONE,
  OH_ERROR_NO_CALL,
  OH_ERROR_BUSY,
  OH_ERROR_PHONE_LOGIN,
  OH_ERROR_PHONE_LOCKED_OUT,
  OH_ERROR_PHONE_REFUSED,
  OH_ERROR_UNSUPPORTED,
  OH_ERROR_OUTCOME_UNKNOWN,
  OH_ERROR_PROTOCOL,
  OH_ERROR_CONFLICT,
  OH_ERROR_SECRETS,
  OH_ERROR_SETTINGS,
  OH_ERROR_CANCELLED,
  OH_N_ERRORS,
} OhError;

/**
 * oh_error_quark:
 *
 * Also registers the D-Bus names of the codes, so that GDBus maps them both ways.
 *
 * Returns: the domain
 */
GQuark oh_error_quark (void);

/**
 * oh_error_code_word:
 * @code: a code of the domain
 *
 * The stable word for logs and --json, for example "phone-locked-out".
 *
 * Returns: (transfer none): the word
 */
const char *oh_error_code_word (OhError code);

/**
 * oh_error_advice:
 * @code: a code of the domain
 *
 * What the reader can do about it, one translated sentence, the same in the tray, on the command
 * line and in the log.
 *
 * Returns: (transfer none): the sentence; "" where there is nothing to do
 */
const char *oh_error_advice (OhError code);

/**
 * oh_error_is_refusal:
 * @error: (nullable): an error
 *
 * Returns: whether somebody looked at the user's account or password and said no: the same
 *   password must not be sent again by itself
 */
gboolean oh_error_is_refusal (const GError *error);

/**
 * oh_error_exit_status:
 * @error: (nullable): what went wrong
 *
 * The exit status of the command line: 0 done; 1 failed; 2 usage; 3 sign-in refused or not signed
 * in; 4 unreachable; 5 untrusted certificate; 6 not a number; 7 the phone refused; 8 sent,
 * outcome unknown.
 *
 * Returns: the status
 */
int oh_error_exit_status (const GError *error);

/**
 * oh_error_code_from_foreign:
 * @error: an error of any domain
 *
 * Where foreign errors stop: what a resolver, a socket, a TLS library or GIO said, as the remedy
 * it stands for.
 *
 * Returns: the code; OH_ERROR_FAILED for a pair that is not known
 */
OhError oh_error_code_from_foreign (const GError *error);

/**
 * oh_error_adopt:
 * @error: (inout) (nullable): an error of any domain, made one of ours in place
 * @format: what was tried and with whom, printf style, translated
 *
 * Turns a foreign error into ours: the code of oh_error_code_from_foreign(), the message @format
 * followed by the foreign text. An error that is ours already keeps its code and message and is
 * only prefixed. Does nothing to NULL.
 */
void oh_error_adopt (GError **error, const char *format, ...) G_GNUC_PRINTF (2, 3);

/**
 * oh_error_strip_remote:
 * @error: (inout) (nullable): an error that came over the bus
 *
 * Removes GDBus's "GDBus.Error:...: " prefix; the domain and code are already ours where the
 * name was one of ours.
 */
void oh_error_strip_remote (GError **error);

G_END_DECLS
