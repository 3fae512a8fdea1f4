/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "contact-store.h"

/* A view of the store that only follows its signals, as GTK does: the addresses row by row. */
typedef struct
{
  OhContactStore *store;
  GPtrArray *rows; /* (element-type utf8) */
  guint changed;
} View;

static char *
uri_at (OhContactStore *store, GtkTreePath *path)
{
  guint row = (guint) gtk_tree_path_get_indices (path)[0];

  return g_strdup (oh_contact_store_get_contact (store, row)->uri);
}

static void
on_inserted (GtkTreeModel *model, GtkTreePath *path, GtkTreeIter *iter, View *self)
{
  g_ptr_array_insert (self->rows, gtk_tree_path_get_indices (path)[0], uri_at (self->store, path));
}

static void
on_deleted (GtkTreeModel *model, GtkTreePath *path, View *self)
{
  g_ptr_array_remove_index (self->rows, (guint) gtk_tree_path_get_indices (path)[0]);
}

static void
on_changed (GtkTreeModel *model, GtkTreePath *path, GtkTreeIter *iter, View *self)
{
  g_autofree char *uri = uri_at (self->store, path);

  g_assert_cmpstr (g_ptr_array_index (self->rows, gtk_tree_path_get_indices (path)[0]), ==, uri);
  self->changed++;
}

static OhTrayContact *
person (const char *name, const char *presence)
{
  OhTrayContact *contact = oh_tray_contact_new (name, name);

  oh_tray_contact_set_presence (contact, presence, NULL);
  return contact;
}

static void
view_init (View *self, const char *typed)
{
  static const char *const names[] = { "dora", "anna", "carl", "bert" };
  g_autoptr (GPtrArray) people =
    g_ptr_array_new_with_free_func ((GDestroyNotify) oh_tray_contact_unref);
  g_auto (GStrv) query = oh_tray_query_new (typed);

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    g_ptr_array_add (people, person (names[i], "available/"));
  self->store = oh_contact_store_new (people, (const char *const *) query);
  self->rows = g_ptr_array_new_with_free_func (g_free);
  self->changed = 0;
  for (guint i = 0; i < oh_contact_store_get_length (self->store); i++)
    g_ptr_array_add (self->rows, g_strdup (oh_contact_store_get_contact (self->store, i)->uri));
  g_signal_connect (self->store, "row-inserted", G_CALLBACK (on_inserted), self);
  g_signal_connect (self->store, "row-deleted", G_CALLBACK (on_deleted), self);
  g_signal_connect (self->store, "row-changed", G_CALLBACK (on_changed), self);
}

static void
view_clear (View *self)
{
  g_clear_object (&self->store);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (View, view_clear)

static void
put (View *self, const char *name, const char *presence)
{
  OhTrayContact *contact = person (name, presence);

  oh_contact_store_put (self->store, contact);
  oh_tray_contact_unref (contact); /* the row has its own */
}

/* What the view has, what the store has and what its iterators walk is all the same. */
static void
expect (View *self, const char *wanted)
{
  g_autoptr (GString) seen = g_string_new (NULL);
  g_autoptr (GString) walked = g_string_new (NULL);
  GtkTreeModel *model = GTK_TREE_MODEL (self->store);
  GtkTreeIter iter;

  for (guint i = 0; i < self->rows->len; i++)
    g_string_append_printf (seen, "%s ", (char *) g_ptr_array_index (self->rows, i));
  for (gboolean more = gtk_tree_model_get_iter_first (model, &iter); more;
       more = gtk_tree_model_iter_next (model, &iter))
    {
      g_autofree char *name = NULL;

      gtk_tree_model_get (model, &iter, OH_CONTACT_COLUMN_NAME, &name, -1);
      g_string_append_printf (walked, "%s ", name);
    }
  g_assert_cmpstr (seen->str, ==, wanted);
  g_assert_cmpstr (walked->str, ==, wanted);
  g_assert_cmpint (gtk_tree_model_iter_n_children (model, NULL), ==, (int) self->rows->len);
}

static void
test_order (void)
{
  g_auto (View) view = { 0 };

  view_init (&view, "");
  expect (&view, "anna bert carl dora ");
  put (&view, "bert", "available/at home"); /* says more, stands where it did */
  expect (&view, "anna bert carl dora ");
  g_assert_cmpuint (view.changed, ==, 1);
  put (&view, "anna", "busy/"); /* behind those who are available */
  expect (&view, "bert carl dora anna ");
  put (&view, "carl", "offline/");
  expect (&view, "bert dora anna carl ");
  put (&view, "anna", "available/");
  expect (&view, "anna bert dora carl ");
  put (&view, "berta", "available/");
  expect (&view, "anna bert berta dora carl ");
  g_assert_cmpint (oh_contact_store_find (view.store, "dora"), ==, 3);
  oh_contact_store_drop (view.store, "bert");
  oh_contact_store_drop (view.store, "nobody");
  expect (&view, "anna berta dora carl ");
  g_assert_cmpint (oh_contact_store_find (view.store, "bert"), ==, -1);
  g_assert_null (oh_contact_store_get_contact (view.store, 4));
}

static void
test_query (void)
{
  g_auto (View) view = { 0 };

  view_init (&view, "r");
  expect (&view, "bert carl dora ");
  put (&view, "rolf", "available/");
  put (&view, "emil", "available/"); /* not looked for */
  put (&view, "carl", "away/");
  expect (&view, "bert dora rolf carl ");
  oh_contact_store_drop (view.store, "anna");
  expect (&view, "bert dora rolf carl ");
}

/* An iterator holds while other rows come and go. */
static void
test_iterators (void)
{
  g_auto (View) view = { 0 };
  GtkTreeModel *model;
  g_autoptr (GtkTreePath) path = gtk_tree_path_new_from_indices (2, -1);
  g_autoptr (GtkTreePath) moved = NULL;
  GtkTreeIter iter, other;

  view_init (&view, "");
  model = GTK_TREE_MODEL (view.store);
  g_assert_true (gtk_tree_model_get_iter (model, &iter, path));
  put (&view, "aaron", "available/");
  moved = gtk_tree_model_get_path (model, &iter);
  g_assert_cmpint (gtk_tree_path_get_indices (moved)[0], ==, 3);
  other = iter;
  g_assert_true (gtk_tree_model_iter_previous (model, &other));
  g_assert_true (gtk_tree_model_iter_next (model, &iter));
  g_assert_false (gtk_tree_model_iter_next (model, &iter));
  g_assert_true (gtk_tree_model_get_iter_first (model, &iter));
  g_assert_false (gtk_tree_model_iter_previous (model, &iter));
  g_assert_false (gtk_tree_model_iter_nth_child (model, &iter, NULL, 5));
  g_assert_false (gtk_tree_model_iter_has_child (model, &other));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/contact-store/order", test_order);
  g_test_add_func ("/contact-store/query", test_query);
  g_test_add_func ("/contact-store/iterators", test_iterators);
  return g_test_run ();
}
