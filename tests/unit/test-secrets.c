/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "secrets.h"

#include <string.h>

#include "error.h"
#include "fake-clock.h"
#include "secret-text.h"

/* libsecret chooses its store once per process, so each case with another store is a process. */

typedef struct
{
  OhFakeClock *clock;
  OhSecrets *secrets;
} Fixture;

static void
set_up (Fixture *f, gconstpointer user_data)
{
  f->clock = oh_fake_clock_new ();
  f->secrets = oh_secrets_new (OH_CLOCK (f->clock));
}

static void
tear_down (Fixture *f, gconstpointer user_data)
{
  g_clear_object (&f->secrets);
  g_assert_cmpuint (oh_fake_clock_n_alarms (f->clock), ==, 0);
  g_clear_object (&f->clock);
}

static void
on_result (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static GAsyncResult *
wait_for (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return *result;
}

static gboolean
store (Fixture *f, OhSecretKind kind, const char *id, const char *password, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  oh_secrets_store_async (f->secrets, kind, id, password, NULL, on_result, &result);
  return oh_secrets_store_finish (f->secrets, wait_for (&result), error);
}

static char *
lookup (Fixture *f, OhSecretKind kind, const char *id, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  oh_secrets_lookup_async (f->secrets, kind, id, NULL, on_result, &result);
  return oh_secrets_lookup_finish (f->secrets, wait_for (&result), error);
}

static void
assert_stored (Fixture *f, OhSecretKind kind, const char *id, const char *expected)
{
  g_autoptr (GError) error = NULL;
  char *password = lookup (f, kind, id, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (password, ==, expected);
  oh_secret_free (password);
}

static void
test_file (Fixture *f, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *file =
    g_build_filename (g_get_user_data_dir (), "keyrings", "default.keyring", NULL);
  g_autofree char *content = NULL;
  gsize len;

  assert_stored (f, OH_SECRET_SIGN_IN, "", NULL);
  g_assert_true (store (f, OH_SECRET_SIGN_IN, "", "Pässw0rd!€", &error));
  g_assert_no_error (error);
  g_assert_true (store (f, OH_SECRET_PHONE, "desk", "snom", &error));
  g_assert_true (store (f, OH_SECRET_PHONE, "hall", "mons", &error));
  assert_stored (f, OH_SECRET_SIGN_IN, "", "Pässw0rd!€");
  assert_stored (f, OH_SECRET_PHONE, "desk", "snom");
  assert_stored (f, OH_SECRET_PHONE, "hall", "mons");

  g_assert_true (store (f, OH_SECRET_PHONE, "desk", "changed", &error));
  assert_stored (f, OH_SECRET_PHONE, "desk", "changed");
  g_assert_true (store (f, OH_SECRET_PHONE, "desk", "", &error));
  assert_stored (f, OH_SECRET_PHONE, "desk", NULL);
  assert_stored (f, OH_SECRET_PHONE, "hall", "mons");
  g_assert_true (store (f, OH_SECRET_PHONE, "desk", "", &error)); /* removing nothing is no error */

  g_assert_true (g_file_get_contents (file, &content, &len, &error));
  g_assert_null (memmem (content, len, "mons", 4)); /* encrypted */
}

/* The very first requests of a process at once: the later sees what the earlier stored. */
static void
test_at_once_inside (Fixture *f, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) before = NULL;
  g_autoptr (GAsyncResult) stored = NULL;
  g_autoptr (GAsyncResult) after = NULL;
  char *password;

  oh_secrets_lookup_async (f->secrets, OH_SECRET_PHONE, "desk", NULL, on_result, &before);
  oh_secrets_store_async (f->secrets, OH_SECRET_PHONE, "desk", "snom", NULL, on_result, &stored);
  oh_secrets_lookup_async (f->secrets, OH_SECRET_PHONE, "desk", NULL, on_result, &after);
  g_assert_null (oh_secrets_lookup_finish (f->secrets, wait_for (&before), &error));
  g_assert_no_error (error);
  g_assert_true (oh_secrets_store_finish (f->secrets, wait_for (&stored), &error));
  password = oh_secrets_lookup_finish (f->secrets, wait_for (&after), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (password, ==, "snom");
  oh_secret_free (password);
  assert_stored (f, OH_SECRET_PHONE, "desk", "snom");
}

static void
test_cancelled (Fixture *f, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;

  oh_secrets_lookup_async (f->secrets, OH_SECRET_SIGN_IN, "", cancellable, on_result, &result);
  g_cancellable_cancel (cancellable);
  g_assert_null (oh_secrets_lookup_finish (f->secrets, wait_for (&result), &error));
  g_assert_error (error, OH_ERROR, OH_ERROR_CANCELLED);
}

static void
test_no_keyring_inside (Fixture *f, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (lookup (f, OH_SECRET_SIGN_IN, "", &error));
  g_assert_error (error, OH_ERROR, OH_ERROR_SECRETS);
  g_assert_nonnull (strstr (error->message, "install one"));
  g_clear_error (&error);
  g_assert_false (store (f, OH_SECRET_SIGN_IN, "", "geheim", &error));
  g_assert_error (error, OH_ERROR, OH_ERROR_SECRETS);
  g_assert_nonnull (strstr (error->message, "kept in memory"));
  g_assert_null (strstr (error->message, "geheim"));
  g_clear_error (&error);
  assert_stored (f, OH_SECRET_SIGN_IN, "", "geheim"); /* for this run */
  g_assert_false (store (f, OH_SECRET_SIGN_IN, "", "", &error));
  g_clear_error (&error);
  g_assert_null (lookup (f, OH_SECRET_SIGN_IN, "", &error)); /* forgotten all the same */
}

static GDBusMessage *
swallow_calls (GDBusConnection *connection, GDBusMessage *message, gboolean incoming,
               gpointer user_data)
{
  if (!incoming || g_dbus_message_get_message_type (message) != G_DBUS_MESSAGE_TYPE_METHOD_CALL)
    return message;
  g_atomic_int_set ((gint *) user_data, 1);
  g_object_unref (message);
  g_main_context_wakeup (NULL);
  return NULL;
}

/* A keyring that never answers: somebody went for lunch with its dialog open. */
static void
test_silent_inside (Fixture *f, gconstpointer user_data)
{
  g_autoptr (GTestDBus) bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_autoptr (GDBusConnection) service = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GVariant) reply = NULL;
  g_autoptr (GError) error = NULL;
  gint called = 0;

  g_test_dbus_up (bus);
  service = g_dbus_connection_new_for_address_sync (
    g_test_dbus_get_bus_address (bus),
    G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
    NULL, NULL, &error);
  g_assert_no_error (error);
  reply = g_dbus_connection_call_sync (
    service, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "RequestName",
    g_variant_new ("(su)", "org.freedesktop.secrets", 4), NULL, 0, -1, NULL, &error);
  g_assert_no_error (error);
  g_dbus_connection_add_filter (service, swallow_calls, &called, NULL);

  oh_secrets_lookup_async (f->secrets, OH_SECRET_SIGN_IN, "", NULL, on_result, &result);
  while (!g_atomic_int_get (&called))
    g_main_context_iteration (NULL, TRUE);
  g_assert_null (result);
  oh_fake_clock_advance (f->clock, OH_SECRETS_LIMIT_US - 1);
  g_assert_null (result);
  oh_fake_clock_advance (f->clock, 1);
  g_assert_null (oh_secrets_lookup_finish (f->secrets, wait_for (&result), &error));
  g_assert_error (error, OH_ERROR, OH_ERROR_SECRETS);
  g_dbus_connection_close_sync (service, NULL, NULL);
  g_test_dbus_stop (bus); /* libsecret keeps its connection: down would wait for it */
}

static void
run_inside (const char *path)
{
  g_setenv ("SECRET_BACKEND", "service", TRUE);
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent", TRUE);
  g_test_trap_subprocess (path, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
  g_setenv ("SECRET_BACKEND", "file", TRUE);
  g_test_trap_assert_passed ();
}

static void
test_at_once (void)
{
  g_test_trap_subprocess ("/secrets/at-once/subprocess/inside", 0,
                          G_TEST_SUBPROCESS_INHERIT_STDERR);
  g_test_trap_assert_passed ();
}

static void
test_no_keyring (void)
{
  run_inside ("/secrets/no-keyring/subprocess/inside");
}

static void
test_silent (void)
{
  run_inside ("/secrets/silent/subprocess/inside");
}

#if defined(__SANITIZE_ADDRESS__) || defined(__clang__)
/* libsecret's file backend does not free the etag of the file that it has written. */
const char *__asan_default_options (void);

const char *
__asan_default_options (void)
{
  return "detect_leaks=0";
}
#endif

int
main (int argc, char **argv)
{
  g_setenv ("SECRET_BACKEND", "file", FALSE);
  g_setenv ("SECRET_FILE_TEST_PASSWORD", "of the test", TRUE);
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add ("/secrets/file", Fixture, NULL, set_up, test_file, tear_down);
  g_test_add ("/secrets/cancelled", Fixture, NULL, set_up, test_cancelled, tear_down);
  g_test_add_func ("/secrets/at-once", test_at_once);
  g_test_add ("/secrets/at-once/subprocess/inside", Fixture, NULL, set_up, test_at_once_inside,
              tear_down);
  g_test_add_func ("/secrets/no-keyring", test_no_keyring);
  g_test_add ("/secrets/no-keyring/subprocess/inside", Fixture, NULL, set_up,
              test_no_keyring_inside, tear_down);
  g_test_add_func ("/secrets/silent", test_silent);
  g_test_add ("/secrets/silent/subprocess/inside", Fixture, NULL, set_up, test_silent_inside,
              tear_down);
  return g_test_run ();
}
