/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "roaming-self-xml.h"

#include "error.h"
#include "xml-tree.h"

static void
test_document (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (OhRoamingSelf) self = oh_roaming_self_parse (
    oh_slice_str (
      "<roamingData xmlns=\"http://schemas.microsoft.com/2006/09/sip/roaming-self\">"
      "<categories xmlns=\"http://schemas.microsoft.com/2006/09/sip/categories\""
      " uri=\"sip:anna@f.test\">"
      "<category name=\"state\" instance=\"3\" container=\"2\" version=\"5\"/>"
      "<category name=\"device\" instance=\"4\" container=\"2\" version=\"1\"/></categories>"
      "<containers xmlns=\"http://schemas.microsoft.com/2006/09/sip/container-management\">"
      "<container id=\"200\" version=\"3\"><member type=\"sameEnterprise\"/></container>"
      "</containers><subscribers><subscriber user=\"x@y\" acknowledged=\"false\"/></subscribers>"
      "</roamingData>"),
    &error);
  const OhCategory *first;

  g_assert_no_error (error);
  g_assert_cmpuint (self->categories->items->len, ==, 2);
  first = g_ptr_array_index (self->categories->items, 0);
  g_assert_cmpuint (first->version, ==, 5);
}

/* "Nothing said" is not "nothing there". */
static void
test_without_categories (void)
{
  g_autoptr (OhRoamingSelf) without = oh_roaming_self_parse (oh_slice_str ("<roamingData/>"), NULL);
  g_autoptr (OhRoamingSelf) none =
    oh_roaming_self_parse (oh_slice_str ("<roamingData><categories/></roamingData>"), NULL);

  g_assert_null (without->categories);
  g_assert_cmpuint (none->categories->items->len, ==, 0);
}

/* Who has no level gets the usual one; who has any keeps it; nothing said is nothing done. */
static void
test_levels (void)
{
#define LEVELS(content) "<roamingData><containers>" content "</containers></roamingData>"
#define SET(content)                                                                               \
  "<setContainerMembers "                                                                          \
  "xmlns=\"http://schemas.microsoft.com/2006/09/sip/container-management\">" content               \
  "</setContainerMembers>"
#define ADD(id, version, type)                                                                     \
  "<container id=\"" id "\" version=\"" version "\"><member action=\"add\" type=\"" type           \
  "\"/></container>"
  static const struct
  {
    const char *document, *request;
  } cases[] = {
    { "<roamingData/>", NULL },
    { LEVELS (""), SET (ADD ("200", "0", "sameEnterprise") ADD ("100", "0", "federated")) },
    { LEVELS ("<container id='100' version='4'><member type='federated'/></container>"
              "<container id='200' version='7'><member type='user' value='x@y'/></container>"),
      SET (ADD ("200", "7", "sameEnterprise")) },
    { LEVELS ("<container id='300' version='1'><member type='sameEnterprise'/></container>"
              "<container id='100' version='2'/>"),
      SET (ADD ("100", "2", "federated")) },
    { LEVELS ("<container id='32000' version='1'><member type='federated'/>"
              "<member type='sameEnterprise'/></container>"),
      NULL },
    { LEVELS ("<container id='x' version='-1'><member/><member type=''/></container><other/>"),
      SET (ADD ("200", "0", "sameEnterprise") ADD ("100", "0", "federated")) },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OhRoamingSelf) self =
        oh_roaming_self_parse (oh_slice_str (cases[i].document), NULL);
      g_autofree char *request = oh_roaming_self_missing_members (self);

      g_assert_cmpstr (request, ==, cases[i].request);
    }
}

static void
test_refused (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (oh_roaming_self_parse (oh_slice_str ("<categories/>"), &error));
  g_assert_error (error, OH_ERROR, OH_ERROR_PROTOCOL);
}

static void
test_request (void)
{
  g_autoptr (xmlDoc) doc =
    oh_xml_parse (oh_slice_str (oh_roaming_self_request ()), "roamingList", NULL);
  const xmlNode *roaming = oh_xml_child (oh_xml_root (doc), "roaming");

  g_assert_cmpstr (oh_xml_attr (roaming, "type"), ==, "categories");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/roaming-self-xml/document", test_document);
  g_test_add_func ("/roaming-self-xml/without-categories", test_without_categories);
  g_test_add_func ("/roaming-self-xml/levels", test_levels);
  g_test_add_func ("/roaming-self-xml/refused", test_refused);
  g_test_add_func ("/roaming-self-xml/request", test_request);
  return g_test_run ();
}
