/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "roster-cache.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "category-xml.h"
#include "fake-clock.h"
#include "roster-file.h"

#define ALICE "sip:alice@f.test"
#define BOB "sip:bob@f.test"

static guint n_messages; /* what the log was told, since this was last looked at */

static GLogWriterOutput
count_messages (GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer user_data)
{
  if ((level & G_LOG_LEVEL_MASK) != G_LOG_LEVEL_MESSAGE)
    return g_log_writer_default (level, fields, n_fields, user_data);
  n_messages++;
  return G_LOG_WRITER_HANDLED;
}

static void
assert_messages (guint expected)
{
  g_assert_cmpuint (n_messages, ==, expected);
  n_messages = 0;
}

typedef struct
{
  OhFakeClock *clock;
  OhContacts *contacts;
  OhRosterCache *cache;
  char *top;       /* what is removed in the end */
  char *directory; /* below it: not there at first */
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  self->clock = oh_fake_clock_new ();
  self->contacts = oh_contacts_new ();
  self->top = g_dir_make_tmp ("offhook-cache-XXXXXX", NULL);
  self->directory = g_build_filename (self->top, "cache", "offhook", NULL);
  self->cache = oh_roster_cache_new (OH_CLOCK (self->clock), self->contacts, self->directory);
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR) && !g_file_test (child, G_FILE_TEST_IS_SYMLINK))
        remove_tree (child);
      else
        g_unlink (child);
    }
  g_rmdir (path);
}

/* Threads hold a reference on the cache as long as they are at work; they drop it after the main
 * loop was told, so there is nothing to sleep on. */
static void
settle (Fixture *self)
{
  while (g_atomic_int_get (&G_OBJECT (self->cache)->ref_count) > 1 || g_main_context_pending (NULL))
    {
      g_main_context_iteration (NULL, FALSE);
      g_thread_yield ();
    }
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  settle (self);
  g_object_unref (self->cache);
  g_object_unref (self->contacts);
  g_object_unref (self->clock);
  assert_messages (0);
  remove_tree (self->top);
  g_free (self->top);
  g_free (self->directory);
}

/* As after a restart: nothing in memory. */
static void
restart (Fixture *self)
{
  settle (self);
  g_object_unref (self->cache);
  g_object_unref (self->contacts);
  self->contacts = oh_contacts_new ();
  self->cache = oh_roster_cache_new (OH_CLOCK (self->clock), self->contacts, self->directory);
}

static void
tell (Fixture *self, const char *xml)
{
  g_autoptr (OhContactList) list = oh_contact_list_parse (oh_slice_str (xml), NULL);

  g_assert_true (oh_contacts_apply_list (self->contacts, list));
}

static void
tell_card (Fixture *self, const char *uri, const char *name, const char *number)
{
  g_autofree char *xml = g_strdup_printf (
    "<categories uri='%s'><category name='contactCard' instance='0'><contactCard><identity><name>"
    "<displayName>%s</displayName></name></identity><phone type='work'><uri>%s</uri></phone>"
    "</contactCard></category></categories>",
    uri, name, number);
  g_autoptr (OhCategories) categories = oh_categories_parse (oh_slice_str (xml), NULL);

  g_assert_true (oh_contacts_apply_categories (self->contacts, categories));
}

static void
assert_people (Fixture *self, const char *expected)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->contacts)); i++)
    {
      g_autoptr (OhContact) contact = g_list_model_get_item (G_LIST_MODEL (self->contacts), i);
      g_autofree char *groups = g_strjoinv (",", (GStrv) oh_contact_groups (contact));
      GPtrArray *numbers = oh_contact_numbers (contact);

      g_string_append_printf (text, "%s[%s]%s ", oh_contact_name (contact), groups,
                              numbers->len > 0 ? ((OhContactNumber *) numbers->pdata[0])->number
                                               : "");
    }
  g_assert_cmpstr (text->str, ==, expected);
}

#define LIST                                                                                       \
  "<contactList deltaNum='5'><group id='1' name='~'/><group id='3' name='Team'/>"                  \
  "<contact uri='bob@f.test' groups='3'/><contact uri='carol@f.test' name='C' groups='1'/>"        \
  "</contactList>"

static char *
path_of (Fixture *self, const char *uri)
{
  g_autofree char *name = oh_roster_cache_file_name (uri);

  return g_build_filename (self->directory, name, NULL);
}

/* A list of alice's with a card, in its file. */
static void
keep (Fixture *self)
{
  oh_roster_cache_set_account (self->cache, ALICE);
  settle (self);
  tell (self, LIST);
  tell_card (self, BOB, "Bob Baker", "tel:+49301");
  oh_fake_clock_advance (self->clock, OH_ROSTER_CACHE_DELAY_US);
  settle (self);
}

static void
test_kept (Fixture *self, gconstpointer data)
{
  g_autofree char *path = path_of (self, ALICE);
  struct stat about;

  keep (self);
  g_assert_cmpint (oh_roster_cache_as_of_us (self->cache), ==, 0);
  g_assert_cmpint (g_stat (path, &about), ==, 0);
  g_assert_cmpint (about.st_mode & 0777, ==, 0600);
  g_assert_null (strstr (path, "alice"));
  restart (self);
  oh_roster_cache_set_account (self->cache, "SIP:Alice@F.test");
  settle (self);
  assert_people (self, "Bob Baker[Team]+49301 C[] ");
  g_assert_true (oh_contacts_is_stale (self->contacts));
  g_assert_cmpint (oh_roster_cache_as_of_us (self->cache), >, 0);
  g_assert_true (oh_contacts_lookup_number (self->contacts, "+49301") != NULL);
  tell (self, LIST);
  g_assert_false (oh_contacts_is_stale (self->contacts));
  g_assert_cmpint (oh_roster_cache_as_of_us (self->cache), ==, 0);
  assert_people (self, "Bob Baker[Team]+49301 C[] ");
  /* what the server says of a card replaces all of what was kept */
  tell_card (self, BOB, "Robert", "tel:+49302");
  assert_people (self, "Robert[Team]+49302 C[] ");
}

/* Ten thousand cards in a row are one file, and a list that nobody confirms is none. */
static void
test_coalesced (Fixture *self, gconstpointer data)
{
  g_autofree char *path = path_of (self, ALICE);

  oh_roster_cache_set_account (self->cache, ALICE);
  settle (self);
  tell (self, LIST);
  for (guint i = 0; i < 100; i++)
    tell_card (self, BOB, "Bob", "tel:+49301");
  g_assert_cmpuint (oh_fake_clock_n_alarms (self->clock), ==, 1);
  settle (self);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  oh_contacts_forget_presence (self->contacts); /* the connection is lost: now or never */
  settle (self);
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
  g_assert_cmpuint (oh_fake_clock_n_alarms (self->clock), ==, 0);
  g_assert_cmpint (oh_roster_cache_as_of_us (self->cache), >, 0);
}

static void
tell_many (Fixture *self, guint n, const char *prefix)
{
  g_autoptr (GString) xml = g_string_new ("<contactList deltaNum='7'>");

  for (guint i = 0; i < n; i++)
    g_string_append_printf (xml, "<contact uri='%s%u@f.test' name='%s%u'/>", prefix, i, prefix, i);
  g_string_append (xml, "</contactList>");
  tell (self, xml->str);
}

static guint
n_people (Fixture *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->contacts));
}

/* More than one slice, and another list while the first is being copied. */
static void
test_slices (Fixture *self, gconstpointer data)
{
  const guint sizes[] = { OH_ROSTER_CACHE_SLICE, OH_ROSTER_CACHE_SLICE + 1,
                          3 * OH_ROSTER_CACHE_SLICE };
  g_autoptr (OhContact) last = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      oh_roster_cache_set_account (self->cache, ALICE);
      settle (self);
      tell_many (self, sizes[i], "a");
      oh_fake_clock_advance (self->clock, OH_ROSTER_CACHE_DELAY_US);
      g_main_context_iteration (NULL, FALSE);
      tell_many (self, sizes[i], "b");
      oh_fake_clock_advance (self->clock, OH_ROSTER_CACHE_DELAY_US);
      restart (self);
      oh_roster_cache_set_account (self->cache, ALICE);
      settle (self);
      g_assert_cmpuint (n_people (self), ==, sizes[i]);
      g_clear_object (&last);
      last = g_list_model_get_item (G_LIST_MODEL (self->contacts), sizes[i] - 1);
      g_assert_true (g_str_has_prefix (oh_contact_name (last), "b"));
    }
}

/* The server's list comes while the kept one is being taken over. */
static void
test_server_between (Fixture *self, gconstpointer data)
{
  oh_roster_cache_set_account (self->cache, ALICE);
  settle (self);
  tell_many (self, 3 * OH_ROSTER_CACHE_SLICE, "a");
  oh_fake_clock_advance (self->clock, OH_ROSTER_CACHE_DELAY_US);
  restart (self);
  oh_roster_cache_set_account (self->cache, ALICE);
  while (n_people (self) == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (n_people (self), ==, OH_ROSTER_CACHE_SLICE);
  tell (self, LIST);
  settle (self);
  assert_people (self, "bob@f.test[Team] C[] ");
}

static void
test_accounts (Fixture *self, gconstpointer data)
{
  g_autofree char *alice = path_of (self, ALICE);
  g_autofree char *bob = path_of (self, BOB);

  keep (self);
  oh_roster_cache_set_account (self->cache, BOB);
  assert_people (self, ""); /* at once */
  settle (self);
  assert_people (self, "");
  g_assert_cmpint (g_rename (alice, bob), ==, 0); /* somebody puts alice's in bob's place */
  restart (self);
  oh_roster_cache_set_account (self->cache, BOB);
  settle (self);
  assert_messages (1);
  assert_people (self, "");
}

static void
test_server_first (Fixture *self, gconstpointer data)
{
  keep (self);
  restart (self);
  oh_roster_cache_set_account (self->cache, ALICE);
  tell (self, "<contactList deltaNum='9'><contact uri='dora@f.test' name='D'/></contactList>");
  settle (self);
  assert_people (self, "D[] ");
}

/* Cut, garbled, too large, no file at all: one line in the log and nothing shown. */
static void
test_bad_files (Fixture *self, gconstpointer data)
{
  static const char *const kinds[] = { "cut", "garbled", "large", "folder", "link", "pipe" };
  g_autofree char *path = path_of (self, ALICE);
  g_autofree char *content = NULL;
  gsize len;

  keep (self);
  g_assert_true (g_file_get_contents (path, &content, &len, NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *elsewhere = g_strconcat (path, "-whole", NULL);

      g_unlink (path);
      g_assert_true (g_file_set_contents (elsewhere, content, (gssize) len, NULL));
      if (i == 0)
        g_assert_true (g_file_set_contents (path, content, (gssize) len - 1, NULL));
      else if (i == 1)
        g_assert_true (g_file_set_contents (path, content + 1, (gssize) len - 1, NULL));
      else if (i == 2)
        {
          g_assert_true (g_file_set_contents (path, content, (gssize) len, NULL));
          g_assert_cmpint (truncate (path, (off_t) OH_ROSTER_FILE_MAX + 1), ==, 0);
        }
      else if (i == 3)
        g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
      else if (i == 4)
        {
          g_rmdir (path);
          g_assert_cmpint (symlink (elsewhere, path), ==, 0);
        }
      else
        g_assert_cmpint (mkfifo (path, 0600), ==, 0);
      restart (self);
      oh_roster_cache_set_account (self->cache, ALICE);
      settle (self);
      assert_messages (1);
      assert_people (self, "");
    }
}

/* Whoever was killed while writing has left the old file; the next writing cleans up. */
static void
test_killed (Fixture *self, gconstpointer data)
{
  g_autofree char *path = path_of (self, ALICE);
  g_autofree char *half = g_strconcat (path, ".new", NULL);

  keep (self);
  g_assert_true (g_file_set_contents (half, "Offhook con", -1, NULL));
  restart (self);
  oh_roster_cache_set_account (self->cache, ALICE);
  settle (self);
  assert_people (self, "Bob Baker[Team]+49301 C[] ");
  tell (self, "<contactList deltaNum='9'><contact uri='dora@f.test' name='D'/></contactList>");
  oh_fake_clock_advance (self->clock, OH_ROSTER_CACHE_DELAY_US);
  settle (self);
  g_assert_false (g_file_test (half, G_FILE_TEST_EXISTS));
  restart (self);
  oh_roster_cache_set_account (self->cache, ALICE);
  settle (self);
  assert_people (self, "D[] ");
}

static void
test_forgotten (Fixture *self, gconstpointer data)
{
  g_autofree char *path = path_of (self, ALICE);

  keep (self);
  oh_roster_cache_forget (self->cache);
  settle (self);
  assert_people (self, "");
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

static void
test_cannot_write (Fixture *self, gconstpointer data)
{
  g_autofree char *parent = g_path_get_dirname (self->directory);

  g_assert_true (g_file_set_contents (parent, "in the way", -1, NULL));
  oh_roster_cache_set_account (self->cache, ALICE);
  settle (self);
  for (guint i = 0; i < 3; i++)
    {
      tell (self, LIST);
      oh_fake_clock_advance (self->clock, OH_ROSTER_CACHE_DELAY_US);
      settle (self);
    }
  assert_messages (2); /* that it cannot be read, and that it cannot be written: once each */
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*test) (Fixture *self, gconstpointer data);
  } tests[] = {
    { "/roster-cache/kept", test_kept },
    { "/roster-cache/coalesced", test_coalesced },
    { "/roster-cache/slices", test_slices },
    { "/roster-cache/server-between", test_server_between },
    { "/roster-cache/accounts", test_accounts },
    { "/roster-cache/server-first", test_server_first },
    { "/roster-cache/bad-files", test_bad_files },
    { "/roster-cache/killed", test_killed },
    { "/roster-cache/forgotten", test_forgotten },
    { "/roster-cache/cannot-write", test_cannot_write },
  };

  g_test_init (&argc, &argv, NULL);
  g_log_set_writer_func (count_messages, NULL, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);
  return g_test_run ();
}
