/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "roaming-self-xml.h"

#include "xml-tree.h"

OhRoamingSelf *
oh_roaming_self_parse (OhSlice body, GError **error)
{
  g_autoptr (xmlDoc) doc = oh_xml_parse (body, "roamingData", error);
  const xmlNode *categories;
  OhRoamingSelf *self;

  if (doc == NULL)
    return NULL;
  self = g_new0 (OhRoamingSelf, 1);
  categories = oh_xml_child (oh_xml_root (doc), "categories");
  if (categories != NULL)
    self->categories = oh_categories_from_node (categories);
  return self;
}

void
oh_roaming_self_free (OhRoamingSelf *self)
{
  if (self == NULL)
    return;
  oh_categories_free (self->categories);
  g_free (self);
}

const char *
oh_roaming_self_request (void)
{
  return "<roamingList xmlns=\"http://schemas.microsoft.com/2006/09/sip/roaming-self\">"
         "<roaming type=\"categories\"/>"
         "<roaming type=\"containers\"/>"
         "<roaming type=\"subscribers\"/>"
         "</roamingList>";
}
