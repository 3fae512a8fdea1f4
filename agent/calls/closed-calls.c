/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "closed-calls.h"
#include "call-rules.h"

#include <string.h>

typedef struct
{
  OhPhone *phone; /* only compared */
  char *handle;
  char *line;
  char *local;
  char *remote;
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
  g_free (closed->line);
  g_free (closed->local);
  g_free (closed->remote);
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
         (now_us - oldest->closed_us >= OH_CLOSED_CALLS_LONG_US ||
          g_queue_get_length (&self->calls) > OH_CLOSED_CALLS_MAX))
    closed_free (g_queue_pop_head (&self->calls));
}

void
oh_closed_calls_add (OhClosedCalls *self, OhPhone *phone, const OhCallKey *key, gint64 now_us)
{
  Closed *closed = g_new0 (Closed, 1);

  closed->phone = phone;
  closed->handle = g_strdup (key->handle);
  closed->line = g_strdup (key->line);
  closed->local = g_strdup (key->local);
  closed->remote = g_strdup (key->remote);
  closed->closed_us = now_us;
  g_queue_push_tail (&self->calls, closed);
  forget_old (self, now_us);
}

/* Whether @event is a late word about @closed, and not the beginning of the next call. */
static gboolean
is_about (const Closed *closed, const OhPhoneEvent *event, gint64 now_us)
{
  const OhCallKey key = { closed->handle, closed->line, closed->local, closed->remote };
  gboolean lately = now_us - closed->closed_us < OH_CLOSED_CALLS_US;

  if (key.handle != NULL && event->call != NULL)
    return strcmp (key.handle, event->call) == 0 && (lately || !oh_event_begins (event->kind));
  if (oh_event_begins (event->kind) || !lately)
    return FALSE;
  return oh_event_is_nameless (event) || oh_call_key_matches (&key, event);
}

gboolean
oh_closed_calls_has (OhClosedCalls *self, OhPhone *phone, const OhPhoneEvent *event, gint64 now_us)
{
  forget_old (self, now_us);
  for (GList *l = self->calls.head; l != NULL; l = l->next)
    {
      const Closed *closed = l->data;

      if (closed->phone == phone && is_about (closed, event, now_us))
        return TRUE;
    }
  return FALSE;
}
