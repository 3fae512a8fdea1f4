/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "batch-xml.h"

#include "xml-tree.h"

/* What we show of people. */
static const char *const categories[] = { "contactCard", "note", "state" };

static void
append_people (GString *xml, const char *const *people)
{
  for (guint i = 0; people[i] != NULL && i < OH_BATCH_RESOURCES_MAX; i++)
    {
      g_string_append (xml, "<resource uri=\"");
      oh_xml_append_escaped (xml, people[i]);
      g_string_append (xml, "\"/>");
    }
}

char *
oh_batch_request (const char *uri, guint32 id, gboolean unsubscribe, const char *const *people)
{
  GString *xml = g_string_new ("<batchSub"
                               " xmlns=\"http://schemas.microsoft.com/2006/01/sip/batch-subscribe\""
                               " uri=\"");

  oh_xml_append_escaped (xml, uri);
  g_string_append_printf (xml, "\" name=\"\"><action name=\"%s\" id=\"%u\"><adhocList>",
                          unsubscribe ? "unsubscribe" : "subscribe", id);
  append_people (xml, people);
  g_string_append (xml, "</adhocList><categoryList"
                        " xmlns=\"http://schemas.microsoft.com/2006/09/sip/categorylist\">");
  for (gsize i = 0; i < G_N_ELEMENTS (categories); i++)
    g_string_append_printf (xml, "<category name=\"%s\"/>", categories[i]);
  g_string_append (xml, "</categoryList></action></batchSub>");
  return g_string_free (xml, FALSE);
}

char *
oh_adrl_request (const char *uri, const char *const *people)
{
  GString *xml = g_string_new ("<adhoclist xmlns=\"urn:ietf:params:xml:ns:adrl\" uri=\"");

  oh_xml_append_escaped (xml, uri);
  g_string_append (xml, "\" name=\"");
  oh_xml_append_escaped (xml, uri);
  g_string_append (xml, "\"><create xmlns=\"\">");
  append_people (xml, people);
  g_string_append (xml, "</create></adhoclist>");
  return g_string_free (xml, FALSE);
}
