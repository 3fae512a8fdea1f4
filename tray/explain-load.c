/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "oh-tray"

#include "explain-load.h"

#include "error.h"

#include <glib/gi18n-lib.h>

/* Octets read at once. */
#define CHUNK 65536

typedef struct
{
  GFile *file;    /* (owned) (nullable) */
  GBytes *octets; /* (owned) (nullable) */
} Source;

static void
source_free (gpointer data)
{
  Source *source = data;

  g_clear_object (&source->file);
  g_clear_pointer (&source->octets, g_bytes_unref);
  g_free (source);
}

/* One octet beyond what is allowed is enough to know that it is too much. */
static GBytes *
read_file (GFile *file, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFileInputStream) stream = g_file_read (file, cancellable, error);
  g_autoptr (GByteArray) all = g_byte_array_new ();
  guint8 chunk[CHUNK];
  gssize n;

  if (stream == NULL)
    return NULL;
  while ((n = g_input_stream_read (G_INPUT_STREAM (stream), chunk, sizeof chunk, cancellable,
                                   error)) > 0 &&
         all->len <= OH_EXPLAIN_SIZE_MAX)
    g_byte_array_append (all, chunk, (guint) n);
  return n < 0 ? NULL : g_byte_array_free_to_bytes (g_steal_pointer (&all));
}

static gboolean
goes_on (gsize done, gsize total, gpointer cancellable)
{
  return !g_cancellable_is_cancelled (cancellable);
}

static void
load_in_thread (GTask *task, gpointer object, gpointer task_data, GCancellable *cancellable)
{
  Source *source = task_data;
  GError *error = NULL;
  g_autoptr (GBytes) octets = source->octets != NULL
                                ? g_bytes_ref (source->octets)
                                : read_file (source->file, cancellable, &error);
  g_autofree char *name = source->file != NULL ? g_file_get_parse_name (source->file) : NULL;
  OhExplanation *explanation = NULL;

  if (octets != NULL)
    explanation = oh_explain (octets, cancellable != NULL ? goes_on : NULL, cancellable, &error);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    oh_error_adopt (&error, _ ("%s cannot be read"), name);
  if (explanation != NULL)
    g_task_return_pointer (task, explanation, (GDestroyNotify) oh_explanation_free);
  else
    g_task_return_error (task, error);
}

void
oh_explain_load_async (GFile *file, GBytes *octets, GCancellable *cancellable,
                       GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Source *source = g_new0 (Source, 1);

  g_return_if_fail (file != NULL || octets != NULL);
  source->file = octets == NULL ? g_object_ref (file) : NULL;
  source->octets = octets != NULL ? g_bytes_ref (octets) : NULL;
  g_task_set_source_tag (task, oh_explain_load_async);
  g_task_set_task_data (task, source, source_free);
  g_task_run_in_thread (task, load_in_thread);
}

OhExplanation *
oh_explain_load_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
