/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "search-index.h"

#include <string.h>

#include "search-text.h"

/* One person. */
typedef struct
{
  OhContact *contact; /* (owned) */
  char *name;         /* (owned): from which the text was made */
  char *mail;         /* (owned): the same */
  char *numbers;      /* (owned): the same */
  OhSearchText *text; /* (owned) */
} Entry;

struct _OhSearchIndex
{
  OhContacts *contacts; /* (owned) */
  GPtrArray *rows;      /* (owned) (element-type Entry): in the list's order, to know who went */
  GPtrArray *sorted;    /* (owned) (element-type Entry): in the order of names; unowned entries */
  GHashTable *entries;  /* (owned) OhContact (unowned) → Entry (unowned) */
  GHashTable *by_mail;  /* (owned) mail in lower case (owned) → OhContact (unowned) */
  gboolean dirty;       /* sorted is not in order, or has other people than rows */
};

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  g_object_unref (entry->contact);
  g_free (entry->name);
  g_free (entry->mail);
  g_free (entry->numbers);
  oh_search_text_free (entry->text);
  g_free (entry);
}

static char *
join_numbers (OhContact *contact)
{
  GPtrArray *numbers = oh_contact_numbers (contact);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < numbers->len; i++)
    {
      const OhContactNumber *number = g_ptr_array_index (numbers, i);

      g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", number->number);
    }
  return g_strdup (text->str);
}

/* Returns: whether anything that can be found has changed */
static gboolean
entry_update (Entry *entry)
{
  const char *name = oh_contact_name (entry->contact);
  g_autofree char *numbers = join_numbers (entry->contact);
  const char *mail = oh_contact_mail (entry->contact);
  const char *addresses[] = { oh_contact_uri (entry->contact), mail, NULL };
  g_auto (GStrv) each = NULL;

  if (g_strcmp0 (entry->name, name) == 0 && g_strcmp0 (entry->mail, mail) == 0 &&
      g_strcmp0 (entry->numbers, numbers) == 0)
    return FALSE;
  each = g_strsplit (numbers, "\n", -1);
  g_clear_pointer (&entry->text, oh_search_text_free);
  entry->text = oh_search_text_new (name, addresses, (const char *const *) each);
  g_free (entry->name);
  entry->name = g_strdup (name);
  g_free (entry->mail);
  entry->mail = g_strdup (mail);
  g_free (entry->numbers);
  entry->numbers = g_steal_pointer (&numbers);
  return TRUE;
}

static Entry *
entry_new (OhContact *contact)
{
  Entry *entry = g_new0 (Entry, 1);

  entry->contact = g_object_ref (contact);
  entry_update (entry);
  return entry;
}

static void
on_items_changed (GListModel *model, guint position, guint removed, guint added,
                  OhSearchIndex *self)
{
  for (guint i = position; i < position + removed; i++)
    {
      const Entry *entry = g_ptr_array_index (self->rows, i);

      g_hash_table_remove (self->entries, entry->contact);
    }
  self->dirty = TRUE;
  g_ptr_array_set_size (self->sorted, 0); /* it does not own those who go */
  if (removed > 0)
    g_ptr_array_remove_range (self->rows, position, removed);
  for (guint i = position; i < position + added; i++)
    {
      g_autoptr (OhContact) contact = g_list_model_get_item (model, i);
      Entry *entry = entry_new (contact);

      g_ptr_array_insert (self->rows, (int) i, entry);
      g_hash_table_insert (self->entries, contact, entry);
    }
}

static void
on_contact_changed (OhContacts *contacts, OhContact *contact, OhSearchIndex *self)
{
  Entry *entry = g_hash_table_lookup (self->entries, contact);

  if (entry != NULL && entry_update (entry))
    self->dirty = TRUE;
}

OhSearchIndex *
oh_search_index_new (OhContacts *contacts)
{
  OhSearchIndex *self = g_new0 (OhSearchIndex, 1);

  self->contacts = g_object_ref (contacts);
  self->rows = g_ptr_array_new_with_free_func (entry_free);
  self->sorted = g_ptr_array_new ();
  self->entries = g_hash_table_new (NULL, NULL);
  self->by_mail = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_signal_connect (contacts, "items-changed", G_CALLBACK (on_items_changed), self);
  g_signal_connect (contacts, "contact-changed", G_CALLBACK (on_contact_changed), self);
  on_items_changed (G_LIST_MODEL (contacts), 0, 0,
                    g_list_model_get_n_items (G_LIST_MODEL (contacts)), self);
  return self;
}

void
oh_search_index_free (OhSearchIndex *self)
{
  if (self == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->contacts, self);
  g_hash_table_unref (self->by_mail);
  g_hash_table_unref (self->entries);
  g_ptr_array_unref (self->sorted);
  g_ptr_array_unref (self->rows);
  g_object_unref (self->contacts);
  g_free (self);
}

static int
compare_entries (gconstpointer a, gconstpointer b)
{
  const Entry *one = *(const Entry *const *) a;
  const Entry *other = *(const Entry *const *) b;
  int order = oh_search_text_compare (one->text, other->text);

  return order != 0 ? order
                    : strcmp (oh_contact_uri (one->contact), oh_contact_uri (other->contact));
}

/* After a change, once, however many there were. */
static void
put_in_order (OhSearchIndex *self)
{
  if (!self->dirty)
    return;
  g_ptr_array_set_size (self->sorted, 0);
  g_hash_table_remove_all (self->by_mail);
  for (guint i = 0; i < self->rows->len; i++)
    {
      Entry *entry = g_ptr_array_index (self->rows, i);

      g_ptr_array_add (self->sorted, entry);
      if (entry->mail[0] != '\0')
        g_hash_table_replace (self->by_mail, g_utf8_strdown (entry->mail, -1), entry->contact);
    }
  g_ptr_array_sort (self->sorted, compare_entries);
  self->dirty = FALSE;
}

/* One rank after the other; the order within each is that of the names already. */
static GPtrArray *
best_of (OhSearchIndex *self, const guint8 *ranks, guint limit)
{
  GPtrArray *found = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint rank = 0; rank < OH_SEARCH_NONE; rank++)
    for (guint i = 0; i < self->sorted->len && found->len < limit; i++)
      if (ranks[i] == rank)
        {
          const Entry *entry = g_ptr_array_index (self->sorted, i);

          g_ptr_array_add (found, g_object_ref (entry->contact));
        }
  return found;
}

GPtrArray *
oh_search_index_find (OhSearchIndex *self, const char *text, guint limit, guint *out_total)
{
  g_autoptr (OhQuery) query = oh_query_new (text);
  g_autoptr (OhSearchNeedle) needle = oh_search_needle_new (query);
  g_autofree guint8 *ranks = NULL;
  guint total = 0;

  put_in_order (self);
  ranks = g_new (guint8, self->sorted->len + 1);
  for (guint i = 0; i < self->sorted->len; i++)
    {
      const Entry *entry = g_ptr_array_index (self->sorted, i);

      ranks[i] = (guint8) oh_search_text_match (entry->text, needle);
      total += ranks[i] != OH_SEARCH_NONE ? 1 : 0;
    }
  if (out_total != NULL)
    *out_total = total;
  return best_of (self, ranks, limit);
}

OhContact *
oh_search_index_lookup_mail (OhSearchIndex *self, const char *mail)
{
  g_autofree char *key = g_utf8_strdown (mail, -1);

  put_in_order (self);
  return g_hash_table_lookup (self->by_mail, key);
}
