/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "config.h"
#include "phone.h"
#include "secrets.h"

G_BEGIN_DECLS

/**
 * OhDeskAdmin:
 *
 * Logins and accounts of one desk phone: joins the phone with keyring and settings, and shows it as
 * org.offhook.PhoneAdmin1 where the phone can be set from here.
 */
#define OH_TYPE_DESK_ADMIN (oh_desk_admin_get_type ())
G_DECLARE_FINAL_TYPE (OhDeskAdmin, oh_desk_admin, OH, DESK_ADMIN, GObject)

/**
 * oh_desk_admin_new:
 * @phone: the phone
 * @object: its object on the bus; gets the interface where @phone is an OhPhoneAdmin
 * @config: its settings
 * @secrets: its passwords
 *
 * Returns: (transfer full): one that has not touched the phone's login
 */
OhDeskAdmin *oh_desk_admin_new (OhPhone *phone, GDBusObjectSkeleton *object, OhConfig *config,
                                OhSecrets *secrets);

/**
 * oh_desk_admin_stop:
 * @self: one
 *
 * The phone goes: whoever waits is told, nothing is begun any more.
 */
void oh_desk_admin_stop (OhDeskAdmin *self);

/**
 * oh_desk_admin_log_in:
 * @self: one
 * @user: (nullable): the stored user name
 * @password: (nullable): the stored password
 *
 * Has the phone asked with the stored login, or first with a new one that was on its way when the
 * phone was lost.
 */
void oh_desk_admin_log_in (OhDeskAdmin *self, const char *user, const char *password);

/**
 * oh_desk_admin_forget:
 * @secrets: the keyring
 * @id: a phone that is removed
 *
 * Removes what else than its login the keyring has of it.
 */
void oh_desk_admin_forget (OhSecrets *secrets, const char *id);

G_END_DECLS
