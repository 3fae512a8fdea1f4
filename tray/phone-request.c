/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "oh-tray"

#include "phone-request.h"

#include "bus-connection.h"
#include "error.h"

#include <glib/gi18n-lib.h>

/* The agent waits for phones itself, and answers with what it knows by then. */
#define ANSWER_TIMEOUT_MS (60 * 1000)

typedef struct
{
  char *path;            /* (owned) */
  const char *interface; /* (unowned): static */
  char *method;          /* (owned) */
  GVariant *arguments;   /* (owned) (nullable) */
} Request;

static void
request_free (gpointer data)
{
  Request *self = data;

  g_free (self->path);
  g_free (self->method);
  g_clear_pointer (&self->arguments, g_variant_unref);
  g_free (self);
}

static void
on_answered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (GVariant) answer =
    g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);

  if (answer != NULL)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  oh_error_strip_remote (&error);
  if (error->domain != OH_ERROR)
    oh_error_adopt (&error, "%s", _ ("The Offhook service does not answer"));
  g_task_return_error (task, error);
}

static void
on_connected (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  const Request *request = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GDBusConnection) connection = oh_bus_connect_finish (result, &error);

  if (connection == NULL)
    g_task_return_error (task, error);
  else
    g_dbus_connection_call (connection, OH_BUS_NAME, request->path, request->interface,
                            request->method, request->arguments, NULL, G_DBUS_CALL_FLAGS_NONE,
                            ANSWER_TIMEOUT_MS, NULL, on_answered, g_steal_pointer (&task));
}

void
oh_phone_request_async (gboolean is_call, const char *id, const char *method, GVariant *arguments,
                        GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, user_data);
  Request *request = g_new0 (Request, 1);

  (void) OH_ERROR; /* GDBus knows only names that were registered before the answer comes */
  request->path = g_strdup_printf ("%s/%s", is_call ? OH_BUS_CALLS : OH_BUS_PHONES, id);
  request->interface = is_call ? "org.offhook.Call1" : "org.offhook.Phone1";
  request->method = g_strdup (method);
  request->arguments = arguments != NULL ? g_variant_ref_sink (arguments) : NULL;
  g_task_set_source_tag (task, oh_phone_request_async);
  g_task_set_task_data (task, request, request_free);
  if (!g_variant_is_object_path (request->path))
    g_task_return_new_error (task, OH_ERROR, OH_ERROR_NO_CALL, _ ("There is no such call."));
  else
    oh_bus_connect_async (NULL, on_connected, g_steal_pointer (&task));
}

gboolean
oh_phone_request_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
