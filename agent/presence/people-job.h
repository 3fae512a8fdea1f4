/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * OhPeopleJob:
 * @unsubscribe: whether they are not wanted any more
 * @uris: (owned) (element-type utf8): their addresses, zero-terminated
 *
 * People who go into one SUBSCRIBE.
 */
typedef struct
{
  gboolean unsubscribe;
  GPtrArray *uris;
} OhPeopleJob;

/**
 * oh_people_job_new:
 * @unsubscribe: whether they are not wanted any more
 *
 * Returns: (transfer full): nobody yet
 */
OhPeopleJob *oh_people_job_new (gboolean unsubscribe);

/**
 * oh_people_job_free:
 * @self: (transfer full): a job
 */
void oh_people_job_free (OhPeopleJob *self);

/**
 * oh_people_job_add:
 * @self: a job
 * @uri: an address; copied
 */
void oh_people_job_add (OhPeopleJob *self, const char *uri);

/**
 * oh_people_job_queue:
 * @job: (transfer full): people, as many as there are
 * @queue: (element-type OhPeopleJob): gets them in pieces that a server takes,
 *   OH_BATCH_RESOURCES_MAX each, at its end
 */
void oh_people_job_queue (OhPeopleJob *job, GQueue *queue);

/**
 * oh_people_job_halve:
 * @self: a job of two people or more
 * @queue: (element-type OhPeopleJob): gets both halves, at its beginning
 */
void oh_people_job_halve (const OhPeopleJob *self, GQueue *queue);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OhPeopleJob, oh_people_job_free)

G_END_DECLS
