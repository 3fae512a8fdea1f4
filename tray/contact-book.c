/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "contact-book.h"

/* Looking at the clock costs as much as a person does: after so many. */
#define STEPS_PER_LOOK 8u

/* Something that the agent sent, as far as it is not yet taken over. */
typedef struct
{
  GVariant *entries;   /* (owned) */
  gsize n_entries;     /* in @entries */
  gsize next;          /* of @entries */
  GStrv removed;       /* (owned) (nullable) */
  gsize next_removed;  /* of @removed */
  GHashTable *missing; /* (owned) (nullable) (element-type utf8): of a whole list: who is not yet
                        * found in it */
} Delivery;

struct _OhContactBook
{
  GObject parent;

  OhContactBookReader reader;
  guint max;
  GPtrArray *contacts; /* (owned): shared with the model */
  GHashTable *places;  /* (owned): address, owned by the contact, to index + 1 */
  GQueue deliveries;   /* (element-type Delivery) */
  GPtrArray *leaving;  /* (owned) (element-type OhTrayContact): to be freed */
  guint idle;
};

enum
{
  SIGNAL_PUT,
  SIGNAL_DROPPED,
  SIGNAL_CLEARED,
  SIGNAL_SETTLED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OhContactBook, oh_contact_book, G_TYPE_OBJECT)

static void
free_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_task_return_boolean (task, TRUE);
}

/* A list of ten thousand is a quarter of a million small values: nobody waits for their end. */
static void
give_back (GVariant *entries)
{
  g_autoptr (GTask) task = NULL;

  if (g_variant_n_children (entries) <= STEPS_PER_LOOK)
    {
      g_variant_unref (entries);
      return;
    }
  task = g_task_new (NULL, NULL, NULL, NULL);
  g_task_set_task_data (task, entries, (GDestroyNotify) g_variant_unref);
  g_task_run_in_thread (task, free_in_thread);
}

static void
delivery_free (gpointer data)
{
  Delivery *delivery = data;

  give_back (delivery->entries);
  g_strfreev (delivery->removed);
  g_clear_pointer (&delivery->missing, g_hash_table_unref);
  g_free (delivery);
}

static void
put (OhContactBook *self, GVariant *entry, GHashTable *missing)
{
  g_autoptr (OhTrayContact) contact = self->reader (entry);
  guint place = GPOINTER_TO_UINT (g_hash_table_lookup (self->places, contact->uri));

  if (place == 0 && self->contacts->len >= self->max)
    return;
  if (missing != NULL)
    g_hash_table_remove (missing, contact->uri);
  if (place == 0)
    {
      g_ptr_array_add (self->contacts, NULL);
      place = self->contacts->len;
    }
  g_hash_table_replace (self->places, contact->uri, GUINT_TO_POINTER (place));
  g_clear_pointer (&g_ptr_array_index (self->contacts, place - 1), oh_tray_contact_unref);
  g_ptr_array_index (self->contacts, place - 1) = oh_tray_contact_ref (contact);
  g_signal_emit (self, signals[SIGNAL_PUT], 0, contact);
}

/* The last one moves into the gap. */
static void
drop (OhContactBook *self, const char *uri)
{
  guint place = GPOINTER_TO_UINT (g_hash_table_lookup (self->places, uri));
  g_autoptr (OhTrayContact) gone = NULL;
  const OhTrayContact *last;

  if (place == 0)
    return;
  gone = oh_tray_contact_ref (g_ptr_array_index (self->contacts, place - 1));
  last = g_ptr_array_index (self->contacts, self->contacts->len - 1);
  g_hash_table_replace (self->places, last->uri, GUINT_TO_POINTER (place));
  g_hash_table_remove (self->places, gone->uri);
  g_ptr_array_remove_index_fast (self->contacts, place - 1);
  g_signal_emit (self, signals[SIGNAL_DROPPED], 0, gone);
}

/* One person. FALSE when the delivery is all taken over. */
static gboolean
take_one (OhContactBook *self, Delivery *delivery)
{
  GHashTableIter iter;
  gpointer uri;

  if (delivery->next < delivery->n_entries)
    {
      g_autoptr (GVariant) entry = g_variant_get_child_value (delivery->entries, delivery->next++);

      put (self, entry, delivery->missing);
      return TRUE;
    }
  if (delivery->removed != NULL && delivery->removed[delivery->next_removed] != NULL)
    {
      drop (self, delivery->removed[delivery->next_removed++]);
      return TRUE;
    }
  if (delivery->missing == NULL)
    return FALSE;
  g_hash_table_iter_init (&iter, delivery->missing);
  if (!g_hash_table_iter_next (&iter, &uri, NULL))
    return FALSE;
  drop (self, uri);
  g_hash_table_remove (delivery->missing, uri);
  return TRUE;
}

/* FALSE when nothing is left to do. */
static gboolean
step (OhContactBook *self)
{
  Delivery *delivery = g_queue_peek_head (&self->deliveries);

  if (delivery != NULL)
    {
      if (!take_one (self, delivery))
        delivery_free (g_queue_pop_head (&self->deliveries));
      return TRUE;
    }
  if (self->leaving->len == 0)
    return FALSE;
  g_ptr_array_remove_index_fast (self->leaving, self->leaving->len - 1);
  return TRUE;
}

static gboolean
on_idle (gpointer user_data)
{
  OhContactBook *self = user_data;
  gint64 until_us = g_get_monotonic_time () + OH_CONTACT_BOOK_SLICE_US;

  do
    for (guint i = 0; i < STEPS_PER_LOOK; i++)
      if (!step (self))
        {
          self->idle = 0;
          g_signal_emit (self, signals[SIGNAL_SETTLED], 0);
          return G_SOURCE_REMOVE;
        }
  while (g_get_monotonic_time () < until_us);
  return G_SOURCE_CONTINUE;
}

static void
work_when_idle (OhContactBook *self)
{
  if (self->idle == 0)
    self->idle = g_idle_add (on_idle, self);
}

static Delivery *
add_delivery (OhContactBook *self, GVariant *entries)
{
  Delivery *delivery = g_new0 (Delivery, 1);

  delivery->entries = g_variant_ref (entries);
  delivery->n_entries = g_variant_n_children (entries);
  g_queue_push_tail (&self->deliveries, delivery);
  work_when_idle (self);
  return delivery;
}

void
oh_contact_book_replace (OhContactBook *self, GVariant *list)
{
  Delivery *delivery;

  g_return_if_fail (OH_IS_CONTACT_BOOK (self));

  g_queue_clear_full (&self->deliveries, delivery_free);
  delivery = add_delivery (self, list);
  if (self->contacts->len == 0)
    return;
  delivery->missing = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < self->contacts->len; i++)
    {
      const OhTrayContact *contact = g_ptr_array_index (self->contacts, i);

      g_hash_table_add (delivery->missing, g_strdup (contact->uri));
    }
}

void
oh_contact_book_change (OhContactBook *self, GVariant *changed, const char *const *removed)
{
  Delivery *delivery;

  g_return_if_fail (OH_IS_CONTACT_BOOK (self));

  delivery = add_delivery (self, changed);
  if (removed != NULL && removed[0] != NULL)
    delivery->removed = g_strdupv ((char **) removed);
}

void
oh_contact_book_clear (OhContactBook *self)
{
  g_autofree gpointer *contacts = NULL;
  gsize n;

  g_return_if_fail (OH_IS_CONTACT_BOOK (self));

  g_queue_clear_full (&self->deliveries, delivery_free);
  g_hash_table_remove_all (self->places);
  contacts = g_ptr_array_steal (self->contacts, &n);
  for (gsize i = 0; i < n; i++)
    g_ptr_array_add (self->leaving, contacts[i]);
  g_signal_emit (self, signals[SIGNAL_CLEARED], 0);
  work_when_idle (self);
}

const GPtrArray *
oh_contact_book_all (OhContactBook *self)
{
  g_return_val_if_fail (OH_IS_CONTACT_BOOK (self), NULL);
  return self->contacts;
}

static void
oh_contact_book_finalize (GObject *object)
{
  OhContactBook *self = OH_CONTACT_BOOK (object);

  g_clear_handle_id (&self->idle, g_source_remove);
  g_queue_clear_full (&self->deliveries, delivery_free);
  g_hash_table_unref (self->places);
  g_ptr_array_unref (self->contacts);
  g_ptr_array_unref (self->leaving);
  G_OBJECT_CLASS (oh_contact_book_parent_class)->finalize (object);
}

static guint
add_signal (const char *name, guint n_arguments)
{
  return g_signal_new (name, OH_TYPE_CONTACT_BOOK, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                       G_TYPE_NONE, n_arguments, G_TYPE_POINTER);
}

static void
oh_contact_book_class_init (OhContactBookClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = oh_contact_book_finalize;
  signals[SIGNAL_PUT] = add_signal ("put", 1);
  signals[SIGNAL_DROPPED] = add_signal ("dropped", 1);
  signals[SIGNAL_CLEARED] = add_signal ("cleared", 0);
  signals[SIGNAL_SETTLED] = add_signal ("settled", 0);
}

static void
oh_contact_book_init (OhContactBook *self)
{
  self->places = g_hash_table_new (g_str_hash, g_str_equal);
  self->leaving = g_ptr_array_new_with_free_func ((GDestroyNotify) oh_tray_contact_unref);
  g_queue_init (&self->deliveries);
}

OhContactBook *
oh_contact_book_new (GPtrArray *contacts, OhContactBookReader reader, guint max)
{
  OhContactBook *self = g_object_new (OH_TYPE_CONTACT_BOOK, NULL);

  self->contacts = g_ptr_array_ref (contacts);
  self->reader = reader;
  self->max = max;
  return self;
}
