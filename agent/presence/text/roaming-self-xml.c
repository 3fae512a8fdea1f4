/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "roaming-self-xml.h"

#include "xml-tree.h"

/* Access levels as the clients name them, [MS-PRES] 3.1.3.1. */
#define LEVEL_PUBLIC 100u
#define LEVEL_COLLEAGUES 200u

static void
read_members (OhRoamingSelf *self, const xmlNode *container)
{
  const xmlNode *member = oh_xml_child (container, "member");

  for (; member != NULL; member = oh_xml_next (member, "member"))
    {
      const char *type = oh_xml_attr (member, "type");

      self->has_colleagues = self->has_colleagues || g_strcmp0 (type, "sameEnterprise") == 0;
      self->has_federated = self->has_federated || g_strcmp0 (type, "federated") == 0;
    }
}

static void
read_levels (OhRoamingSelf *self, const xmlNode *containers)
{
  const xmlNode *container = oh_xml_child (containers, "container");

  self->has_levels = TRUE;
  for (; container != NULL; container = oh_xml_next (container, "container"))
    {
      guint32 id = 0, version = 0;

      oh_xml_attr_uint (container, "id", &id);
      oh_xml_attr_uint (container, "version", &version);
      if (id == LEVEL_COLLEAGUES)
        self->colleagues_version = version;
      else if (id == LEVEL_PUBLIC)
        self->public_version = version;
      read_members (self, container);
    }
}

OhRoamingSelf *
oh_roaming_self_parse (OhSlice body, GError **error)
{
  g_autoptr (xmlDoc) doc = oh_xml_parse (body, "roamingData", error);
  const xmlNode *categories, *containers;
  OhRoamingSelf *self;

  if (doc == NULL)
    return NULL;
  self = g_new0 (OhRoamingSelf, 1);
  categories = oh_xml_child (oh_xml_root (doc), "categories");
  if (categories != NULL)
    self->categories = oh_categories_from_node (categories);
  containers = oh_xml_child (oh_xml_root (doc), "containers");
  if (containers != NULL)
    read_levels (self, containers);
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

static void
append_member (GString *xml, guint level, guint32 version, const char *type)
{
  g_string_append_printf (xml,
                          "<container id=\"%u\" version=\"%u\"><member action=\"add\""
                          " type=\"%s\"/></container>",
                          level, version, type);
}

char *
oh_roaming_self_missing_members (const OhRoamingSelf *self)
{
  GString *xml;

  if (!self->has_levels || (self->has_colleagues && self->has_federated))
    return NULL;
  xml = g_string_new ("<setContainerMembers"
                      " xmlns=\"http://schemas.microsoft.com/2006/09/sip/container-management\">");
  if (!self->has_colleagues)
    append_member (xml, LEVEL_COLLEAGUES, self->colleagues_version, "sameEnterprise");
  if (!self->has_federated)
    append_member (xml, LEVEL_PUBLIC, self->public_version, "federated");
  g_string_append (xml, "</setContainerMembers>");
  return g_string_free (xml, FALSE);
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
