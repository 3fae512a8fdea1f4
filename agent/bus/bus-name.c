/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bus-name.h"

#define BUS_NAME "org.freedesktop.DBus"
#define BUS_PATH "/org/freedesktop/DBus"

/* D-Bus specification, "org.freedesktop.DBus.RequestName" */
#define FLAG_ALLOW_REPLACEMENT 1U
#define FLAG_REPLACE_EXISTING 2U
#define FLAG_DO_NOT_QUEUE 4U
#define REPLY_PRIMARY_OWNER 1U
#define REPLY_ALREADY_OWNER 4U

struct _OhBusName
{
  GDBusConnection *connection; /* (owned) */
  char *name;                  /* (owned) */
  OhBusNameFunc func;
  gpointer user_data;
  GCancellable *gone; /* (owned): cancelled when this goes */
  guint subscription;
  gulong closed;
  gboolean owned;
};

static void
tell (OhBusName *self, OhBusNameState state)
{
  self->owned = state == OH_BUS_NAME_OWNED;
  self->func (state, self->user_data);
}

static void
on_requested (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply =
    g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);
  OhBusName *self = user_data;
  guint32 code = 0;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return; /* user_data is gone */
  if (reply != NULL)
    g_variant_get (reply, "(u)", &code);
  else
    g_message ("%s", error->message);
  tell (self, code == REPLY_PRIMARY_OWNER || code == REPLY_ALREADY_OWNER ? OH_BUS_NAME_OWNED
                                                                         : OH_BUS_NAME_TAKEN);
}

static void
on_name_lost (GDBusConnection *connection, const char *sender, const char *path,
              const char *interface, const char *signal, GVariant *parameters, gpointer user_data)
{
  OhBusName *self = user_data;

  if (self->owned)
    tell (self, OH_BUS_NAME_TAKEN);
}

static void
on_closed (GDBusConnection *connection, gboolean remote, GError *error, gpointer user_data)
{
  tell (user_data, OH_BUS_NAME_GONE);
}

OhBusName *
oh_bus_name_own (GDBusConnection *connection, const char *name, gboolean replace,
                 OhBusNameFunc func, gpointer user_data)
{
  OhBusName *self = g_new0 (OhBusName, 1);
  guint32 flags =
    FLAG_ALLOW_REPLACEMENT | FLAG_DO_NOT_QUEUE | (replace ? FLAG_REPLACE_EXISTING : 0U);

  self->connection = g_object_ref (connection);
  self->name = g_strdup (name);
  self->func = func;
  self->user_data = user_data;
  self->gone = g_cancellable_new ();
  self->closed = g_signal_connect (connection, "closed", G_CALLBACK (on_closed), self);
  self->subscription =
    g_dbus_connection_signal_subscribe (connection, BUS_NAME, BUS_NAME, "NameLost", BUS_PATH, name,
                                        G_DBUS_SIGNAL_FLAGS_NONE, on_name_lost, self, NULL);
  g_dbus_connection_call (connection, BUS_NAME, BUS_PATH, BUS_NAME, "RequestName",
                          g_variant_new ("(su)", name, flags), G_VARIANT_TYPE ("(u)"),
                          G_DBUS_CALL_FLAGS_NONE, -1, self->gone, on_requested, self);
  return self;
}

void
oh_bus_name_free (OhBusName *self)
{
  if (self == NULL)
    return;
  g_cancellable_cancel (self->gone);
  g_signal_handler_disconnect (self->connection, self->closed);
  g_dbus_connection_signal_unsubscribe (self->connection, self->subscription);
  if (self->owned && !g_dbus_connection_is_closed (self->connection))
    g_dbus_connection_call (self->connection, BUS_NAME, BUS_PATH, BUS_NAME, "ReleaseName",
                            g_variant_new ("(s)", self->name), NULL, G_DBUS_CALL_FLAGS_NONE, -1,
                            NULL, NULL, NULL);
  g_clear_object (&self->gone);
  g_clear_object (&self->connection);
  g_free (self->name);
  g_free (self);
}
