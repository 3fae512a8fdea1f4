/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One presence document read again and again, for callgrind: what the product makes of it beside
 * what reading XML costs at least.
 *
 *   bench-document WAY COUNT DOCUMENT DOCUMENT
 *
 * Two documents about the same person take turns, so that each is a change; "@@@@@@@@" in them is
 * replaced by a number that grows, for a version that goes backwards counts for nothing. The ways:
 *   model   octets → contact list, with the signal that the contact has changed
 *   values  octets → what the document says (category-xml)
 *   tree    octets → our tree of XML (xml-tree), with all its limits
 *   dom     libxml2 alone: xmlReadMemory, its tree, freed
 *   sax     libxml2 alone: the tokenizer with handlers that do nothing
 */

#include "category-xml.h"
#include "contacts.h"
#include "people-document.h"
#include "roaming-contacts-xml.h"
#include "xml-tree.h"

#include <libxml/parser.h>
#include <string.h>

#define PLACEHOLDER "@@@@@@@@"
#define TYPE_ONE "application/msrtc-event-categories+xml"

static OhContacts *contacts;

static void
way_model (OhSlice document)
{
  const OhPeopleSink sink = { contacts, NULL, NULL };
  OhPeopleOrder order = { 0 };

  oh_people_document_apply (&order, &sink, oh_slice_str (TYPE_ONE), document, 0);
}

static void
way_values (OhSlice document)
{
  g_autoptr (OhCategories) categories = oh_categories_parse (document, NULL);

  g_assert_nonnull (categories);
}

static void
way_tree (OhSlice document)
{
  g_autoptr (xmlDoc) xml = oh_xml_parse (document, NULL, NULL);

  g_assert_nonnull (xml);
}

static void
way_dom (OhSlice document)
{
  xmlDocPtr xml = xmlReadMemory (document.data, (int) document.len, NULL, NULL, XML_PARSE_NONET);

  g_assert_nonnull (xml);
  xmlFreeDoc (xml);
}

static void
on_element (void *user_data, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri,
            int n_namespaces, const xmlChar **namespaces, int n_attributes, int n_defaulted,
            const xmlChar **attributes)
{
}

static void
way_sax (OhSlice document)
{
  xmlSAXHandler handler = { .initialized = XML_SAX2_MAGIC, .startElementNs = on_element };

  g_assert_cmpint (xmlSAXUserParseMemory (&handler, NULL, document.data, (int) document.len), ==,
                   0);
}

static const struct
{
  const char *name;
  void (*read) (OhSlice document);
} ways[] = {
  { "model", way_model }, { "values", way_values }, { "tree", way_tree },
  { "dom", way_dom },     { "sax", way_sax },
};

/* A list of the one person that the documents are about. */
static void
make_list (OhSlice document)
{
  g_autoptr (OhCategories) categories = oh_categories_parse (document, NULL);
  g_autofree char *xml = NULL;
  g_autoptr (OhContactList) list = NULL;

  g_assert_nonnull (categories);
  xml = g_markup_printf_escaped ("<contactList deltaNum=\"1\"><contact uri=\"%s\" name=\"\" "
                                 "groups=\"\"/></contactList>",
                                 categories->uri);
  list = oh_contact_list_parse (oh_slice_str (xml), NULL);
  contacts = oh_contacts_new ();
  g_assert_true (oh_contacts_apply_list (contacts, list));
}

/* In the document's own octets, which costs nothing beside reading them. */
static void
number (char *digits, guint64 n)
{
  for (char *p = digits + strlen (PLACEHOLDER); p-- > digits; n /= 10)
    *p = (char) ('0' + n % 10);
}

static void
on_changed (guint *n)
{
  (*n)++;
}

int
main (int argc, char **argv)
{
  OhSlice documents[2];
  char *digits[2];
  guint64 count;
  guint changes = 0;

  if (argc != 5 || !g_ascii_string_to_unsigned (argv[2], 10, 0, G_MAXUINT32, &count, NULL))
    return 2;
  for (guint i = 0; i < 2; i++)
    {
      char *text;
      gsize len;

      if (!g_file_get_contents (argv[3 + i], &text, &len, NULL))
        return 1;
      documents[i] = oh_slice (text, len);
      digits[i] = strstr (text, PLACEHOLDER);
      g_assert_nonnull (digits[i]);
      number (digits[i], i);
    }
  make_list (documents[0]);
  g_signal_connect_swapped (contacts, "contact-changed", G_CALLBACK (on_changed), &changes);
  for (gsize way = 0; way < G_N_ELEMENTS (ways); way++)
    if (strcmp (ways[way].name, argv[1]) == 0)
      {
        for (guint64 i = 0; i < count; i++)
          {
            number (digits[i % 2], i + 1);
            ways[way].read (documents[i % 2]);
          }
        g_assert_true (way != 0 || changes == count); /* or it measures something else */
        return 0;
      }
  return 2;
}
