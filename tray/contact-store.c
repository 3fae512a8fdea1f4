/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "contact-store.h"

#include "contact-store-private.h"

/* What a turn of the main loop spends on rows that nobody sees any more. */
#define LET_GO_SLICE_US (G_GINT64_CONSTANT (2) * 1000)

/* Somebody who matches the query. */
typedef struct
{
  OhTrayContact *contact; /* (owned): owns the key under which this is found */
  guint64 groups;         /* a bit for each group in which they stand */
  GPtrArray *rows;        /* (owned) (element-type GSequenceIter): in the groups that are open */
} Member;

G_DEFINE_FINAL_TYPE_WITH_CODE (OhContactStore, oh_contact_store, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_TREE_MODEL,
                                                      oh_contact_store_model_init))

/* --- rows ----------------------------------------------------------------------------------- */

static OhContactRow *
row_new (guint group, OhTrayContact *contact)
{
  OhContactRow *row = g_new0 (OhContactRow, 1);

  row->group = group;
  row->contact = contact != NULL ? oh_tray_contact_ref (contact) : NULL;
  return row;
}

static void
row_free (gpointer data)
{
  OhContactRow *row = data;

  g_clear_pointer (&row->contact, oh_tray_contact_unref);
  g_free (row);
}

static void
member_free (gpointer data)
{
  Member *member = data;

  oh_tray_contact_unref (member->contact);
  g_ptr_array_unref (member->rows);
  g_free (member);
}

/* By group, its heading first. */
static int
compare_rows (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const OhContactRow *one = a;
  const OhContactRow *other = b;

  if (one->group != other->group)
    return one->group < other->group ? -1 : 1;
  if (one->contact == NULL || other->contact == NULL)
    return (one->contact != NULL) - (other->contact != NULL);
  return oh_tray_contact_compare (one->contact, other->contact);
}

static int
compare_places (gconstpointer a, gconstpointer b)
{
  return compare_rows (*(OhContactRow *const *) a, *(OhContactRow *const *) b, NULL);
}

/* Where somebody stands: with everybody else who is in no group that has a heading. */
static guint64
groups_of (OhContactStore *self, const OhTrayContact *contact)
{
  guint64 groups = 0;

  if (self->names->len == 0)
    return OH_CONTACT_STORE_BIT (0);
  for (guint i = 0; i < contact->groups->len; i++)
    {
      gpointer index = g_hash_table_lookup (self->indices, g_ptr_array_index (contact->groups, i));

      if (index != NULL)
        groups |= OH_CONTACT_STORE_BIT (GPOINTER_TO_UINT (index) - 1);
    }
  return groups != 0 ? groups : OH_CONTACT_STORE_BIT (self->others);
}

static guint
n_groups (OhContactStore *self)
{
  return MAX (self->names->len, 1);
}

static Member *
add_member (OhContactStore *self, OhTrayContact *contact)
{
  Member *member = g_new0 (Member, 1);

  member->contact = oh_tray_contact_ref (contact);
  member->groups = groups_of (self, contact);
  member->rows = g_ptr_array_new ();
  g_hash_table_replace (self->by_uri, contact->uri, member);
  for (guint i = 0; i < n_groups (self); i++)
    self->counts[i] += (member->groups & OH_CONTACT_STORE_BIT (i)) != 0;
  return member;
}

/* Every group has its heading, only “Other contacts” goes when nobody is left in it: nobody has
 * made it. */
static gboolean
has_heading (OhContactStore *self, guint group)
{
  return self->counts[group] > 0 ||
         !g_str_equal (g_ptr_array_index (self->names, group), OH_CONTACT_STORE_DEFAULT);
}

/* --- the first rows ------------------------------------------------------------------------- */

static void
take_groups (OhContactStore *self, const OhContactGrouping *grouping)
{
  if (grouping == NULL || grouping->names->len < 2 || self->query[0] != NULL)
    return;
  for (guint i = 0; i < MIN (grouping->names->len, OH_CONTACT_STORE_GROUPS_MAX); i++)
    {
      char *name = g_strdup (g_ptr_array_index (grouping->names, i));

      g_ptr_array_add (self->names, name);
      g_hash_table_insert (self->indices, name, GUINT_TO_POINTER (i + 1));
      if (g_hash_table_contains (grouping->closed, name))
        self->closed |= OH_CONTACT_STORE_BIT (i);
      if (g_str_equal (name, OH_CONTACT_STORE_DEFAULT))
        self->others = i;
    }
}

static void
collect_rows (OhContactStore *self, GPtrArray *found, OhTrayContact *contact)
{
  const Member *member = add_member (self, contact);

  for (guint i = 0; i < n_groups (self); i++)
    if (member->groups & ~self->closed & OH_CONTACT_STORE_BIT (i))
      g_ptr_array_add (found, row_new (i, contact));
}

static void
append (OhContactStore *self, OhContactRow *row)
{
  GSequenceIter *place = g_sequence_append (self->rows, row);

  if (row->contact == NULL)
    self->headings[row->group] = place;
  else
    g_ptr_array_add (((Member *) g_hash_table_lookup (self->by_uri, row->contact->uri))->rows,
                     place);
}

OhContactStore *
oh_contact_store_new (const GPtrArray *contacts, const char *const *query,
                      const OhContactGrouping *grouping)
{
  OhContactStore *self = g_object_new (OH_TYPE_CONTACT_STORE, NULL);
  g_autoptr (GPtrArray) found = g_ptr_array_sized_new (contacts->len);

  self->query = g_strdupv ((char **) query);
  take_groups (self, grouping);
  for (guint i = 0; i < contacts->len; i++)
    if (oh_tray_contact_matches (g_ptr_array_index (contacts, i), query))
      collect_rows (self, found, g_ptr_array_index (contacts, i));
  for (guint i = 0; i < self->names->len; i++)
    if (has_heading (self, i))
      g_ptr_array_add (found, row_new (i, NULL));
  g_ptr_array_sort (found, compare_places);
  for (guint i = 0; i < found->len; i++)
    append (self, g_ptr_array_index (found, i));
  return self;
}

guint
oh_contact_store_get_length (OhContactStore *self)
{
  g_return_val_if_fail (OH_IS_CONTACT_STORE (self), 0);
  return (guint) g_sequence_get_length (self->rows);
}

static const OhContactRow *
row_at (OhContactStore *self, guint row)
{
  return row < oh_contact_store_get_length (self)
           ? g_sequence_get (g_sequence_get_iter_at_pos (self->rows, (int) row))
           : NULL;
}

OhTrayContact *
oh_contact_store_get_contact (OhContactStore *self, guint row)
{
  const OhContactRow *at;

  g_return_val_if_fail (OH_IS_CONTACT_STORE (self), NULL);
  at = row_at (self, row);
  return at != NULL ? at->contact : NULL;
}

const char *
oh_contact_store_get_group (OhContactStore *self, guint row)
{
  const OhContactRow *at;

  g_return_val_if_fail (OH_IS_CONTACT_STORE (self), NULL);
  at = row_at (self, row);
  return at != NULL && at->group < self->names->len ? g_ptr_array_index (self->names, at->group)
                                                    : NULL;
}

static GSequenceIter *
find_place (OhContactStore *self, const char *uri, guint group)
{
  const Member *member = uri != NULL ? g_hash_table_lookup (self->by_uri, uri) : NULL;

  if (uri == NULL)
    return group < self->names->len ? self->headings[group] : NULL;
  for (guint i = 0; member != NULL && i < member->rows->len; i++)
    if (((OhContactRow *) g_sequence_get (g_ptr_array_index (member->rows, i)))->group == group)
      return g_ptr_array_index (member->rows, i);
  return member != NULL && member->rows->len > 0 ? g_ptr_array_index (member->rows, 0) : NULL;
}

int
oh_contact_store_find (OhContactStore *self, const char *uri, const char *group)
{
  gpointer index;
  GSequenceIter *place;

  g_return_val_if_fail (OH_IS_CONTACT_STORE (self), -1);
  index = group != NULL ? g_hash_table_lookup (self->indices, group) : NULL;
  place = find_place (self, uri, index != NULL ? GPOINTER_TO_UINT (index) - 1 : G_MAXUINT);
  return place != NULL ? g_sequence_iter_get_position (place) : -1;
}

/* --- changes -------------------------------------------------------------------------------- */

static void
tell_changed (OhContactStore *self, GSequenceIter *place)
{
  g_autoptr (GtkTreePath) path =
    gtk_tree_path_new_from_indices (g_sequence_iter_get_position (place), -1);
  GtkTreeIter iter;

  oh_contact_store_set_iter (self, &iter, place);
  gtk_tree_model_row_changed (GTK_TREE_MODEL (self), path, &iter);
}

static void
remove_row (OhContactStore *self, GSequenceIter *place)
{
  g_autoptr (GtkTreePath) path =
    gtk_tree_path_new_from_indices (g_sequence_iter_get_position (place), -1);

  g_sequence_remove (place);
  gtk_tree_model_row_deleted (GTK_TREE_MODEL (self), path);
}

static GSequenceIter *
insert_row (OhContactStore *self, guint group, OhTrayContact *contact)
{
  GSequenceIter *place =
    g_sequence_insert_sorted (self->rows, row_new (group, contact), compare_rows, NULL);
  g_autoptr (GtkTreePath) path =
    gtk_tree_path_new_from_indices (g_sequence_iter_get_position (place), -1);
  GtkTreeIter iter;

  oh_contact_store_set_iter (self, &iter, place);
  gtk_tree_model_row_inserted (GTK_TREE_MODEL (self), path, &iter);
  return place;
}

/* Whether @row, which is not in the list, would stand where the one at @place does. */
static gboolean
stays_in_place (const OhContactRow *row, GSequenceIter *place)
{
  GSequenceIter *next = g_sequence_iter_next (place);

  if (!g_sequence_iter_is_begin (place) &&
      compare_rows (g_sequence_get (g_sequence_iter_prev (place)), row, NULL) > 0)
    return FALSE;
  return g_sequence_iter_is_end (next) || compare_rows (row, g_sequence_get (next), NULL) <= 0;
}

/* The rows of somebody who stays in the same groups. */
static void
change_rows (OhContactStore *self, Member *member, OhTrayContact *contact)
{
  for (guint i = 0; i < member->rows->len; i++)
    {
      GSequenceIter *place = g_ptr_array_index (member->rows, i);
      const OhContactRow fresh = { ((OhContactRow *) g_sequence_get (place))->group, contact };

      if (stays_in_place (&fresh, place))
        {
          g_sequence_set (place, row_new (fresh.group, contact));
          tell_changed (self, place);
          continue;
        }
      remove_row (self, place);
      g_ptr_array_index (member->rows, i) = insert_row (self, fresh.group, contact);
    }
  g_hash_table_steal (self->by_uri, member->contact->uri); /* the old contact owns the old key */
  oh_tray_contact_unref (member->contact);
  member->contact = oh_tray_contact_ref (contact);
  g_hash_table_replace (self->by_uri, contact->uri, member);
}

/* The counts of @groups have changed. */
static void
tell_headings (OhContactStore *self, guint64 groups)
{
  for (guint i = 0; i < self->names->len; i++)
    if (!(groups & OH_CONTACT_STORE_BIT (i)))
      continue;
    else if (!has_heading (self, i))
      remove_row (self, g_steal_pointer (&self->headings[i]));
    else if (self->headings[i] == NULL)
      self->headings[i] = insert_row (self, i, NULL);
    else
      tell_changed (self, self->headings[i]);
}

static void
drop_member (OhContactStore *self, Member *member)
{
  guint64 groups = member->groups;

  for (guint i = 0; i < n_groups (self); i++)
    self->counts[i] -= (groups & OH_CONTACT_STORE_BIT (i)) != 0;
  for (guint i = 0; i < member->rows->len; i++)
    remove_row (self, g_ptr_array_index (member->rows, i));
  g_hash_table_remove (self->by_uri, member->contact->uri);
  tell_headings (self, groups);
}

static void
insert_member (OhContactStore *self, OhTrayContact *contact)
{
  Member *member = add_member (self, contact);

  for (guint i = 0; i < n_groups (self); i++)
    if (member->groups & ~self->closed & OH_CONTACT_STORE_BIT (i))
      g_ptr_array_add (member->rows, insert_row (self, i, contact));
  tell_headings (self, member->groups);
}

void
oh_contact_store_put (OhContactStore *self, OhTrayContact *contact)
{
  Member *member;

  g_return_if_fail (OH_IS_CONTACT_STORE (self));

  member = g_hash_table_lookup (self->by_uri, contact->uri);
  if (!oh_tray_contact_matches (contact, (const char *const *) self->query))
    oh_contact_store_drop (self, contact->uri);
  else if (member != NULL && member->groups == groups_of (self, contact))
    change_rows (self, member, contact);
  else
    {
      if (member != NULL)
        drop_member (self, member);
      insert_member (self, contact);
    }
}

void
oh_contact_store_drop (OhContactStore *self, const char *uri)
{
  Member *member;

  g_return_if_fail (OH_IS_CONTACT_STORE (self));

  member = g_hash_table_lookup (self->by_uri, uri);
  if (member != NULL)
    drop_member (self, member);
}

static gboolean
let_some_go (gpointer user_data)
{
  OhContactStore *self = user_data;
  gint64 until_us = g_get_monotonic_time () + LET_GO_SLICE_US;
  GHashTableIter members;

  while (!g_sequence_is_empty (self->rows))
    {
      g_sequence_remove (g_sequence_get_begin_iter (self->rows));
      if (g_get_monotonic_time () >= until_us)
        return G_SOURCE_CONTINUE;
    }
  g_hash_table_iter_init (&members, self->by_uri);
  while (g_hash_table_iter_next (&members, NULL, NULL))
    {
      g_hash_table_iter_remove (&members);
      if (g_get_monotonic_time () >= until_us)
        return G_SOURCE_CONTINUE;
    }
  return G_SOURCE_REMOVE;
}

void
oh_contact_store_let_go (OhContactStore *self)
{
  if (self != NULL)
    g_idle_add_full (G_PRIORITY_LOW, let_some_go, self, g_object_unref);
}

static void
oh_contact_store_finalize (GObject *object)
{
  OhContactStore *self = OH_CONTACT_STORE (object);

  g_hash_table_unref (self->by_uri);
  g_sequence_free (self->rows);
  g_hash_table_unref (self->indices);
  g_ptr_array_unref (self->names);
  g_strfreev (self->query);
  G_OBJECT_CLASS (oh_contact_store_parent_class)->finalize (object);
}

static void
oh_contact_store_class_init (OhContactStoreClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = oh_contact_store_finalize;
}

static void
oh_contact_store_init (OhContactStore *self)
{
  self->rows = g_sequence_new (row_free);
  self->by_uri = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, member_free);
  self->names = g_ptr_array_new_with_free_func (g_free);
  self->indices = g_hash_table_new (g_str_hash, g_str_equal);
  self->stamp = g_random_int_range (1, G_MAXINT);
}
