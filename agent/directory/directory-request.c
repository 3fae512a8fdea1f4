/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "directory-request.h"

#include <glib/gi18n-lib.h>

#include "error.h"

static void
disarm (OhDirectoryRequest *self)
{
  oh_clock_clear_alarm (self->clock, &self->limit);
  if (self->cancelled != NULL)
    g_source_destroy (self->cancelled);
  g_clear_pointer (&self->cancelled, g_source_unref);
}

void
oh_directory_request_free (OhDirectoryRequest *self)
{
  disarm (self);
  g_clear_object (&self->task);
  g_object_unref (self->stop);
  g_object_unref (self->clock);
  g_object_unref (self->directory);
  g_free (self->text);
  g_free (self);
}

void
oh_directory_request_answer (OhDirectoryRequest *self, OhDirectoryAnswer *answer, GError *error)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->task);

  disarm (self);
  if (task == NULL)
    {
      oh_directory_answer_free (answer);
      g_clear_error (&error);
    }
  else if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, answer, (GDestroyNotify) oh_directory_answer_free);
}

static gboolean
on_cancelled (GCancellable *cancellable, gpointer user_data)
{
  OhDirectoryRequest *self = user_data;

  self->give_up (self,
                 g_error_new_literal (OH_ERROR, OH_ERROR_CANCELLED, _ ("The search was given up.")),
                 self->directory);
  return G_SOURCE_REMOVE;
}

static gboolean
on_limit (gpointer user_data)
{
  OhDirectoryRequest *self = user_data;

  self->limit = 0;
  self->unanswered = TRUE;
  self->give_up (self,
                 g_error_new_literal (OH_ERROR, OH_ERROR_UNREACHABLE,
                                      _ ("The directory does not answer in time; type more.")),
                 self->directory);
  return G_SOURCE_REMOVE;
}

OhDirectoryRequest *
oh_directory_request_new (GTask *task, OhClock *clock, const char *text, gboolean own,
                          OhDirectoryGiveUpFunc give_up)
{
  OhDirectoryRequest *self = g_new0 (OhDirectoryRequest, 1);
  GCancellable *cancellable = g_task_get_cancellable (task);

  self->directory = g_object_ref (g_task_get_source_object (task));
  self->task = g_object_ref (task);
  self->clock = g_object_ref (clock);
  self->text = g_strdup (text);
  self->own = own;
  self->stop = g_cancellable_new ();
  self->give_up = give_up;
  self->limit = oh_clock_add_alarm_in (clock, OH_DIRECTORY_LIMIT_US, on_limit, self);
  if (cancellable != NULL)
    {
      self->cancelled = g_cancellable_source_new (cancellable);
      g_source_set_callback (self->cancelled, G_SOURCE_FUNC (on_cancelled), self, NULL);
      g_source_attach (self->cancelled, NULL);
    }
  return self;
}
