/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The contact store as GTK sees it. */

#include "contact-store-private.h"

#include "view-state.h"

#include <glib/gi18n-lib.h>

/* An iterator is a stamp and a place in the sequence. */
gboolean
oh_contact_store_set_iter (OhContactStore *self, GtkTreeIter *iter, GSequenceIter *row)
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
    return oh_contact_store_set_iter (self, iter, NULL);
  return oh_contact_store_set_iter (self, iter, g_sequence_get_iter_at_pos (self->rows, row));
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
    return oh_contact_store_set_iter (OH_CONTACT_STORE (model), iter, NULL);
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
      g_value_set_static_string (value, self->closed & OH_CONTACT_STORE_BIT (group)
                                          ? "pan-end-symbolic"
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
  const OhContactRow *row = g_sequence_get (iter->user_data);
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
  return oh_contact_store_set_iter (OH_CONTACT_STORE (model), iter,
                                    g_sequence_iter_next (iter->user_data));
}

static gboolean
iter_previous (GtkTreeModel *model, GtkTreeIter *iter)
{
  GSequenceIter *row = iter->user_data;

  return oh_contact_store_set_iter (OH_CONTACT_STORE (model), iter,
                                    g_sequence_iter_is_begin (row) ? NULL
                                                                   : g_sequence_iter_prev (row));
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
  return oh_contact_store_set_iter (OH_CONTACT_STORE (model), iter, NULL);
}

void
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
