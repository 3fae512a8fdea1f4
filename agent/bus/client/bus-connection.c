/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bus-connection.h"

#include <glib/gi18n-lib.h>

#include "bus-generated.h"
#include "error.h"

void
oh_bus_connect_async (GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  (void) OH_ERROR; /* its names have to be known before the first reply is read */
  g_bus_get (G_BUS_TYPE_SESSION, cancellable, callback, user_data);
}

GDBusConnection *
oh_bus_connect_finish (GAsyncResult *result, GError **error)
{
  GDBusConnection *connection = g_bus_get_finish (result, error);

  if (connection == NULL && error != NULL)
    {
      g_autofree char *why = g_strdup ((*error)->message);

      g_clear_error (error);
      g_set_error (error, OH_ERROR, OH_ERROR_FAILED,
                   _ ("There is no session bus (%s). Start this from your desktop session, or with "
                      "dbus-run-session."),
                   why);
    }
  return connection;
}

GType
oh_bus_proxy_type (GDBusObjectManagerClient *manager, const char *object_path,
                   const char *interface_name, gpointer user_data)
{
  if (interface_name == NULL)
    return G_TYPE_DBUS_OBJECT_PROXY;
  if (g_str_equal (interface_name, "org.offhook.Agent1"))
    return OH_BUS_TYPE_AGENT1_PROXY;
  if (g_str_equal (interface_name, "org.offhook.Phone1"))
    return OH_BUS_TYPE_PHONE1_PROXY;
  if (g_str_equal (interface_name, "org.offhook.PhoneAdmin1"))
    return OH_BUS_TYPE_PHONE_ADMIN1_PROXY;
  if (g_str_equal (interface_name, "org.offhook.PhoneCertificate1"))
    return OH_BUS_TYPE_PHONE_CERTIFICATE1_PROXY;
  if (g_str_equal (interface_name, "org.offhook.Call1"))
    return OH_BUS_TYPE_CALL1_PROXY;
  if (g_strcmp0 (interface_name, "org.offhook.PhoneEvents1") == 0)
    return OH_BUS_TYPE_PHONE_EVENTS1_PROXY;
  return G_TYPE_DBUS_PROXY;
}
