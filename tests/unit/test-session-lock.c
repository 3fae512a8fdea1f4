/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "session-lock.h"

#define SAVER "org.gnome.ScreenSaver"
#define SAVER_PATH "/org/gnome/ScreenSaver"
#define LOGIN "org.freedesktop.login1"
#define LOGIN_OURS "/org/freedesktop/login1/session/auto"
#define LOGIN_OTHER "/org/freedesktop/login1/session/_37"

static const char saver_xml[] =
  "<node><interface name='org.gnome.ScreenSaver'>"
  "<method name='GetActive'><arg type='b' direction='out'/></method>"
  "<signal name='ActiveChanged'><arg type='b'/></signal></interface></node>";
static const char login_xml[] =
  "<node><interface name='org.freedesktop.login1.Session'>"
  "<property name='LockedHint' type='b' access='read'/></interface></node>";

typedef struct
{
  GTestDBus *bus; /* is session and system bus */
  GDBusConnection *desktop;
  GDBusNodeInfo *saver_info;
  GDBusNodeInfo *login_info;
  gboolean saver_active;
  gboolean ours_locked;
  gboolean other_locked;
  guint asked;
} Fixture;

static void
on_call (GDBusConnection *connection, const char *sender, const char *path, const char *interface,
         const char *method, GVariant *parameters, GDBusMethodInvocation *invocation,
         gpointer user_data)
{
  Fixture *f = user_data;

  f->asked++;
  g_dbus_method_invocation_return_value (invocation, g_variant_new ("(b)", f->saver_active));
}

static GVariant *
on_get (GDBusConnection *connection, const char *sender, const char *path, const char *interface,
        const char *property, GError **error, gpointer user_data)
{
  Fixture *f = user_data;

  f->asked++;
  return g_variant_new_boolean (g_str_equal (path, LOGIN_OURS) ? f->ours_locked : f->other_locked);
}

static const GDBusInterfaceVTable vtable = { on_call, on_get, NULL, { NULL } };

static void
own_name (Fixture *f, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply G_GNUC_UNUSED = g_dbus_connection_call_sync (
    f->desktop, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
    "RequestName", g_variant_new ("(su)", name, 4), NULL, 0, -1, NULL, &error);

  g_assert_no_error (error);
}

static void
set_up (Fixture *f, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;

  f->bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_up (f->bus);
  g_setenv ("DBUS_SYSTEM_BUS_ADDRESS", g_test_dbus_get_bus_address (f->bus), TRUE);
  f->desktop = g_dbus_connection_new_for_address_sync (
    g_test_dbus_get_bus_address (f->bus),
    G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
    NULL, NULL, &error);
  g_assert_no_error (error);
  f->saver_info = g_dbus_node_info_new_for_xml (saver_xml, &error);
  f->login_info = g_dbus_node_info_new_for_xml (login_xml, &error);
  g_assert_no_error (error);
  g_dbus_connection_register_object (f->desktop, SAVER_PATH, f->saver_info->interfaces[0], &vtable,
                                     f, NULL, &error);
  g_dbus_connection_register_object (f->desktop, LOGIN_OURS, f->login_info->interfaces[0], &vtable,
                                     f, NULL, &error);
  g_dbus_connection_register_object (f->desktop, LOGIN_OTHER, f->login_info->interfaces[0], &vtable,
                                     f, NULL, &error);
  g_assert_no_error (error);
}

/* g_bus_get() shares one connection for as long as anybody holds it, a call that was cancelled too:
 * the next test would be given this one, whose bus is gone. */
static void
wait_system_bus_gone (void)
{
  GDBusConnection *system = g_bus_get_sync (G_BUS_TYPE_SYSTEM, NULL, NULL);
  GWeakRef held;

  g_assert_nonnull (system);
  g_weak_ref_init (&held, system);
  while (system != NULL)
    {
      g_object_unref (system);
      g_main_context_iteration (NULL, FALSE); /* GDBus's thread, which wakes nobody, may be last */
      system = g_weak_ref_get (&held);
    }
  g_weak_ref_clear (&held);
}

static void
tear_down (Fixture *f, gconstpointer user_data)
{
  wait_system_bus_gone ();
  g_dbus_connection_close_sync (f->desktop, NULL, NULL);
  g_clear_object (&f->desktop);
  g_dbus_node_info_unref (f->saver_info);
  g_dbus_node_info_unref (f->login_info);
  g_test_dbus_down (f->bus);
  g_clear_object (&f->bus);
}

static void
wait_locked (OhSessionLock *lock, gboolean locked)
{
  while (oh_session_lock_get_locked (lock) != locked)
    g_main_context_iteration (NULL, TRUE);
}

static void
set_saver (Fixture *f, gboolean active)
{
  f->saver_active = active;
  g_dbus_connection_emit_signal (f->desktop, NULL, SAVER_PATH, SAVER, "ActiveChanged",
                                 g_variant_new ("(b)", active), NULL);
}

static void
emit_hint (Fixture *f, const char *path, gboolean locked)
{
  GVariantBuilder changed;

  g_variant_builder_init (&changed, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&changed, "{sv}", "LockedHint", g_variant_new_boolean (locked));
  g_dbus_connection_emit_signal (
    f->desktop, NULL, path, "org.freedesktop.DBus.Properties", "PropertiesChanged",
    g_variant_new ("(sa{sv}as)", LOGIN ".Session", &changed, NULL), NULL);
}

static OhSessionLock *
new_lock (void)
{
  g_autoptr (GDBusConnection) session = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);

  return oh_session_lock_new (session);
}

static void
test_saver (Fixture *f, gconstpointer user_data)
{
  g_autoptr (OhSessionLock) lock = NULL;

  f->saver_active = TRUE; /* locked before we came */
  own_name (f, SAVER);
  lock = new_lock ();
  g_assert_false (oh_session_lock_get_locked (lock));
  wait_locked (lock, TRUE);
  set_saver (f, FALSE);
  wait_locked (lock, FALSE);
  set_saver (f, TRUE);
  wait_locked (lock, TRUE);
  /* it crashed: what it said is void, or nobody could ever dial again */
  g_dbus_connection_close_sync (f->desktop, NULL, NULL);
  wait_locked (lock, FALSE);
}

static void
test_login (Fixture *f, gconstpointer user_data)
{
  g_autoptr (OhSessionLock) lock = NULL;
  guint asked;

  own_name (f, LOGIN);
  f->ours_locked = TRUE;
  lock = new_lock ();
  wait_locked (lock, TRUE);
  f->ours_locked = FALSE;
  emit_hint (f, LOGIN_OURS, FALSE);
  wait_locked (lock, FALSE);

  f->other_locked = TRUE; /* of another user: none of our business */
  asked = f->asked;
  emit_hint (f, LOGIN_OTHER, TRUE);
  while (f->asked == asked)
    g_main_context_iteration (NULL, TRUE);
  f->ours_locked = TRUE;
  emit_hint (f, LOGIN_OURS, TRUE);
  wait_locked (lock, TRUE);
}

static void
test_nothing_there (void)
{
  OhSessionLock *lock;

  g_setenv ("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=/nonexistent", TRUE);
  lock = oh_session_lock_new (NULL);
  g_assert_false (oh_session_lock_get_locked (lock));
  g_object_add_weak_pointer (G_OBJECT (lock), (gpointer *) &lock);
  g_object_unref (lock);
  while (lock != NULL) /* until there is an answer: it is held until then */
    g_main_context_iteration (NULL, TRUE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/session-lock/nothing-there", test_nothing_there);
  g_test_add ("/session-lock/saver", Fixture, NULL, set_up, test_saver, tear_down);
  g_test_add ("/session-lock/login", Fixture, NULL, set_up, test_login, tear_down);
  return g_test_run ();
}
