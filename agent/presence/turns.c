/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "turns.h"

struct _OhTurns
{
  guint at_once;
  OhTurnFunc func;
  GHashTable *busy;  /* (owned) set of those whose turn it is */
  GHashTable *asked; /* (owned) who waits → its GList in @queue (unowned) */
  GQueue queue;      /* of those who wait */
};

OhTurns *
oh_turns_new (guint at_once, OhTurnFunc func)
{
  OhTurns *self = g_new0 (OhTurns, 1);

  self->at_once = at_once;
  self->func = func;
  self->busy = g_hash_table_new (NULL, NULL);
  self->asked = g_hash_table_new (NULL, NULL);
  g_queue_init (&self->queue);
  return self;
}

void
oh_turns_free (OhTurns *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->busy);
  g_hash_table_unref (self->asked);
  g_queue_clear (&self->queue);
  g_free (self);
}

void
oh_turns_close (OhTurns *self)
{
  self->at_once = 0;
}

static void
next (OhTurns *self)
{
  while (g_hash_table_size (self->busy) < self->at_once && !g_queue_is_empty (&self->queue))
    {
      gpointer who = g_queue_pop_head (&self->queue);

      g_hash_table_remove (self->asked, who);
      g_hash_table_add (self->busy, who);
      self->func (who);
    }
}

void
oh_turns_ask (OhTurns *self, gpointer who)
{
  if (g_hash_table_contains (self->busy, who) || g_hash_table_contains (self->asked, who))
    return;
  g_queue_push_tail (&self->queue, who);
  g_hash_table_insert (self->asked, who, g_queue_peek_tail_link (&self->queue));
  next (self);
}

void
oh_turns_end (OhTurns *self, gpointer who)
{
  GList *link = g_hash_table_lookup (self->asked, who);

  if (link != NULL)
    {
      g_queue_delete_link (&self->queue, link);
      g_hash_table_remove (self->asked, who);
    }
  else if (g_hash_table_remove (self->busy, who))
    next (self);
}
