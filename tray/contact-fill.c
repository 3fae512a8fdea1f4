/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "contact-fill.h"

/* Looking at the clock costs as much as a row does: after so many. */
#define STEPS_PER_LOOK 16u

struct _OhContactFill
{
  OhContactStore *store; /* (owned) */
  OhContactBook *book;   /* (unowned) */
  guint next;            /* how many of the book are in the store */
  guint idle;
  void (*done) (gpointer user_data);
  gpointer user_data;
};

static void
take_until (OhContactFill *self, gint64 until_us)
{
  const GPtrArray *all = oh_contact_book_all (self->book);

  while (self->next < all->len)
    {
      oh_contact_store_put (self->store, g_ptr_array_index (all, self->next++));
      if (self->next % STEPS_PER_LOOK == 0 && g_get_monotonic_time () >= until_us)
        return;
    }
}

static void
take_slice (OhContactFill *self)
{
  take_until (self, g_get_monotonic_time () + OH_CONTACT_BOOK_SLICE_US);
}

OhContactFill *
oh_contact_fill_new (OhContactStore *store, OhContactBook *book)
{
  OhContactFill *self = g_new0 (OhContactFill, 1);

  self->store = g_object_ref (store);
  self->book = book;
  take_slice (self);
  return self;
}

void
oh_contact_fill_free (OhContactFill *self)
{
  if (self == NULL)
    return;
  g_clear_handle_id (&self->idle, g_source_remove);
  g_object_unref (self->store);
  g_free (self);
}

gboolean
oh_contact_fill_is_done (const OhContactFill *self)
{
  return self->next >= oh_contact_book_all (self->book)->len;
}

static gboolean
on_idle (gpointer user_data)
{
  OhContactFill *self = user_data;

  take_slice (self);
  if (!oh_contact_fill_is_done (self))
    return G_SOURCE_CONTINUE;
  self->idle = 0;
  self->done (self->user_data);
  return G_SOURCE_REMOVE;
}

void
oh_contact_fill_go_on (OhContactFill *self, void (*done) (gpointer user_data), gpointer user_data)
{
  self->done = done;
  self->user_data = user_data;
  if (self->idle == 0)
    self->idle = g_idle_add (on_idle, self);
}

void
oh_contact_fill_begin_again (OhContactFill *self)
{
  self->next = 0;
}

void
oh_contact_fill_finish (OhContactFill *self)
{
  g_clear_handle_id (&self->idle, g_source_remove);
  take_until (self, G_MAXINT64);
}
