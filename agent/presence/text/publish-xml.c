/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "publish-xml.h"

#include "xml-tree.h"

/* A sender that says nothing for longer than this has no fault code, but a story. */
#define WORD_MAX 128u

static void
append_item (GString *xml, const OhPublishItem *item)
{
  g_string_append_printf (xml,
                          "<publication categoryName=\"%s\" instance=\"%u\" container=\"%u\""
                          " version=\"%u\" expireType=\"%s\"",
                          item->category, item->instance, item->container, item->version,
                          oh_expire_word (item->expire));
  if (item->body == NULL)
    {
      g_string_append (xml, " expires=\"0\"/>");
      return;
    }
  if (item->expires_s > 0)
    g_string_append_printf (xml, " expires=\"%u\"", item->expires_s);
  g_string_append_printf (xml, ">%s</publication>", item->body);
}

char *
oh_publish_request (const char *uri, const OhPublishItem *items, gsize n)
{
  GString *xml = g_string_new ("<publish"
                               " xmlns=\"http://schemas.microsoft.com/2006/09/sip/rich-presence\">"
                               "<publications uri=\"");

  oh_xml_append_escaped (xml, uri);
  g_string_append (xml, "\">");
  for (gsize i = 0; i < MIN (n, OH_PUBLISH_ITEMS_MAX); i++)
    append_item (xml, &items[i]);
  g_string_append (xml, "</publications></publish>");
  return g_string_free (xml, FALSE);
}

static const char *
type_name (OhStateType type)
{
  if (type == OH_STATE_USER)
    return "userState";
  return type == OH_STATE_PHONE ? "phoneState" : "machineState";
}

char *
oh_publish_state (OhStateType type, guint availability, const char *token, guint min, guint max)
{
  GString *xml = g_string_new ("<state xmlns=\"http://schemas.microsoft.com/2006/09/sip/state\"");

  g_string_append_printf (xml,
                          " manual=\"%s\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\""
                          " xsi:type=\"%s\"><availability>%u</availability>",
                          type == OH_STATE_USER ? "true" : "false", type_name (type), availability);
  if (token != NULL)
    {
      g_string_append (xml, "<activity token=\"");
      oh_xml_append_escaped (xml, token);
      g_string_append_printf (xml, "\" minAvailability=\"%u\"", min);
      if (max > 0)
        g_string_append_printf (xml, " maxAvailability=\"%u\"", max);
      g_string_append (xml, "/>");
    }
  if (type == OH_STATE_MACHINE)
    g_string_append (xml, "<endpointLocation/>");
  g_string_append (xml, "</state>");
  return g_string_free (xml, FALSE);
}

char *
oh_publish_device (const char *uri, const char *endpoint_id, const char *machine_name, int offset_s)
{
  static const char *const capabilities[] = { "text",  "gifInk", "isfInk", "applicationSharing",
                                              "voice", "video" };
  GString *xml = g_string_new ("<device xmlns=\"http://schemas.microsoft.com/2006/09/sip/device\""
                               " endpointId=\"");

  oh_xml_append_escaped (xml, endpoint_id);
  g_string_append (xml, "\"><capabilities preferred=\"false\" uri=\"");
  oh_xml_append_escaped (xml, uri);
  g_string_append (xml, "\">");
  for (gsize i = 0; i < G_N_ELEMENTS (capabilities); i++)
    g_string_append_printf (xml, "<%s capture=\"false\" render=\"false\" publish=\"false\"/>",
                            capabilities[i]);
  g_string_append_printf (xml, "</capabilities><timezone>00:00:00%c%02d:%02d</timezone>",
                          offset_s < 0 ? '-' : '+', ABS (offset_s) / 3600,
                          ABS (offset_s) / 60 % 60);
  g_string_append (xml, "<machineName>");
  oh_xml_append_escaped (xml, machine_name);
  g_string_append (xml, "</machineName></device>");
  return g_string_free (xml, FALSE);
}

char *
oh_publish_note (const char *text)
{
  GString *xml = g_string_new ("<note xmlns=\"http://schemas.microsoft.com/2006/09/sip/note\">"
                               "<body type=\"personal\" uri=\"\">");

  oh_xml_append_escaped (xml, text);
  g_string_append (xml, "</body></note>");
  return g_string_free (xml, FALSE);
}

static void
read_ops (GArray *ops, const xmlNode *details)
{
  const xmlNode *node = oh_xml_child (details, "operation");

  for (; node != NULL && ops->len < OH_PUBLISH_ITEMS_MAX; node = oh_xml_next (node, "operation"))
    {
      OhPublishFaultOp op;

      if (oh_xml_attr_uint (node, "index", &op.index) &&
          oh_xml_attr_uint (node, "curVersion", &op.version))
        g_array_append_val (ops, op);
    }
}

OhPublishFault *
oh_publish_fault_parse (OhSlice body, GError **error)
{
  g_autoptr (xmlDoc) doc = oh_xml_parse (body, "Fault", error);
  OhPublishFault *self;

  if (doc == NULL)
    return NULL;
  self = g_new0 (OhPublishFault, 1);
  self->code = oh_xml_text (oh_xml_child (oh_xml_root (doc), "Faultcode"), WORD_MAX);
  if (self->code == NULL)
    self->code = g_strdup ("");
  self->wrong_version = g_str_has_suffix (self->code, "WrongDelta");
  self->ops = g_array_new (FALSE, FALSE, sizeof (OhPublishFaultOp));
  read_ops (self->ops, oh_xml_child (oh_xml_root (doc), "details"));
  return self;
}

void
oh_publish_fault_free (OhPublishFault *self)
{
  if (self == NULL)
    return;
  g_free (self->code);
  g_array_unref (self->ops);
  g_free (self);
}
