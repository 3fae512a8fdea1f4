/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "rlmi-xml.h"

#include "error.h"

static void
test_list (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (OhRlmi) rlmi = oh_rlmi_parse (
    oh_slice_str (
      "<list xmlns=\"urn:ietf:params:xml:ns:rlmi\" uri=\"sip:a@b.test\" version=\"7\""
      " fullState=\"true\">"
      "<resource uri=\"sip:One@b.test\"><instance id=\"0\" state=\"active\" cid=\"x\"/></resource>"
      "<resource uri=\"sip:two@b.test\"><instance id=\"0\" state=\"resubscribe\""
      " poolFqdn=\"pool2.b.test\"/></resource>"
      "<resource uri=\"sip:three@b.test\"><instance id=\"0\" state=\"Resubscribe\"/></resource>"
      "<resource uri=\"sip:four@b.test\"><instance state=\"terminated\" reason=\"rejected\"/>"
      "</resource>"
      "<resource uri=\"sip:five@b.test\"><instance state=\"pending\"/></resource>"
      "<resource uri=\"sip:six@b.test\"><instance state=\"noresource\"/></resource>"
      "<resource uri=\"sip:seven@b.test\"/>"
      "<resource/>"
      "<resource uri=\"sip:eight@b.test\"><instance state=\"resubscribe\" poolFqdn=\"p\"/>"
      "<instance state=\"active\"/></resource></list>"),
    &error);
  static const struct
  {
    const char *uri;
    OhRlmiState state;
    const char *pool, *reason;
  } expected[] = {
    { "sip:One@b.test", OH_RLMI_ACTIVE, NULL, NULL },
    { "sip:two@b.test", OH_RLMI_RESUBSCRIBE, "pool2.b.test", NULL },
    { "sip:three@b.test", OH_RLMI_RESUBSCRIBE, NULL, NULL },
    { "sip:four@b.test", OH_RLMI_TERMINATED, NULL, "rejected" },
    { "sip:five@b.test", OH_RLMI_PENDING, NULL, NULL },
    { "sip:six@b.test", OH_RLMI_TERMINATED, NULL, NULL },
    { "sip:seven@b.test", OH_RLMI_ACTIVE, NULL, NULL },
    { "sip:eight@b.test", OH_RLMI_ACTIVE, NULL, NULL },
  };

  g_assert_no_error (error);
  g_assert_true (rlmi->has_version);
  g_assert_cmpuint (rlmi->version, ==, 7);
  g_assert_true (rlmi->full);
  g_assert_cmpuint (rlmi->resources->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      const OhRlmiResource *resource = g_ptr_array_index (rlmi->resources, i);

      g_assert_cmpstr (resource->uri, ==, expected[i].uri);
      g_assert_cmpint (resource->state, ==, expected[i].state);
      g_assert_cmpstr (resource->pool, ==, expected[i].pool);
      g_assert_cmpstr (resource->reason, ==, expected[i].reason);
    }
}

static void
test_odd (void)
{
  g_autoptr (OhRlmi) bare =
    oh_rlmi_parse (oh_slice_str ("<r:list xmlns:r='u' version='x'/>"), NULL);
  g_autoptr (GError) error = NULL;

  g_assert_false (bare->has_version);
  g_assert_false (bare->full);
  g_assert_cmpuint (bare->resources->len, ==, 0);
  g_assert_null (oh_rlmi_parse (oh_slice_str ("<resource/>"), &error));
  g_assert_error (error, OH_ERROR, OH_ERROR_PROTOCOL);
}

static void
test_limit (void)
{
  for (guint more = 0; more < 2; more++)
    {
      g_autoptr (GString) xml = g_string_new ("<list>");
      g_autoptr (OhRlmi) rlmi = NULL;

      for (guint i = 0; i < OH_RLMI_RESOURCES_MAX + more; i++)
        g_string_append (xml, "<resource uri='sip:a@b'/>");
      g_string_append (xml, "</list>");
      rlmi = oh_rlmi_parse (oh_slice_str (xml->str), NULL);
      g_assert_cmpuint (rlmi->resources->len, ==, OH_RLMI_RESOURCES_MAX);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rlmi-xml/list", test_list);
  g_test_add_func ("/rlmi-xml/odd", test_odd);
  g_test_add_func ("/rlmi-xml/limit", test_limit);
  return g_test_run ();
}
