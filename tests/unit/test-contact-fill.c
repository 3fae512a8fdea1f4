/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "contact-fill.h"

/* More than one slice takes over. */
#define CROWD 15000u

typedef struct
{
  GPtrArray *contacts;
  OhContactBook *book;
  OhContactStore *store;
  guint done;
} Fixture;

static OhTrayContact *
read_entry (GVariant *entry)
{
  return oh_tray_contact_new (g_variant_get_string (entry, NULL), NULL);
}

static void
count (guint *n)
{
  (*n)++;
}

static void
fill_book (Fixture *self, guint n)
{
  g_autoptr (GVariant) list = NULL;
  GVariantBuilder builder;
  guint settled = 0;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("as"));
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *uri = g_strdup_printf ("sip:p%05u@x", i);

      g_variant_builder_add (&builder, "s", uri);
    }
  list = g_variant_ref_sink (g_variant_builder_end (&builder));
  g_signal_connect_swapped (self->book, "settled", G_CALLBACK (count), &settled);
  oh_contact_book_replace (self->book, list);
  while (settled == 0)
    g_main_context_iteration (NULL, TRUE);
  g_signal_handlers_disconnect_by_data (self->book, &settled);
}

static void
set_up (Fixture *self, gconstpointer data)
{
  static const char *const everybody[] = { NULL };
  g_autoptr (GPtrArray) nobody = g_ptr_array_new ();

  self->contacts = g_ptr_array_new_with_free_func ((GDestroyNotify) oh_tray_contact_unref);
  self->book = oh_contact_book_new (self->contacts, read_entry, CROWD);
  self->store = oh_contact_store_new (nobody, everybody, NULL);
  self->done = 0;
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_object_unref (self->store);
  g_object_unref (self->book);
  g_ptr_array_unref (self->contacts);
}

static void
on_done (gpointer user_data)
{
  count (&((Fixture *) user_data)->done);
}

/* A list as most people have it is there at once. */
static void
test_short (Fixture *self, gconstpointer data)
{
  g_autoptr (OhContactFill) fill = NULL;

  fill_book (self, 16);
  fill = oh_contact_fill_new (self->store, self->book);
  g_assert_true (oh_contact_fill_is_done (fill));
  g_assert_cmpuint (oh_contact_store_get_length (self->store), ==, 16);
}

static void
test_long (Fixture *self, gconstpointer data)
{
  g_autoptr (OhContactFill) fill = NULL;

  fill_book (self, CROWD);
  fill = oh_contact_fill_new (self->store, self->book);
  g_assert_false (oh_contact_fill_is_done (fill));
  oh_contact_fill_go_on (fill, on_done, self);
  while (self->done == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (oh_contact_store_get_length (self->store), ==, CROWD);
  g_assert_cmpuint (self->done, ==, 1);
}

/* Whoever moved into the gap of one who went is not left out. */
static void
test_gap (Fixture *self, gconstpointer data)
{
  g_autoptr (OhContactFill) fill = NULL;
  g_autoptr (GVariant) none = g_variant_ref_sink (g_variant_new_parsed ("@as []"));
  const char *const gone[] = { "sip:p00000@x", NULL };
  guint settled = 0;

  fill_book (self, CROWD);
  fill = oh_contact_fill_new (self->store, self->book);
  g_signal_connect_swapped (self->book, "settled", G_CALLBACK (count), &settled);
  oh_contact_book_change (self->book, none, gone);
  while (settled == 0)
    g_main_context_iteration (NULL, TRUE);
  oh_contact_store_drop (self->store, gone[0]);
  oh_contact_fill_begin_again (fill);
  oh_contact_fill_finish (fill);
  g_assert_cmpuint (oh_contact_store_get_length (self->store), ==, CROWD - 1);
  g_assert_cmpint (oh_contact_store_find (self->store, "sip:p14999@x", NULL), >=, 0);
  g_signal_handlers_disconnect_by_data (self->book, &settled);
}

static void
test_end (Fixture *self, gconstpointer data)
{
  OhContactFill *fill;

  fill_book (self, CROWD);
  fill = oh_contact_fill_new (self->store, self->book);
  oh_contact_fill_go_on (fill, on_done, self);
  oh_contact_fill_free (fill); /* nothing runs afterwards */
  g_main_context_iteration (NULL, FALSE);
  g_assert_cmpuint (self->done, ==, 0);
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/contact-fill/short", test_short);
  ADD ("/contact-fill/long", test_long);
  ADD ("/contact-fill/gap", test_gap);
  ADD ("/contact-fill/end", test_end);
  return g_test_run ();
}
