/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "xml-tree.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* What is counted before the library reads is what it has read. */
static void
assert_shape (const xmlNode *node, guint depth)
{
  guint attributes = 0;

  g_assert_cmpuint (depth, <=, OH_XML_DEPTH_MAX);
  for (const xmlAttr *attr = node->properties; attr != NULL; attr = attr->next)
    attributes++;
  g_assert_cmpuint (attributes, <=, OH_XML_ATTRIBUTES_MAX);
  for (const xmlNode *child = node->children; child != NULL; child = child->next)
    if (child->type == XML_ELEMENT_NODE)
      assert_shape (child, depth + 1);
}

/* Any octets are a document or are refused; any text can be written and read back. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (xmlDoc) doc = oh_xml_parse (oh_slice ((const char *) data, size), NULL, NULL);
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autoptr (GString) xml = g_string_new ("<a b=\"");
  g_autoptr (xmlDoc) written = NULL;

  if (doc != NULL)
    {
      g_autofree char *content = oh_xml_text (oh_xml_root (doc), 16);

      assert_shape (oh_xml_root (doc), 1);
      g_assert_true (content == NULL ||
                     (strlen (content) <= 16 && g_utf8_validate (content, -1, NULL)));
      oh_xml_attr_time (oh_xml_root (doc), "t");
    }
  oh_xml_append_escaped (xml, text);
  g_string_append (xml, "\"/>");
  if (xml->len > OH_XML_SIZE_MAX / 2)
    return 0;
  written = oh_xml_parse (oh_slice (xml->str, xml->len), "a", NULL);
  g_assert_true (written != NULL || strchr (text, '=') != NULL);
  return 0;
}
