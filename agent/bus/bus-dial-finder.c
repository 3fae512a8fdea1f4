/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bus-dial-finder.h"

#include <glib/gi18n-lib.h>

#include "bus-connection.h"
#include "bus-error.h"
#include "bus-generated.h"
#include "error.h"

#define INTERFACE "org.offhook.Finder1"
#define DATA_KEY "offhook-bus-dial-finder"

struct _OhBusDialFinder
{
  OhDialFinder *dialled; /* (owned) */
  OhFinder *finder;      /* (owned) */
  const OhBusFinderHost *host;
  gpointer host_data;
  OhBusFinder1 *skeleton;            /* (unowned) */
  GDBusMethodInvocation *invocation; /* (owned) (nullable): who waits */
  GCancellable *cancellable;         /* (owned) (nullable): of what is under way */
  guint watch;                       /* of the caller's name */
};

static GDBusMethodInvocation *
steal_caller (OhBusDialFinder *self)
{
  if (self->watch != 0)
    g_bus_unwatch_name (self->watch);
  self->watch = 0;
  return g_steal_pointer (&self->invocation);
}

static void
answer (OhBusDialFinder *self, GDBusMethodInvocation *invocation, const char *address)
{
  g_autoptr (GPtrArray) known = self->host->dup_known (self->host_data);
  OhFoundPhone *found = oh_found_phone_new (OH_FOUND_BY_CODE, address, NULL);
  const OhFoundPhone *listed = oh_finder_add (self->finder, found, known);

  if (listed == NULL)
    oh_bus_return_error (
      invocation,
      g_error_new_literal (OH_ERROR, OH_ERROR_FAILED, _ ("Too many devices were found already.")));
  else
    oh_bus_finder1_complete_find_by_code (self->skeleton, invocation,
                                          oh_bus_finder_phone_variant (listed));
}

static void
on_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  OhBusDialFinder *self = user_data;
  GError *error = NULL;
  g_autofree char *address = oh_dial_finder_run_finish (OH_DIAL_FINDER (source), result, &error);
  GDBusMethodInvocation *invocation;

  if (g_object_get_data (source, DATA_KEY) != user_data)
    {
      g_clear_error (&error);
      return; /* it is gone, and has answered */
    }
  g_clear_object (&self->cancellable);
  invocation = steal_caller (self);
  if (invocation == NULL) /* nobody is there to be answered */
    g_clear_error (&error);
  else if (address != NULL)
    answer (self, invocation, address);
  else
    oh_bus_return_error (invocation, error);
}

static void
on_vanished (GDBusConnection *connection, const char *name, gpointer user_data)
{
  OhBusDialFinder *self = user_data;
  GDBusMethodInvocation *invocation = steal_caller (self);

  g_clear_object (&invocation); /* nobody is there to be answered */
  g_cancellable_cancel (self->cancellable);
}

static void
tell_code (OhBusDialFinder *self)
{
  GDBusConnection *connection = g_dbus_method_invocation_get_connection (self->invocation);
  g_autoptr (GError) error = NULL;

  if (!g_dbus_connection_emit_signal (
        connection, g_dbus_method_invocation_get_sender (self->invocation), OH_BUS_PATH, INTERFACE,
        "Code",
        g_variant_new ("(squ)", oh_dial_finder_get_code (self->dialled),
                       oh_dial_finder_get_port (self->dialled), OH_DIAL_FINDER_LIMIT_S),
        &error))
    g_debug ("Code: %s", error->message);
}

static gboolean
handle_find_by_code (OhBusFinder1 *skeleton, GDBusMethodInvocation *invocation,
                     OhBusDialFinder *self)
{
  if (self->cancellable != NULL)
    {
      oh_bus_return_error (
        invocation,
        g_error_new_literal (OH_ERROR, OH_ERROR_BUSY,
                             _ ("Another search by a code is under way; try again after it.")));
      return G_DBUS_METHOD_INVOCATION_HANDLED;
    }
  self->invocation = invocation;
  self->watch =
    g_bus_watch_name_on_connection (g_dbus_method_invocation_get_connection (invocation),
                                    g_dbus_method_invocation_get_sender (invocation),
                                    G_BUS_NAME_WATCHER_FLAGS_NONE, NULL, on_vanished, self, NULL);
  self->cancellable = g_cancellable_new ();
  oh_dial_finder_run_async (self->dialled, self->cancellable, on_done, self);
  if (oh_dial_finder_get_code (self->dialled) != NULL)
    tell_code (self);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
handle_cancel_code (OhBusFinder1 *skeleton, GDBusMethodInvocation *invocation,
                    OhBusDialFinder *self)
{
  const char *sender = g_dbus_method_invocation_get_sender (invocation);

  if (self->invocation != NULL &&
      g_str_equal (g_dbus_method_invocation_get_sender (self->invocation), sender))
    g_cancellable_cancel (self->cancellable);
  oh_bus_finder1_complete_cancel_code (skeleton, invocation);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

OhBusDialFinder *
oh_bus_dial_finder_new (OhDialFinder *dialled, OhFinder *finder, const OhBusFinderHost *host,
                        gpointer host_data, gpointer skeleton)
{
  OhBusDialFinder *self = g_new0 (OhBusDialFinder, 1);

  self->dialled = g_object_ref (dialled);
  self->finder = g_object_ref (finder);
  self->host = host;
  self->host_data = host_data;
  self->skeleton = skeleton;
  g_object_set_data (G_OBJECT (dialled), DATA_KEY, self);
  g_signal_connect (skeleton, "handle-find-by-code", G_CALLBACK (handle_find_by_code), self);
  g_signal_connect (skeleton, "handle-cancel-code", G_CALLBACK (handle_cancel_code), self);
  return self;
}

void
oh_bus_dial_finder_free (OhBusDialFinder *self)
{
  if (self == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->skeleton, self);
  if (self->invocation != NULL)
    oh_bus_return_error (steal_caller (self), g_error_new_literal (OH_ERROR, OH_ERROR_CANCELLED,
                                                                   _ ("The search was given up.")));
  g_object_set_data (G_OBJECT (self->dialled), DATA_KEY, NULL);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_object_unref (self->finder);
  g_object_unref (self->dialled);
  g_free (self);
}
