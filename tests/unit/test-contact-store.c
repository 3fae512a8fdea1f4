/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "contact-store.h"

#include <string.h>

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
  self->store = oh_contact_store_new (people, (const char *const *) query, NULL);
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
  g_assert_cmpint (oh_contact_store_find (view.store, "dora", NULL), ==, 3);
  oh_contact_store_drop (view.store, "bert");
  oh_contact_store_drop (view.store, "nobody");
  expect (&view, "anna berta dora carl ");
  g_assert_cmpint (oh_contact_store_find (view.store, "bert", NULL), ==, -1);
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

/* --- groups --------------------------------------------------------------------------------- */

static OhTrayContact *
member (const char *name, const char *presence, const char *groups)
{
  OhTrayContact *contact = person (name, presence);
  g_auto (GStrv) names = g_strsplit (groups, ",", -1);

  for (guint i = 0; names[i] != NULL; i++)
    if (names[i][0] != '\0')
      oh_tray_contact_add_group (contact, names[i]);
  return contact;
}

/* All rows by their names, headings with their count of people and how many iterators see. */
static void
expect_rows (OhContactStore *store, const char *wanted)
{
  g_autoptr (GString) seen = g_string_new (NULL);
  GtkTreeModel *model = GTK_TREE_MODEL (store);
  GtkTreeIter iter;
  guint row = 0;

  for (gboolean more = gtk_tree_model_get_iter_first (model, &iter); more;
       more = gtk_tree_model_iter_next (model, &iter), row++)
    {
      g_autofree char *name = NULL;
      g_autofree char *text = NULL;
      g_autofree char *icon = NULL;

      gtk_tree_model_get (model, &iter, OH_CONTACT_COLUMN_NAME, &name, OH_CONTACT_COLUMN_TEXT,
                          &text, OH_CONTACT_COLUMN_ICON, &icon, -1);
      if (oh_contact_store_get_contact (store, row) != NULL)
        g_string_append_printf (seen, "%s ", name);
      else
        g_string_append_printf (seen, "%s%s:%c ", icon[4] == 'e' ? "+" : "-", name,
                                strstr (text, "%\">")[3]);
    }
  g_assert_cmpuint (row, ==, oh_contact_store_get_length (store));
  g_assert_cmpstr (seen->str, ==, wanted);
}

static OhContactStore *
grouped (const char *typed, const char *closed)
{
  static const char *const order[] = { "Team", OH_CONTACT_STORE_DEFAULT, "Empty", "Sales" };
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autoptr (GHashTable) set = g_hash_table_new (g_str_hash, g_str_equal);
  const OhContactGrouping grouping = { names, set };
  g_autoptr (GPtrArray) people =
    g_ptr_array_new_with_free_func ((GDestroyNotify) oh_tray_contact_unref);
  g_auto (GStrv) query = oh_tray_query_new (typed);

  for (gsize i = 0; i < G_N_ELEMENTS (order); i++)
    g_ptr_array_add (names, (gpointer) order[i]);
  if (closed != NULL)
    g_hash_table_add (set, (gpointer) closed);
  g_ptr_array_add (people, member ("dora", "available/", "Team"));
  g_ptr_array_add (people, member ("anna", "available/", "Sales,Team"));
  g_ptr_array_add (people, member ("carl", "available/", ""));
  g_ptr_array_add (people, member ("bert", "available/", "Unknown"));
  return oh_contact_store_new (people, (const char *const *) query, &grouping);
}

static void
put_member (OhContactStore *store, const char *name, const char *presence, const char *groups)
{
  OhTrayContact *contact = member (name, presence, groups);

  oh_contact_store_put (store, contact);
  oh_tray_contact_unref (contact);
}

static void
test_groups (void)
{
  g_autoptr (OhContactStore) store = grouped ("", NULL);

  expect_rows (store, "-Team:2 anna dora -Other contacts:2 bert carl -Empty:0 -Sales:1 anna ");
  put_member (store, "anna", "busy/", "Sales,Team"); /* in both places behind the others */
  expect_rows (store, "-Team:2 dora anna -Other contacts:2 bert carl -Empty:0 -Sales:1 anna ");
  put_member (store, "anna", "busy/", "Empty");
  expect_rows (store, "-Team:1 dora -Other contacts:2 bert carl -Empty:1 anna -Sales:0 ");
  put_member (store, "carl", "available/", "Team,Sales,Team");
  expect_rows (store, "-Team:2 carl dora -Other contacts:1 bert -Empty:1 anna -Sales:1 carl ");
  g_assert_cmpint (oh_contact_store_find (store, "carl", "Sales"), ==, 8);
  g_assert_cmpint (oh_contact_store_find (store, "carl", "Empty"), ==, 1); /* where else */
  g_assert_cmpint (oh_contact_store_find (store, NULL, "Sales"), ==, 7);
  g_assert_cmpint (oh_contact_store_find (store, NULL, "Nothing"), ==, -1);
  g_assert_cmpstr (oh_contact_store_get_group (store, 8), ==, "Sales");
  g_assert_cmpstr (oh_contact_store_get_group (store, 3), ==, OH_CONTACT_STORE_DEFAULT);
  oh_contact_store_drop (store, "carl");
  expect_rows (store, "-Team:1 dora -Other contacts:1 bert -Empty:1 anna -Sales:0 ");
  oh_contact_store_drop (store, "bert"); /* with nobody in it, nobody has made that group */
  expect_rows (store, "-Team:1 dora -Empty:1 anna -Sales:0 ");
  g_assert_cmpint (oh_contact_store_find (store, NULL, OH_CONTACT_STORE_DEFAULT), ==, -1);
  put_member (store, "dora", "available/", "");
  expect_rows (store, "-Team:0 -Other contacts:1 dora -Empty:1 anna -Sales:0 ");
}

/* Who is in a closed group is counted, and stands where else they are. */
static void
test_closed_group (void)
{
  g_autoptr (OhContactStore) store = grouped ("", "Team");

  expect_rows (store, "+Team:2 -Other contacts:2 bert carl -Empty:0 -Sales:1 anna ");
  put_member (store, "emil", "available/", "Team");
  put_member (store, "dora", "busy/", "Team,Empty");
  expect_rows (store, "+Team:3 -Other contacts:2 bert carl -Empty:1 dora -Sales:1 anna ");
  g_assert_cmpint (oh_contact_store_find (store, "emil", "Team"), ==, -1);
  oh_contact_store_drop (store, "emil");
  expect_rows (store, "+Team:2 -Other contacts:2 bert carl -Empty:1 dora -Sales:1 anna ");
}

/* Who searches sees each person once, without headings; nor has one group a heading. */
static void
test_flat (void)
{
  g_autoptr (OhContactStore) found = grouped ("a", NULL);
  g_autoptr (GPtrArray) nobody = g_ptr_array_new ();
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autoptr (GHashTable) closed = g_hash_table_new (g_str_hash, g_str_equal);
  const OhContactGrouping grouping = { names, closed };
  g_auto (GStrv) query = oh_tray_query_new ("");
  g_autoptr (OhContactStore) one = NULL;

  expect_rows (found, "anna carl dora ");
  g_assert_null (oh_contact_store_get_group (found, 0));
  g_ptr_array_add (names, (gpointer) OH_CONTACT_STORE_DEFAULT);
  one = oh_contact_store_new (nobody, (const char *const *) query, &grouping);
  g_assert_cmpuint (oh_contact_store_get_length (one), ==, 0);
}

/* Sixty-four groups have headings, who is in another one is with everybody else. */
static void
test_group_limit (void)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) people =
    g_ptr_array_new_with_free_func ((GDestroyNotify) oh_tray_contact_unref);
  g_autoptr (GHashTable) closed = g_hash_table_new (g_str_hash, g_str_equal);
  const OhContactGrouping grouping = { names, closed };
  g_auto (GStrv) query = oh_tray_query_new ("");
  g_autoptr (OhContactStore) store = NULL;

  g_ptr_array_add (names, g_strdup (OH_CONTACT_STORE_DEFAULT));
  for (guint i = 1; i <= OH_CONTACT_STORE_GROUPS_MAX; i++)
    g_ptr_array_add (names, g_strdup_printf ("Group %u", i));
  g_ptr_array_add (people, member ("anna", "available/", "Group 63"));
  g_ptr_array_add (people, member ("bert", "available/", "Group 64"));
  store = oh_contact_store_new (people, (const char *const *) query, &grouping);
  g_assert_cmpuint (oh_contact_store_get_length (store), ==, OH_CONTACT_STORE_GROUPS_MAX + 2);
  g_assert_cmpint (oh_contact_store_find (store, "bert", NULL), ==, 1);
  g_assert_cmpint (oh_contact_store_find (store, "anna", NULL), ==,
                   (int) OH_CONTACT_STORE_GROUPS_MAX + 1);
}

/* It goes by itself, whole, also those whose group is closed. */
static void
test_let_go (void)
{
  OhContactStore *store = grouped ("", "Team");

  g_object_add_weak_pointer (G_OBJECT (store), (gpointer *) &store);
  oh_contact_store_let_go (store);
  g_assert_nonnull (store);
  while (store != NULL)
    g_main_context_iteration (NULL, TRUE);
  oh_contact_store_let_go (NULL);
  g_assert_false (g_main_context_pending (NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/contact-store/order", test_order);
  g_test_add_func ("/contact-store/query", test_query);
  g_test_add_func ("/contact-store/iterators", test_iterators);
  g_test_add_func ("/contact-store/groups", test_groups);
  g_test_add_func ("/contact-store/closed-group", test_closed_group);
  g_test_add_func ("/contact-store/flat", test_flat);
  g_test_add_func ("/contact-store/group-limit", test_group_limit);
  g_test_add_func ("/contact-store/let-go", test_let_go);
  return g_test_run ();
}
