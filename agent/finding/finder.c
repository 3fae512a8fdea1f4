/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "finder.h"

#include <string.h>

struct _OhFinder
{
  GObject parent_instance;

  OhFinderParts parts;
  GPtrArray *found; /* (owned) (element-type OhFoundPhone) */
  GTask *task;      /* (unowned) (nullable): the search under way; its sources hold it */
};

/* The task's data. */
typedef struct
{
  OhFindRun run;
  gboolean probe;
  guint quick;   /* those of them that look things up, and one for the start */
  guint running; /* sources in all, and one for the start itself */
} Search;

enum
{
  FOUND,
  PROGRESS,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OhFinder, oh_finder, G_TYPE_OBJECT)

static void
search_free (gpointer data)
{
  Search *search = data;

  g_ptr_array_unref (search->run.known);
  g_ptr_array_unref (search->run.found);
  g_free (search->run.own_phone);
  g_free (search->run.own_line);
  g_free (search);
}

/* --- what the sources tell ------------------------------------------------------------------ */

/* A MAC is the phone itself; an address may be somebody else's by now. */
static void
mark_known (const GPtrArray *phones, OhFoundPhone *found)
{
  for (guint i = 0; i < phones->len && found->phone_id == NULL; i++)
    {
      const OhKnownPhone *known = g_ptr_array_index (phones, i);

      if (found->mac != NULL && known->mac != NULL ? g_str_equal (found->mac, known->mac)
                                                   : g_strcmp0 (found->address, known->host) == 0)
        found->phone_id = g_strdup (known->id);
    }
}

static void
take (OhFinder *self, OhFoundPhone *found, const GPtrArray *known)
{
  const OhFoundPhone *news;

  mark_known (known, found);
  news = oh_found_merge (self->found, found);
  if (news != NULL && news->kind != OH_FOUND_NONE)
    g_signal_emit (self, signals[FOUND], 0, news);
}

static void
on_tell (OhFoundPhone *found, gpointer user_data)
{
  OhFinder *self = user_data;
  const Search *search = g_task_get_task_data (self->task);

  take (self, found, search->run.known);
}

static void
on_progress (guint done, guint total, gpointer user_data)
{
  g_signal_emit (user_data, signals[PROGRESS], 0, done, total);
}

/* --- the search ----------------------------------------------------------------------------- */

/* Takes a reference to the task. */
static void
one_less (GTask *owned)
{
  g_autoptr (GTask) task = owned;
  Search *search = g_task_get_task_data (task);

  if (--search->running > 0)
    return;
  OH_FINDER (g_task_get_source_object (task))->task = NULL;
  g_task_return_pointer (task, g_ptr_array_ref (search->run.found),
                         (GDestroyNotify) g_ptr_array_unref);
}

static void
on_patient_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  oh_find_source_run_finish (result);
  one_less (user_data);
}

static void
start_source (GTask *task, OhFindSource *source, GAsyncReadyCallback callback)
{
  Search *search = g_task_get_task_data (task);

  search->running++;
  oh_find_source_run_async (source, &search->run, g_task_get_cancellable (task), callback,
                            g_object_ref (task));
}

static void
start_probe (GTask *task)
{
  OhFinder *self = g_task_get_source_object (task);
  const Search *search = g_task_get_task_data (task);

  if (search->probe && self->parts.probe != NULL &&
      !g_cancellable_is_cancelled (g_task_get_cancellable (task)))
    start_source (task, self->parts.probe, on_patient_done);
}

/* Takes a reference to the task. The probe has its turn when all have found what they can. */
static void
quick_one_less (GTask *task)
{
  Search *search = g_task_get_task_data (task);

  if (--search->quick == 0)
    start_probe (task);
  one_less (task);
}

static void
on_quick_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  oh_find_source_run_finish (result);
  quick_one_less (user_data);
}

static void
start_all (GTask *task)
{
  OhFinder *self = g_task_get_source_object (task);
  Search *search = g_task_get_task_data (task);

  search->quick = self->parts.quick->len + 1; /* and ourselves: none is no exception */
  for (guint i = 0; i < self->parts.quick->len; i++)
    start_source (task, g_ptr_array_index (self->parts.quick, i), on_quick_done);
  for (guint i = 0; i < self->parts.patient->len && search->run.listen_us > 0; i++)
    start_source (task, g_ptr_array_index (self->parts.patient, i), on_patient_done);
}

void
oh_finder_run_async (OhFinder *self, const OhFinderAsk *ask, GCancellable *cancellable,
                     GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Search *search = g_new0 (Search, 1);

  g_return_if_fail (self->task == NULL);
  g_task_set_source_tag (task, oh_finder_run_async);
  g_task_set_check_cancellable (task, FALSE); /* what was found counts */
  g_task_set_task_data (task, search, search_free);
  g_ptr_array_unref (self->found);
  self->found = g_ptr_array_new_with_free_func ((GDestroyNotify) oh_found_phone_free);
  search->run = (OhFindRun){
    .listen_us = (gint64) MIN (ask->listen_s, OH_FINDER_LISTEN_MAX_S) * G_USEC_PER_SEC,
    .known = g_ptr_array_ref (ask->known),
    .found = g_ptr_array_ref (self->found),
    .own_phone = g_strdup (ask->own_phone),
    .own_line = g_strdup (ask->own_line),
    .tell = on_tell,
    .progress = on_progress,
    .user_data = self,
  };
  search->probe = ask->probe;
  search->running = 1; /* ourselves: a source may be done at once */
  self->task = task;
  start_all (task);
  quick_one_less (task);
}

GPtrArray *
oh_finder_run_finish (OhFinder *self, GAsyncResult *result)
{
  return g_task_propagate_pointer (G_TASK (result), NULL);
}

const OhFoundPhone *
oh_finder_add (OhFinder *self, OhFoundPhone *found, const GPtrArray *known)
{
  g_autofree char *address = g_strdup (found->address);

  take (self, found, known);
  return oh_finder_lookup (self, address);
}

gboolean
oh_finder_is_running (OhFinder *self)
{
  return self->task != NULL;
}

GPtrArray *
oh_finder_get_found (OhFinder *self)
{
  return self->found;
}

const OhFoundPhone *
oh_finder_lookup (OhFinder *self, const char *key)
{
  g_autofree char *mac = oh_hardware_address_parse (oh_slice_str (key));

  for (guint i = 0; i < self->found->len; i++)
    {
      const OhFoundPhone *found = g_ptr_array_index (self->found, i);

      if ((mac != NULL && g_strcmp0 (found->mac, mac) == 0) || g_strcmp0 (found->address, key) == 0)
        return found;
    }
  return NULL;
}

/* --- life ----------------------------------------------------------------------------------- */

static void
oh_finder_finalize (GObject *object)
{
  OhFinder *self = OH_FINDER (object);

  g_ptr_array_unref (self->parts.quick);
  g_ptr_array_unref (self->parts.patient);
  g_clear_object (&self->parts.probe);
  g_ptr_array_unref (self->found);
  G_OBJECT_CLASS (oh_finder_parent_class)->finalize (object);
}

static void
oh_finder_class_init (OhFinderClass *class)
{
  G_OBJECT_CLASS (class)->finalize = oh_finder_finalize;
  signals[FOUND] = g_signal_new ("found", OH_TYPE_FINDER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[PROGRESS] = g_signal_new ("progress", OH_TYPE_FINDER, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                    NULL, G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_UINT);
}

static void
oh_finder_init (OhFinder *self)
{
  self->found = g_ptr_array_new_with_free_func ((GDestroyNotify) oh_found_phone_free);
}

OhFinder *
oh_finder_new (const OhFinderParts *parts)
{
  OhFinder *self = g_object_new (OH_TYPE_FINDER, NULL);

  self->parts.quick = g_ptr_array_ref (parts->quick);
  self->parts.patient = g_ptr_array_ref (parts->patient);
  g_set_object (&self->parts.probe, parts->probe);
  return self;
}
