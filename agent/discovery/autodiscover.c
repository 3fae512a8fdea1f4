/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "oh-discovery"

#include "autodiscover.h"

#include <glib/gi18n-lib.h>

#include "autodiscover-walk.h"
#include "error.h"

/* Names in the order in which their answers count, each asked in two ways. */
static const char *const labels[] = { "lyncdiscoverinternal", "lyncdiscover" };
static const char *const schemes[] = { "http", "https" };

/* The task's data. */
typedef struct
{
  OhClock *clock;            /* (owned) */
  GCancellable *cancellable; /* (owned): of all walks */
  gulong outer_id;           /* our handler on the caller's */
  guint limit_alarm;
  gboolean done;
  guint pending[G_N_ELEMENTS (labels)];    /* walks that have not ended, by name */
  GPtrArray *found[G_N_ELEMENTS (labels)]; /* (owned) (nullable) (element-type OhServer) */
  GError *error;                           /* (owned) (nullable): the first one */
} Discovery;

/* What one walk needs to find its place again. */
typedef struct
{
  GTask *task; /* (owned) */
  gsize label;
} Place;

static void
discovery_free (Discovery *self)
{
  oh_clock_clear_alarm (self->clock, &self->limit_alarm);
  g_object_unref (self->clock);
  g_object_unref (self->cancellable);
  for (gsize i = 0; i < G_N_ELEMENTS (labels); i++)
    g_clear_pointer (&self->found[i], g_ptr_array_unref);
  g_clear_error (&self->error);
  g_free (self);
}

/* Nothing of ours may ring any more when the caller hears of the result. @servers: (transfer
 * full) (nullable): NULL for the error */
static void
finish (GTask *task, GPtrArray *servers)
{
  Discovery *self = g_task_get_task_data (task);

  self->done = TRUE;
  oh_clock_clear_alarm (self->clock, &self->limit_alarm);
  if (self->outer_id != 0)
    g_cancellable_disconnect (g_task_get_cancellable (task), self->outer_id);
  g_cancellable_cancel (self->cancellable);
  if (servers != NULL)
    g_task_return_pointer (task, servers, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, g_steal_pointer (&self->error));
}

static void
settle (GTask *task)
{
  Discovery *self = g_task_get_task_data (task);

  for (gsize i = 0; i < G_N_ELEMENTS (labels); i++)
    {
      if (self->found[i] != NULL)
        {
          finish (task, g_steal_pointer (&self->found[i]));
          return;
        }
      if (self->pending[i] > 0)
        return; /* its answer would count before those of the next name */
    }
  finish (task, NULL);
}

static void
on_walked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Place *place = user_data;
  g_autoptr (GTask) task = place->task;
  Discovery *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) servers = oh_autodiscover_walk_finish (result, &error);

  self->pending[place->label]--;
  if (error != NULL)
    g_debug ("%s", error->message);
  if (self->error == NULL)
    self->error = g_steal_pointer (&error);
  if (self->found[place->label] == NULL)
    self->found[place->label] = g_steal_pointer (&servers);
  if (!self->done)
    settle (task);
}

static gboolean
on_limit (gpointer user_data)
{
  Discovery *self = user_data;

  self->limit_alarm = 0;
  g_cancellable_cancel (self->cancellable); /* then all walks end */
  return G_SOURCE_REMOVE;
}

static void
on_outer_cancelled (GCancellable *outer, gpointer user_data)
{
  g_cancellable_cancel (user_data);
}

static void
begin_walk (GTask *task, SoupSession *session, GTlsDatabase *extra, gsize label, const char *url)
{
  Discovery *self = g_task_get_task_data (task);
  Place *place = g_new (Place, 1);

  *place = (Place){ g_object_ref (task), label };
  self->pending[label]++;
  oh_autodiscover_walk_async (session, extra, self->clock, url, self->cancellable, on_walked,
                              place);
}

static void
begin_all (GTask *task, GTlsDatabase *extra, const char *uri, const char *domain)
{
  g_autoptr (SoupSession) session = soup_session_new ();
  const char *address = g_str_has_prefix (uri, "sip:") ? uri + 4 : uri;
  g_autofree char *escaped = g_uri_escape_string (address, "@", FALSE);

  soup_session_set_user_agent (session, "Offhook/" OH_VERSION);
  for (gsize i = 0; i < G_N_ELEMENTS (labels); i++)
    for (gsize k = 0; k < G_N_ELEMENTS (schemes); k++)
      {
        g_autofree char *url =
          g_strdup_printf ("%s://%s.%s/?sipuri=%s", schemes[k], labels[i], domain, escaped);

        begin_walk (task, session, extra, i, url);
      }
}

void
oh_autodiscover_async (OhClock *clock, const char *uri, const char *domain, const char *ca_file,
                       GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_autoptr (GTlsDatabase) extra = NULL;
  Discovery *self = g_new0 (Discovery, 1);
  GError *error = NULL;

  g_task_set_source_tag (task, oh_autodiscover_async);
  g_task_set_task_data (task, self, (GDestroyNotify) discovery_free);
  self->clock = g_object_ref (clock);
  self->cancellable = g_cancellable_new ();
  if (ca_file != NULL && ca_file[0] != '\0')
    extra = g_tls_file_database_new (ca_file, &error);
  if (error != NULL)
    {
      oh_error_adopt (&error, _ ("The file of authorities %s cannot be used"), ca_file);
      g_task_return_error (task, error);
      return;
    }
  self->limit_alarm = oh_clock_add_alarm_in (
    clock, OH_AUTODISCOVER_LIMIT_S * (gint64) G_USEC_PER_SEC, on_limit, self);
  if (cancellable != NULL)
    self->outer_id = g_cancellable_connect (cancellable, G_CALLBACK (on_outer_cancelled),
                                            g_object_ref (self->cancellable), g_object_unref);
  begin_all (task, extra, uri, domain);
}

GPtrArray *
oh_autodiscover_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
