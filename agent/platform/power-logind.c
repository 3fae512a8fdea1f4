/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "power.h"

#include <gio/gio.h>

struct _OhPower
{
  GObject parent_instance;

  GDBusConnection *system; /* (owned) (nullable) */
  GCancellable *gone;      /* (owned): cancelled by dispose */
  guint subscription;
};

G_DEFINE_FINAL_TYPE (OhPower, oh_power, G_TYPE_OBJECT)

enum
{
  SLEEPING,
  RESUMED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
on_prepare_for_sleep (GDBusConnection *connection, const char *sender, const char *path,
                      const char *interface, const char *signal, GVariant *parameters,
                      gpointer user_data)
{
  gboolean begins;

  if (!g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(b)")))
    return;
  g_variant_get (parameters, "(b)", &begins);
  g_signal_emit (user_data, signals[begins ? SLEEPING : RESUMED], 0);
}

static void
on_system_bus (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  GDBusConnection *system = g_bus_get_finish (result, &error);
  OhPower *self;

  if (system == NULL)
    return; /* cancelled, or a container without one */
  self = OH_POWER (user_data);
  self->system = system;
  self->subscription = g_dbus_connection_signal_subscribe (
    system, "org.freedesktop.login1", "org.freedesktop.login1.Manager", "PrepareForSleep",
    "/org/freedesktop/login1", NULL, G_DBUS_SIGNAL_FLAGS_NONE, on_prepare_for_sleep, self, NULL);
}

static void
oh_power_dispose (GObject *object)
{
  OhPower *self = OH_POWER (object);

  g_cancellable_cancel (self->gone);
  if (self->subscription != 0)
    g_dbus_connection_signal_unsubscribe (self->system, self->subscription);
  self->subscription = 0;
  g_clear_object (&self->system);
  G_OBJECT_CLASS (oh_power_parent_class)->dispose (object);
}

static void
oh_power_finalize (GObject *object)
{
  g_clear_object (&OH_POWER (object)->gone);
  G_OBJECT_CLASS (oh_power_parent_class)->finalize (object);
}

static void
oh_power_class_init (OhPowerClass *class)
{
  G_OBJECT_CLASS (class)->dispose = oh_power_dispose;
  G_OBJECT_CLASS (class)->finalize = oh_power_finalize;
  signals[SLEEPING] = g_signal_new ("sleeping", OH_TYPE_POWER, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                    NULL, G_TYPE_NONE, 0);
  signals[RESUMED] =
    g_signal_new ("resumed", OH_TYPE_POWER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
oh_power_init (OhPower *self)
{
  self->gone = g_cancellable_new ();
}

OhPower *
oh_power_new (void)
{
  OhPower *self = g_object_new (OH_TYPE_POWER, NULL);

  g_bus_get (G_BUS_TYPE_SYSTEM, self->gone, on_system_bus, self);
  return self;
}
