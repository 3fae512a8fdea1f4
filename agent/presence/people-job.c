/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "people-job.h"

#include "batch-xml.h"

OhPeopleJob *
oh_people_job_new (gboolean unsubscribe)
{
  OhPeopleJob *self = g_new0 (OhPeopleJob, 1);

  self->unsubscribe = unsubscribe;
  self->uris = g_ptr_array_new_null_terminated (0, g_free, TRUE);
  return self;
}

void
oh_people_job_free (OhPeopleJob *self)
{
  g_ptr_array_unref (self->uris);
  g_free (self);
}

void
oh_people_job_add (OhPeopleJob *self, const char *uri)
{
  g_ptr_array_add (self->uris, g_strdup (uri));
}

void
oh_people_job_queue (OhPeopleJob *job, GQueue *queue)
{
  OhPeopleJob *piece = NULL;

  for (guint i = 0; i < job->uris->len; i++)
    {
      if (piece == NULL || piece->uris->len >= OH_BATCH_RESOURCES_MAX)
        {
          piece = oh_people_job_new (job->unsubscribe);
          g_queue_push_tail (queue, piece);
        }
      oh_people_job_add (piece, g_ptr_array_index (job->uris, i));
    }
  oh_people_job_free (job);
}

void
oh_people_job_halve (const OhPeopleJob *self, GQueue *queue)
{
  OhPeopleJob *halves[] = { oh_people_job_new (self->unsubscribe),
                            oh_people_job_new (self->unsubscribe) };
  guint n = self->uris->len;

  for (guint i = 0; i < n; i++)
    oh_people_job_add (halves[i < n / 2 ? 0 : 1], g_ptr_array_index (self->uris, i));
  g_queue_push_head (queue, halves[1]);
  g_queue_push_head (queue, halves[0]);
}
