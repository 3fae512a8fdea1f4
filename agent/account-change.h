/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "phone-admin.h"

G_BEGIN_DECLS

/* How long a phone may take to register and tell: it looks its server up, connects by TLS, and
 * answers a challenge or two; NTLM is tried in both versions. */
#define OH_ACCOUNT_CHANGE_WAIT_US (G_GINT64_CONSTANT (30) * G_USEC_PER_SEC)

/**
 * OhAccountVerdict:
 * @OH_ACCOUNT_CHANGE_FAILED: the error says why; it is not known to be as wished
 * @OH_ACCOUNT_CHANGE_REGISTERED: the phone tells that it is registered
 * @OH_ACCOUNT_CHANGE_REFUSED: the phone tells that it cannot be registered
 * @OH_ACCOUNT_CHANGE_UNKNOWN: it is set; whether it registers, nothing has told
 *
 * What became of an account.
 */
typedef enum
{
  OH_ACCOUNT_CHANGE_FAILED,
  OH_ACCOUNT_CHANGE_REGISTERED,
  OH_ACCOUNT_CHANGE_REFUSED,
  OH_ACCOUNT_CHANGE_UNKNOWN,
} OhAccountVerdict;

/**
 * OhAccountStep:
 * @OH_ACCOUNT_STEP_WRITE: it is being written, and read back
 * @OH_ACCOUNT_STEP_KEEP: the phone is told to keep it
 * @OH_ACCOUNT_STEP_REGISTER: the phone registers it
 * @OH_ACCOUNT_STEP_WAIT: its events are waited for
 */
typedef enum
{
  OH_ACCOUNT_STEP_WRITE,
  OH_ACCOUNT_STEP_KEEP,
  OH_ACCOUNT_STEP_REGISTER,
  OH_ACCOUNT_STEP_WAIT,
} OhAccountStep;

/**
 * OhAccountMoved:
 * @step: what begins
 * @user_data: what was given with the function
 */
typedef void (*OhAccountMoved) (OhAccountStep step, gpointer user_data);

/**
 * oh_account_change_async:
 * @phone: a phone that is an OhPhoneAdmin
 * @account: what is to be set, with @name and @host also where those are to stay: its events are
 *   known by them
 * @commands: whether the phone takes commands; else it registers when it likes
 * @moved: (nullable): told of each step
 * @moved_data: for @moved
 * @callback: called at the latest %OH_ACCOUNT_CHANGE_WAIT_US after the phone was told to register
 * @user_data: for @callback
 *
 * Sets an account, has the phone register it, and waits for what its events say.
 */
void oh_account_change_async (OhPhone *phone, const OhPhoneAccount *account, gboolean commands,
                              OhAccountMoved moved, gpointer moved_data,
                              GAsyncReadyCallback callback, gpointer user_data);

/**
 * oh_account_change_finish:
 * @phone: the phone
 * @result: from the callback
 * @error: only with OH_ACCOUNT_CHANGE_FAILED: as oh_phone_admin_write_account_finish()
 *
 * Returns: what became of it
 */
OhAccountVerdict oh_account_change_finish (OhPhone *phone, GAsyncResult *result, GError **error);

G_END_DECLS
