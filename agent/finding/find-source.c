/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "find-source.h"

G_DEFINE_INTERFACE (OhFindSource, oh_find_source, G_TYPE_OBJECT)

static void
oh_find_source_default_init (OhFindSourceInterface *iface)
{
}

void
oh_known_phone_free (OhKnownPhone *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->host);
  g_free (self->mac);
  g_free (self->model);
  g_free (self);
}

void
oh_find_source_run_async (OhFindSource *self, const OhFindRun *run, GCancellable *cancellable,
                          GAsyncReadyCallback callback, gpointer user_data)
{
  OH_FIND_SOURCE_GET_IFACE (self)->run_async (self, run, cancellable, callback, user_data);
}

void
oh_find_source_run_finish (GAsyncResult *result)
{
  g_task_propagate_boolean (G_TASK (result), NULL);
}
