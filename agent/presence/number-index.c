/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "number-index.h"

#include "contact-number.h"

struct _OhNumberIndex
{
  GHashTable *by_key;  /* (owned) key of a number → GPtrArray of OhContact (unowned) */
  GHashTable *keys_of; /* (owned) OhContact (unowned) → GPtrArray of its keys (owned) */
};

OhNumberIndex *
oh_number_index_new (void)
{
  OhNumberIndex *self = g_new0 (OhNumberIndex, 1);

  self->by_key =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  self->keys_of = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_ptr_array_unref);
  return self;
}

void
oh_number_index_free (OhNumberIndex *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->by_key);
  g_hash_table_unref (self->keys_of);
  g_free (self);
}

void
oh_number_index_remove (OhNumberIndex *self, OhContact *contact)
{
  GPtrArray *keys = g_hash_table_lookup (self->keys_of, contact);

  for (guint i = 0; keys != NULL && i < keys->len; i++)
    {
      const char *key = g_ptr_array_index (keys, i);
      GPtrArray *who = g_hash_table_lookup (self->by_key, key);

      g_ptr_array_remove_fast (who, contact);
      if (who->len == 0)
        g_hash_table_remove (self->by_key, key);
    }
  g_hash_table_remove (self->keys_of, contact);
}

/* @key: (transfer full) */
static void
add (OhNumberIndex *self, OhContact *contact, GPtrArray *keys, char *key)
{
  GPtrArray *who = g_hash_table_lookup (self->by_key, key);

  if (who == NULL)
    {
      who = g_ptr_array_new ();
      g_hash_table_insert (self->by_key, g_strdup (key), who);
    }
  else if (g_ptr_array_find (who, contact, NULL))
    {
      g_free (key); /* a second number that ends in the same way */
      return;
    }
  g_ptr_array_add (who, contact);
  g_ptr_array_add (keys, key);
}

void
oh_number_index_put (OhNumberIndex *self, OhContact *contact)
{
  GPtrArray *numbers = oh_contact_numbers (contact);
  GPtrArray *keys;

  oh_number_index_remove (self, contact);
  if (numbers->len == 0)
    return;
  keys = g_ptr_array_new_with_free_func (g_free);
  g_hash_table_insert (self->keys_of, contact, keys);
  for (guint i = 0; i < numbers->len; i++)
    {
      const OhContactNumber *number = g_ptr_array_index (numbers, i);

      add (self, contact, keys, oh_contact_number_key (number->number));
    }
}

static OhNumberMatch
best_match (OhContact *contact, const char *number)
{
  GPtrArray *numbers = oh_contact_numbers (contact);
  OhNumberMatch best = OH_NUMBER_DIFFERENT;

  for (guint i = 0; i < numbers->len; i++)
    {
      const OhContactNumber *have = g_ptr_array_index (numbers, i);

      best = MAX (best, oh_contact_number_match (have->number, number));
    }
  return best;
}

OhContact *
oh_number_index_lookup (OhNumberIndex *self, const char *number)
{
  g_autofree char *read = oh_contact_number_read (number);
  g_autofree char *key = read != NULL ? oh_contact_number_key (read) : NULL;
  GPtrArray *who = key != NULL ? g_hash_table_lookup (self->by_key, key) : NULL;
  OhNumberMatch best = OH_NUMBER_DIFFERENT;
  OhContact *found = NULL;

  for (guint i = 0; who != NULL && i < who->len; i++)
    {
      OhContact *contact = g_ptr_array_index (who, i);
      OhNumberMatch match = best_match (contact, read);

      if (match > best)
        {
          best = match;
          found = contact;
        }
      else if (match == best)
        found = NULL; /* two people: nobody is named */
    }
  return found;
}
