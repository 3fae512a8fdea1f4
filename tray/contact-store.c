/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "contact-store.h"

#include "view-state.h"

#include <string.h>

struct _OhContactStore
{
  GObject parent;

  GPtrArray *rows; /* (owned) (element-type OhTrayContact) */
  int stamp;       /* tells our iterators from those of another snapshot */
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

OhContactStore *
oh_contact_store_new (const GPtrArray *contacts, const char *const *query)
{
  OhContactStore *self = g_object_new (OH_TYPE_CONTACT_STORE, NULL);

  for (guint i = 0; i < contacts->len; i++)
    {
      OhTrayContact *contact = g_ptr_array_index (contacts, i);

      if (oh_tray_contact_matches (contact, query))
        g_ptr_array_add (self->rows, oh_tray_contact_ref (contact));
    }
  g_ptr_array_sort (self->rows, compare_rows);
  return self;
}

guint
oh_contact_store_get_length (OhContactStore *self)
{
  g_return_val_if_fail (OH_IS_CONTACT_STORE (self), 0);
  return self->rows->len;
}

OhTrayContact *
oh_contact_store_get_contact (OhContactStore *self, guint row)
{
  g_return_val_if_fail (OH_IS_CONTACT_STORE (self), NULL);
  return row < self->rows->len ? g_ptr_array_index (self->rows, row) : NULL;
}

int
oh_contact_store_find (OhContactStore *self, const char *uri)
{
  g_return_val_if_fail (OH_IS_CONTACT_STORE (self), -1);
  for (guint i = 0; i < self->rows->len; i++)
    if (strcmp (((OhTrayContact *) g_ptr_array_index (self->rows, i))->uri, uri) == 0)
      return (int) i;
  return -1;
}

/* An iterator is a stamp and a row number. */
static gboolean
set_iter (OhContactStore *self, GtkTreeIter *iter, int row)
{
  if (row < 0 || (guint) row >= self->rows->len)
    {
      iter->stamp = 0;
      return FALSE;
    }
  iter->stamp = self->stamp;
  iter->user_data = GINT_TO_POINTER (row);
  return TRUE;
}

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
    return set_iter (OH_CONTACT_STORE (model), iter, -1);
  return set_iter (OH_CONTACT_STORE (model), iter, gtk_tree_path_get_indices (path)[0]);
}

static GtkTreePath *
get_path (GtkTreeModel *model, GtkTreeIter *iter)
{
  return gtk_tree_path_new_from_indices (GPOINTER_TO_INT (iter->user_data), -1);
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
  const OhTrayContact *contact =
    g_ptr_array_index (OH_CONTACT_STORE (model)->rows, (guint) GPOINTER_TO_INT (iter->user_data));

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
  return set_iter (OH_CONTACT_STORE (model), iter, GPOINTER_TO_INT (iter->user_data) + 1);
}

static gboolean
iter_previous (GtkTreeModel *model, GtkTreeIter *iter)
{
  return set_iter (OH_CONTACT_STORE (model), iter, GPOINTER_TO_INT (iter->user_data) - 1);
}

static gboolean
iter_children (GtkTreeModel *model, GtkTreeIter *iter, GtkTreeIter *parent)
{
  return set_iter (OH_CONTACT_STORE (model), iter, parent == NULL ? 0 : -1);
}

static gboolean
iter_has_child (GtkTreeModel *model, GtkTreeIter *iter)
{
  return FALSE;
}

static int
iter_n_children (GtkTreeModel *model, GtkTreeIter *iter)
{
  return iter == NULL ? (int) OH_CONTACT_STORE (model)->rows->len : 0;
}

static gboolean
iter_nth_child (GtkTreeModel *model, GtkTreeIter *iter, GtkTreeIter *parent, int n)
{
  return set_iter (OH_CONTACT_STORE (model), iter, parent == NULL ? n : -1);
}

static gboolean
iter_parent (GtkTreeModel *model, GtkTreeIter *iter, GtkTreeIter *child)
{
  return set_iter (OH_CONTACT_STORE (model), iter, -1);
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
  g_ptr_array_unref (OH_CONTACT_STORE (object)->rows);
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
  self->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) oh_tray_contact_unref);
  self->stamp = g_random_int_range (1, G_MAXINT);
}
