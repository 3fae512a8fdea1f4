/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "phone-admin.h"

G_DEFINE_INTERFACE (OhPhoneAdmin, oh_phone_admin, OH_TYPE_PHONE)

static void
oh_phone_admin_default_init (OhPhoneAdminInterface *iface)
{
}

void
oh_phone_admin_look_async (OhPhoneAdmin *self, GCancellable *cancellable,
                           GAsyncReadyCallback callback, gpointer user_data)
{
  OH_PHONE_ADMIN_GET_IFACE (self)->look_async (self, cancellable, callback, user_data);
}

OhPhoneAdminView *
oh_phone_admin_look_finish (OhPhoneAdmin *self, GAsyncResult *result, GError **error)
{
  return OH_PHONE_ADMIN_GET_IFACE (self)->look_finish (self, result, error);
}

void
oh_phone_admin_write_login_async (OhPhoneAdmin *self, OhPhoneLoginKind kind, const char *user,
                                  const char *password, GCancellable *cancellable,
                                  GAsyncReadyCallback callback, gpointer user_data)
{
  OH_PHONE_ADMIN_GET_IFACE (self)->write_login_async (self, kind, user, password, cancellable,
                                                      callback, user_data);
}

OhPhoneOutcome
oh_phone_admin_write_login_finish (OhPhoneAdmin *self, GAsyncResult *result, GError **error)
{
  return OH_PHONE_ADMIN_GET_IFACE (self)->write_login_finish (self, result, error);
}

void
oh_phone_admin_keep_async (OhPhoneAdmin *self, GCancellable *cancellable,
                           GAsyncReadyCallback callback, gpointer user_data)
{
  OH_PHONE_ADMIN_GET_IFACE (self)->keep_async (self, cancellable, callback, user_data);
}

gboolean
oh_phone_admin_keep_finish (OhPhoneAdmin *self, GAsyncResult *result, GError **error)
{
  return OH_PHONE_ADMIN_GET_IFACE (self)->keep_finish (self, result, error);
}

void
oh_phone_admin_write_account_async (OhPhoneAdmin *self, const OhPhoneAccount *account,
                                    GCancellable *cancellable, GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  OH_PHONE_ADMIN_GET_IFACE (self)->write_account_async (self, account, cancellable, callback,
                                                        user_data);
}

OhPhoneOutcome
oh_phone_admin_write_account_finish (OhPhoneAdmin *self, GAsyncResult *result, GError **error)
{
  return OH_PHONE_ADMIN_GET_IFACE (self)->write_account_finish (self, result, error);
}

void
oh_phone_admin_register_async (OhPhoneAdmin *self, guint number, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer user_data)
{
  OH_PHONE_ADMIN_GET_IFACE (self)->register_async (self, number, cancellable, callback, user_data);
}

OhPhoneOutcome
oh_phone_admin_register_finish (OhPhoneAdmin *self, GAsyncResult *result, GError **error)
{
  return OH_PHONE_ADMIN_GET_IFACE (self)->register_finish (self, result, error);
}
