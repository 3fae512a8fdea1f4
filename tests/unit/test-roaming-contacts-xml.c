/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "roaming-contacts-xml.h"

#include "error.h"

static OhContactList *
parse (const char *xml)
{
  g_autoptr (GError) error = NULL;
  OhContactList *list = oh_contact_list_parse (oh_slice_str (xml), &error);

  g_assert_no_error (error);
  return list;
}

static const OhContactListEntry *
entry (OhContactList *list, guint n)
{
  g_assert_cmpuint (n, <, list->entries->len);
  return g_ptr_array_index (list->entries, n);
}

static const OhContactListGroup *
group (OhContactList *list, guint n)
{
  g_assert_cmpuint (n, <, list->groups->len);
  return g_ptr_array_index (list->groups, n);
}

static void
test_list (void)
{
  g_autoptr (OhContactList) list = parse (
    "<contactList deltaNum=\"11\"><group id=\"1\" name=\"~\" externalURI=\"\"/>"
    "<group id=\"4\" name=\"Support &amp; Sales\" externalURI=\"\"/>"
    "<contact uri=\"piotr.lang@fabrikam.test\" name=\"\" groups=\"1 4\""
    " subscribed=\"true\" externalURI=\"\"/>"
    "<contact uri=\"sip:mira@fabrikam.test\" name=\"Mira\" groups=\" \" subscribed=\"false\"/>"
    "<contact uri=\"\" name=\"nobody\"/><contact name=\"nobody\"/><surprise/>"
    "<contact uri=\"x@y\" groups=\"1  two 3\t4\"/></contactList>");

  g_assert_false (list->delta);
  g_assert_false (list->elsewhere);
  g_assert_false (list->truncated);
  g_assert_cmpuint (list->number, ==, 11);
  g_assert_cmpuint (list->groups->len, ==, 2);
  g_assert_cmpuint (group (list, 1)->id, ==, 4);
  g_assert_cmpstr (group (list, 1)->name, ==, "Support & Sales");
  g_assert_cmpuint (list->entries->len, ==, 3);
  g_assert_cmpstr (entry (list, 0)->uri, ==, "piotr.lang@fabrikam.test");
  g_assert_cmpstr (entry (list, 0)->name, ==, "");
  g_assert_cmpuint (entry (list, 0)->groups->len, ==, 2);
  g_assert_cmpuint (g_array_index (entry (list, 0)->groups, guint32, 1), ==, 4);
  g_assert_true (entry (list, 0)->subscribed);
  g_assert_false (entry (list, 1)->subscribed);
  g_assert_cmpuint (entry (list, 1)->groups->len, ==, 0);
  g_assert_cmpuint (entry (list, 2)->groups->len, ==, 3); /* what is no number is no group */
  g_assert_true (entry (list, 2)->subscribed);
}

static void
test_delta (void)
{
  g_autoptr (OhContactList) list =
    parse ("<contactDelta prevDeltaNum=\"11\" deltaNum=\"12\">"
           "<addedContact uri=\"a@f.test\" name=\"\" groups=\"1\" subscribed=\"true\"/>"
           "<modifiedContact uri=\"c@f.test\" name=\"C\" groups=\"1\" subscribed=\"true\"/>"
           "<deletedContact uri=\"b@f.test\"/><addedGroup id=\"5\" name=\"New\"/>"
           "<modifiedGroup id=\"1\" name=\"Old\"/><deletedGroup id=\"4\"/><deletedGroup/>"
           "</contactDelta>");

  g_assert_true (list->delta);
  g_assert_cmpuint (list->previous, ==, 11);
  g_assert_cmpuint (list->number, ==, 12);
  g_assert_cmpuint (list->entries->len, ==, 3);
  g_assert_cmpint (entry (list, 0)->op, ==, OH_CONTACT_LIST_PUT);
  g_assert_cmpint (entry (list, 1)->op, ==, OH_CONTACT_LIST_PUT);
  g_assert_cmpint (entry (list, 2)->op, ==, OH_CONTACT_LIST_DELETE);
  g_assert_cmpuint (list->groups->len, ==, 3);
  g_assert_cmpint (group (list, 2)->op, ==, OH_CONTACT_LIST_DELETE);
  g_assert_cmpuint (group (list, 2)->id, ==, 4);
  g_assert_cmpstr (group (list, 2)->name, ==, NULL);
}

static void
test_elsewhere (void)
{
  g_autoptr (OhContactList) list = parse ("<contactList deltaNum='1' ucsmode='Migrated'/>");

  g_assert_true (list->elsewhere);
  g_assert_cmpuint (list->entries->len, ==, 0);
}

static void
test_refused (void)
{
  static const char *const cases[] = { "", "<contacts/>", "<contactList>", "<contactList a=b/>" };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (oh_contact_list_parse (oh_slice_str (cases[i]), &error));
      g_assert_error (error, OH_ERROR, OH_ERROR_PROTOCOL);
    }
}

static void
test_limits (void)
{
  for (guint more = 0; more < 2; more++)
    {
      g_autoptr (GString) xml = g_string_new ("<contactList deltaNum='1'>");
      g_autoptr (OhContactList) list = NULL;

      for (guint i = 0; i < OH_CONTACT_LIST_MAX + more; i++)
        g_string_append_printf (xml, "<contact uri='u%u@f.test' groups='1'/>", i);
      for (guint i = 0; i < OH_CONTACT_GROUPS_MAX + more; i++)
        g_string_append_printf (xml, "<group id='%u'/>", i);
      g_string_append (xml, "</contactList>");
      list = parse (xml->str);
      g_assert_cmpuint (list->entries->len, ==, OH_CONTACT_LIST_MAX);
      g_assert_cmpuint (list->groups->len, ==, OH_CONTACT_GROUPS_MAX);
      g_assert_cmpint (list->truncated, ==, more > 0);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/roaming-contacts-xml/list", test_list);
  g_test_add_func ("/roaming-contacts-xml/delta", test_delta);
  g_test_add_func ("/roaming-contacts-xml/elsewhere", test_elsewhere);
  g_test_add_func ("/roaming-contacts-xml/refused", test_refused);
  g_test_add_func ("/roaming-contacts-xml/limits", test_limits);
  return g_test_run ();
}
