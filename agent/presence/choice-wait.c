/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "choice-wait.h"

struct _OhChoiceWait
{
  OhClock *clock; /* (owned) */
  gint64 limit_us;
  guint64 answers;   /* to our requests, so far */
  guint answer_news; /* OhOwnNews in the last one */
  GPtrArray *tasks;  /* (owned) (element-type GTask): accepted, waiting for how we are seen now */
  guint alarm;
};

/* The data of a task. */
typedef struct
{
  OhChoiceWait *wait; /* (unowned): nobody waits any more when that goes */
  guint64 answers;    /* when it was made */
  guint news;         /* OhOwnNews that have not come yet */
} Choice;

static GPtrArray *
take_tasks (OhChoiceWait *self)
{
  GPtrArray *tasks = g_steal_pointer (&self->tasks);

  self->tasks = g_ptr_array_new_with_free_func (g_object_unref);
  return tasks;
}

void
oh_choice_wait_notified (OhChoiceWait *self, guint news)
{
  g_autoptr (GPtrArray) tasks = take_tasks (self);
  g_autoptr (GPtrArray) done = g_ptr_array_new ();

  for (guint i = 0; i < tasks->len; i++)
    {
      GTask *task = g_ptr_array_index (tasks, i);
      Choice *choice = g_task_get_task_data (task);

      choice->news &= ~news;
      if (choice->news != 0)
        g_ptr_array_add (self->tasks, g_object_ref (task));
      else
        g_ptr_array_add (done, task);
    }
  if (self->tasks->len == 0)
    oh_clock_clear_alarm (self->clock, &self->alarm);
  for (guint i = 0; i < done->len; i++)
    g_task_return_boolean (g_ptr_array_index (done, i), TRUE);
}

void
oh_choice_wait_answered (OhChoiceWait *self, guint news)
{
  self->answers++;
  self->answer_news = news;
}

void
oh_choice_wait_give_up (OhChoiceWait *self)
{
  g_autoptr (GPtrArray) tasks = take_tasks (self);

  oh_clock_clear_alarm (self->clock, &self->alarm);
  for (guint i = 0; i < tasks->len; i++)
    g_task_return_boolean (g_ptr_array_index (tasks, i), FALSE);
}

static gboolean
on_limit (gpointer user_data)
{
  OhChoiceWait *self = user_data;

  self->alarm = 0;
  oh_choice_wait_give_up (self);
  return G_SOURCE_REMOVE;
}

/* The server has accepted it, or there was nothing to send. */
static void
on_accepted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Choice *choice = g_task_get_task_data (task);
  OhChoiceWait *self = choice->wait;
  GError *error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      g_task_return_error (task, error);
      return;
    }
  choice->news &= ~self->answer_news;
  if (choice->answers == self->answers || choice->news == 0)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  g_ptr_array_add (self->tasks, g_steal_pointer (&task));
  if (self->alarm == 0)
    self->alarm = oh_clock_add_alarm_in (self->clock, self->limit_us, on_limit, self);
}

OhPublishTicket *
oh_choice_wait_add (OhChoiceWait *self, GTask *task, guint news)
{
  Choice *choice = g_new (Choice, 1);

  *choice = (Choice){ self, self->answers, news };
  g_task_set_task_data (task, choice, g_free);
  return oh_publish_ticket_new (
    g_task_new (g_task_get_source_object (task), NULL, on_accepted, g_object_ref (task)));
}

OhChoiceWait *
oh_choice_wait_new (OhClock *clock, gint64 limit_us)
{
  OhChoiceWait *self = g_new0 (OhChoiceWait, 1);

  self->clock = g_object_ref (clock);
  self->limit_us = limit_us;
  self->tasks = g_ptr_array_new_with_free_func (g_object_unref);
  return self;
}

void
oh_choice_wait_free (OhChoiceWait *self)
{
  if (self == NULL)
    return;
  oh_choice_wait_give_up (self);
  g_ptr_array_unref (self->tasks);
  g_object_unref (self->clock);
  g_free (self);
}
