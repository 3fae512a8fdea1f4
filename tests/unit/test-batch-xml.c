/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "batch-xml.h"

#include "xml-tree.h"

static void
test_document (void)
{
  static const char *const people[] = { "sip:o'neill@f.test", "sip:a&b@f.test", NULL };
  g_autofree char *xml = oh_batch_request ("sip:anna@f.test", 1207, FALSE, people);

  g_assert_cmpstr (
    xml, ==,
    "<batchSub xmlns=\"http://schemas.microsoft.com/2006/01/sip/batch-subscribe\""
    " uri=\"sip:anna@f.test\" name=\"\"><action name=\"subscribe\" id=\"1207\"><adhocList>"
    "<resource uri=\"sip:o&apos;neill@f.test\"/><resource uri=\"sip:a&amp;b@f.test\"/></adhocList>"
    "<categoryList xmlns=\"http://schemas.microsoft.com/2006/09/sip/categorylist\">"
    "<category name=\"contactCard\"/><category name=\"note\"/><category name=\"state\"/>"
    "</categoryList></action></batchSub>");
}

static void
test_unsubscribe (void)
{
  static const char *const people[] = { "sip:a@f.test", NULL };
  g_autofree char *xml = oh_batch_request ("sip:anna@f.test", 1, TRUE, people);
  g_autoptr (xmlDoc) doc = oh_xml_parse (oh_slice_str (xml), "batchSub", NULL);

  g_assert_cmpstr (oh_xml_attr (oh_xml_child (oh_xml_root (doc), "action"), "name"), ==,
                   "unsubscribe");
}

/* LCS 2005 */
static void
test_adrl (void)
{
  static const char *const people[] = { "sip:o'neill@f.test", "sip:b@f.test", NULL };
  g_autofree char *xml = oh_adrl_request ("sip:anna@f.test", people);

  g_assert_cmpstr (xml, ==,
                   "<adhoclist xmlns=\"urn:ietf:params:xml:ns:adrl\" uri=\"sip:anna@f.test\""
                   " name=\"sip:anna@f.test\"><create xmlns=\"\">"
                   "<resource uri=\"sip:o&apos;neill@f.test\"/><resource uri=\"sip:b@f.test\"/>"
                   "</create></adhoclist>");
}

static guint
resources (guint n)
{
  g_autofree const char **people = g_new0 (const char *, n + 1);
  g_autofree char *xml = NULL;
  g_autoptr (xmlDoc) doc = NULL;
  const xmlNode *node;
  guint count = 0;

  for (guint i = 0; i < n; i++)
    people[i] = "sip:a@f.test";
  xml = oh_batch_request ("sip:anna@f.test", 1, FALSE, people);
  doc = oh_xml_parse (oh_slice_str (xml), "batchSub", NULL);
  node = oh_xml_child (oh_xml_child (oh_xml_root (doc), "action"), "adhocList");
  for (node = oh_xml_child (node, "resource"); node != NULL; node = oh_xml_next (node, "resource"))
    count++;
  return count;
}

static void
test_limit (void)
{
  g_assert_cmpuint (resources (0), ==, 0);
  g_assert_cmpuint (resources (OH_BATCH_RESOURCES_MAX), ==, OH_BATCH_RESOURCES_MAX);
  g_assert_cmpuint (resources (OH_BATCH_RESOURCES_MAX + 1), ==, OH_BATCH_RESOURCES_MAX);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/batch-xml/document", test_document);
  g_test_add_func ("/batch-xml/unsubscribe", test_unsubscribe);
  g_test_add_func ("/batch-xml/adrl", test_adrl);
  g_test_add_func ("/batch-xml/limit", test_limit);
  return g_test_run ();
}
