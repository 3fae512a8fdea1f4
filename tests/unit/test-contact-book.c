/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "contact-book.h"

/* What the book has told, as words: "+b" put, "-b" dropped, "0" cleared, "." settled. */
typedef struct
{
  GPtrArray *contacts;
  OhContactBook *book;
  GString *told;
} Fixture;

/* Entries are "(ss)": address and name. */
static OhTrayContact *
read_entry (GVariant *entry)
{
  const char *uri, *name;

  g_variant_get (entry, "(&s&s)", &uri, &name);
  return oh_tray_contact_new (uri, name);
}

static void
on_put (Fixture *self, OhTrayContact *contact)
{
  g_string_append_printf (self->told, "+%s ", contact->uri);
}

static void
on_dropped (Fixture *self, OhTrayContact *contact)
{
  g_string_append_printf (self->told, "-%s ", contact->uri);
}

static void
on_cleared (Fixture *self)
{
  g_string_append (self->told, "0 ");
}

static void
on_settled (Fixture *self)
{
  g_string_append (self->told, ". ");
}

#define MAX_PEOPLE 20000u

static void
set_up (Fixture *self, gconstpointer data)
{
  self->contacts = g_ptr_array_new_with_free_func ((GDestroyNotify) oh_tray_contact_unref);
  self->book = oh_contact_book_new (self->contacts, read_entry, MAX_PEOPLE);
  self->told = g_string_new (NULL);
  g_signal_connect_swapped (self->book, "put", G_CALLBACK (on_put), self);
  g_signal_connect_swapped (self->book, "dropped", G_CALLBACK (on_dropped), self);
  g_signal_connect_swapped (self->book, "cleared", G_CALLBACK (on_cleared), self);
  g_signal_connect_swapped (self->book, "settled", G_CALLBACK (on_settled), self);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_object_unref (self->book);
  g_ptr_array_unref (self->contacts);
  g_string_free (self->told, TRUE);
}

static GVariant *
entries (const char *text)
{
  return g_variant_ref_sink (g_variant_new_parsed (text));
}

/* Runs until nothing waits; what was told meanwhile is compared and forgotten. */
static void
settle (Fixture *self, const char *told)
{
  while (!g_str_has_suffix (self->told->str, ". "))
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (self->told->str, ==, told);
  g_string_truncate (self->told, 0);
}

static void
replace (Fixture *self, const char *text)
{
  g_autoptr (GVariant) list = entries (text);

  oh_contact_book_replace (self->book, list);
}

static void
change (Fixture *self, const char *text, const char *removed)
{
  g_autoptr (GVariant) changed = entries (text);
  const char *uris[] = { removed, NULL };

  oh_contact_book_change (self->book, changed, uris);
}

static void
test_list (Fixture *self, gconstpointer data)
{
  replace (self, "[('a','A'),('b','B'),('c','C')]");
  g_assert_cmpuint (self->contacts->len, ==, 0); /* not now: when nothing else is to be done */
  settle (self, "+a +b +c . ");
  g_assert_cmpuint (self->contacts->len, ==, 3);
  replace (self, "[('c','Carol'),('d','D')]");
  while (!g_str_has_suffix (self->told->str, ". "))
    g_main_context_iteration (NULL, TRUE);
  g_assert_nonnull (strstr (self->told->str, "+c +d "));
  g_assert_nonnull (strstr (self->told->str, "-a "));
  g_assert_nonnull (strstr (self->told->str, "-b "));
  g_assert_cmpuint (self->contacts->len, ==, 2);
}

static void
test_changes (Fixture *self, gconstpointer data)
{
  replace (self, "[('a','A'),('b','B'),('c','C')]");
  change (self, "[('b','Bob')]", "a");
  change (self, "[('d','D'),('b','Baker')]", "x"); /* whom nobody knows */
  settle (self, "+a +b +c +b -a +d +b . ");
  g_assert_cmpuint (self->contacts->len, ==, 3);
  for (guint i = 0; i < self->contacts->len; i++)
    {
      const OhTrayContact *contact = g_ptr_array_index (self->contacts, i);

      if (g_str_equal (contact->uri, "b"))
        g_assert_cmpstr (contact->name, ==, "Baker");
    }
  change (self, "@a(ss) []", "d"); /* places are right after one has moved into a gap */
  change (self, "@a(ss) []", "c");
  change (self, "@a(ss) []", "b");
  settle (self, "-d -c -b . ");
  g_assert_cmpuint (self->contacts->len, ==, 0);
}

static void
test_newer_list (Fixture *self, gconstpointer data)
{
  replace (self, "[('a','A')]");
  change (self, "[('b','B')]", NULL);
  replace (self, "[('c','C')]"); /* the two above are of an agent that is gone */
  settle (self, "+c . ");
  g_assert_cmpuint (self->contacts->len, ==, 1);
}

static void
test_clear (Fixture *self, gconstpointer data)
{
  replace (self, "[('a','A'),('b','B')]");
  settle (self, "+a +b . ");
  change (self, "[('c','C')]", NULL);
  oh_contact_book_clear (self->book);
  g_assert_cmpuint (self->contacts->len, ==, 0);
  settle (self, "0 . ");
  replace (self, "[('a','A')]");
  settle (self, "+a . ");
}

static GVariant *
make_crowd (guint n)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a(ss)"));
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *uri = g_strdup_printf ("sip:p%05u@x", i);

      g_variant_builder_add (&builder, "(ss)", uri, uri);
    }
  return g_variant_ref_sink (g_variant_builder_end (&builder));
}

static void
count (guint *n)
{
  (*n)++;
}

/* At the limit and one beyond; and never in one piece: others have their turn in between. */
static void
test_crowd (Fixture *self, gconstpointer data)
{
  g_autoptr (GVariant) crowd = make_crowd (MAX_PEOPLE + 1);
  guint n_put = 0, n_turns = 0;

  g_signal_connect_swapped (self->book, "put", G_CALLBACK (count), &n_put);
  oh_contact_book_replace (self->book, crowd);
  for (; !g_str_has_suffix (self->told->str, ". "); n_turns++)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (n_put, ==, MAX_PEOPLE);
  g_assert_cmpuint (self->contacts->len, ==, MAX_PEOPLE);
  g_assert_cmpuint (n_turns, >, 1);
}

/* Ends with work left: nothing is lost, nothing runs afterwards. */
static void
test_end (Fixture *self, gconstpointer data)
{
  replace (self, "[('a','A'),('b','B')]");
  change (self, "@a(ss) []", "a");
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/contact-book/list", test_list);
  ADD ("/contact-book/changes", test_changes);
  ADD ("/contact-book/newer-list", test_newer_list);
  ADD ("/contact-book/clear", test_clear);
  ADD ("/contact-book/crowd", test_crowd);
  ADD ("/contact-book/end", test_end);
  return g_test_run ();
}
