/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "rlmi-xml.h"

#include "xml-tree.h"

/* An address or a host name; RFC 3261 has no limit, directories stop at 454 (RFC 3261 18.1.1
 * would have it smaller still). */
#define TEXT_MAX 1024u

static OhRlmiState
instance_state (const xmlNode *instance)
{
  const char *state = oh_xml_attr (instance, "state");

  if (state == NULL || g_ascii_strcasecmp (state, "active") == 0)
    return OH_RLMI_ACTIVE;
  if (g_ascii_strcasecmp (state, "resubscribe") == 0)
    return OH_RLMI_RESUBSCRIBE;
  if (g_ascii_strcasecmp (state, "pending") == 0)
    return OH_RLMI_PENDING;
  return OH_RLMI_TERMINATED;
}

static void
resource_free (gpointer data)
{
  OhRlmiResource *resource = data;

  g_free (resource->uri);
  g_free (resource->pool);
  g_free (resource->reason);
  g_free (resource->cid);
  g_free (resource);
}

static OhRlmiResource *
read_resource (const xmlNode *node)
{
  char *uri = oh_xml_attr_dup (node, "uri", TEXT_MAX);
  const xmlNode *instance = oh_xml_child (node, "instance");
  OhRlmiResource *resource;

  if (uri == NULL)
    return NULL;
  resource = g_new0 (OhRlmiResource, 1);
  resource->uri = uri;
  for (; instance != NULL; instance = oh_xml_next (instance, "instance"))
    {
      resource->state = instance_state (instance);
      g_free (resource->pool);
      g_free (resource->reason);
      g_free (resource->cid);
      resource->pool = oh_xml_attr_dup (instance, "poolFqdn", TEXT_MAX);
      resource->reason = oh_xml_attr_dup (instance, "reason", TEXT_MAX);
      resource->cid = oh_xml_attr_dup (instance, "cid", TEXT_MAX);
    }
  return resource;
}

OhRlmi *
oh_rlmi_parse (OhSlice body, GError **error)
{
  g_autoptr (xmlDoc) doc = oh_xml_parse (body, "list", error);
  g_autoptr (OhRlmi) self = NULL;
  const xmlNode *node;

  if (doc == NULL)
    return NULL;
  self = g_new0 (OhRlmi, 1);
  self->resources = g_ptr_array_new_with_free_func (resource_free);
  self->has_version = oh_xml_attr_uint (oh_xml_root (doc), "version", &self->version);
  self->full = oh_xml_attr_true (oh_xml_root (doc), "fullState", FALSE);
  node = oh_xml_child (oh_xml_root (doc), "resource");
  for (; node != NULL && self->resources->len < OH_RLMI_RESOURCES_MAX;
       node = oh_xml_next (node, "resource"))
    {
      OhRlmiResource *resource = read_resource (node);

      if (resource != NULL)
        g_ptr_array_add (self->resources, resource);
    }
  return g_steal_pointer (&self);
}

void
oh_rlmi_free (OhRlmi *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->resources, g_ptr_array_unref);
  g_free (self);
}
