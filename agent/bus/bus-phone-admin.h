/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "finding.h"
#include "phone-account.h"

G_BEGIN_DECLS

/**
 * OhBusAdminLook:
 * @view: (owned): what the phone shows
 * @own: (owned) (nullable): the account that this desk signs in with, to be offered
 * @report: (owned) (element-type OhFinding): what to know before something is changed
 */
typedef struct
{
  OhPhoneAdminView *view;
  OhPhoneAccount *own;
  GPtrArray *report;
} OhBusAdminLook;

/**
 * oh_bus_admin_look_free:
 * @look: (nullable) (transfer full): a look
 */
void oh_bus_admin_look_free (OhBusAdminLook *look);

/**
 * OhBusAdminSet:
 * @registration: (nullable): "registered", "refused" or "unknown"; NULL after a login was set
 * @report: (owned) (element-type OhFinding): what came of it
 */
typedef struct
{
  const char *registration;
  GPtrArray *report;
} OhBusAdminSet;

/**
 * oh_bus_admin_set_free:
 * @set: (nullable) (transfer full): an outcome
 */
void oh_bus_admin_set_free (OhBusAdminSet *set);

/**
 * OhBusAdminHost:
 * @look: returns @task (transfer full) with an OhBusAdminLook
 * @set_login: @user and @password are borrowed; returns @task (transfer full) with an OhBusAdminSet
 * @set_account: @account is borrowed; @own_password: with the password of the sign-in; returns
 * @task (transfer full) with an OhBusAdminSet
 *
 * What is behind the methods: who knows the keyring and the settings.
 */
typedef struct
{
  void (*look) (gpointer host, GTask *task);
  void (*set_login) (gpointer host, OhPhoneLoginKind kind, const char *user, const char *password,
                     GTask *task);
  void (*set_account) (gpointer host, const OhPhoneAccount *account, gboolean own_password,
                       GTask *task);
} OhBusAdminHost;

/**
 * OhBusPhoneAdmin:
 *
 * org.offhook.PhoneAdmin1 of one phone. A skin: it checks what comes from the bus, hands it over,
 * and answers when the result is there.
 */
typedef struct _OhBusPhoneAdmin OhBusPhoneAdmin;

/**
 * oh_bus_phone_admin_new:
 * @object: the phone's object on the bus; gets the interface
 * @host: what is behind it; must outlive it
 * @user_data: for @host
 *
 * Returns: (transfer full): the interface
 */
OhBusPhoneAdmin *oh_bus_phone_admin_new (GDBusObjectSkeleton *object, const OhBusAdminHost *host,
                                         gpointer user_data);

/**
 * oh_bus_phone_admin_free:
 * @self: (nullable) (transfer full): an interface; calls under way are still answered
 */
void oh_bus_phone_admin_free (OhBusPhoneAdmin *self);

/**
 * oh_bus_phone_admin_set_pending:
 * @self: an interface
 * @pending: whether a new password waits for the phone
 */
void oh_bus_phone_admin_set_pending (OhBusPhoneAdmin *self, gboolean pending);

/**
 * oh_bus_phone_admin_progress:
 * @self: an interface
 * @step: stable word
 * @text: for people
 *
 * Tells what begins.
 */
void oh_bus_phone_admin_progress (OhBusPhoneAdmin *self, const char *step, const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhBusPhoneAdmin, oh_bus_phone_admin_free)

G_END_DECLS
