/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "oh-discovery"

#include "server-cache.h"

#include <string.h>

#define FILE_NAME "last-server"
#define GROUP "last"

struct _OhServerCache
{
  GObject parent_instance;

  GFile *file;      /* (owned) (nullable): nothing is kept without */
  gboolean loaded;  /* or changed since: what is in the file does not count any more */
  char *uri;        /* (owned) (nullable): whose */
  OhServer *server; /* (owned) (nullable) */
  gboolean remote;
  gboolean writing; /* one store is under way */
  gboolean stale;   /* ... and what it writes is old already */
};

G_DEFINE_FINAL_TYPE (OhServerCache, oh_server_cache, G_TYPE_OBJECT)

/* --- the file ------------------------------------------------------------------------------ */

static GBytes *
file_text (OhServerCache *self)
{
  g_autoptr (GKeyFile) keys = g_key_file_new ();
  g_autofree char *server = NULL;
  gsize len;
  char *text;

  if (self->server != NULL)
    {
      server = oh_server_text (self->server);
      g_key_file_set_string (keys, GROUP, "uri", self->uri);
      g_key_file_set_string (keys, GROUP, "server", server);
      g_key_file_set_boolean (keys, GROUP, "remote", self->remote);
    }
  text = g_key_file_to_data (keys, &len, NULL);
  return g_bytes_new_take (text, len);
}

static void store (OhServerCache *self);

static void
on_stored (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OhServerCache) self = user_data;
  g_autoptr (GError) error = NULL;

  self->writing = FALSE;
  if (!g_file_replace_contents_finish (G_FILE (source), result, NULL, &error))
    g_message ("the server that took us cannot be remembered: %s", error->message);
  else if (self->stale)
    store (self);
}

/* One at a time, so that the newest is what stays. */
static void
store (OhServerCache *self)
{
  g_autoptr (GBytes) text = NULL;

  self->stale = self->writing;
  if (self->writing || self->file == NULL)
    return;
  self->writing = TRUE;
  text = file_text (self);
  g_file_replace_contents_bytes_async (self->file, text, NULL, FALSE,
                                       G_FILE_CREATE_PRIVATE | G_FILE_CREATE_REPLACE_DESTINATION,
                                       NULL, on_stored, g_object_ref (self));
}

static void
read_text (OhServerCache *self, const char *text, gsize len)
{
  g_autoptr (GKeyFile) keys = g_key_file_new ();
  g_autofree char *server = NULL;

  if (len > OH_SERVER_CACHE_FILE_MAX ||
      !g_key_file_load_from_data (keys, text, len, G_KEY_FILE_NONE, NULL))
    return;
  server = g_key_file_get_string (keys, GROUP, "server", NULL);
  self->uri = g_key_file_get_string (keys, GROUP, "uri", NULL);
  self->server = server != NULL ? oh_server_parse (server, NULL) : NULL;
  self->remote = g_key_file_get_boolean (keys, GROUP, "remote", NULL);
}

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  OhServerCache *self = g_task_get_source_object (task);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  gsize len;

  if (!g_file_load_contents_finish (G_FILE (source), result, &text, &len, NULL, &error))
    g_debug ("no server of last time: %s", error->message);
  else if (!self->loaded)
    read_text (self, text, len);
  self->loaded = TRUE;
  g_task_return_boolean (task, TRUE);
}

void
oh_server_cache_load_async (OhServerCache *self, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, oh_server_cache_load_async);
  if (self->loaded || self->file == NULL)
    g_task_return_boolean (task, TRUE);
  else
    g_file_load_contents_async (self->file, cancellable, on_loaded, g_steal_pointer (&task));
}

void
oh_server_cache_load_finish (OhServerCache *self, GAsyncResult *result)
{
  (void) g_task_propagate_boolean (G_TASK (result), NULL);
}

/* --- the memory ---------------------------------------------------------------------------- */

const OhServer *
oh_server_cache_get (OhServerCache *self, const char *uri, gboolean *remote)
{
  if (self->server == NULL || g_strcmp0 (self->uri, uri) != 0)
    return NULL;
  *remote = self->remote;
  return self->server;
}

void
oh_server_cache_put (OhServerCache *self, const char *uri, const OhServer *server, gboolean remote)
{
  if (self->loaded && g_strcmp0 (self->uri, uri) == 0 && self->server != NULL &&
      oh_server_is_same (self->server, server) && self->remote == remote)
    return;
  g_free (self->uri);
  g_clear_pointer (&self->server, oh_server_free);
  self->uri = g_strdup (uri);
  self->server = oh_server_new (server->host, server->port, "last time");
  self->remote = remote;
  self->loaded = TRUE;
  store (self);
}

void
oh_server_cache_drop (OhServerCache *self)
{
  if (self->loaded && self->server == NULL)
    return;
  g_clear_pointer (&self->server, oh_server_free);
  self->loaded = TRUE;
  store (self);
}

static void
oh_server_cache_finalize (GObject *object)
{
  OhServerCache *self = OH_SERVER_CACHE (object);

  g_clear_object (&self->file);
  g_clear_pointer (&self->server, oh_server_free);
  g_free (self->uri);
  G_OBJECT_CLASS (oh_server_cache_parent_class)->finalize (object);
}

static void
oh_server_cache_class_init (OhServerCacheClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = oh_server_cache_finalize;
}

static void
oh_server_cache_init (OhServerCache *self)
{
}

OhServerCache *
oh_server_cache_new (const char *dir)
{
  OhServerCache *self = g_object_new (OH_TYPE_SERVER_CACHE, NULL);

  self->file = dir != NULL ? g_file_new_build_filename (dir, FILE_NAME, NULL) : NULL;
  return self;
}
