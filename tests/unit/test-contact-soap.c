/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "contact-soap.h"

#include "error.h"

#define HEAD                                                                                       \
  "<SOAP-ENV:Envelope xmlns:SOAP-ENV=\"http://schemas.xmlsoap.org/soap/envelope/\">"               \
  "<SOAP-ENV:Body>"
#define TAIL "</SOAP-ENV:Body></SOAP-ENV:Envelope>"
#define NS " xmlns:m=\"http://schemas.microsoft.com/winrtc/2002/11/sip\">"

static void
test_requests (void)
{
  static const guint32 ids[] = { 1, 4 };
  g_autoptr (GArray) groups = g_array_new (FALSE, FALSE, sizeof (guint32));
  const struct
  {
    OhContactSoapRequest request;
    const char *xml;
  } cases[] = {
    { { OH_SOAP_SET_CONTACT, 11, "sip:piotr@f.test", NULL, groups, TRUE, 0 },
      "<m:setContact" NS "<m:displayName></m:displayName><m:groups>1 4</m:groups>"
      "<m:subscribed>true</m:subscribed><m:URI>sip:piotr@f.test</m:URI>"
      "<m:externalURI></m:externalURI><m:deltaNum>11</m:deltaNum></m:setContact>" },
    { { OH_SOAP_SET_CONTACT, 4294967295u, "sip:a&b@f.test", "<A> & \"B\"", NULL, FALSE, 0 },
      "<m:setContact" NS "<m:displayName>&lt;A&gt; &amp; &quot;B&quot;</m:displayName>"
      "<m:groups></m:groups><m:subscribed>false</m:subscribed><m:URI>sip:a&amp;b@f.test</m:URI>"
      "<m:externalURI></m:externalURI><m:deltaNum>4294967295</m:deltaNum></m:setContact>" },
    { { OH_SOAP_DELETE_CONTACT, 0, "sip:b@f.test", NULL, NULL, FALSE, 0 },
      "<m:deleteContact" NS "<m:URI>sip:b@f.test</m:URI><m:deltaNum>0</m:deltaNum>"
      "</m:deleteContact>" },
    { { OH_SOAP_ADD_GROUP, 3, NULL, "Über & Söhne", NULL, FALSE, 0 },
      "<m:addGroup" NS "<m:name>Über &amp; Söhne</m:name><m:externalURI></m:externalURI>"
      "<m:deltaNum>3</m:deltaNum></m:addGroup>" },
    { { OH_SOAP_MODIFY_GROUP, 4, NULL, "New", NULL, FALSE, 7 },
      "<m:modifyGroup" NS "<m:groupID>7</m:groupID><m:name>New</m:name>"
      "<m:externalURI></m:externalURI><m:deltaNum>4</m:deltaNum></m:modifyGroup>" },
    { { OH_SOAP_DELETE_GROUP, 5, NULL, NULL, NULL, FALSE, 7 },
      "<m:deleteGroup" NS "<m:groupID>7</m:groupID><m:externalURI></m:externalURI>"
      "<m:deltaNum>5</m:deltaNum></m:deleteGroup>" },
  };

  g_array_append_vals (groups, ids, G_N_ELEMENTS (ids));
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *expected = g_strconcat (HEAD, cases[i].xml, TAIL, NULL);
      g_autofree char *xml = oh_contact_soap_write (&cases[i].request);

      g_assert_cmpstr (xml, ==, expected);
    }
}

static void
test_answers (void)
{
  static const struct
  {
    const char *xml;
    gboolean fault, wrong_number;
    const char *code, *reason;
    guint32 group;
  } cases[] = {
    { HEAD "<m:addGroup" NS "<m:groupID>12</m:groupID></m:addGroup>" TAIL, FALSE, FALSE, "", "",
      12 },
    { HEAD "<addGroup><groupID> 4294967295 </groupID></addGroup>" TAIL, FALSE, FALSE, "", "",
      4294967295u },
    { HEAD "<m:addGroup" NS "<m:groupID>4294967296</m:groupID></m:addGroup>" TAIL, FALSE, FALSE, "",
      "", 0 },
    { HEAD "<m:setContact" NS "</m:setContact>" TAIL, FALSE, FALSE, "", "", 0 },
    { HEAD TAIL, FALSE, FALSE, "", "", 0 },
    { "<Envelope/>", FALSE, FALSE, "", "", 0 },
    { HEAD "<SOAP-ENV:Fault><faultcode>SOAP-ENV:Client.BadCall.WrongDelta</faultcode>"
           "<faultstring>Wrong delta</faultstring></SOAP-ENV:Fault>" TAIL,
      TRUE, TRUE, "SOAP-ENV:Client.BadCall.WrongDelta", "Wrong delta", 0 },
    { HEAD "<SOAP-ENV:Fault><faultcode>SOAP-ENV:Server</faultcode></SOAP-ENV:Fault>" TAIL, TRUE,
      FALSE, "SOAP-ENV:Server", "", 0 },
    { HEAD "<SOAP-ENV:Fault/>" TAIL, TRUE, FALSE, "", "", 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (OhContactSoapAnswer) answer =
        oh_contact_soap_parse (oh_slice_str (cases[i].xml), &error);

      g_assert_no_error (error);
      g_assert_cmpint (answer->fault, ==, cases[i].fault);
      g_assert_cmpint (answer->wrong_number, ==, cases[i].wrong_number);
      g_assert_cmpstr (answer->code, ==, cases[i].code);
      g_assert_cmpstr (answer->reason, ==, cases[i].reason);
      g_assert_cmpuint (answer->group, ==, cases[i].group);
    }
}

static void
test_refused (void)
{
  static const char *const bad[] = { "", "WrongDelta", "<Fault/>", HEAD,
                                     "<!DOCTYPE a><Envelope/>" };

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (oh_contact_soap_parse (oh_slice_str (bad[i]), &error));
      g_assert_error (error, OH_ERROR, OH_ERROR_PROTOCOL);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/contact-soap/requests", test_requests);
  g_test_add_func ("/contact-soap/answers", test_answers);
  g_test_add_func ("/contact-soap/refused", test_refused);
  return g_test_run ();
}
