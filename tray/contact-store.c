/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "contact-store.h"

#include "view-state.h"

struct _OhContactStore
{
  GObject parent;

  GStrv query;        /* (owned): who is shown */
  GSequence *rows;    /* (owned) (element-type OhTrayContact): in order */
  GHashTable *by_uri; /* (owned): address, owned by the contact, to GSequenceIter */
  int stamp;          /* tells our iterators from those of another store */
};

static void oh_contact_store_model_init (GtkTreeModelIface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (OhContactStore, oh_contact_store, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_TREE_MODEL,
                                                      oh_contact_store_model_init))

static int
compare_rows (gconstpointer a, gconstpointer b)
{
  return oh_tray_contact_compare (*(OhTrayContact *const *) a, *(OhTrayContact *const *) b);
}

static int
compare_contacts (gconstpointer a, gconstpointer b, gpointer user_data)
{
  return oh_tray_contact_compare (a, b);
}

static void
append (OhContactStore *self, OhTrayContact *contact)
{
  GSequenceIter *row = g_sequence_append (self->rows, oh_tray_contact_ref (contact));

  g_hash_table_replace (self->by_uri, contact->uri, row);
}

OhContactStore *
oh_contact_store_new (const GPtrArray *contacts, const char *const *query)
{
  OhContactStore *self = g_object_new (OH_TYPE_CONTACT_STORE, NULL);
  g_autoptr (GPtrArray) found = g_ptr_array_sized_new (contacts->len);

  self->query = g_strdupv ((char **) query);
  for (guint i = 0; i < contacts->len; i++)
    if (oh_tray_contact_matches (g_ptr_array_index (contacts, i), query))
      g_ptr_array_add (found, g_ptr_array_index (contacts, i));
  g_ptr_array_sort (found, compare_rows);
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

OhTrayContact *
oh_contact_store_get_contact (OhContactStore *self, guint row)
{
  g_return_val_if_fail (OH_IS_CONTACT_STORE (self), NULL);
  return row < oh_contact_store_get_length (self)
           ? g_sequence_get (g_sequence_get_iter_at_pos (self->rows, (int) row))
           : NULL;
}

int
oh_contact_store_find (OhContactStore *self, const char *uri)
{
  GSequenceIter *row;

  g_return_val_if_fail (OH_IS_CONTACT_STORE (self), -1);
  row = g_hash_table_lookup (self->by_uri, uri);
  return row != NULL ? g_sequence_iter_get_position (row) : -1;
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
remove_row (OhContactStore *self, GSequenceIter *row)
{
  g_autoptr (GtkTreePath) path =
    gtk_tree_path_new_from_indices (g_sequence_iter_get_position (row), -1);

  g_hash_table_remove (self->by_uri, ((OhTrayContact *) g_sequence_get (row))->uri);
  g_sequence_remove (row);
  gtk_tree_model_row_deleted (GTK_TREE_MODEL (self), path);
}

static void
insert_row (OhContactStore *self, OhTrayContact *contact)
{
  GSequenceIter *row =
    g_sequence_insert_sorted (self->rows, oh_tray_contact_ref (contact), compare_contacts, NULL);
  g_autoptr (GtkTreePath) path =
    gtk_tree_path_new_from_indices (g_sequence_iter_get_position (row), -1);
  GtkTreeIter iter;

  g_hash_table_replace (self->by_uri, contact->uri, row);
  set_iter (self, &iter, row);
  gtk_tree_model_row_inserted (GTK_TREE_MODEL (self), path, &iter);
}

/* Whether the contact would stand where @row does. */
static gboolean
stays_in_place (const OhTrayContact *contact, GSequenceIter *row)
{
  GSequenceIter *next = g_sequence_iter_next (row);

  if (!g_sequence_iter_is_begin (row) &&
      oh_tray_contact_compare (g_sequence_get (g_sequence_iter_prev (row)), contact) > 0)
    return FALSE;
  return g_sequence_iter_is_end (next) ||
         oh_tray_contact_compare (contact, g_sequence_get (next)) <= 0;
}

static void
change_row (OhContactStore *self, GSequenceIter *row, OhTrayContact *contact)
{
  g_autoptr (GtkTreePath) path =
    gtk_tree_path_new_from_indices (g_sequence_iter_get_position (row), -1);
  GtkTreeIter iter;

  g_hash_table_replace (self->by_uri, contact->uri, row); /* the old contact owns the old key */
  g_sequence_set (row, oh_tray_contact_ref (contact));
  set_iter (self, &iter, row);
  gtk_tree_model_row_changed (GTK_TREE_MODEL (self), path, &iter);
}

void
oh_contact_store_put (OhContactStore *self, OhTrayContact *contact)
{
  GSequenceIter *row;

  g_return_if_fail (OH_IS_CONTACT_STORE (self));

  row = g_hash_table_lookup (self->by_uri, contact->uri);
  if (!oh_tray_contact_matches (contact, (const char *const *) self->query))
    oh_contact_store_drop (self, contact->uri);
  else if (row != NULL && stays_in_place (contact, row))
    change_row (self, row, contact);
  else
    {
      if (row != NULL)
        remove_row (self, row);
      insert_row (self, contact);
    }
}

void
oh_contact_store_drop (OhContactStore *self, const char *uri)
{
  GSequenceIter *row;

  g_return_if_fail (OH_IS_CONTACT_STORE (self));

  row = g_hash_table_lookup (self->by_uri, uri);
  if (row != NULL)
    remove_row (self, row);
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
  g_autofree char *presence = oh_view_contact_presence (contact, g_get_real_time ());
  g_autofree char *note = oh_tray_text_for_eyes (contact->note, OH_TRAY_NAME_MAX);

  return g_markup_printf_escaped ("%s\n<span size=\"small\" alpha=\"70%%\">%s%s%s</span>", name,
                                  presence, note[0] != '\0' ? " · " : "", note);
}

static void
get_value (GtkTreeModel *model, GtkTreeIter *iter, int column, GValue *value)
{
  const OhTrayContact *contact = g_sequence_get (iter->user_data);

  g_value_init (value, G_TYPE_STRING);
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
  self->rows = g_sequence_new ((GDestroyNotify) oh_tray_contact_unref);
  self->by_uri = g_hash_table_new (g_str_hash, g_str_equal);
  self->stamp = g_random_int_range (1, G_MAXINT);
}
