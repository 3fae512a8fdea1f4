/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fe-bodies.h"

#include <gio/gio.h>
#include <libxml/parser.h>
#include <libxml/tree.h>
#include <string.h>

G_DEFINE_AUTOPTR_CLEANUP_FUNC (xmlDoc, xmlFreeDoc)

static xmlDoc *
parse (const FeMessage *message, GError **error)
{
  gsize length = 0;
  const char *text = fe_message_body_text (message, &length);
  xmlDoc *document = xmlReadMemory (text, (int) length, NULL, NULL,
                                    XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);

  if (document == NULL || xmlDocGetRootElement (document) == NULL)
    {
      g_clear_pointer (&document, xmlFreeDoc);
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "the body is not XML");
    }
  return document;
}

static gboolean
is_element (const xmlNode *node, const char *name)
{
  return node->type == XML_ELEMENT_NODE &&
         (name == NULL || strcmp ((const char *) node->name, name) == 0);
}

/* Calls @func for each element of that name anywhere below @node, in document order. */
static void
for_each (xmlNode *node, const char *name, void (*func) (xmlNode *node, gpointer user_data),
          gpointer user_data)
{
  for (xmlNode *child = node->children; child != NULL; child = child->next)
    {
      if (is_element (child, name))
        func (child, user_data);
      for_each (child, name, func, user_data);
    }
}

static char *
attribute (xmlNode *node, const char *name)
{
  xmlChar *value = xmlGetNoNsProp (node, (const xmlChar *) name);
  char *copy = g_strdup ((const char *) value);

  xmlFree (value);
  return copy;
}

static guint
number (xmlNode *node, const char *name, guint fallback)
{
  g_autofree char *text = attribute (node, name);
  guint64 value;

  if (text == NULL || !g_ascii_string_to_unsigned (text, 10, 0, G_MAXUINT32, &value, NULL))
    return fallback;
  return (guint) value;
}

static void
operation_free (gpointer data)
{
  FeOperation *operation = data;

  g_free (operation->category);
  g_free (operation->expire_type);
  g_free (operation->content);
  g_free (operation);
}

/* The first element inside, with the namespaces it needs. */
static char *
content_of (xmlNode *node)
{
  for (xmlNode *child = node->children; child != NULL; child = child->next)
    {
      g_autoptr (xmlDoc) alone = NULL;
      xmlBuffer *buffer;
      char *text;

      if (!is_element (child, NULL))
        continue;
      alone = xmlNewDoc ((const xmlChar *) "1.0");
      xmlDocSetRootElement (alone, xmlDocCopyNode (child, alone, 1));
      buffer = xmlBufferCreate ();
      xmlNodeDump (buffer, alone, xmlDocGetRootElement (alone), 0, 0);
      text = g_strdup ((const char *) xmlBufferContent (buffer));
      xmlBufferFree (buffer);
      return text;
    }
  return NULL;
}

static void
add_operation (xmlNode *node, gpointer user_data)
{
  GPtrArray *operations = user_data;
  FeOperation *operation = g_new0 (FeOperation, 1);

  operation->category = attribute (node, "categoryName");
  operation->instance = number (node, "instance", 0);
  operation->container = number (node, "container", 0);
  operation->version = number (node, "version", 0);
  operation->expire_type = attribute (node, "expireType");
  operation->expires_s = (int) MIN (number (node, "expires", G_MAXUINT32), G_MAXINT32);
  if (operation->expires_s == G_MAXINT32)
    operation->expires_s = -1;
  operation->content = content_of (node);
  g_ptr_array_add (operations, operation);
}

GPtrArray *
fe_body_publish (const FeMessage *message, GError **error)
{
  g_autoptr (xmlDoc) document = parse (message, error);
  GPtrArray *operations;

  if (document == NULL)
    return NULL;
  operations = g_ptr_array_new_with_free_func (operation_free);
  for_each (xmlDocGetRootElement (document), "publication", add_operation, operations);
  return operations;
}

static void
add_attribute_uri (xmlNode *node, gpointer user_data)
{
  char *uri = attribute (node, "uri");

  if (uri != NULL)
    g_ptr_array_add (user_data, uri);
}

static void
add_attribute_name (xmlNode *node, gpointer user_data)
{
  char *name = attribute (node, "name");

  if (name != NULL)
    g_ptr_array_add (user_data, name);
}

static void
note_action (xmlNode *node, gpointer user_data)
{
  FeBatch *batch = user_data;
  g_autofree char *name = attribute (node, "name");

  batch->is_unsubscribe = g_strcmp0 (name, "unsubscribe") == 0;
}

FeBatch *
fe_body_batch (const FeMessage *message, GError **error)
{
  g_autoptr (xmlDoc) document = parse (message, error);
  FeBatch *batch;

  if (document == NULL)
    return NULL;
  batch = g_new0 (FeBatch, 1);
  batch->resources = g_ptr_array_new_with_free_func (g_free);
  batch->categories = g_ptr_array_new_with_free_func (g_free);
  for_each (xmlDocGetRootElement (document), "action", note_action, batch);
  for_each (xmlDocGetRootElement (document), "resource", add_attribute_uri, batch->resources);
  for_each (xmlDocGetRootElement (document), "category", add_attribute_name, batch->categories);
  return batch;
}

void
fe_batch_free (FeBatch *batch)
{
  if (batch == NULL)
    return;
  g_ptr_array_unref (batch->resources);
  g_ptr_array_unref (batch->categories);
  g_free (batch);
}

static void
add_roaming_type (xmlNode *node, gpointer user_data)
{
  g_autofree char *type = attribute (node, "type");

  if (type != NULL)
    g_strv_builder_add (user_data, type);
}

GStrv
fe_body_roaming (const FeMessage *message, GError **error)
{
  g_autoptr (xmlDoc) document = parse (message, error);
  g_autoptr (GStrvBuilder) types = g_strv_builder_new ();

  if (document == NULL)
    return NULL;
  for_each (xmlDocGetRootElement (document), "roaming", add_roaming_type, types);
  return g_strv_builder_end (types);
}

static void
read_soap_body (xmlNode *node, gpointer user_data)
{
  FeSoap *soap = user_data;

  for (xmlNode *call = node->children; call != NULL; call = call->next)
    {
      if (!is_element (call, NULL))
        continue;
      g_free (soap->operation);
      soap->operation = g_strdup ((const char *) call->name);
      for (xmlNode *value = call->children; value != NULL; value = value->next)
        if (is_element (value, NULL))
          {
            xmlChar *text = xmlNodeGetContent (value);

            g_hash_table_replace (soap->values, g_strdup ((const char *) value->name),
                                  g_strdup ((const char *) text));
            xmlFree (text);
          }
    }
}

FeSoap *
fe_body_soap (const FeMessage *message, GError **error)
{
  g_autoptr (xmlDoc) document = parse (message, error);
  g_autoptr (FeSoap) soap = NULL;

  if (document == NULL)
    return NULL;
  soap = g_new0 (FeSoap, 1);
  soap->values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for_each (xmlDocGetRootElement (document), "Body", read_soap_body, soap);
  if (soap->operation == NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "no call in the SOAP body");
      return NULL;
    }
  return g_steal_pointer (&soap);
}

void
fe_soap_free (FeSoap *soap)
{
  if (soap == NULL)
    return;
  g_free (soap->operation);
  g_hash_table_unref (soap->values);
  g_free (soap);
}
