/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "trace-ring.h"

struct _OhTraceRing
{
  GQueue entries; /* (element-type OhTraceEntry) (owned): oldest first */
  gsize octets;   /* of their texts */
  guint64 lost;
};

void
oh_trace_entry_free (OhTraceEntry *entry)
{
  if (entry == NULL)
    return;
  g_free (entry->peer);
  g_free (entry->verdict);
  g_string_free (entry->text, TRUE);
  g_free (entry);
}

OhTraceRing *
oh_trace_ring_new (void)
{
  OhTraceRing *self = g_new0 (OhTraceRing, 1);

  g_queue_init (&self->entries);
  return self;
}

void
oh_trace_ring_clear (OhTraceRing *self)
{
  g_queue_clear_full (&self->entries, (GDestroyNotify) oh_trace_entry_free);
  self->octets = 0;
  self->lost = 0;
}

void
oh_trace_ring_free (OhTraceRing *self)
{
  if (self == NULL)
    return;
  oh_trace_ring_clear (self);
  g_free (self);
}

void
oh_trace_ring_push (OhTraceRing *self, OhTraceEntry *entry)
{
  g_queue_push_tail (&self->entries, entry);
  self->octets += entry->text->len;
  while (g_queue_get_length (&self->entries) > OH_TRACE_RECORDS_MAX ||
         self->octets > OH_TRACE_OCTETS_MAX)
    {
      OhTraceEntry *oldest = g_queue_pop_head (&self->entries);

      self->octets -= oldest->text->len;
      self->lost++;
      oh_trace_entry_free (oldest);
    }
}

guint
oh_trace_ring_length (const OhTraceRing *self)
{
  return self->entries.length;
}

guint64
oh_trace_ring_lost (const OhTraceRing *self)
{
  return self->lost;
}

const GList *
oh_trace_ring_first (const OhTraceRing *self)
{
  return self->entries.head;
}
