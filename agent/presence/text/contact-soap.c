/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "contact-soap.h"

#include <string.h>

#include "xml-tree.h"

#define NS_ENVELOPE "http://schemas.xmlsoap.org/soap/envelope/"
#define NS_OPERATION "http://schemas.microsoft.com/winrtc/2002/11/sip"

/* A sender that says nothing for longer than this has no fault code, but a story. */
#define WORD_MAX 128u
#define REASON_MAX 256u

static const char *const names[OH_SOAP_N_OPERATIONS] = {
  [OH_SOAP_SET_CONTACT] = "setContact",   [OH_SOAP_DELETE_CONTACT] = "deleteContact",
  [OH_SOAP_ADD_GROUP] = "addGroup",       [OH_SOAP_MODIFY_GROUP] = "modifyGroup",
  [OH_SOAP_DELETE_GROUP] = "deleteGroup",
};

/* --- requests ------------------------------------------------------------------------------- */

static void
append_text (GString *xml, const char *element, const char *text)
{
  g_string_append_printf (xml, "<m:%s>", element);
  oh_xml_append_escaped (xml, text);
  g_string_append_printf (xml, "</m:%s>", element);
}

static void
append_uint (GString *xml, const char *element, guint32 value)
{
  g_string_append_printf (xml, "<m:%s>%u</m:%s>", element, value, element);
}

static void
append_groups (GString *xml, const GArray *groups)
{
  g_string_append (xml, "<m:groups>");
  for (guint i = 0; groups != NULL && i < groups->len; i++)
    g_string_append_printf (xml, i > 0 ? " %u" : "%u", g_array_index (groups, guint32, i));
  g_string_append (xml, "</m:groups>");
}

/* In the order of the schema. */
static void
append_elements (GString *xml, const OhContactSoapRequest *request)
{
  switch (request->operation)
    {
    case OH_SOAP_SET_CONTACT:
      append_text (xml, "displayName", request->name);
      append_groups (xml, request->groups);
      append_text (xml, "subscribed", request->subscribed ? "true" : "false");
      append_text (xml, "URI", request->uri);
      append_text (xml, "externalURI", NULL);
      break;
    case OH_SOAP_DELETE_CONTACT: append_text (xml, "URI", request->uri); break;
    case OH_SOAP_ADD_GROUP:
      append_text (xml, "name", request->name);
      append_text (xml, "externalURI", NULL);
      break;
    case OH_SOAP_MODIFY_GROUP:
      append_uint (xml, "groupID", request->group);
      append_text (xml, "name", request->name);
      append_text (xml, "externalURI", NULL);
      break;
    case OH_SOAP_DELETE_GROUP:
      append_uint (xml, "groupID", request->group);
      append_text (xml, "externalURI", NULL);
      break;
    case OH_SOAP_N_OPERATIONS:
    default: g_assert_not_reached ();
    }
}

char *
oh_contact_soap_write (const OhContactSoapRequest *request)
{
  GString *xml =
    g_string_new ("<SOAP-ENV:Envelope xmlns:SOAP-ENV=\"" NS_ENVELOPE "\"><SOAP-ENV:Body>");

  g_string_append_printf (xml, "<m:%s xmlns:m=\"" NS_OPERATION "\">", names[request->operation]);
  append_elements (xml, request);
  append_uint (xml, "deltaNum", request->number);
  g_string_append_printf (xml, "</m:%s></SOAP-ENV:Body></SOAP-ENV:Envelope>",
                          names[request->operation]);
  return g_string_free (xml, FALSE);
}

/* --- answers -------------------------------------------------------------------------------- */

static char *
word_of (const xmlNode *parent, const char *element, gsize max)
{
  char *text = oh_xml_text (oh_xml_child (parent, element), max);

  return text != NULL ? text : g_strdup ("");
}

static void
read_fault (OhContactSoapAnswer *self, const xmlNode *fault)
{
  self->fault = TRUE;
  self->code = word_of (fault, "faultcode", WORD_MAX);
  self->reason = word_of (fault, "faultstring", REASON_MAX);
  /* "SOAP-ENV:Client.BadCall.WrongDelta" */
  self->wrong_number = strstr (self->code, "WrongDelta") != NULL;
}

static void
read_result (OhContactSoapAnswer *self, const xmlNode *result)
{
  g_autofree char *id = oh_xml_text (oh_xml_child (result, "groupID"), WORD_MAX);
  guint64 number;

  if (id != NULL && oh_slice_to_uint (oh_slice_str (id), G_MAXUINT32, &number))
    self->group = (guint32) number;
}

OhContactSoapAnswer *
oh_contact_soap_parse (OhSlice body, GError **error)
{
  g_autoptr (xmlDoc) doc = oh_xml_parse (body, "Envelope", error);
  const xmlNode *content;
  OhContactSoapAnswer *self;

  if (doc == NULL)
    return NULL;
  self = g_new0 (OhContactSoapAnswer, 1);
  content = oh_xml_child (oh_xml_child (oh_xml_root (doc), "Body"), NULL);
  if (oh_xml_name_is (content, "Fault"))
    read_fault (self, content);
  else if (content != NULL)
    read_result (self, content);
  if (self->code == NULL)
    self->code = g_strdup ("");
  if (self->reason == NULL)
    self->reason = g_strdup ("");
  return self;
}

void
oh_contact_soap_answer_free (OhContactSoapAnswer *self)
{
  if (self == NULL)
    return;
  g_free (self->code);
  g_free (self->reason);
  g_free (self);
}
