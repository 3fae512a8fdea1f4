/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "search-index.h"

#include "category-xml.h"
#include "roaming-contacts-xml.h"

static void
apply_list (OhContacts *contacts, const char *xml)
{
  g_autoptr (OhContactList) list = oh_contact_list_parse (oh_slice_str (xml), NULL);

  g_assert_nonnull (list);
  g_assert_true (oh_contacts_apply_list (contacts, list));
}

static void
apply_card (OhContacts *contacts, const char *uri, const char *number)
{
  g_autofree char *xml = g_strdup_printf (
    "<categories uri='%s'><category name='contactCard' instance='3'><contactCard>"
    "<identity><email>Mail.%s</email></identity>"
    "<phone type='work'><uri>tel:%s</uri></phone></contactCard></category></categories>",
    uri, uri, number);
  g_autoptr (OhCategories) categories = oh_categories_parse (oh_slice_str (xml), NULL);

  g_assert_nonnull (categories);
  g_assert_true (oh_contacts_apply_categories (contacts, categories));
}

/* The addresses without scheme and domain, in order. */
static char *
find (OhSearchIndex *index, const char *typed, guint limit, guint *total)
{
  g_autoptr (GPtrArray) found = oh_search_index_find (index, typed, limit, total);
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < found->len; i++)
    {
      const char *uri = oh_contact_uri (found->pdata[i]) + 4;

      g_string_append_printf (names, "%s%.*s", i > 0 ? " " : "", (int) strcspn (uri, "@"), uri);
    }
  return g_strdup (names->str);
}

static void
assert_finds (OhSearchIndex *index, const char *typed, const char *wanted)
{
  g_autofree char *names = find (index, typed, 100, NULL);

  g_assert_cmpstr (names, ==, wanted);
}

#define PEOPLE                                                                                     \
  "<contactList deltaNum='1'>"                                                                     \
  "<contact uri='zed@x.test' name='Zed Baker' groups='1'/>"                                        \
  "<contact uri='b2@x.test' name='Bäcker, Tom' groups='1'/>"                                      \
  "<contact uri='b1@x.test' name='Bäcker, Tom' groups='1'/>"                                      \
  "<contact uri='ann@x.test' name='Ann Other' groups='1'/>"                                        \
  "<contact uri='ba@x.test' name='Carol Crane' groups='1'/>"                                       \
  "</contactList>"

static void
test_ranking (void)
{
  g_autoptr (OhContacts) contacts = oh_contacts_new ();
  g_autoptr (OhSearchIndex) index = oh_search_index_new (contacts);

  apply_list (contacts, PEOPLE);
  apply_card (contacts, "ann@x.test", "+49308123");
  /* name, then word, then address; equal names by address */
  assert_finds (index, "ba", "b1 b2 zed ba");
  assert_finds (index, "812", "ann");
  assert_finds (index, "", "ann b1 b2 ba zed");
  assert_finds (index, "nobody", "");
}

static void
test_limit (void)
{
  g_autoptr (OhContacts) contacts = oh_contacts_new ();
  g_autoptr (OhSearchIndex) index = NULL;
  g_autofree char *names = NULL;
  g_autofree char *none = NULL;
  guint total = 0;

  apply_list (contacts, PEOPLE);
  index = oh_search_index_new (contacts); /* of a list that is there already */
  names = find (index, "ba", 2, &total);
  g_assert_cmpstr (names, ==, "b1 b2");
  g_assert_cmpuint (total, ==, 4);
  none = find (index, "ba", 0, &total);
  g_assert_cmpstr (none, ==, "");
}

static void
test_follows (void)
{
  g_autoptr (OhContacts) contacts = oh_contacts_new ();
  g_autoptr (OhSearchIndex) index = oh_search_index_new (contacts);

  apply_list (contacts, PEOPLE);
  assert_finds (index, "4711", "");
  apply_card (contacts, "zed@x.test", "+49303984711");
  assert_finds (index, "4711", "zed");
  assert_finds (index, "mail.zed@x", "zed");
  assert_finds (index, "mail", "zed");
  g_assert_cmpstr (oh_contact_uri (oh_search_index_lookup_mail (index, "MAIL.zed@X.test")), ==,
                   "sip:zed@x.test");
  g_assert_null (oh_search_index_lookup_mail (index, "zed@x.test"));
  apply_card (contacts, "zed@x.test", "+49303984712");
  assert_finds (index, "4711", "");
  apply_list (contacts, "<contactDelta deltaNum='2' prevDeltaNum='1'>"
                        "<modifiedContact uri='ann@x.test' name='Bart' groups='1'/>"
                        "<addedContact uri='new@x.test' name='Aaron Bax' groups='1'/>"
                        "<deletedContact uri='b1@x.test'/></contactDelta>");
  assert_finds (index, "ba", "b2 ann new zed ba");
  oh_contacts_forget_presence (contacts);
  assert_finds (index, "ann", "ann");
  oh_contacts_clear (contacts);
  assert_finds (index, "", "");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/search-index/ranking", test_ranking);
  g_test_add_func ("/search-index/limit", test_limit);
  g_test_add_func ("/search-index/follows", test_follows);
  return g_test_run ();
}
