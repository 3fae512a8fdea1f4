/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bus-secret.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "bus-connection.h"
#include "error.h"
#include "secret-text.h"

#define SEALS (F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE)

static int
seal_secret (const char *secret, GError **error)
{
  int fd = memfd_create ("offhook-secret", MFD_CLOEXEC | MFD_ALLOW_SEALING);
  gsize len = strlen (secret);

  if (fd < 0 || write (fd, secret, len) != (gssize) len || fcntl (fd, F_ADD_SEALS, SEALS) < 0)
    {
      g_set_error (error, OH_ERROR, OH_ERROR_FAILED, "memfd: %s", g_strerror (errno));
      if (fd >= 0)
        close (fd);
      return -1;
    }
  return fd;
}

static void
on_stored (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (oh_bus_agent1_call_store_secret_finish (OH_BUS_AGENT1 (source), NULL, result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static gboolean
check_secret (const char *secret, gsize len, GError **error)
{
  if (len > OH_BUS_SECRET_MAX)
    g_set_error (error, OH_ERROR, OH_ERROR_USAGE,
                 _ ("A password has at most %d octets; this one is longer."), OH_BUS_SECRET_MAX);
  else if (!g_utf8_validate (secret, (gssize) len, NULL))
    g_set_error (error, OH_ERROR, OH_ERROR_USAGE, _ ("The password is not valid UTF-8 text."));
  else
    return TRUE;
  return FALSE;
}

GUnixFDList *
oh_bus_seal_secret (const char *secret, GError **error)
{
  int fd;

  if (!check_secret (secret, strlen (secret), error) || (fd = seal_secret (secret, error)) < 0)
    return NULL;
  return g_unix_fd_list_new_from_array (&fd, 1); /* takes fd */
}

void
oh_bus_store_secret_async (OhBusAgent1 *agent, const char *kind, const char *id, const char *secret,
                           GCancellable *cancellable, GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (agent, cancellable, callback, user_data);
  GError *error = NULL;
  g_autoptr (GUnixFDList) fds = oh_bus_seal_secret (secret, &error);

  g_task_set_source_tag (task, oh_bus_store_secret_async);
  if (fds == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  oh_bus_agent1_call_store_secret (agent, kind, id, g_variant_new_handle (0), fds, cancellable,
                                   on_stored, g_steal_pointer (&task));
}

gboolean
oh_bus_store_secret_finish (OhBusAgent1 *agent, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

char *
oh_bus_take_secret (GUnixFDList *fds, GVariant *handle, GError **error)
{
  char *secret;
  int fd;

  if (fds == NULL)
    {
      g_set_error (error, OH_ERROR, OH_ERROR_USAGE, _ ("The message has no descriptor."));
      return NULL;
    }
  fd = g_unix_fd_list_get (fds, g_variant_get_handle (handle), error);
  if (fd < 0)
    return NULL;
  secret = oh_bus_read_secret (fd, error);
  close (fd);
  return secret;
}

char *
oh_bus_read_secret (int fd, GError **error)
{
  char *secret;
  struct stat about;

  if (fcntl (fd, F_GET_SEALS) != SEALS || fstat (fd, &about) < 0)
    {
      g_set_error (error, OH_ERROR, OH_ERROR_USAGE, "The secret is not in sealed memory.");
      return NULL;
    }
  if (about.st_size > OH_BUS_SECRET_MAX)
    return check_secret ("", (gsize) about.st_size, error), NULL;
  secret = oh_secret_alloc ((gsize) about.st_size + 1);
  if (pread (fd, secret, (gsize) about.st_size, 0) != about.st_size ||
      memchr (secret, '\0', (gsize) about.st_size) != NULL)
    g_set_error (error, OH_ERROR, OH_ERROR_USAGE, "The secret cannot be read.");
  else if (check_secret (secret, (gsize) about.st_size, error))
    return secret;
  oh_secret_free (secret);
  return NULL;
}
