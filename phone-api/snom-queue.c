/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "snom-queue.h"

#include <glib/gi18n-lib.h>

#include "error.h"

/* One that waits. */
typedef struct
{
  OhSnomQueue *queue; /* (unowned) */
  GTask *task;        /* (owned) (nullable): NULL once it has left */
  GSource *cancel;    /* (owned) (nullable): of its cancellable */
} Place;

struct _OhSnomQueue
{
  OhClock *clock; /* (owned) */
  OhSnomQueueFunc start;
  gpointer user_data;
  GQueue waiting; /* (element-type Place) */
  GTask *current; /* (owned) (nullable) */
  gint64 gap_us;
  gint64 ready_us; /* no request before that */
  guint gap_alarm;
};

static void
place_free (Place *place)
{
  if (place->cancel != NULL)
    {
      g_source_destroy (place->cancel);
      g_source_unref (place->cancel);
    }
  g_clear_object (&place->task);
  g_free (place);
}

OhSnomQueue *
oh_snom_queue_new (OhClock *clock, OhSnomQueueFunc start, gpointer user_data)
{
  OhSnomQueue *self = g_new0 (OhSnomQueue, 1);

  self->clock = g_object_ref (clock);
  self->start = start;
  self->user_data = user_data;
  self->gap_us = OH_SNOM_GAP_US;
  g_queue_init (&self->waiting);
  return self;
}

void
oh_snom_queue_free (OhSnomQueue *self)
{
  if (self == NULL)
    return;
  g_warn_if_fail (oh_snom_queue_is_idle (self)); /* every task holds its owner */
  oh_clock_clear_alarm (self->clock, &self->gap_alarm);
  g_queue_clear_full (&self->waiting, (GDestroyNotify) place_free);
  g_clear_object (&self->current);
  g_object_unref (self->clock);
  g_free (self);
}

void
oh_snom_queue_set_gap (OhSnomQueue *self, gint64 gap_us)
{
  self->gap_us = gap_us;
}

/* In the loop, not in g_cancellable_cancel(): the callback is nobody's surprise. */
static gboolean
on_cancelled (GCancellable *cancellable, gpointer user_data)
{
  Place *place = user_data;
  OhSnomQueue *self = place->queue;
  g_autoptr (GTask) task = g_steal_pointer (&place->task);

  g_queue_remove (&self->waiting, place);
  place_free (place);
  g_task_return_new_error (task, OH_ERROR, OH_ERROR_CANCELLED,
                           _ ("Cancelled; nothing of it was sent to the phone."));
  return G_SOURCE_REMOVE;
}

static Place *
new_place (OhSnomQueue *self, GTask *task)
{
  Place *place = g_new0 (Place, 1);
  GCancellable *cancellable = g_task_get_cancellable (task);

  place->queue = self;
  place->task = task;
  if (cancellable == NULL)
    return place;
  place->cancel = g_cancellable_source_new (cancellable);
  g_source_set_callback (place->cancel, G_SOURCE_FUNC (on_cancelled), place, NULL);
  g_source_attach (place->cancel, g_task_get_context (task));
  return place;
}

void
oh_snom_queue_push (OhSnomQueue *self, GTask *task)
{
  if (g_queue_get_length (&self->waiting) >= OH_SNOM_QUEUE_MAX)
    {
      g_task_return_new_error (task, OH_ERROR, OH_ERROR_BUSY,
                               _ ("Too much is waiting for the phone."));
      g_object_unref (task);
      return;
    }
  g_queue_push_tail (&self->waiting, new_place (self, task));
  oh_snom_queue_pump (self);
}

GTask *
oh_snom_queue_current (OhSnomQueue *self)
{
  return self->current;
}

gboolean
oh_snom_queue_is_idle (OhSnomQueue *self)
{
  return self->current == NULL && g_queue_is_empty (&self->waiting);
}

void
oh_snom_queue_rest (OhSnomQueue *self)
{
  self->ready_us = oh_clock_now_us (self->clock) + self->gap_us;
}

GTask *
oh_snom_queue_take (OhSnomQueue *self)
{
  return g_steal_pointer (&self->current);
}

void
oh_snom_queue_again (OhSnomQueue *self)
{
  g_queue_push_head (&self->waiting, new_place (self, g_steal_pointer (&self->current)));
  oh_snom_queue_pump (self);
}

static gboolean
on_gap_over (gpointer data)
{
  OhSnomQueue *self = data;

  self->gap_alarm = 0;
  oh_snom_queue_pump (self);
  return G_SOURCE_REMOVE;
}

/* Who was cancelled, and whose source did not run yet, is not started either. */
static GTask *
next_task (OhSnomQueue *self)
{
  for (GList *l = self->waiting.head; l != NULL; l = l->next)
    {
      Place *place = l->data;
      GTask *task = place->task;

      if (g_cancellable_is_cancelled (g_task_get_cancellable (task)))
        continue;
      place->task = NULL;
      g_queue_delete_link (&self->waiting, l);
      place_free (place);
      return task;
    }
  return NULL;
}

void
oh_snom_queue_pump (OhSnomQueue *self)
{
  if (self->current != NULL || self->gap_alarm != 0 || g_queue_is_empty (&self->waiting))
    return;
  if (self->ready_us > oh_clock_now_us (self->clock))
    {
      self->gap_alarm = oh_clock_add_alarm (self->clock, self->ready_us, on_gap_over, self);
      return;
    }
  self->current = next_task (self);
  if (self->current != NULL)
    self->start (self->current, self->user_data);
}
