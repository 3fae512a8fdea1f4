/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desk-phone.h"

G_BEGIN_DECLS

/* How long the phones together may take to get their own settings back when the agent ends: a phone
 * that is off must not hold up the end of the session. */
#define OH_PHONE_SET_STOP_LIMIT_US (G_GINT64_CONSTANT (4) * G_USEC_PER_SEC)

/**
 * OhPhoneSet:
 *
 * The phones of the settings as objects that work. Follows every change of the settings.
 */
typedef struct _OhPhoneSet OhPhoneSet;

/**
 * oh_phone_set_new:
 * @parts: what phones are joined to; referenced
 *
 * Returns: (transfer full): the phones of the settings as they stand
 */
OhPhoneSet *oh_phone_set_new (const OhDeskParts *parts);

/**
 * oh_phone_set_free:
 * @self: (nullable) (transfer full): the phones
 */
void oh_phone_set_free (OhPhoneSet *self);

/**
 * oh_phone_set_has:
 * @self: the phones
 * @id: a phone
 *
 * Returns: whether it is in the settings
 */
gboolean oh_phone_set_has (OhPhoneSet *self, const char *id);

/**
 * oh_phone_set_find:
 * @self: the phones
 * @id: a phone
 *
 * Returns: (transfer none) (nullable): it; NULL when there is none, or its settings make none
 */
OhPhone *oh_phone_set_find (OhPhoneSet *self, const char *id);

/**
 * oh_phone_set_login_changed:
 * @self: the phones
 * @id: a phone whose stored password is another one now
 *
 * Tries it at once.
 */
void oh_phone_set_login_changed (OhPhoneSet *self, const char *id);

/**
 * oh_phone_set_refresh:
 * @self: the phones
 *
 * The network changed or the computer woke up: looks who answers, and tells them our address.
 */
void oh_phone_set_refresh (OhPhoneSet *self);

/**
 * oh_phone_set_pin:
 * @self: the phones
 * @id: a phone
 * @fingerprint: 64 hexadecimal digits, colons and blanks allowed
 * @error: OH_ERROR_USAGE, OH_ERROR_NO_PHONE, OH_ERROR_SETTINGS
 *
 * The user has compared the fingerprint: from now on the phone has to show this key.
 *
 * Returns: (transfer full) (nullable): as it is stored
 */
char *oh_phone_set_pin (OhPhoneSet *self, const char *id, const char *fingerprint, GError **error);

/**
 * oh_phone_set_remove_async:
 * @self: the phones
 * @id: a phone
 * @task: (transfer full): returns TRUE when it is gone, or OH_ERROR_NO_PHONE, OH_ERROR_SETTINGS
 *
 * Gives the phone its own event URLs back where it can be reached, then forgets its settings and
 * its password.
 */
void oh_phone_set_remove_async (OhPhoneSet *self, const char *id, GTask *task);

/**
 * oh_phone_set_stop_async:
 * @self: the phones
 * @callback: called when all phones are as they were, or after OH_PHONE_SET_STOP_LIMIT_US
 * @user_data: for @callback
 *
 * Gives every phone its own event URLs back; nothing is followed any more.
 */
void oh_phone_set_stop_async (OhPhoneSet *self, GAsyncReadyCallback callback, gpointer user_data);

/**
 * oh_phone_set_stop_finish:
 * @self: the phones
 * @result: of oh_phone_set_stop_async()
 */
void oh_phone_set_stop_finish (OhPhoneSet *self, GAsyncResult *result);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhPhoneSet, oh_phone_set_free)

G_END_DECLS
