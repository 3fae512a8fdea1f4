/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "publish-ticket.h"

struct _OhPublishTicket
{
  GTask *task;   /* (owned) */
  GError *error; /* (owned) (nullable): the first one */
};

OhPublishTicket *
oh_publish_ticket_new (GTask *task)
{
  OhPublishTicket *self = g_rc_box_new0 (OhPublishTicket);

  self->task = task;
  return self;
}

OhPublishTicket *
oh_publish_ticket_ref (OhPublishTicket *self)
{
  return g_rc_box_acquire (self);
}

static void
ticket_return (OhPublishTicket *self)
{
  if (self->error != NULL)
    g_task_return_error (self->task, g_steal_pointer (&self->error));
  else
    g_task_return_boolean (self->task, TRUE);
  g_object_unref (self->task);
}

void
oh_publish_ticket_unref (OhPublishTicket *self)
{
  g_rc_box_release_full (self, (GDestroyNotify) ticket_return);
}

void
oh_publish_ticket_fail (OhPublishTicket *self, OhError code, const char *message)
{
  if (self->error == NULL)
    self->error = g_error_new_literal (OH_ERROR, (gint) code, message);
}

GPtrArray *
oh_publish_tickets_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) oh_publish_ticket_unref);
}

void
oh_publish_tickets_fail (GPtrArray *tickets, const GError *error)
{
  for (guint i = 0; i < tickets->len; i++)
    {
      OhPublishTicket *ticket = g_ptr_array_index (tickets, i);

      if (ticket->error == NULL)
        ticket->error = g_error_copy (error);
    }
}

void
oh_publish_tickets_move (GPtrArray *from, GPtrArray *to)
{
  while (from->len > 0)
    g_ptr_array_add (to, g_ptr_array_steal_index (from, 0));
}
