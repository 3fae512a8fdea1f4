/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "publish-wish.h"

OhPublishWish *
oh_publish_wish_new (const char *category, guint32 instance, guint32 container)
{
  OhPublishWish *self = g_new0 (OhPublishWish, 1);

  self->category = g_strdup (category);
  self->instance = instance;
  self->container = container;
  self->waiting = oh_publish_tickets_new ();
  self->aboard = oh_publish_tickets_new ();
  return self;
}

void
oh_publish_wish_free (OhPublishWish *self)
{
  g_free (self->category);
  g_free (self->body);
  g_free (self->sent);
  g_free (self->has);
  g_ptr_array_unref (self->waiting);
  g_ptr_array_unref (self->aboard);
  g_free (self);
}

static gboolean
is_settled (const OhPublishWish *self, const char *body, gboolean asked)
{
  return !self->pending && !self->in_flight && g_strcmp0 (self->has, body) == 0 &&
         (self->confirmed || ((self->rejected || self->overwritten) && !asked));
}

void
oh_publish_wish_put (OhPublishWish *self, OhExpire expire, const char *body,
                     OhPublishTicket *ticket)
{
  gboolean on_its_way = self->in_flight && !self->pending && g_strcmp0 (self->sent, body) == 0;

  if (is_settled (self, body, ticket != NULL))
    return;
  if (ticket != NULL)
    g_ptr_array_add (on_its_way ? self->aboard : self->waiting, oh_publish_ticket_ref (ticket));
  if (on_its_way)
    return;
  self->expire = expire;
  g_free (self->body);
  self->body = g_strdup (body);
  self->pending = TRUE;
}

void
oh_publish_wish_depart (OhPublishWish *self)
{
  self->pending = FALSE;
  self->in_flight = TRUE;
  g_free (self->sent);
  self->sent = g_strdup (self->body);
  oh_publish_tickets_move (self->waiting, self->aboard);
}

void
oh_publish_wish_turn_back (OhPublishWish *self)
{
  self->in_flight = FALSE;
  self->pending = TRUE;
  oh_publish_tickets_move (self->aboard, self->waiting);
}

void
oh_publish_wish_arrive (OhPublishWish *self, gboolean confirmed, guint32 version, GPtrArray *done)
{
  self->in_flight = FALSE;
  self->confirmed = confirmed;
  self->rejected = !confirmed;
  self->overwritten = FALSE;
  self->version = version;
  g_free (self->has);
  self->has = g_steal_pointer (&self->sent);
  oh_publish_tickets_move (self->aboard, done);
}

void
oh_publish_wish_compare (OhPublishWish *self, guint32 version)
{
  if (self->in_flight || self->has == NULL)
    return;
  if (self->version == 0) /* it was not told when it arrived */
    self->version = version;
  if (self->version == version || (version != 0 && version < self->version))
    return; /* it is ours, or the notification is older than our answer */
  self->confirmed = FALSE;
  self->overwritten = version != 0;
  self->version = version;
}

void
oh_publish_wish_settle (OhPublishWish *self, GPtrArray *done)
{
  self->pending = FALSE;
  self->confirmed = TRUE;
  self->rejected = FALSE;
  g_clear_pointer (&self->has, g_free);
  oh_publish_tickets_move (self->waiting, done);
}

gboolean
oh_publish_wish_is_over (const OhPublishWish *self)
{
  return !self->pending && !self->in_flight && !self->rejected && self->body == NULL;
}

gboolean
oh_publish_wish_same_instance (const OhPublishWish *a, const OhPublishWish *b)
{
  return a->instance == b->instance && g_str_equal (a->category, b->category);
}
