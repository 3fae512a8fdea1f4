/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "contacts.h"

#include "category-xml.h"
#include "contact-number.h"
#include "contact-private.h"
#include "roaming-contacts-xml.h"

/* What the list knows of a contact besides the contact. */
typedef struct
{
  OhContact *contact;   /* (owned) */
  GSequenceIter *place; /* (nullable): NULL until it is in the sequence */
  GArray *group_ids;    /* (owned) (element-type guint32) */
  GPtrArray *keys;      /* (owned) (element-type utf8): under which its numbers are indexed */
  guint seen;           /* the complete list that named it last */
} Entry;

struct _OhContacts
{
  GObject parent_instance;

  GSequence *order;      /* (owned) (element-type Entry), unowned entries */
  GHashTable *by_key;    /* (owned) key of the contact → Entry (owned) */
  GHashTable *by_number; /* (owned) key of a number → GPtrArray of OhContact (unowned) */
  GHashTable *groups;    /* (owned) id → name (owned) */
  guint32 number;        /* of the list; deltas count on */
  guint generation;      /* of complete lists */
};

enum
{
  SIGNAL_CONTACT_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (OhContacts, oh_contacts, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static GType
get_item_type (GListModel *model)
{
  return OH_TYPE_CONTACT;
}

static guint
get_n_items (GListModel *model)
{
  return (guint) g_sequence_get_length (OH_CONTACTS (model)->order);
}

static gpointer
get_item (GListModel *model, guint position)
{
  GSequenceIter *iter = g_sequence_get_iter_at_pos (OH_CONTACTS (model)->order, (int) position);
  Entry *entry;

  if (g_sequence_iter_is_end (iter))
    return NULL;
  entry = g_sequence_get (iter);
  return g_object_ref (entry->contact);
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  g_object_unref (entry->contact);
  g_clear_pointer (&entry->group_ids, g_array_unref);
  g_ptr_array_unref (entry->keys);
  g_free (entry);
}

static void
oh_contacts_finalize (GObject *object)
{
  OhContacts *self = OH_CONTACTS (object);

  g_sequence_free (self->order);
  g_hash_table_unref (self->by_key);
  g_hash_table_unref (self->by_number);
  g_hash_table_unref (self->groups);
  G_OBJECT_CLASS (oh_contacts_parent_class)->finalize (object);
}

static void
oh_contacts_class_init (OhContactsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = oh_contacts_finalize;
  signals[SIGNAL_CONTACT_CHANGED] =
    g_signal_new ("contact-changed", OH_TYPE_CONTACTS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, OH_TYPE_CONTACT);
}

static void
oh_contacts_init (OhContacts *self)
{
  self->order = g_sequence_new (NULL);
  self->by_key = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, entry_free);
  self->by_number =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  self->groups = g_hash_table_new_full (NULL, NULL, NULL, g_free);
}

OhContacts *
oh_contacts_new (void)
{
  return g_object_new (OH_TYPE_CONTACTS, NULL);
}

static Entry *
find (OhContacts *self, const char *uri)
{
  g_autofree char *key = oh_contact_key_for (uri);

  return key != NULL ? g_hash_table_lookup (self->by_key, key) : NULL;
}

OhContact *
oh_contacts_lookup_uri (OhContacts *self, const char *uri)
{
  Entry *entry = find (self, uri);

  return entry != NULL ? entry->contact : NULL;
}

/* --- numbers -------------------------------------------------------------------------------- */

static void
unindex (OhContacts *self, Entry *entry)
{
  for (guint i = 0; i < entry->keys->len; i++)
    {
      const char *key = g_ptr_array_index (entry->keys, i);
      GPtrArray *who = g_hash_table_lookup (self->by_number, key);

      g_ptr_array_remove_fast (who, entry->contact);
      if (who->len == 0)
        g_hash_table_remove (self->by_number, key);
    }
  g_ptr_array_set_size (entry->keys, 0);
}

static void
index_numbers (OhContacts *self, Entry *entry)
{
  GPtrArray *numbers = oh_contact_numbers (entry->contact);

  unindex (self, entry);
  for (guint i = 0; i < numbers->len; i++)
    {
      const OhContactNumber *number = g_ptr_array_index (numbers, i);
      g_autofree char *key = oh_contact_number_key (number->number);
      GPtrArray *who = g_hash_table_lookup (self->by_number, key);

      if (who == NULL)
        {
          who = g_ptr_array_new ();
          g_hash_table_insert (self->by_number, g_strdup (key), who);
        }
      if (g_ptr_array_find (who, entry->contact, NULL))
        continue;
      g_ptr_array_add (who, entry->contact);
      g_ptr_array_add (entry->keys, g_steal_pointer (&key));
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
oh_contacts_lookup_number (OhContacts *self, const char *number)
{
  g_autofree char *read = oh_contact_number_read (number);
  g_autofree char *key = read != NULL ? oh_contact_number_key (read) : NULL;
  GPtrArray *who = key != NULL ? g_hash_table_lookup (self->by_number, key) : NULL;
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

/* --- the list ------------------------------------------------------------------------------- */

static void
emit_changed (OhContacts *self, Entry *entry, OhContactChange change)
{
  if (change & OH_CONTACT_CHANGED_NUMBERS)
    index_numbers (self, entry);
  if (change != OH_CONTACT_SAME && entry->place != NULL)
    g_signal_emit (self, signals[SIGNAL_CONTACT_CHANGED], 0, entry->contact);
}

/* The default group is called "~"; a group nobody has named is no use to the user. */
static GStrv
group_names (OhContacts *self, GArray *ids)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();

  for (guint i = 0; i < ids->len; i++)
    {
      gpointer id = GUINT_TO_POINTER (g_array_index (ids, guint32, i));
      const char *name = g_hash_table_lookup (self->groups, id);

      if (name != NULL && name[0] != '\0' && !g_str_equal (name, "~"))
        g_strv_builder_add (names, name);
    }
  return g_strv_builder_end (names);
}

static void
apply_groups (OhContacts *self, const OhContactList *list)
{
  if (!list->delta)
    g_hash_table_remove_all (self->groups);
  for (guint i = 0; i < list->groups->len; i++)
    {
      const OhContactListGroup *group = g_ptr_array_index (list->groups, i);
      gpointer id = GUINT_TO_POINTER (group->id);

      if (group->op == OH_CONTACT_LIST_DELETE)
        g_hash_table_remove (self->groups, id);
      else if (g_hash_table_size (self->groups) < OH_CONTACT_GROUPS_MAX ||
               g_hash_table_contains (self->groups, id))
        g_hash_table_insert (self->groups, id, g_strdup (group->name));
    }
}

/* After a group got another name: those in it who were not named themselves. */
static void
rename_groups (OhContacts *self)
{
  for (GSequenceIter *iter = g_sequence_get_begin_iter (self->order);
       !g_sequence_iter_is_end (iter); iter = g_sequence_iter_next (iter))
    {
      Entry *entry = g_sequence_get (iter);
      GStrv names = group_names (self, entry->group_ids);

      emit_changed (self, entry, oh_contact_set_groups (entry->contact, names));
    }
}

static void
put (OhContacts *self, const OhContactListEntry *given, GPtrArray *fresh)
{
  g_autofree char *key = oh_contact_key_for (given->uri);
  Entry *entry = g_hash_table_lookup (self->by_key, key);

  if (entry == NULL)
    {
      if (g_hash_table_size (self->by_key) >= OH_CONTACT_LIST_MAX)
        {
          g_message ("more than %u contacts; the rest is left out", OH_CONTACT_LIST_MAX);
          return;
        }
      entry = g_new0 (Entry, 1);
      entry->contact = oh_contact_new (given->uri, key);
      entry->keys = g_ptr_array_new_with_free_func (g_free);
      g_hash_table_insert (self->by_key, (gpointer) oh_contact_key (entry->contact), entry);
      g_ptr_array_add (fresh, entry);
    }
  g_clear_pointer (&entry->group_ids, g_array_unref);
  entry->group_ids = g_array_ref (given->groups);
  entry->seen = self->generation;
  emit_changed (self, entry,
                oh_contact_set_entry (entry->contact, given->name,
                                      group_names (self, given->groups), given->subscribed));
}

/* Removes what stands in the sequence from @begin up to @end, with one signal. */
static void
remove_range (OhContacts *self, GSequenceIter *begin, GSequenceIter *end)
{
  int position = g_sequence_iter_get_position (begin);
  int n = g_sequence_iter_get_position (end) - position;
  g_autoptr (GPtrArray) gone = g_ptr_array_new ();

  if (n == 0)
    return;
  for (GSequenceIter *iter = begin; iter != end; iter = g_sequence_iter_next (iter))
    g_ptr_array_add (gone, g_sequence_get (iter));
  g_sequence_remove_range (begin, end);
  for (guint i = 0; i < gone->len; i++)
    {
      Entry *entry = g_ptr_array_index (gone, i);

      unindex (self, entry);
      g_hash_table_remove (self->by_key, oh_contact_key (entry->contact));
    }
  g_list_model_items_changed (G_LIST_MODEL (self), (guint) position, (guint) n, 0);
}

static gboolean
is_gone (OhContacts *self, GSequenceIter *iter)
{
  return !g_sequence_iter_is_end (iter) &&
         ((Entry *) g_sequence_get (iter))->seen != self->generation;
}

/* Those whom the complete list does not name any more. */
static void
remove_unseen (OhContacts *self)
{
  GSequenceIter *iter = g_sequence_get_begin_iter (self->order);

  while (!g_sequence_iter_is_end (iter))
    {
      GSequenceIter *begin = iter;

      while (is_gone (self, iter))
        iter = g_sequence_iter_next (iter);
      if (begin == iter)
        iter = g_sequence_iter_next (iter);
      else
        remove_range (self, begin, iter);
    }
}

static void
remove_one (OhContacts *self, const char *uri)
{
  Entry *entry = find (self, uri);

  if (entry != NULL && entry->place != NULL)
    remove_range (self, entry->place, g_sequence_iter_next (entry->place));
}

static void
append (OhContacts *self, GPtrArray *fresh)
{
  guint before = get_n_items (G_LIST_MODEL (self));

  for (guint i = 0; i < fresh->len; i++)
    {
      Entry *entry = g_ptr_array_index (fresh, i);

      entry->place = g_sequence_append (self->order, entry);
    }
  if (fresh->len > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), before, 0, fresh->len);
}

gboolean
oh_contacts_apply_list (OhContacts *self, const OhContactList *list)
{
  g_autoptr (GPtrArray) fresh = g_ptr_array_new ();

  if (list->delta && list->previous != self->number)
    {
      g_debug ("contact list: a change to version %u, but ours is %u", list->previous,
               self->number);
      return FALSE;
    }
  self->number = list->number;
  if (!list->delta)
    self->generation++;
  apply_groups (self, list);
  for (guint i = 0; i < list->entries->len; i++)
    {
      const OhContactListEntry *entry = g_ptr_array_index (list->entries, i);

      if (entry->op == OH_CONTACT_LIST_PUT)
        put (self, entry, fresh);
      else
        remove_one (self, entry->uri);
    }
  if (!list->delta)
    remove_unseen (self);
  append (self, fresh);
  if (list->delta && list->groups->len > 0)
    rename_groups (self);
  return TRUE;
}

gboolean
oh_contacts_apply_categories (OhContacts *self, const OhCategories *categories)
{
  Entry *entry = find (self, categories->uri);

  if (entry == NULL)
    return FALSE;
  emit_changed (self, entry, oh_contact_apply (entry->contact, categories));
  return TRUE;
}

void
oh_contacts_set_availability (OhContacts *self, const char *uri, OhAvailability availability)
{
  Entry *entry = find (self, uri);

  if (entry != NULL)
    emit_changed (self, entry, oh_contact_set_availability (entry->contact, availability));
}

void
oh_contacts_forget_presence (OhContacts *self)
{
  for (GSequenceIter *iter = g_sequence_get_begin_iter (self->order);
       !g_sequence_iter_is_end (iter); iter = g_sequence_iter_next (iter))
    {
      Entry *entry = g_sequence_get (iter);

      emit_changed (self, entry,
                    oh_contact_set_availability (entry->contact, OH_AVAILABILITY_UNKNOWN));
    }
}

void
oh_contacts_clear (OhContacts *self)
{
  remove_range (self, g_sequence_get_begin_iter (self->order),
                g_sequence_get_end_iter (self->order));
  g_hash_table_remove_all (self->groups);
  self->number = 0;
}

GPtrArray *
oh_contacts_subscribed (OhContacts *self)
{
  GPtrArray *contacts = g_ptr_array_new_with_free_func (g_object_unref);

  for (GSequenceIter *iter = g_sequence_get_begin_iter (self->order);
       !g_sequence_iter_is_end (iter); iter = g_sequence_iter_next (iter))
    {
      Entry *entry = g_sequence_get (iter);

      if (oh_contact_subscribed (entry->contact))
        g_ptr_array_add (contacts, g_object_ref (entry->contact));
    }
  return contacts;
}
