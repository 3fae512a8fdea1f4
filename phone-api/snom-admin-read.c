/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "snom-admin.h"
#include "snom-form.h"
#include "snom-settings.h"

#include <glib/gi18n-lib.h>

/* The page, then what it links to: (nullable) the target of each. */
typedef enum
{
  LIST_PAGE,
  LIST_XML,
  LIST_TEXT,
  N_LISTS,
} List;

/* Settings being read: the task's data. */
typedef struct
{
  List list;
  char *targets[N_LISTS];
  GHashTable *settings;
} Reading;

static void next_list (GTask *owned);

static void
reading_free (gpointer data)
{
  Reading *reading = data;

  for (guint i = 0; i < N_LISTS; i++)
    g_free (reading->targets[i]);
  g_clear_pointer (&reading->settings, g_hash_table_unref);
  g_free (reading);
}

void
oh_snom_admin_fail (GTask *task, GError *error)
{
  g_autoptr (GTask) owned = task;

  if (error->code != OH_ERROR_PHONE_REFUSED && error->code != OH_ERROR_UNSUPPORTED)
    oh_snom_phone_note_error (g_task_get_source_object (owned), error);
  g_task_return_error (owned, error);
}

static void
take_list (OhSnomPhone *self, Reading *reading, GBytes *body)
{
  gsize len;
  const char *data = g_bytes_get_data (body, &len);
  OhSlice page = oh_slice (data, len);
  g_autoptr (GHashTable) settings = oh_snom_settings_read (page);

  if (reading->list == LIST_PAGE)
    {
      oh_snom_phone_take_settings (self, body);
      reading->targets[LIST_XML] = oh_snom_page_find_export (page, "xml");
      reading->targets[LIST_TEXT] = oh_snom_page_find_export (page, "text");
    }
  oh_snom_settings_merge (reading->settings, settings);
}

/* The administrator's settings are there, and what may be done with them. */
static gboolean
says_enough (const Reading *reading)
{
  return oh_snom_sees_all (reading->settings) &&
         (oh_snom_settings_permission (reading->settings, "http_user") !=
            OH_SNOM_PERMISSION_UNKNOWN ||
          oh_snom_settings_permission (reading->settings, "webserver_user_name") !=
            OH_SNOM_PERMISSION_UNKNOWN);
}

static void
finish_reading (GTask *owned)
{
  g_autoptr (GTask) task = owned;
  Reading *reading = g_task_get_task_data (task);

  if (g_hash_table_size (reading->settings) > 0)
    g_task_return_pointer (task, g_steal_pointer (&reading->settings),
                           (GDestroyNotify) g_hash_table_unref);
  else
    g_task_return_error (
      task, oh_snom_admin_obstacle_error (g_task_get_source_object (task), "admin_mode"));
}

static void
on_list (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Reading *reading = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GBytes) body = oh_snom_http_get_finish (OH_SNOM_HTTP (source), result, NULL, &error);

  if (body == NULL && reading->list == LIST_PAGE)
    {
      oh_snom_admin_fail (g_steal_pointer (&task), error);
      return;
    }
  g_clear_error (&error); /* an export that cannot be had: the page has to do */
  if (body != NULL)
    take_list (g_task_get_source_object (task), reading, body);
  do
    reading->list++;
  while (reading->list < N_LISTS && reading->targets[reading->list] == NULL);
  next_list (g_steal_pointer (&task));
}

static void
next_list (GTask *owned)
{
  Reading *reading = g_task_get_task_data (owned);
  OhSnomPhone *self = g_task_get_source_object (owned);

  if (reading->list >= N_LISTS || says_enough (reading))
    finish_reading (owned);
  else
    oh_snom_http_get_async (self->http, OH_SNOM_READ_OPTIONAL, reading->targets[reading->list],
                            g_task_get_cancellable (owned), on_list, owned);
}

void
oh_snom_admin_read_async (OhSnomPhone *self, GCancellable *cancellable,
                          GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Reading *reading = g_new0 (Reading, 1);

  g_task_set_source_tag (task, oh_snom_admin_read_async);
  g_task_set_task_data (task, reading, reading_free);
  g_task_set_check_cancellable (task, FALSE);
  reading->targets[LIST_PAGE] = g_strdup (OH_SNOM_SETTINGS_PAGE);
  reading->settings = oh_snom_settings_read (oh_slice (NULL, 0)); /* none so far */
  next_list (task);
}

GHashTable *
oh_snom_admin_read_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
