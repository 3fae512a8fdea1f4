/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "publish-xml.h"

#include "error.h"
#include "xml-tree.h"

#define XSI "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\""
#define STATE "<state xmlns=\"http://schemas.microsoft.com/2006/09/sip/state\" manual="

static void
test_request (void)
{
  const OhPublishItem items[] = {
    { "state", 1908022091, 2, 0, OH_EXPIRE_ENDPOINT, 0, "<state/>" },
    { "state", 4294967295, 3, 17, OH_EXPIRE_ENDPOINT, 0, NULL },
    { "state", 536870912, 2, 1, OH_EXPIRE_TIME, 86400, "<state/>" },
    { "note", 0, 200, 2, OH_EXPIRE_STATIC, 0, NULL },
  };
  g_autofree char *xml = oh_publish_request ("sip:a&b@f.test", items, G_N_ELEMENTS (items));

  g_assert_cmpstr (
    xml, ==,
    "<publish xmlns=\"http://schemas.microsoft.com/2006/09/sip/rich-presence\">"
    "<publications uri=\"sip:a&amp;b@f.test\">"
    "<publication categoryName=\"state\" instance=\"1908022091\" container=\"2\" version=\"0\""
    " expireType=\"endpoint\"><state/></publication>"
    "<publication categoryName=\"state\" instance=\"4294967295\" container=\"3\" version=\"17\""
    " expireType=\"endpoint\" expires=\"0\"/>"
    "<publication categoryName=\"state\" instance=\"536870912\" container=\"2\" version=\"1\""
    " expireType=\"time\" expires=\"86400\"><state/></publication>"
    "<publication categoryName=\"note\" instance=\"0\" container=\"200\" version=\"2\""
    " expireType=\"static\" expires=\"0\"/>"
    "</publications></publish>");
}

static void
test_states (void)
{
  static const struct
  {
    OhStateType type;
    guint availability;
    const char *token;
    guint min, max;
    const char *xml;
  } cases[] = {
    { OH_STATE_PHONE, 6500, "on-the-phone", 6500, 8999,
      STATE "\"false\" " XSI " xsi:type=\"phoneState\"><availability>6500</availability>"
            "<activity token=\"on-the-phone\" minAvailability=\"6500\" maxAvailability=\"8999\"/>"
            "</state>" },
    { OH_STATE_MACHINE, 15500, NULL, 0, 0,
      STATE "\"false\" " XSI " xsi:type=\"machineState\"><availability>15500</availability>"
            "<endpointLocation/></state>" },
    { OH_STATE_USER, 15500, "off-work", 15500, 0,
      STATE "\"true\" " XSI " xsi:type=\"userState\"><availability>15500</availability>"
            "<activity token=\"off-work\" minAvailability=\"15500\"/></state>" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *xml = oh_publish_state (cases[i].type, cases[i].availability, cases[i].token,
                                               cases[i].min, cases[i].max);

      g_assert_cmpstr (xml, ==, cases[i].xml);
    }
}

static void
test_device (void)
{
  static const struct
  {
    int offset_s;
    const char *text;
  } cases[] = {
    { 0, "00:00:00+00:00" },
    { 3600, "00:00:00+01:00" },
    { -12600, "00:00:00-03:30" },
    { 20700, "00:00:00+05:45" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *xml =
        oh_publish_device ("sip:a@f.test", "f066", "DESK<1>", cases[i].offset_s);
      g_autoptr (xmlDoc) doc = oh_xml_parse (oh_slice_str (xml), "device", NULL);
      const xmlNode *root = oh_xml_root (doc);
      const xmlNode *capability = oh_xml_child (oh_xml_child (root, "capabilities"), NULL);
      g_autofree char *zone = oh_xml_text (oh_xml_child (root, "timezone"), 100);
      g_autofree char *name = oh_xml_text (oh_xml_child (root, "machineName"), 100);

      g_assert_cmpstr (zone, ==, cases[i].text);
      g_assert_cmpstr (name, ==, "DESK<1>");
      g_assert_cmpstr (oh_xml_attr (root, "endpointId"), ==, "f066");
      for (; capability != NULL; capability = oh_xml_next (capability, NULL))
        {
          g_assert_cmpstr (oh_xml_attr (capability, "capture"), ==, "false");
          g_assert_cmpstr (oh_xml_attr (capability, "render"), ==, "false");
        }
    }
}

static void
test_note (void)
{
  g_autofree char *xml = oh_publish_note ("Back <soon>\x01 & well");

  g_assert_cmpstr (xml, ==,
                   "<note xmlns=\"http://schemas.microsoft.com/2006/09/sip/note\">"
                   "<body type=\"personal\" uri=\"\">Back &lt;soon&gt; &amp; well</body></note>");
}

static void
test_fault (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (OhPublishFault) fault = oh_publish_fault_parse (
    oh_slice_str ("<Fault xmlns=\"http://schemas.microsoft.com/2006/09/sip/rich-presence\">"
                  "<Faultcode>Client.BadCall.WrongDelta</Faultcode><details>"
                  "<operation index=\"1\" curVersion=\"17\"/><operation index=\"2\"/>"
                  "<operation index=\"3\" curVersion=\"0\"/></details></Fault>"),
    &error);

  g_assert_no_error (error);
  g_assert_cmpstr (fault->code, ==, "Client.BadCall.WrongDelta");
  g_assert_true (fault->wrong_version);
  g_assert_cmpuint (fault->ops->len, ==, 2);
  g_assert_cmpuint (g_array_index (fault->ops, OhPublishFaultOp, 0).index, ==, 1);
  g_assert_cmpuint (g_array_index (fault->ops, OhPublishFaultOp, 0).version, ==, 17);
  g_assert_cmpuint (g_array_index (fault->ops, OhPublishFaultOp, 1).index, ==, 3);
}

static void
test_other_faults (void)
{
  g_autoptr (OhPublishFault) other = oh_publish_fault_parse (
    oh_slice_str ("<Fault><Faultcode>Client.BadCall.Containers</Faultcode></Fault>"), NULL);
  g_autoptr (OhPublishFault) none = oh_publish_fault_parse (oh_slice_str ("<Fault/>"), NULL);
  g_autoptr (GError) error = NULL;

  g_assert_false (other->wrong_version);
  g_assert_cmpuint (other->ops->len, ==, 0);
  g_assert_cmpstr (none->code, ==, "");
  g_assert_null (oh_publish_fault_parse (oh_slice_str ("<Fault"), &error));
  g_assert_error (error, OH_ERROR, OH_ERROR_PROTOCOL);
}

static void
test_limits (void)
{
  g_autofree OhPublishItem *items = g_new0 (OhPublishItem, OH_PUBLISH_ITEMS_MAX + 1);
  g_autoptr (GString) fault_xml = g_string_new ("<Fault><details>");
  g_autofree char *xml = NULL;
  g_auto (GStrv) pieces = NULL;
  g_autoptr (OhPublishFault) fault = NULL;

  for (guint i = 0; i <= OH_PUBLISH_ITEMS_MAX; i++)
    {
      items[i].category = "state";
      g_string_append (fault_xml, "<operation index=\"1\" curVersion=\"1\"/>");
    }
  xml = oh_publish_request ("sip:a@f.test", items, OH_PUBLISH_ITEMS_MAX + 1);
  pieces = g_strsplit (xml, "<publication ", -1);
  g_assert_cmpuint (g_strv_length (pieces) - 1, ==, OH_PUBLISH_ITEMS_MAX);
  g_string_append (fault_xml, "</details></Fault>");
  fault = oh_publish_fault_parse (oh_slice_str (fault_xml->str), NULL);
  g_assert_cmpuint (fault->ops->len, ==, OH_PUBLISH_ITEMS_MAX);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/publish-xml/request", test_request);
  g_test_add_func ("/publish-xml/states", test_states);
  g_test_add_func ("/publish-xml/device", test_device);
  g_test_add_func ("/publish-xml/note", test_note);
  g_test_add_func ("/publish-xml/fault", test_fault);
  g_test_add_func ("/publish-xml/other-faults", test_other_faults);
  g_test_add_func ("/publish-xml/limits", test_limits);
  return g_test_run ();
}
