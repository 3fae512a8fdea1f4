/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "closed-calls.h"

#include <string.h>

typedef struct
{
  OhPhone *phone; /* only compared */
  char *handle;
  gint64 closed_us;
} Closed;

struct _OhClosedCalls
{
  GQueue calls; /* Closed, oldest first */
};

static void
closed_free (gpointer data)
{
  Closed *closed = data;

  g_free (closed->handle);
  g_free (closed);
}

OhClosedCalls *
oh_closed_calls_new (void)
{
  OhClosedCalls *self = g_new0 (OhClosedCalls, 1);

  g_queue_init (&self->calls);
  return self;
}

void
oh_closed_calls_free (OhClosedCalls *self)
{
  if (self == NULL)
    return;
  g_queue_clear_full (&self->calls, closed_free);
  g_free (self);
}

static void
forget_old (OhClosedCalls *self, gint64 now_us)
{
  Closed *oldest;

  while ((oldest = g_queue_peek_head (&self->calls)) != NULL &&
         (now_us - oldest->closed_us >= OH_CLOSED_CALLS_US ||
          g_queue_get_length (&self->calls) > OH_CLOSED_CALLS_MAX))
    closed_free (g_queue_pop_head (&self->calls));
}

void
oh_closed_calls_add (OhClosedCalls *self, OhPhone *phone, const char *handle, gint64 now_us)
{
  Closed *closed;

  if (handle == NULL)
    return;
  closed = g_new0 (Closed, 1);
  closed->phone = phone;
  closed->handle = g_strdup (handle);
  closed->closed_us = now_us;
  g_queue_push_tail (&self->calls, closed);
  forget_old (self, now_us);
}

gboolean
oh_closed_calls_has (OhClosedCalls *self, OhPhone *phone, const char *handle, gint64 now_us)
{
  forget_old (self, now_us);
  for (GList *l = self->calls.head; l != NULL && handle != NULL; l = l->next)
    {
      Closed *closed = l->data;

      if (closed->phone == phone && strcmp (closed->handle, handle) == 0)
        return TRUE;
    }
  return FALSE;
}
