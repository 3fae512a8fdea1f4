/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "roster-file.h"

#include <string.h>

#include "error.h"

#define ALICE "sip:alice@f.test"

static OhContactSnapshot *
sample (void)
{
  OhContactSnapshot *snapshot = oh_contact_snapshot_new ();
  g_autoptr (OhContactList) list = oh_contact_list_parse (
    oh_slice_str ("<contactList deltaNum='11'><group id='1' name='~'/><group id='4' name='Söhne'/>"
                  "<contact uri='sip:bob@f.test' name='' groups='1 4'/>"
                  "<contact uri='sip:carol@f.test' groups='' subscribed='false'/></contactList>"),
    NULL);
  OhKeptCard *bob = oh_kept_card_new ("Bob Baker");

  oh_kept_card_add (bob, "work", "+493012345678;ext=12", "030 12345678-12");
  oh_kept_card_add (bob, "mobile", "+49172", "0172");
  oh_contact_list_free (g_steal_pointer (&snapshot->list));
  snapshot->list = g_steal_pointer (&list);
  snapshot->account = g_strdup (ALICE);
  snapshot->saved_us = G_GINT64_CONSTANT (1700000000000000);
  g_ptr_array_add (snapshot->cards, bob);
  g_ptr_array_add (snapshot->cards, oh_kept_card_new (NULL));
  return snapshot;
}

static void
test_there_and_back (void)
{
  g_autoptr (OhContactSnapshot) before = sample ();
  g_autoptr (GBytes) content = oh_roster_file_write (before);
  g_autoptr (GError) error = NULL;
  g_autoptr (OhContactSnapshot) after = oh_roster_file_read (content, ALICE, &error);
  g_autoptr (GBytes) again = NULL;
  const OhContactListEntry *carol;
  const OhKeptCard *bob;

  g_assert_no_error (error);
  g_assert_cmpuint (after->list->number, ==, 11);
  g_assert_cmpuint (after->list->groups->len, ==, 2);
  g_assert_cmpuint (after->list->entries->len, ==, 2);
  carol = g_ptr_array_index (after->list->entries, 1);
  g_assert_null (carol->name); /* none is not the same as an empty one */
  g_assert_false (carol->subscribed);
  bob = g_ptr_array_index (after->cards, 0);
  g_assert_cmpstr (bob->name, ==, "Bob Baker");
  g_assert_cmpuint (bob->numbers->len, ==, 2);
  again = oh_roster_file_write (after);
  g_assert_true (g_bytes_equal (content, again));
}

static void
assert_refused (GBytes *content, const char *account, const char *why)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (oh_roster_file_read (content, account, &error));
  g_assert_error (error, OH_ERROR, OH_ERROR_PROTOCOL);
  g_assert_cmpstr (error->message, ==, why);
}

static void
test_not_ours (void)
{
  g_autoptr (OhContactSnapshot) snapshot = sample ();
  g_autoptr (GBytes) content = oh_roster_file_write (snapshot);
  gsize size;
  const char *data = g_bytes_get_data (content, &size);
  g_autoptr (GBytes) nothing = g_bytes_new_static ("", 0);
  g_autoptr (GBytes) text = g_bytes_new_static ("Offhook contact lists are not text files, no", 44);
  g_autofree char *other = g_memdup2 (data, size);
  g_autoptr (GBytes) version = NULL;

  assert_refused (nothing, ALICE, "not a contact list");
  assert_refused (text, ALICE, "not a contact list");
  assert_refused (content, "sip:mallory@f.test", "of another account");
  other[15]++;
  version = g_bytes_new (other, size);
  assert_refused (version, ALICE, "of another version");
}

/* Whatever octet is wrong or missing, nothing of it is shown. */
static void
test_damaged (void)
{
  g_autoptr (OhContactSnapshot) snapshot = sample ();
  g_autoptr (GBytes) content = oh_roster_file_write (snapshot);
  gsize size;
  const char *data = g_bytes_get_data (content, &size);

  for (gsize i = 0; i < size; i++)
    {
      g_autofree char *bad = g_memdup2 (data, size);
      g_autoptr (GBytes) cut = g_bytes_new (data, i);
      g_autoptr (GBytes) wrong = NULL;

      bad[i] ^= 0x20;
      wrong = g_bytes_new (bad, size);
      g_assert_null (oh_roster_file_read (wrong, ALICE, NULL));
      g_assert_null (oh_roster_file_read (cut, ALICE, NULL));
    }
}

static gboolean
is_read_with (guint groups, guint numbers, gsize name)
{
  g_autoptr (OhContactSnapshot) snapshot = oh_contact_snapshot_new ();
  OhContactListEntry *entry = g_new0 (OhContactListEntry, 1);
  g_autofree char *long_name = g_strnfill (name, 'n');
  OhKeptCard *card = oh_kept_card_new (long_name);
  g_autoptr (OhContactSnapshot) read = NULL;
  g_autoptr (GBytes) content = NULL;

  snapshot->account = g_strdup (ALICE);
  entry->uri = g_strdup ("sip:b@f.test");
  entry->groups = g_array_new (FALSE, FALSE, sizeof (guint32));
  for (guint32 i = 0; i < groups; i++)
    g_array_append_val (entry->groups, i);
  for (guint i = 0; i < numbers; i++)
    oh_kept_card_add (card, "work", "1", "1");
  g_ptr_array_add (snapshot->list->entries, entry);
  g_ptr_array_add (snapshot->cards, card);
  content = oh_roster_file_write (snapshot);
  read = oh_roster_file_read (content, ALICE, NULL);
  return read != NULL && ((OhKeptCard *) read->cards->pdata[0])->numbers->len == numbers;
}

static void
test_limits (void)
{
  g_assert_true (is_read_with (OH_CONTACT_GROUPS_MAX, OH_KEPT_NUMBERS_MAX, OH_KEPT_TEXT_MAX));
  g_assert_false (is_read_with (OH_CONTACT_GROUPS_MAX + 1, 1, 1));
  g_assert_false (is_read_with (1, 1, OH_KEPT_TEXT_MAX + 1));
  g_assert_false (is_read_with (1, OH_KEPT_NUMBERS_MAX + 1, 1)); /* never kept */
}

static void
test_size (void)
{
  g_autofree char *zeros = g_malloc0 (OH_ROSTER_FILE_MAX + 1);
  g_autoptr (GBytes) most = g_bytes_new_static (zeros, OH_ROSTER_FILE_MAX);
  g_autoptr (GBytes) more = g_bytes_new_static (zeros, OH_ROSTER_FILE_MAX + 1);

  assert_refused (most, ALICE, "not a contact list");
  assert_refused (more, ALICE, "larger than any list");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/roster-file/there-and-back", test_there_and_back);
  g_test_add_func ("/roster-file/not-ours", test_not_ours);
  g_test_add_func ("/roster-file/damaged", test_damaged);
  g_test_add_func ("/roster-file/limits", test_limits);
  g_test_add_func ("/roster-file/size", test_size);
  return g_test_run ();
}
