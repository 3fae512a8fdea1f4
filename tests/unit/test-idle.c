/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "idle.h"

#include "fake-clock.h"

#define S G_GINT64_CONSTANT (1000000)
#define MUTTER "org.gnome.Mutter.IdleMonitor"
#define MUTTER_PATH "/org/gnome/Mutter/IdleMonitor/Core"
#define SAVER "org.freedesktop.ScreenSaver"
#define SAVER_PATH "/org/freedesktop/ScreenSaver"
#define LOGIN "org.freedesktop.login1"
#define LOGIN_PATH "/org/freedesktop/login1/session/auto"

static const char xml[] =
  "<node><interface name='" MUTTER "'>"
  "<method name='AddIdleWatch'><arg type='t' direction='in'/><arg type='u' direction='out'/>"
  "</method>"
  "<method name='AddUserActiveWatch'><arg type='u' direction='out'/></method>"
  "<method name='RemoveWatch'><arg type='u' direction='in'/></method>"
  "<signal name='WatchFired'><arg type='u'/></signal></interface>"
  "<interface name='" SAVER "'><method name='GetSessionIdleTime'><arg type='u' direction='out'/>"
  "</method><signal name='ActiveChanged'><arg type='b'/></signal></interface>"
  "<interface name='org.freedesktop.login1.Session'>"
  "<property name='IdleHint' type='b' access='read'/>"
  "<property name='IdleSinceHintMonotonic' type='t' access='read'/></interface></node>";

typedef struct
{
  GTestDBus *bus; /* is session and system bus */
  GDBusConnection *desktop;
  GDBusConnection *session; /* the one under test */
  GDBusNodeInfo *info;
  OhFakeClock *clock;
  OhIdle *idle;
  GString *asked;    /* of the desktop, in its order */
  guint32 watches;   /* given so far */
  gboolean no_word;  /* the screen saver does not know the method */
  gint64 touched_us; /* what it counts from */
  gint64 unit_us;    /* in which it counts */
  gboolean hint;
  guint64 hint_since_us;
} Fixture;

static void
on_call (GDBusConnection *connection, const char *sender, const char *path, const char *interface,
         const char *method, GVariant *parameters, GDBusMethodInvocation *invocation,
         gpointer user_data)
{
  Fixture *f = user_data;
  g_autofree char *text = g_variant_print (parameters, FALSE);

  g_string_append_printf (f->asked, "%s%s ", method, text);
  if (g_str_equal (method, "RemoveWatch"))
    g_dbus_method_invocation_return_value (invocation, NULL);
  else if (!g_str_equal (method, "GetSessionIdleTime"))
    g_dbus_method_invocation_return_value (invocation, g_variant_new ("(u)", ++f->watches));
  else if (f->no_word)
    g_dbus_method_invocation_return_dbus_error (
      invocation, "org.freedesktop.DBus.Error.UnknownMethod", "no such method");
  else
    g_dbus_method_invocation_return_value (
      invocation,
      g_variant_new (
        "(u)", (guint32) ((oh_clock_now_us (OH_CLOCK (f->clock)) - f->touched_us) / f->unit_us)));
}

static GVariant *
on_get (GDBusConnection *connection, const char *sender, const char *path, const char *interface,
        const char *property, GError **error, gpointer user_data)
{
  Fixture *f = user_data;

  return g_str_equal (property, "IdleHint") ? g_variant_new_boolean (f->hint)
                                            : g_variant_new_uint64 (f->hint_since_us);
}

static const GDBusInterfaceVTable vtable = { on_call, on_get, NULL, { NULL } };

static void
call_bus (Fixture *f, const char *method, GVariant *parameters)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply G_GNUC_UNUSED = g_dbus_connection_call_sync (
    f->desktop, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", method,
    parameters, NULL, 0, -1, NULL, &error);

  g_assert_no_error (error);
}

static void
own_name (Fixture *f, const char *name)
{
  call_bus (f, "RequestName", g_variant_new ("(su)", name, 4));
}

static GDBusConnection *
connect_bus (Fixture *f)
{
  g_autoptr (GError) error = NULL;
  GDBusConnection *connection = g_dbus_connection_new_for_address_sync (
    g_test_dbus_get_bus_address (f->bus),
    G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
    NULL, NULL, &error);

  g_assert_no_error (error);
  return connection;
}

static void
set_up (Fixture *f, gconstpointer user_data)
{
  static const char *const paths[] = { MUTTER_PATH, SAVER_PATH, LOGIN_PATH };

  f->bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_up (f->bus);
  g_setenv ("DBUS_SYSTEM_BUS_ADDRESS", g_test_dbus_get_bus_address (f->bus), TRUE);
  f->desktop = connect_bus (f);
  f->session = connect_bus (f);
  f->info = g_dbus_node_info_new_for_xml (xml, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    g_assert_cmpuint (g_dbus_connection_register_object (
                        f->desktop, paths[i], f->info->interfaces[i], &vtable, f, NULL, NULL),
                      !=, 0);
  f->clock = oh_fake_clock_new ();
  oh_fake_clock_advance (f->clock, 5000 * S); /* the computer has been on for a while */
  f->unit_us = S;
  f->asked = g_string_new (NULL);
  f->idle = oh_idle_new (OH_CLOCK (f->clock), f->session);
}

/* g_bus_get() shares one connection for as long as anybody holds it: the next test would be given
 * this one, whose bus is gone. */
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
      g_main_context_iteration (NULL, FALSE);
      system = g_weak_ref_get (&held);
    }
  g_weak_ref_clear (&held);
}

static void
tear_down (Fixture *f, gconstpointer user_data)
{
  g_object_unref (f->idle);
  wait_system_bus_gone ();
  g_dbus_connection_close_sync (f->desktop, NULL, NULL);
  g_dbus_connection_close_sync (f->session, NULL, NULL);
  g_object_unref (f->desktop);
  g_object_unref (f->session);
  g_dbus_node_info_unref (f->info);
  g_object_unref (f->clock);
  g_string_free (f->asked, TRUE);
  g_test_dbus_down (f->bus);
  g_object_unref (f->bus);
}

static void
wait_level (Fixture *f, OhIdleLevel level)
{
  while (oh_idle_get_level (f->idle) != level)
    g_main_context_iteration (NULL, TRUE);
}

/* Until the desktop was asked just that. */
static void
wait_asked (Fixture *f, const char *expected)
{
  while (f->asked->len < strlen (expected))
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (f->asked->str, ==, expected);
  g_string_truncate (f->asked, 0);
}

static void
on_round_trip (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GVariant) reply =
    g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, NULL);

  g_assert_nonnull (reply);
  *(gboolean *) user_data = TRUE;
}

/* What was asked has been answered, and what that led to, too: the bus keeps the order. */
static void
settle (Fixture *f)
{
  for (guint i = 0; i < 3; i++)
    {
      gboolean done = FALSE;

      g_dbus_connection_call (f->session, g_dbus_connection_get_unique_name (f->desktop),
                              LOGIN_PATH, "org.freedesktop.DBus.Properties", "Get",
                              g_variant_new ("(ss)", "org.freedesktop.login1.Session", "IdleHint"),
                              NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, on_round_trip, &done);
      while (!done)
        g_main_context_iteration (NULL, TRUE);
    }
}

static void
fire (Fixture *f, guint32 watch)
{
  g_assert_true (g_dbus_connection_emit_signal (f->desktop, NULL, MUTTER_PATH, MUTTER, "WatchFired",
                                                g_variant_new ("(u)", watch), NULL));
}

/* GNOME tells the moments; between them nobody is asked anything. */
static void
test_mutter (Fixture *f, gconstpointer user_data)
{
  own_name (f, MUTTER);
  oh_idle_set_limits (f->idle, 300 * S, 1200 * S);
  wait_asked (f, "AddIdleWatch(300000,) ");
  settle (f);
  oh_fake_clock_advance (f->clock, 300 * S);
  g_assert_cmpint (oh_idle_get_level (f->idle), ==, OH_IDLE_NOT);
  fire (f, 1);
  wait_level (f, OH_IDLE_SHORT);
  wait_asked (f, "AddUserActiveWatch() ");
  settle (f);
  oh_fake_clock_advance (f->clock, 900 * S - 1);
  g_assert_cmpint (oh_idle_get_level (f->idle), ==, OH_IDLE_SHORT);
  oh_fake_clock_advance (f->clock, 1);
  g_assert_cmpint (oh_idle_get_level (f->idle), ==, OH_IDLE_LONG);
  fire (f, 99); /* somebody else's */
  settle (f);
  g_assert_cmpint (oh_idle_get_level (f->idle), ==, OH_IDLE_LONG);
  fire (f, 2);
  wait_level (f, OH_IDLE_NOT);
  fire (f, 1); /* the same watch, the next time */
  wait_level (f, OH_IDLE_SHORT);
  wait_asked (f, "AddUserActiveWatch() ");
}

/* Other limits: the old watches go. A shell that restarts: there are new ones. */
static void
test_mutter_changes (Fixture *f, gconstpointer user_data)
{
  own_name (f, MUTTER);
  oh_idle_set_limits (f->idle, 0, 600 * S);
  wait_asked (f, "AddIdleWatch(600000,) ");
  settle (f);
  fire (f, 1);
  wait_level (f, OH_IDLE_LONG);
  wait_asked (f, "AddUserActiveWatch() ");
  settle (f);
  oh_idle_set_limits (f->idle, 60 * S, 0);
  g_assert_cmpint (oh_idle_get_level (f->idle), ==, OH_IDLE_NOT);
  wait_asked (f, "RemoveWatch(1,) RemoveWatch(2,) AddIdleWatch(60000,) ");
  settle (f);
  fire (f, 3);
  wait_level (f, OH_IDLE_SHORT);
  call_bus (f, "ReleaseName", g_variant_new ("(s)", MUTTER));
  wait_level (f, OH_IDLE_NOT);
  g_string_truncate (f->asked, 0);
  own_name (f, MUTTER);
  wait_asked (f, "AddIdleWatch(60000,) ");
  settle (f);
  g_string_truncate (f->asked, 0);
  oh_idle_set_limits (f->idle, 0, 0); /* never */
  settle (f);
  own_name (f, SAVER);
  settle (f);
  g_assert_null (strstr (f->asked->str, "Add"));
  g_assert_null (strstr (f->asked->str, "Get"));
}

/* A saver that has to be asked is asked when it may matter, and while nobody is there. */
static void
saver_counts (Fixture *f, gint64 unit_us)
{
  f->unit_us = unit_us;
  f->touched_us = oh_clock_now_us (OH_CLOCK (f->clock));
  own_name (f, SAVER);
  oh_idle_set_limits (f->idle, 300 * S, 1200 * S);
  wait_asked (f, "GetSessionIdleTime() ");
  settle (f);
  for (guint looks = 0; looks < 6 && oh_idle_get_level (f->idle) == OH_IDLE_NOT; looks++)
    {
      oh_fake_clock_advance (f->clock, 300 * S);
      settle (f);
      oh_fake_clock_advance (f->clock, 2 * S); /* the unit */
      settle (f);
    }
  wait_level (f, OH_IDLE_SHORT);
  g_string_truncate (f->asked, 0);
  f->touched_us = oh_clock_now_us (OH_CLOCK (f->clock)); /* somebody is back */
  oh_fake_clock_advance (f->clock, 15 * S);
  wait_asked (f, "GetSessionIdleTime() ");
  wait_level (f, OH_IDLE_NOT);
  oh_fake_clock_advance (f->clock, 200 * S);
  settle (f);
  g_assert_cmpstr (f->asked->str, ==, "");
  oh_fake_clock_advance (f->clock, 87 * S); /* it was asked after 13 of the 15 seconds */
  wait_level (f, OH_IDLE_SHORT);
  oh_fake_clock_advance (f->clock, 900 * S);
  wait_level (f, OH_IDLE_LONG);
  f->touched_us = oh_clock_now_us (OH_CLOCK (f->clock));
  g_dbus_connection_emit_signal (f->desktop, NULL, SAVER_PATH, SAVER, "ActiveChanged",
                                 g_variant_new ("(b)", FALSE), NULL);
  wait_level (f, OH_IDLE_NOT);
}

static void
test_saver_seconds (Fixture *f, gconstpointer user_data)
{
  saver_counts (f, S);
}

/* KDE's counts milliseconds: ten seconds without a touch are not three hours. */
static void
test_saver_milliseconds (Fixture *f, gconstpointer user_data)
{
  saver_counts (f, S / 1000);
}

/* GNOME's has the name and not the method: the session manager's word counts then. */
static void
test_logind (Fixture *f, gconstpointer user_data)
{
  f->no_word = TRUE;
  f->hint = TRUE;
  oh_fake_clock_advance (f->clock, 1000 * S);
  f->hint_since_us = (guint64) oh_clock_now_us (OH_CLOCK (f->clock)) - 400 * S;
  own_name (f, SAVER);
  own_name (f, LOGIN);
  oh_idle_set_limits (f->idle, 300 * S, 1200 * S);
  wait_level (f, OH_IDLE_SHORT);
  oh_fake_clock_advance (f->clock, 800 * S);
  g_assert_cmpint (oh_idle_get_level (f->idle), ==, OH_IDLE_LONG);
  f->hint = FALSE;
  g_dbus_connection_emit_signal (
    f->desktop, NULL, "/org/freedesktop/login1/session/_32", "org.freedesktop.DBus.Properties",
    "PropertiesChanged", g_variant_new ("(sa{sv}as)", "org.freedesktop.login1.Session", NULL, NULL),
    NULL);
  wait_level (f, OH_IDLE_NOT);
}

/* Nothing on the bus that knows: the user is taken to be there. */
static void
test_nothing (Fixture *f, gconstpointer user_data)
{
  oh_idle_set_limits (f->idle, 300 * S, 1200 * S);
  settle (f);
  oh_fake_clock_advance (f->clock, 5000 * S);
  settle (f);
  g_assert_cmpint (oh_idle_get_level (f->idle), ==, OH_IDLE_NOT);
}

#define ADD(name, function) g_test_add (name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/idle/mutter", test_mutter);
  ADD ("/idle/mutter-changes", test_mutter_changes);
  ADD ("/idle/saver-seconds", test_saver_seconds);
  ADD ("/idle/saver-milliseconds", test_saver_milliseconds);
  ADD ("/idle/logind", test_logind);
  ADD ("/idle/nothing", test_nothing);
  return g_test_run ();
}
