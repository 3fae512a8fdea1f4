/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "provision-cache.h"

#include <string.h>

#include "error.h"

struct _OhProvisionCache
{
  GObject parent_instance;

  char *dir;    /* (owned) (nullable) */
  char *uri;    /* (owned) (nullable): whose @text waits */
  GBytes *text; /* (owned) (nullable): to be written when what is under way is done */
  gboolean writing;
};

G_DEFINE_FINAL_TYPE (OhProvisionCache, oh_provision_cache, G_TYPE_OBJECT)

/* An address may have any character, a file name not: so a digest of it. */
static GFile *
file_of (OhProvisionCache *self, const char *uri)
{
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, uri, -1);
  g_autofree char *name = g_strdup_printf ("provisioning-%.16s.xml", digest);

  return g_file_new_build_filename (self->dir, name, NULL);
}

/* --- reading -------------------------------------------------------------------------------- */

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (OhProvisioning) said = oh_provisioning_new ();
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  gsize len;

  if (g_task_return_error_if_cancelled (task))
    return;
  if (!g_file_load_contents_finish (G_FILE (source), result, &text, &len, NULL, &error))
    g_debug ("nothing of last time: %s", error->message);
  else if (!oh_provisioning_read (said, oh_slice (text, len), &error))
    g_message ("what the server said last time cannot be read: %s", error->message);
  else
    {
      g_task_return_pointer (task, g_steal_pointer (&said), (GDestroyNotify) oh_provisioning_free);
      return;
    }
  g_task_return_pointer (task, NULL, NULL);
}

void
oh_provision_cache_load_async (OhProvisionCache *self, const char *uri, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (GFile) file = NULL;

  g_task_set_source_tag (task, oh_provision_cache_load_async);
  if (self->dir == NULL)
    {
      g_task_return_pointer (task, NULL, NULL);
      return;
    }
  file = file_of (self, uri);
  g_file_load_contents_async (file, cancellable, on_loaded, g_steal_pointer (&task));
}

OhProvisioning *
oh_provision_cache_load_finish (OhProvisionCache *self, GAsyncResult *result, GError **error)
{
  g_autoptr (GError) foreign = NULL;
  OhProvisioning *said = g_task_propagate_pointer (G_TASK (result), &foreign);

  if (foreign != NULL)
    g_set_error_literal (error, OH_ERROR, OH_ERROR_CANCELLED, foreign->message);
  return said;
}

/* --- writing -------------------------------------------------------------------------------- */

static void write_next (OhProvisionCache *self);

static void
on_stored (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OhProvisionCache) self = user_data;
  g_autoptr (GError) error = NULL;

  self->writing = FALSE;
  if (!g_file_replace_contents_finish (G_FILE (source), result, NULL, &error))
    g_message ("what the server provisions with cannot be remembered: %s", error->message);
  write_next (self);
}

/* One at a time, so that the newest is what stays. */
static void
write_next (OhProvisionCache *self)
{
  g_autoptr (GBytes) text = NULL;
  g_autoptr (GFile) file = NULL;

  if (self->writing || self->text == NULL)
    return;
  self->writing = TRUE;
  text = g_steal_pointer (&self->text);
  file = file_of (self, self->uri);
  g_file_replace_contents_bytes_async (file, text, NULL, FALSE,
                                       G_FILE_CREATE_PRIVATE | G_FILE_CREATE_REPLACE_DESTINATION,
                                       NULL, on_stored, g_object_ref (self));
}

void
oh_provision_cache_store (OhProvisionCache *self, const char *uri, const OhProvisioning *said)
{
  char *text;

  if (self->dir == NULL)
    return;
  text = oh_provisioning_write (said);
  g_clear_pointer (&self->text, g_bytes_unref);
  self->text = g_bytes_new_take (text, strlen (text));
  g_free (self->uri);
  self->uri = g_strdup (uri);
  write_next (self);
}

/* --- life ----------------------------------------------------------------------------------- */

static void
oh_provision_cache_finalize (GObject *object)
{
  OhProvisionCache *self = OH_PROVISION_CACHE (object);

  g_free (self->dir);
  g_free (self->uri);
  g_clear_pointer (&self->text, g_bytes_unref);
  G_OBJECT_CLASS (oh_provision_cache_parent_class)->finalize (object);
}

static void
oh_provision_cache_class_init (OhProvisionCacheClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = oh_provision_cache_finalize;
}

static void
oh_provision_cache_init (OhProvisionCache *self)
{
}

OhProvisionCache *
oh_provision_cache_new (const char *dir)
{
  OhProvisionCache *self = g_object_new (OH_TYPE_PROVISION_CACHE, NULL);

  self->dir = g_strdup (dir);
  return self;
}
