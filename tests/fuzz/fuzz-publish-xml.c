/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "publish-xml.h"

#include "xml-tree.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* Faults come in; notes, names and addresses go out. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (OhPublishFault) fault =
    oh_publish_fault_parse (oh_slice ((const char *) data, size), NULL);
  g_autofree char *text = g_strndup ((const char *) data, MIN (size, 10000));
  g_autofree char *note = oh_publish_note (text);
  g_autofree char *device = oh_publish_device (text, text, text, 3600);
  const OhPublishItem items[] = {
    { "note", 0, 200, 0, OH_EXPIRE_STATIC, 0, note },
    { "device", 1, 2, 0, OH_EXPIRE_ENDPOINT, 0, device },
  };
  g_autofree char *xml = oh_publish_request (text, items, G_N_ELEMENTS (items));
  g_autoptr (xmlDoc) doc = oh_xml_parse (oh_slice_str (xml), "publish", NULL);

  g_assert_true (fault == NULL || fault->code != NULL);
  g_assert_nonnull (doc);
  return 0;
}
