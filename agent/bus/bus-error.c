/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bus-error.h"

#include <glib/gi18n-lib.h>

#include "error.h"

void
oh_bus_flush (GDBusMethodInvocation *invocation)
{
  /* the user data of a generated skeleton's methods is the skeleton */
  g_dbus_interface_skeleton_flush (
    G_DBUS_INTERFACE_SKELETON (g_dbus_method_invocation_get_user_data (invocation)));
}

void
oh_bus_return_error (GDBusMethodInvocation *invocation, GError *error)
{
  oh_bus_flush (invocation);
  if (error->domain != OH_ERROR)
    oh_error_adopt (&error, "%s", _ ("The agent could not do it"));
  g_debug ("%s: %s", g_dbus_method_invocation_get_method_name (invocation), error->message);
  g_dbus_method_invocation_take_error (invocation, error);
}

void
oh_bus_return_usage (GDBusMethodInvocation *invocation, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  oh_bus_return_error (invocation, g_error_new_valist (OH_ERROR, OH_ERROR_USAGE, format, args));
  va_end (args);
}

void
oh_bus_return_task (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GDBusMethodInvocation *invocation = user_data;
  GError *error = NULL;

  oh_bus_flush (invocation);
  if (g_task_propagate_boolean (G_TASK (result), &error))
    g_dbus_method_invocation_return_value (invocation, NULL);
  else
    oh_bus_return_error (invocation, error);
}

char *
oh_bus_path (const char *parent, const char *id)
{
  GString *path = g_string_new (parent);

  g_string_append_c (path, '/');
  for (; *id != '\0'; id++)
    {
      if (g_ascii_isalnum (*id))
        g_string_append_c (path, *id);
      else
        g_string_append_printf (path, "_%02x", (guint8) *id);
    }
  return g_string_free (path, FALSE);
}
