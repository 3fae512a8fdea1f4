/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fe-delay.h"

#include <string.h>

#include "fe-event.h"

typedef struct
{
  FeDelays *owner; /* unowned */
  FeExchange *exchange;
  guint timeout_id;
} Delay;

struct _FeDelays
{
  GPtrArray *list; /* (owned) (element-type Delay) */
  FeDelayFunc func;
  gpointer user_data;
};

static void
delay_free (gpointer data)
{
  Delay *delay = data;

  g_clear_handle_id (&delay->timeout_id, g_source_remove);
  fe_exchange_free (delay->exchange);
  g_free (delay);
}

FeDelays *
fe_delays_new (FeDelayFunc func, gpointer user_data)
{
  FeDelays *self = g_new0 (FeDelays, 1);

  self->list = g_ptr_array_new_with_free_func (delay_free);
  self->func = func;
  self->user_data = user_data;
  return self;
}

void
fe_delays_free (FeDelays *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->list);
  g_free (self);
}

static gboolean
on_delay_over (gpointer user_data)
{
  Delay *delay = user_data;
  FeDelays *self = delay->owner;

  delay->timeout_id = 0;
  if (!fe_connection_is_closed (delay->exchange->connection))
    self->func (delay->exchange, self->user_data);
  g_ptr_array_remove (self->list, delay);
  return G_SOURCE_REMOVE;
}

void
fe_delays_add (FeDelays *self, FeExchange *exchange, guint delay_ms)
{
  Delay *delay = g_new0 (Delay, 1);

  delay->owner = self;
  delay->exchange = exchange;
  delay->timeout_id = g_timeout_add (delay_ms, on_delay_over, delay);
  g_ptr_array_add (self->list, delay);
}

void
fe_delays_check (FeDelays *self, const FeExchange *exchange)
{
  for (guint i = 0; i < self->list->len; i++)
    {
      const Delay *delay = self->list->pdata[i];

      if (strcmp (exchange->request->method, "SERVICE") == 0 &&
          strcmp (delay->exchange->request->method, "SERVICE") == 0 &&
          strcmp (delay->exchange->aor, exchange->aor) == 0 &&
          strcmp (delay->exchange->epid, exchange->epid) == 0)
        fe_event_violation (exchange->aor, "publish-in-flight", "%s",
                            fe_message_get (exchange->request, "Call-ID"));
    }
}
