/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "batch-xml.h"

#include "xml-tree.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* Addresses come from the network: whatever they hold, the request is XML with one resource. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *uri = g_strndup ((const char *) data, MIN (size, 10000));
  const char *people[] = { uri, NULL };
  g_autofree char *xml = oh_batch_request (uri, 1, FALSE, people);
  g_autoptr (xmlDoc) doc = oh_xml_parse (oh_slice_str (xml), "batchSub", NULL);
  const xmlNode *list = NULL;

  g_assert_nonnull (doc);
  list = oh_xml_child (oh_xml_child (oh_xml_root (doc), "action"), "adhocList");
  g_assert_nonnull (oh_xml_child (list, "resource"));
  g_assert_null (oh_xml_next (oh_xml_child (list, "resource"), NULL));
  return 0;
}
