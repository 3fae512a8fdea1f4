/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "contacts.h"

#include "category-xml.h"
#include "contact-groups.h"
#include "contact-private.h"
#include "number-index.h"
#include "roster-file.h"

/* What the list knows of a contact besides the contact. */
typedef struct
{
  OhContact *contact;   /* (owned) */
  GSequenceIter *place; /* (nullable): NULL until it is in the sequence */
  GArray *group_ids;    /* (owned) (element-type guint32) */
  guint seen;           /* the complete list that named it last */
} Entry;

struct _OhContacts
{
  GObject parent_instance;

  GSequence *order;        /* (owned) (element-type Entry), unowned entries */
  GHashTable *by_key;      /* (owned) key of the contact → Entry (owned) */
  OhNumberIndex *numbers;  /* (owned) */
  OhContactGroups *groups; /* (owned) */
  guint32 number;          /* of the list; deltas count on */
  guint generation;        /* of complete lists */
  gboolean confirmed;      /* by the server that we are signed in to */
};

enum
{
  PROP_STALE = 1,
  N_PROPS,
};

enum
{
  SIGNAL_CONTACT_CHANGED,
  SIGNAL_GROUPS_CHANGED,
  SIGNAL_LIST_APPLIED,
  SIGNAL_CARD_CHANGED,
  N_SIGNALS,
};

static GParamSpec *props[N_PROPS];
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
  g_free (entry);
}

static void
oh_contacts_finalize (GObject *object)
{
  OhContacts *self = OH_CONTACTS (object);

  g_sequence_free (self->order);
  g_hash_table_unref (self->by_key);
  oh_number_index_free (self->numbers);
  oh_contact_groups_free (self->groups);
  G_OBJECT_CLASS (oh_contacts_parent_class)->finalize (object);
}

static void
oh_contacts_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_STALE: g_value_set_boolean (value, !OH_CONTACTS (object)->confirmed); break;
    default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
oh_contacts_class_init (OhContactsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = oh_contacts_finalize;
  object_class->get_property = oh_contacts_get_property;
  props[PROP_STALE] = g_param_spec_boolean (
    "stale", NULL, NULL, TRUE, G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  signals[SIGNAL_CONTACT_CHANGED] =
    g_signal_new ("contact-changed", OH_TYPE_CONTACTS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, OH_TYPE_CONTACT);
  signals[SIGNAL_GROUPS_CHANGED] = g_signal_new (
    "groups-changed", OH_TYPE_CONTACTS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_LIST_APPLIED] = g_signal_new ("list-applied", OH_TYPE_CONTACTS, G_SIGNAL_RUN_LAST,
                                               0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
  signals[SIGNAL_CARD_CHANGED] = g_signal_new ("card-changed", OH_TYPE_CONTACTS, G_SIGNAL_RUN_LAST,
                                               0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
oh_contacts_init (OhContacts *self)
{
  self->order = g_sequence_new (NULL);
  self->by_key = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, entry_free);
  self->numbers = oh_number_index_new ();
  self->groups = oh_contact_groups_new ();
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

OhContact *
oh_contacts_lookup_number (OhContacts *self, const char *number)
{
  return oh_number_index_lookup (self->numbers, number);
}

/* --- the list ------------------------------------------------------------------------------- */

static void
emit_changed (OhContacts *self, Entry *entry, OhContactChange change)
{
  if (change & OH_CONTACT_CHANGED_NUMBERS)
    {
      oh_number_index_put (self->numbers, entry->contact);
      g_signal_emit (self, signals[SIGNAL_CARD_CHANGED], 0);
    }
  if (change != OH_CONTACT_SAME && entry->place != NULL)
    g_signal_emit (self, signals[SIGNAL_CONTACT_CHANGED], 0, entry->contact);
}

/* A number that is given to another group later must not bring people with it. */
static void
leave_group (OhContacts *self, guint32 id)
{
  for (GSequenceIter *iter = g_sequence_get_begin_iter (self->order);
       !g_sequence_iter_is_end (iter); iter = g_sequence_iter_next (iter))
    {
      Entry *entry = g_sequence_get (iter);

      for (guint i = entry->group_ids->len; i > 0; i--)
        if (g_array_index (entry->group_ids, guint32, i - 1) == id)
          g_array_remove_index (entry->group_ids, i - 1);
    }
}

/* Returns: whether a group changed */
static gboolean
change_groups (OhContacts *self, const OhContactList *list)
{
  gboolean changed = FALSE;

  for (guint i = 0; i < list->groups->len; i++)
    {
      const OhContactListGroup *group = g_ptr_array_index (list->groups, i);

      if (group->op == OH_CONTACT_LIST_PUT)
        changed |= oh_contact_groups_put (self->groups, group->id, group->name);
      else if (oh_contact_groups_remove (self->groups, group->id))
        {
          leave_group (self, group->id);
          changed = TRUE;
        }
    }
  return changed;
}

static gboolean
apply_groups (OhContacts *self, const OhContactList *list)
{
  g_autoptr (OhContactGroups) old = NULL;

  if (list->delta)
    return change_groups (self, list);
  old = g_steal_pointer (&self->groups); /* the same groups may come in another order */
  self->groups = oh_contact_groups_new ();
  change_groups (self, list);
  return !oh_contact_groups_equal (old, self->groups);
}

/* After a group got another name: those in it who were not named themselves. */
static void
rename_groups (OhContacts *self)
{
  for (GSequenceIter *iter = g_sequence_get_begin_iter (self->order);
       !g_sequence_iter_is_end (iter); iter = g_sequence_iter_next (iter))
    {
      Entry *entry = g_sequence_get (iter);
      GStrv names = oh_contact_groups_names (self->groups, entry->group_ids);

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
      g_hash_table_insert (self->by_key, (gpointer) oh_contact_key (entry->contact), entry);
      g_ptr_array_add (fresh, entry);
    }
  g_clear_pointer (&entry->group_ids, g_array_unref);
  entry->group_ids = g_array_copy (given->groups);
  entry->seen = self->generation;
  emit_changed (self, entry,
                oh_contact_set_entry (entry->contact, given->name,
                                      oh_contact_groups_names (self->groups, given->groups),
                                      given->subscribed));
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

      oh_number_index_remove (self->numbers, entry->contact);
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

/* A change to another version than ours, or one that counts backwards, cannot be made. */
static gboolean
follows (OhContacts *self, const OhContactList *list)
{
  if (!list->delta)
    return TRUE;
  if (self->confirmed && list->previous == self->number && list->number > list->previous)
    return TRUE;
  g_debug ("contact list: a change from version %u to %u, but ours is %u%s", list->previous,
           list->number, self->number, self->confirmed ? "" : ", not confirmed");
  return FALSE;
}

static void
take_list (OhContacts *self, const OhContactList *list)
{
  g_autoptr (GPtrArray) fresh = g_ptr_array_new ();
  gboolean regrouped;

  self->number = list->number;
  if (!list->delta)
    self->generation++;
  regrouped = apply_groups (self, list);
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
  if (list->delta && regrouped)
    rename_groups (self);
  if (regrouped)
    g_signal_emit (self, signals[SIGNAL_GROUPS_CHANGED], 0);
}

static void
set_confirmed (OhContacts *self, gboolean confirmed)
{
  if (self->confirmed == confirmed)
    return;
  self->confirmed = confirmed;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_STALE]);
}

gboolean
oh_contacts_apply_list (OhContacts *self, const OhContactList *list)
{
  if (!follows (self, list))
    return FALSE;
  take_list (self, list);
  set_confirmed (self, TRUE);
  g_signal_emit (self, signals[SIGNAL_LIST_APPLIED], 0, !list->delta);
  return TRUE;
}

gboolean
oh_contacts_restore (OhContacts *self, const OhContactSnapshot *snapshot, guint from, guint n)
{
  const GPtrArray *entries = snapshot->list->entries;
  g_autoptr (GPtrArray) fresh = g_ptr_array_new ();
  guint end = MIN (from + n, entries->len);

  g_return_val_if_fail (!self->confirmed, FALSE);
  if (from == 0 && change_groups (self, snapshot->list))
    g_signal_emit (self, signals[SIGNAL_GROUPS_CHANGED], 0);
  for (guint i = from; i < end; i++)
    {
      const OhContactListEntry *given = g_ptr_array_index (entries, i);
      OhContact *contact;

      put (self, given, fresh);
      contact = oh_contacts_lookup_uri (self, given->uri);
      if (contact != NULL && oh_contact_restore_card (
                               contact, g_ptr_array_index (snapshot->cards, i)) != OH_CONTACT_SAME)
        oh_number_index_put (self->numbers, contact);
    }
  append (self, fresh);
  return end < entries->len;
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
  set_confirmed (self, FALSE);
}

void
oh_contacts_clear (OhContacts *self)
{
  remove_range (self, g_sequence_get_begin_iter (self->order),
                g_sequence_get_end_iter (self->order));
  self->number = 0;
  set_confirmed (self, FALSE);
  if (oh_contact_groups_list (self->groups)->len == 0)
    return;
  oh_contact_groups_clear (self->groups);
  g_signal_emit (self, signals[SIGNAL_GROUPS_CHANGED], 0);
}

gboolean
oh_contacts_is_stale (OhContacts *self)
{
  return !self->confirmed;
}

guint32
oh_contacts_number (OhContacts *self)
{
  return self->number;
}

const OhContactGroups *
oh_contacts_groups (OhContacts *self)
{
  return self->groups;
}

const GArray *
oh_contacts_group_ids (OhContacts *self, OhContact *contact)
{
  Entry *entry = g_hash_table_lookup (self->by_key, oh_contact_key (contact));

  return entry != NULL ? entry->group_ids : NULL;
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
