/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "host-probe.h"

/* An answer that is remembered. */
typedef struct
{
  OhFoundPhone *found; /* (owned) */
  gint64 asked_us;
} Memory;

struct _OhHostProbe
{
  GObject parent_instance;

  const OhHostAsker *asker;
  OhHostLister lister;
  gpointer lister_data;
  OhClock *clock;
  GHashTable *memory; /* address to Memory: hosts that answered */
};

typedef struct
{
  const OhFindRun *run;
  GPtrArray *hosts; /* (element-type utf8) */
  guint next;
  guint asking;
  guint done;
} Probing;

typedef struct
{
  GTask *task;
  char *address;
} Question;

static void oh_host_probe_iface_init (OhFindSourceInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (OhHostProbe, oh_host_probe, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (OH_TYPE_FIND_SOURCE,
                                                      oh_host_probe_iface_init))

static void pump (GTask *task);

static void
memory_free (gpointer data)
{
  Memory *memory = data;

  oh_found_phone_free (memory->found);
  g_free (memory);
}

static void
probing_free (gpointer data)
{
  Probing *probing = data;

  g_ptr_array_unref (probing->hosts);
  g_free (probing);
}

/* --- whom to ask ---------------------------------------------------------------------------- */

static gboolean
is_known (const OhFindRun *run, const char *address)
{
  for (guint i = 0; i < run->known->len; i++)
    if (g_str_equal (((OhKnownPhone *) g_ptr_array_index (run->known, i))->host, address))
      return TRUE;
  for (guint i = 0; i < run->found->len; i++)
    {
      const OhFoundPhone *found = g_ptr_array_index (run->found, i);

      if (found->phone_id != NULL && g_strcmp0 (found->address, address) == 0)
        return TRUE;
    }
  return FALSE;
}

static void
add_host (Probing *probing, const char *address)
{
  if (probing->hosts->len < OH_PROBE_HOSTS_MAX && !is_known (probing->run, address) &&
      !g_ptr_array_find_with_equal_func (probing->hosts, address, g_str_equal, NULL))
    g_ptr_array_add (probing->hosts, g_strdup (address));
}

/* Who was found otherwise comes first: those are likely phones. */
static void
collect (OhHostProbe *self, Probing *probing)
{
  g_auto (GStrv) hosts = self->lister (self->lister_data);

  for (guint i = 0; i < probing->run->found->len; i++)
    {
      const OhFoundPhone *found = g_ptr_array_index (probing->run->found, i);

      if (found->address != NULL && g_hostname_is_ip_address (found->address))
        add_host (probing, found->address);
    }
  for (char **host = hosts; *host != NULL; host++)
    add_host (probing, *host);
}

/* --- asking --------------------------------------------------------------------------------- */

static const OhFoundPhone *
remembered (OhHostProbe *self, const char *address)
{
  const Memory *memory = g_hash_table_lookup (self->memory, address);

  return memory != NULL && oh_clock_now_us (self->clock) - memory->asked_us < OH_PROBE_MEMORY_US
           ? memory->found
           : NULL;
}

static void
remember (OhHostProbe *self, const char *address, const OhFoundPhone *found)
{
  Memory *memory = g_new0 (Memory, 1);

  memory->found = oh_found_phone_copy (found);
  memory->asked_us = oh_clock_now_us (self->clock);
  g_hash_table_replace (self->memory, g_strdup (address), memory);
}

static void
count_one (Probing *probing)
{
  probing->done++;
  probing->run->progress (probing->done, probing->hosts->len, probing->run->user_data);
}

static void
on_asked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Question *question = user_data;
  g_autoptr (GTask) task = question->task;
  g_autofree char *address = question->address;
  OhHostProbe *self = g_task_get_source_object (task);
  Probing *probing = g_task_get_task_data (task);
  OhFoundPhone *found = self->asker->ask_finish (result);

  g_free (question);
  probing->asking--;
  if (found != NULL)
    {
      remember (self, address, found);
      probing->run->tell (found, probing->run->user_data);
    }
  count_one (probing);
  pump (task);
}

static void
ask (GTask *task, const char *address)
{
  OhHostProbe *self = g_task_get_source_object (task);
  Probing *probing = g_task_get_task_data (task);
  const OhFoundPhone *before = remembered (self, address);
  Question *question;

  if (before != NULL)
    {
      probing->run->tell (oh_found_phone_copy (before), probing->run->user_data);
      count_one (probing);
      return;
    }
  question = g_new0 (Question, 1);
  question->task = g_object_ref (task);
  question->address = g_strdup (address);
  probing->asking++;
  self->asker->ask_async (address, g_task_get_cancellable (task), on_asked, question);
}

static void
pump (GTask *task)
{
  Probing *probing = g_task_get_task_data (task);

  if (g_cancellable_is_cancelled (g_task_get_cancellable (task)))
    probing->next = probing->hosts->len;
  while (probing->asking < OH_PROBE_PARALLEL && probing->next < probing->hosts->len)
    ask (task, g_ptr_array_index (probing->hosts, probing->next++));
  if (probing->asking == 0 && !g_task_get_completed (task))
    g_task_return_boolean (task, TRUE);
}

static void
oh_host_probe_run_async (OhFindSource *source, const OhFindRun *run, GCancellable *cancellable,
                         GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (source, cancellable, callback, user_data);
  Probing *probing = g_new0 (Probing, 1);

  g_task_set_source_tag (task, oh_host_probe_run_async);
  g_task_set_task_data (task, probing, probing_free);
  probing->run = run;
  probing->hosts = g_ptr_array_new_with_free_func (g_free);
  collect (OH_HOST_PROBE (source), probing);
  run->progress (0, probing->hosts->len, run->user_data);
  pump (task);
}

/* --- life ----------------------------------------------------------------------------------- */

static void
oh_host_probe_iface_init (OhFindSourceInterface *iface)
{
  iface->run_async = oh_host_probe_run_async;
}

static void
oh_host_probe_finalize (GObject *object)
{
  OhHostProbe *self = OH_HOST_PROBE (object);

  g_hash_table_unref (self->memory);
  g_object_unref (self->clock);
  G_OBJECT_CLASS (oh_host_probe_parent_class)->finalize (object);
}

static void
oh_host_probe_class_init (OhHostProbeClass *class)
{
  G_OBJECT_CLASS (class)->finalize = oh_host_probe_finalize;
}

static void
oh_host_probe_init (OhHostProbe *self)
{
  self->memory = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, memory_free);
}

OhFindSource *
oh_host_probe_new (const OhHostAsker *asker, OhHostLister lister, gpointer user_data,
                   OhClock *clock)
{
  OhHostProbe *self = g_object_new (OH_TYPE_HOST_PROBE, NULL);

  self->asker = asker;
  self->lister = lister;
  self->lister_data = user_data;
  self->clock = g_object_ref (clock);
  return OH_FIND_SOURCE (self);
}
