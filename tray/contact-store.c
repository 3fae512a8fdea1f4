/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "contact-store.h"

#include "view-state.h"

#include <glib/gi18n-lib.h>

/* A line of the list. */
typedef struct
{
  guint group;            /* index of the group; 0 where there are no headings */
  OhTrayContact *contact; /* (owned) (nullable): NULL for the heading */
} Row;

/* Somebody who matches the query. */
typedef struct
{
  OhTrayContact *contact; /* (owned): owns the key under which this is found */
  guint64 groups;         /* a bit for each group in which they stand */
  GPtrArray *rows;        /* (owned) (element-type GSequenceIter): in the groups that are open */
} Member;

struct _OhContactStore
{
  GObject parent;

  GStrv query;         /* (owned): who is shown */
  GSequence *rows;     /* (owned) (element-type Row): in order */
  GHashTable *by_uri;  /* (owned): address → Member (owned) */
  GPtrArray *names;    /* (owned) (element-type utf8): of the groups; none for no headings */
  GHashTable *indices; /* (owned): name, owned by names → index + 1 */
  guint64 closed;      /* a bit for each group whose people are not shown */
  guint counts[OH_CONTACT_STORE_GROUPS_MAX];            /* of people in it */
  GSequenceIter *headings[OH_CONTACT_STORE_GROUPS_MAX]; /* (unowned) */
  guint others;                                         /* index of the default group */
  int stamp; /* tells our iterators from those of another store */
};

#define BIT(group) (G_GUINT64_CONSTANT (1) << (group))

static void oh_contact_store_model_init (GtkTreeModelIface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (OhContactStore, oh_contact_store, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_TREE_MODEL,
                                                      oh_contact_store_model_init))

/* --- rows ----------------------------------------------------------------------------------- */

static Row *
row_new (guint group, OhTrayContact *contact)
{
  Row *row = g_new0 (Row, 1);

  row->group = group;
  row->contact = contact != NULL ? oh_tray_contact_ref (contact) : NULL;
  return row;
}

static void
row_free (gpointer data)
{
  Row *row = data;

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
  const Row *one = a;
  const Row *other = b;

  if (one->group != other->group)
    return one->group < other->group ? -1 : 1;
  if (one->contact == NULL || other->contact == NULL)
    return (one->contact != NULL) - (other->contact != NULL);
  return oh_tray_contact_compare (one->contact, other->contact);
}

static int
compare_places (gconstpointer a, gconstpointer b)
{
  return compare_rows (*(Row *const *) a, *(Row *const *) b, NULL);
}

/* Where somebody stands: with everybody else who is in no group that has a heading. */
static guint64
groups_of (OhContactStore *self, const OhTrayContact *contact)
{
  guint64 groups = 0;

  if (self->names->len == 0)
    return BIT (0);
  for (guint i = 0; i < contact->groups->len; i++)
    {
      gpointer index = g_hash_table_lookup (self->indices, g_ptr_array_index (contact->groups, i));

      if (index != NULL)
        groups |= BIT (GPOINTER_TO_UINT (index) - 1);
    }
  return groups != 0 ? groups : BIT (self->others);
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
    self->counts[i] += (member->groups & BIT (i)) != 0;
  return member;
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
        self->closed |= BIT (i);
      if (g_str_equal (name, OH_CONTACT_STORE_DEFAULT))
        self->others = i;
    }
}

static void
collect_rows (OhContactStore *self, GPtrArray *found, OhTrayContact *contact)
{
  const Member *member = add_member (self, contact);

  for (guint i = 0; i < n_groups (self); i++)
    if (member->groups & ~self->closed & BIT (i))
      g_ptr_array_add (found, row_new (i, contact));
}

static void
append (OhContactStore *self, Row *row)
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
  for (guint i = 0; i < self->names->len; i++)
    g_ptr_array_add (found, row_new (i, NULL));
  for (guint i = 0; i < contacts->len; i++)
    if (oh_tray_contact_matches (g_ptr_array_index (contacts, i), query))
      collect_rows (self, found, g_ptr_array_index (contacts, i));
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

static const Row *
row_at (OhContactStore *self, guint row)
{
  return row < oh_contact_store_get_length (self)
           ? g_sequence_get (g_sequence_get_iter_at_pos (self->rows, (int) row))
           : NULL;
}

OhTrayContact *
oh_contact_store_get_contact (OhContactStore *self, guint row)
{
  const Row *at;

  g_return_val_if_fail (OH_IS_CONTACT_STORE (self), NULL);
  at = row_at (self, row);
  return at != NULL ? at->contact : NULL;
}

const char *
oh_contact_store_get_group (OhContactStore *self, guint row)
{
  const Row *at;

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
    if (((Row *) g_sequence_get (g_ptr_array_index (member->rows, i)))->group == group)
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

/* An iterator is a stamp and a place in the sequence. */
static gboolean
set_iter (OhContactStore *self, GtkTreeIter *iter, GSequenceIter *row)
{
  if (row == NULL || g_sequence_iter_is_end (row))
    {
      iter->stamp = 0;
      return FALSE;
    }
  iter->stamp = self->stamp;
  iter->user_data = row;
  return TRUE;
}

static gboolean
set_iter_at (OhContactStore *self, GtkTreeIter *iter, int row)
{
  if (row < 0 || row >= g_sequence_get_length (self->rows))
    return set_iter (self, iter, NULL);
  return set_iter (self, iter, g_sequence_get_iter_at_pos (self->rows, row));
}

/* --- changes -------------------------------------------------------------------------------- */

static void
tell_changed (OhContactStore *self, GSequenceIter *place)
{
  g_autoptr (GtkTreePath) path =
    gtk_tree_path_new_from_indices (g_sequence_iter_get_position (place), -1);
  GtkTreeIter iter;

  set_iter (self, &iter, place);
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

  set_iter (self, &iter, place);
  gtk_tree_model_row_inserted (GTK_TREE_MODEL (self), path, &iter);
  return place;
}

/* Whether @row, which is not in the list, would stand where the one at @place does. */
static gboolean
stays_in_place (const Row *row, GSequenceIter *place)
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
      const Row fresh = { ((Row *) g_sequence_get (place))->group, contact };

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

static void
tell_headings (OhContactStore *self, guint64 groups)
{
  for (guint i = 0; i < self->names->len; i++)
    if (groups & BIT (i))
      tell_changed (self, self->headings[i]);
}

static void
drop_member (OhContactStore *self, Member *member)
{
  guint64 groups = member->groups;

  for (guint i = 0; i < n_groups (self); i++)
    self->counts[i] -= (groups & BIT (i)) != 0;
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
    if (member->groups & ~self->closed & BIT (i))
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

/* --- GtkTreeModel --------------------------------------------------------------------------- */

static GtkTreeModelFlags
get_flags (GtkTreeModel *model)
{
  return GTK_TREE_MODEL_LIST_ONLY | GTK_TREE_MODEL_ITERS_PERSIST;
}

static int
get_n_columns (GtkTreeModel *model)
{
  return OH_CONTACT_N_COLUMNS;
}

static GType
get_column_type (GtkTreeModel *model, int column)
{
  return G_TYPE_STRING;
}

static gboolean
get_iter (GtkTreeModel *model, GtkTreeIter *iter, GtkTreePath *path)
{
  if (gtk_tree_path_get_depth (path) != 1)
    return set_iter (OH_CONTACT_STORE (model), iter, NULL);
  return set_iter_at (OH_CONTACT_STORE (model), iter, gtk_tree_path_get_indices (path)[0]);
}

static GtkTreePath *
get_path (GtkTreeModel *model, GtkTreeIter *iter)
{
  return gtk_tree_path_new_from_indices (g_sequence_iter_get_position (iter->user_data), -1);
}

static char *
make_markup (const OhTrayContact *contact)
{
  g_autofree char *name = oh_view_contact_name (contact);
  g_autofree char *presence =
    contact->stranger ? g_strdup ("") : oh_view_contact_presence (contact, g_get_real_time ());
  g_autofree char *note = oh_tray_text_for_eyes (contact->note, OH_TRAY_NAME_MAX);

  return g_markup_printf_escaped ("%s\n<span size=\"small\" alpha=\"70%%\">%s%s%s</span>", name,
                                  presence, presence[0] != '\0' && note[0] != '\0' ? " · " : "",
                                  note);
}

static const char *
shown_name (OhContactStore *self, guint group)
{
  const char *name = g_ptr_array_index (self->names, group);

  return g_str_equal (name, OH_CONTACT_STORE_DEFAULT) ? _ ("Other contacts") : name;
}

static char *
make_heading (OhContactStore *self, guint group)
{
  g_autofree char *name = oh_tray_text_for_eyes (shown_name (self, group), OH_TRAY_NAME_MAX);
  g_autofree char *count =
    g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u person", "%u people", self->counts[group]),
                     self->counts[group]);

  return g_markup_printf_escaped ("<b>%s</b>\n<span size=\"small\" alpha=\"70%%\">%s</span>", name,
                                  count);
}

static void
get_heading_value (OhContactStore *self, guint group, int column, GValue *value)
{
  switch ((OhContactColumn) column)
    {
    case OH_CONTACT_COLUMN_ICON:
      g_value_set_static_string (value, self->closed & BIT (group) ? "pan-end-symbolic"
                                                                   : "pan-down-symbolic");
      break;
    case OH_CONTACT_COLUMN_TEXT: g_value_take_string (value, make_heading (self, group)); break;
    case OH_CONTACT_COLUMN_NAME: g_value_set_string (value, shown_name (self, group)); break;
    case OH_CONTACT_N_COLUMNS:
    default: g_assert_not_reached ();
    }
}

static void
get_value (GtkTreeModel *model, GtkTreeIter *iter, int column, GValue *value)
{
  const Row *row = g_sequence_get (iter->user_data);
  const OhTrayContact *contact = row->contact;

  g_value_init (value, G_TYPE_STRING);
  if (contact == NULL)
    {
      get_heading_value (OH_CONTACT_STORE (model), row->group, column, value);
      return;
    }
  switch ((OhContactColumn) column)
    {
    case OH_CONTACT_COLUMN_ICON:
      g_value_set_static_string (value,
                                 oh_view_presence_icon (contact->availability, contact->activity));
      break;
    case OH_CONTACT_COLUMN_TEXT: g_value_take_string (value, make_markup (contact)); break;
    case OH_CONTACT_COLUMN_NAME: g_value_take_string (value, oh_view_contact_name (contact)); break;
    case OH_CONTACT_N_COLUMNS:
    default: g_assert_not_reached ();
    }
}

static gboolean
iter_next (GtkTreeModel *model, GtkTreeIter *iter)
{
  return set_iter (OH_CONTACT_STORE (model), iter, g_sequence_iter_next (iter->user_data));
}

static gboolean
iter_previous (GtkTreeModel *model, GtkTreeIter *iter)
{
  GSequenceIter *row = iter->user_data;

  return set_iter (OH_CONTACT_STORE (model), iter,
                   g_sequence_iter_is_begin (row) ? NULL : g_sequence_iter_prev (row));
}

static gboolean
iter_children (GtkTreeModel *model, GtkTreeIter *iter, GtkTreeIter *parent)
{
  return set_iter_at (OH_CONTACT_STORE (model), iter, parent == NULL ? 0 : -1);
}

static gboolean
iter_has_child (GtkTreeModel *model, GtkTreeIter *iter)
{
  return FALSE;
}

static int
iter_n_children (GtkTreeModel *model, GtkTreeIter *iter)
{
  return iter == NULL ? g_sequence_get_length (OH_CONTACT_STORE (model)->rows) : 0;
}

static gboolean
iter_nth_child (GtkTreeModel *model, GtkTreeIter *iter, GtkTreeIter *parent, int n)
{
  return set_iter_at (OH_CONTACT_STORE (model), iter, parent == NULL ? n : -1);
}

static gboolean
iter_parent (GtkTreeModel *model, GtkTreeIter *iter, GtkTreeIter *child)
{
  return set_iter (OH_CONTACT_STORE (model), iter, NULL);
}

static void
oh_contact_store_model_init (GtkTreeModelIface *iface)
{
  iface->get_flags = get_flags;
  iface->get_n_columns = get_n_columns;
  iface->get_column_type = get_column_type;
  iface->get_iter = get_iter;
  iface->get_path = get_path;
  iface->get_value = get_value;
  iface->iter_next = iter_next;
  iface->iter_previous = iter_previous;
  iface->iter_children = iter_children;
  iface->iter_has_child = iter_has_child;
  iface->iter_n_children = iter_n_children;
  iface->iter_nth_child = iter_nth_child;
  iface->iter_parent = iter_parent;
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
