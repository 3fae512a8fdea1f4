/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "power.h"

#include <gio/gio.h>

static void
emit_sleep (GDBusConnection *logind, gboolean begins)
{
  g_dbus_connection_emit_signal (logind, NULL, "/org/freedesktop/login1",
                                 "org.freedesktop.login1.Manager", "PrepareForSleep",
                                 g_variant_new ("(b)", begins), NULL);
}

static void
on_told (OhPower *power, guint *count)
{
  (*count)++;
}

static GDBusConnection *
connect_to (GTestDBus *bus)
{
  g_autoptr (GError) error = NULL;
  GDBusConnection *connection = g_dbus_connection_new_for_address_sync (
    g_test_dbus_get_bus_address (bus),
    G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
    NULL, NULL, &error);

  g_assert_no_error (error);
  return connection;
}

static void
ask (GDBusConnection *connection)
{
  g_autoptr (GVariant) reply =
    g_dbus_connection_call_sync (connection, "org.freedesktop.DBus", "/org/freedesktop/DBus",
                                 "org.freedesktop.DBus", "GetId", NULL, NULL, 0, -1, NULL, NULL);

  g_assert_nonnull (reply);
}

/* What was sent before has arrived, and been dispatched, when this returns. */
static void
settle (GDBusConnection *sender, GDBusConnection *receiver)
{
  ask (sender);
  ask (receiver);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

/* Going to sleep and waking up are told once each time; what is neither is passed over. */
static void
test_resumed (void)
{
  g_autoptr (GTestDBus) bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_autoptr (GDBusConnection) logind = NULL;
  g_autoptr (GDBusConnection) system = NULL;
  g_autoptr (GVariant) reply = NULL;
  g_autoptr (OhPower) power = NULL;
  guint count = 0;
  guint asleep = 0;

  g_test_dbus_up (bus);
  g_setenv ("DBUS_SYSTEM_BUS_ADDRESS", g_test_dbus_get_bus_address (bus), TRUE);
  logind = connect_to (bus);
  reply = g_dbus_connection_call_sync (
    logind, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "RequestName",
    g_variant_new ("(su)", "org.freedesktop.login1", 4), NULL, 0, -1, NULL, NULL);
  system = g_bus_get_sync (G_BUS_TYPE_SYSTEM, NULL, NULL);
  power = oh_power_new ();
  g_signal_connect (power, "resumed", G_CALLBACK (on_told), &count);
  g_signal_connect (power, "sleeping", G_CALLBACK (on_told), &asleep);
  while (count == 0) /* until it listens */
    {
      emit_sleep (logind, FALSE);
      settle (logind, system);
    }
  settle (logind, system);
  count = 0;
  emit_sleep (logind, TRUE);
  settle (logind, system);
  g_assert_cmpuint (count, ==, 0);
  g_assert_cmpuint (asleep, ==, 1);
  g_dbus_connection_emit_signal (logind, NULL, "/org/freedesktop/login1",
                                 "org.freedesktop.login1.Manager", "PrepareForSleep",
                                 g_variant_new ("(s)", "true"), NULL);
  emit_sleep (logind, FALSE);
  emit_sleep (logind, TRUE);
  emit_sleep (logind, FALSE);
  settle (logind, system);
  g_assert_cmpuint (count, ==, 2);
  g_assert_cmpuint (asleep, ==, 2);
  g_clear_object (&power);
  g_dbus_connection_close_sync (logind, NULL, NULL);
  g_clear_object (&logind);
  g_clear_object (&system);
  g_test_dbus_down (bus);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/power/resumed", test_resumed);
  return g_test_run ();
}
