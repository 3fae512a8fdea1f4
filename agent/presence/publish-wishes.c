/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "publish-wishes.h"

struct _OhPublishWishes
{
  OhOwnPublications *own; /* (unowned) */
  GPtrArray *list; /* (owned) (element-type OhPublishWish), in the order in which they came */
  GPtrArray
    *flight; /* (owned) (element-type OhPublishWish), unowned: in the order of the request */
};

static GPtrArray *
list_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) oh_publish_wish_free);
}

OhPublishWishes *
oh_publish_wishes_new (OhOwnPublications *own)
{
  OhPublishWishes *self = g_new0 (OhPublishWishes, 1);

  self->own = own;
  self->list = list_new ();
  self->flight = g_ptr_array_new ();
  return self;
}

void
oh_publish_wishes_free (OhPublishWishes *self)
{
  g_ptr_array_unref (self->flight);
  g_ptr_array_unref (self->list);
  g_free (self);
}

static guint32
version_of (const OhPublishWishes *self, const OhPublishWish *wish)
{
  return oh_own_publications_version (self->own, wish->category, wish->instance, wish->container);
}

static void
set_version (OhPublishWishes *self, const OhPublishWish *wish, guint32 version)
{
  oh_own_publications_set_version (self->own, wish->category, wish->instance, wish->container,
                                   version);
}

static OhPublishWish *
find (OhPublishWishes *self, const char *category, guint32 instance, guint32 container)
{
  for (guint i = 0; i < self->list->len; i++)
    {
      OhPublishWish *wish = g_ptr_array_index (self->list, i);

      if (wish->instance == instance && wish->container == container &&
          g_str_equal (wish->category, category))
        return wish;
    }
  return NULL;
}

void
oh_publish_wishes_put (OhPublishWishes *self, const OhPublishItem *item, OhPublishTicket *ticket)
{
  OhPublishWish *wish = find (self, item->category, item->instance, item->container);

  if (wish == NULL)
    {
      wish = oh_publish_wish_new (item->category, item->instance, item->container);
      g_ptr_array_add (self->list, wish);
    }
  oh_publish_wish_put (wish, item->expire, item->body, ticket);
}

gboolean
oh_publish_wishes_has (OhPublishWishes *self, const char *category, guint32 instance,
                       guint32 container)
{
  const OhPublishWish *wish = find (self, category, instance, container);

  return wish != NULL && wish->body != NULL;
}

gboolean
oh_publish_wishes_is_overwritten (OhPublishWishes *self, const char *category, guint32 instance,
                                  guint32 container)
{
  const OhPublishWish *wish = find (self, category, instance, container);

  return wish != NULL && wish->overwritten;
}

void
oh_publish_wishes_forget (OhPublishWishes *self, const char *category, guint32 instance,
                          guint32 container)
{
  OhPublishWish *wish = find (self, category, instance, container);

  if (wish != NULL && !wish->in_flight)
    g_ptr_array_remove (self->list, wish); /* frees it */
}

void
oh_publish_wishes_compare (OhPublishWishes *self)
{
  for (guint i = 0; i < self->list->len; i++)
    {
      OhPublishWish *wish = g_ptr_array_index (self->list, i);

      oh_publish_wish_compare (wish, version_of (self, wish));
    }
}

static void
sweep (OhPublishWishes *self)
{
  for (guint i = self->list->len; i > 0; i--)
    if (oh_publish_wish_is_over (g_ptr_array_index (self->list, i - 1)))
      g_ptr_array_remove_index (self->list, i - 1);
}

/* --- under way ------------------------------------------------------------------------------ */

static OhPublishWish *
nth_aboard (OhPublishWishes *self, guint n)
{
  return g_ptr_array_index (self->flight, n);
}

static gboolean
goes_with (OhPublishWishes *self, const OhPublishWish *wish, gboolean alone)
{
  if (self->flight->len >= OH_PUBLISH_ITEMS_MAX)
    return FALSE;
  return self->flight->len == 0 || !alone ||
         oh_publish_wish_same_instance (nth_aboard (self, 0), wish);
}

static void
embark (OhPublishWishes *self, GArray *items, OhPublishWish *wish)
{
  const OhPublishItem item = {
    .category = wish->category,
    .instance = wish->instance,
    .container = wish->container,
    .version = version_of (self, wish),
    .expire = wish->expire,
    .expires_s = wish->expire == OH_EXPIRE_TIME && wish->body != NULL ? OH_PUBLISH_TIMED_S : 0,
    .body = wish->body,
  };

  g_array_append_val (items, item);
  oh_publish_wish_depart (wish);
  g_ptr_array_add (self->flight, wish);
}

GArray *
oh_publish_wishes_depart (OhPublishWishes *self, gboolean alone)
{
  GArray *items = g_array_new (FALSE, FALSE, sizeof (OhPublishItem));

  for (guint i = 0; i < self->list->len; i++)
    {
      OhPublishWish *wish = g_ptr_array_index (self->list, i);

      if (wish->pending && goes_with (self, wish, alone))
        embark (self, items, wish);
    }
  return items;
}

void
oh_publish_wishes_turn_back (OhPublishWishes *self)
{
  for (guint i = 0; i < self->flight->len; i++)
    oh_publish_wish_turn_back (nth_aboard (self, i));
  g_ptr_array_set_size (self->flight, 0);
}

void
oh_publish_wishes_arrive (OhPublishWishes *self, gboolean confirmed, gboolean told, GPtrArray *done)
{
  for (guint i = 0; i < self->flight->len; i++)
    {
      OhPublishWish *wish = nth_aboard (self, i);

      oh_publish_wish_arrive (wish, confirmed, told ? version_of (self, wish) : 0, done);
    }
  g_ptr_array_set_size (self->flight, 0);
  sweep (self);
}

void
oh_publish_wishes_settle (OhPublishWishes *self, GPtrArray *done)
{
  for (guint i = 0; i < self->list->len; i++)
    {
      OhPublishWish *wish = g_ptr_array_index (self->list, i);

      if (wish->pending && wish->body == NULL && version_of (self, wish) == 0)
        oh_publish_wish_settle (wish, done);
    }
  sweep (self);
}

void
oh_publish_wishes_count_on (OhPublishWishes *self)
{
  for (guint i = 0; i < self->flight->len; i++)
    {
      const OhPublishWish *wish = nth_aboard (self, i);

      set_version (self, wish, wish->sent != NULL ? version_of (self, wish) + 1 : 0);
    }
}

guint
oh_publish_wishes_correct (OhPublishWishes *self, const OhPublishFault *fault)
{
  guint n = 0;

  for (guint i = 0; i < fault->ops->len; i++)
    {
      const OhPublishFaultOp *op = &g_array_index (fault->ops, OhPublishFaultOp, i);

      if (op->index < 1 || op->index > self->flight->len)
        continue;
      set_version (self, nth_aboard (self, op->index - 1), op->version);
      n++;
    }
  return n;
}

gboolean
oh_publish_wishes_are_several (OhPublishWishes *self)
{
  for (guint i = 1; i < self->flight->len; i++)
    if (!oh_publish_wish_same_instance (nth_aboard (self, 0), nth_aboard (self, i)))
      return TRUE;
  return FALSE;
}

/* --- who waits ------------------------------------------------------------------------------ */

void
oh_publish_wishes_take_waiting (OhPublishWishes *self, GPtrArray *told)
{
  for (guint i = 0; i < self->list->len; i++)
    {
      OhPublishWish *wish = g_ptr_array_index (self->list, i);

      oh_publish_tickets_move (wish->waiting, told);
    }
}

/* The list is another one before anybody is told: whoever is may want something new. */
void
oh_publish_wishes_fail (OhPublishWishes *self, const GError *error)
{
  g_autoptr (GPtrArray) list = g_steal_pointer (&self->list);

  self->list = list_new ();
  g_ptr_array_set_size (self->flight, 0);
  for (guint i = 0; i < list->len; i++)
    {
      OhPublishWish *wish = g_ptr_array_index (list, i);

      oh_publish_tickets_fail (wish->waiting, error);
      oh_publish_tickets_fail (wish->aboard, error);
    }
}
