/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bus-secret.h"

#include <fcntl.h>
#include <gio/gunixfdlist.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "bus-connection.h"
#include "error.h"
#include "secret-text.h"

#define SEALS (F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE)

static int
memory (const char *data, gsize len, gboolean sealed)
{
  int fd = memfd_create ("test", MFD_CLOEXEC | MFD_ALLOW_SEALING);

  g_assert_cmpint (write (fd, data, len), ==, (gssize) len);
  if (sealed)
    g_assert_cmpint (fcntl (fd, F_ADD_SEALS, SEALS), ==, 0);
  return fd;
}

static void
assert_refused (int fd)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (oh_bus_read_secret (fd, &error));
  g_assert_error (error, OH_ERROR, OH_ERROR_USAGE);
  close (fd);
}

static void
test_read (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *longest = g_strnfill (OH_BUS_SECRET_MAX, 'x');
  g_autofree char *longer = g_strnfill (OH_BUS_SECRET_MAX + 1, 'x');
  const char *const good[] = { "Pässw0rd!€", "", longest };
  int ends[2];

  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    {
      int fd = memory (good[i], strlen (good[i]), TRUE);
      char *secret = oh_bus_read_secret (fd, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (secret, ==, good[i]);
      oh_secret_free (secret);
      close (fd);
    }
  assert_refused (memory (longer, strlen (longer), TRUE));
  assert_refused (memory ("\xff", 1, TRUE));
  assert_refused (memory ("a\0b", 3, TRUE));
  assert_refused (memory ("unsealed", 8, FALSE));
  g_assert_cmpint (pipe (ends), ==, 0); /* must not wait for it */
  assert_refused (ends[0]);
  close (ends[1]);
}

static gboolean
on_store (OhBusAgent1 *skeleton, GDBusMethodInvocation *invocation, GUnixFDList *fds,
          const char *kind, const char *id, GVariant *handle, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  int fd = g_unix_fd_list_get (fds, g_variant_get_handle (handle), &error);
  char *secret = oh_bus_read_secret (fd, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (kind, ==, "phone");
  g_assert_cmpstr (id, ==, "desk");
  g_assert_cmpstr (secret, ==, "geheim");
  oh_secret_free (secret);
  close (fd);
  oh_bus_agent1_complete_store_secret (skeleton, invocation, NULL);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static void
on_result (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static void
test_over_a_bus (void)
{
  g_autoptr (GTestDBus) bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_autoptr (OhBusAgent1) skeleton = oh_bus_agent1_skeleton_new ();
  g_autoptr (GDBusConnection) connection = NULL;
  g_autoptr (OhBusAgent1) proxy = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_test_dbus_up (bus);
  connection = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, &error);
  g_assert_no_error (error);
  g_signal_connect (skeleton, "handle-store-secret", G_CALLBACK (on_store), NULL);
  g_assert_true (g_dbus_interface_skeleton_export (G_DBUS_INTERFACE_SKELETON (skeleton), connection,
                                                   OH_BUS_PATH, &error));
  proxy = oh_bus_agent1_proxy_new_sync (connection, G_DBUS_PROXY_FLAGS_DO_NOT_LOAD_PROPERTIES,
                                        g_dbus_connection_get_unique_name (connection), OH_BUS_PATH,
                                        NULL, &error);
  g_assert_no_error (error);
  oh_bus_store_secret_async (proxy, "phone", "desk", "geheim", NULL, on_result, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (oh_bus_store_secret_finish (proxy, result, &error));
  g_assert_no_error (error);
  g_dbus_interface_skeleton_unexport (G_DBUS_INTERFACE_SKELETON (skeleton));
  g_clear_object (&result);
  g_clear_object (&proxy);
  g_clear_object (&connection);
  g_test_dbus_down (bus);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/bus-secret/read", test_read);
  g_test_add_func ("/bus-secret/over-a-bus", test_over_a_bus);
  return g_test_run ();
}
