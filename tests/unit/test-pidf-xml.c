/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "pidf-xml.h"

#include "error.h"

static const OhCategory *
nth (const OhCategories *doc, guint n)
{
  return g_ptr_array_index (doc->items, n);
}

/* "uri availability activity note"; 0 is offline */
static void
assert_says (const char *xml, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (OhCategories) doc = oh_pidf_parse (oh_slice_str (xml), &error);
  g_autofree char *text = NULL;

  g_test_message ("%s", xml);
  g_assert_no_error (error);
  g_assert_cmpuint (doc->items->len, ==, 2);
  g_assert_cmpint (nth (doc, 0)->kind, ==, OH_CATEGORY_STATE);
  g_assert_cmpint (nth (doc, 0)->empty, ==, nth (doc, 0)->availability == 0);
  g_assert_cmpint (nth (doc, 1)->kind, ==, OH_CATEGORY_NOTE);
  g_assert_cmpint (nth (doc, 1)->empty, ==, nth (doc, 1)->note == NULL);
  text = g_strdup_printf ("%s %u %s %s", doc->uri, nth (doc, 0)->availability,
                          nth (doc, 0)->activity, nth (doc, 1)->note);
  g_assert_cmpstr (text, ==, expected);
}

#define ATOM(status, substatus)                                                                    \
  "<atom id='1'><address uri='sip:b@f.test;user=ip' priority='0.8'><status status='" status "'/>"  \
  "<msnsubstatus substatus='" substatus "'/></address></atom>"
#define XPIDF(atoms)                                                                               \
  "<presence><presentity uri='sip:b@f.test;method=SUBSCRIBE'/>" atoms "</presence>"

static void
test_xpidf (void)
{
  static const char *const cases[][2] = {
    { XPIDF (ATOM ("open", "online")), "sip:b@f.test 3500 (null) (null)" },
    { XPIDF (ATOM ("open", "away")), "sip:b@f.test 15500 (null) (null)" },
    { XPIDF (ATOM ("open", "idle")), "sip:b@f.test 5000 (null) (null)" },
    { XPIDF (ATOM ("inuse", "busy")), "sip:b@f.test 6500 (null) (null)" },
    { XPIDF (ATOM ("open", "berightback")), "sip:b@f.test 12500 (null) (null)" },
    { XPIDF (ATOM ("inuse", "onthephone")), "sip:b@f.test 6500 on-the-phone (null)" },
    { XPIDF (ATOM ("open", "OutToLunch")), "sip:b@f.test 15500 out-to-lunch (null)" },
    { XPIDF (ATOM ("open", "unknown")), "sip:b@f.test 0 (null) (null)" },
    { XPIDF (ATOM ("closed", "online")), "sip:b@f.test 0 (null) (null)" },
    { XPIDF (ATOM ("inuse", "juggling")), "sip:b@f.test 6500 (null) (null)" },
    { XPIDF (ATOM ("ajar", "juggling")), "sip:b@f.test 0 (null) (null)" },
    { XPIDF ("<atom><address><status status='inactive'/></address></atom>"),
      "sip:b@f.test 15500 (null) (null)" },
    { XPIDF (ATOM ("closed", "") ATOM ("inuse", "busy") ATOM ("open", "away")),
      "sip:b@f.test 6500 (null) (null)" },
    { XPIDF (""), "sip:b@f.test 0 (null) (null)" },
    { "<?xml version='1.0'?>\n<!DOCTYPE presence PUBLIC '-//IETF//DTD XPIDF>1.0//EN' "
      "\"xpidf.dtd\">\n" XPIDF (ATOM ("open", "online")),
      "sip:b@f.test 3500 (null) (null)" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_says (cases[i][0], cases[i][1]);
}

#define PIDF(inner) "<presence entity='pres:b@f.test'>" inner "</presence>"
#define TUPLE(basic, inner)                                                                        \
  "<tuple id='t'><status><basic>" basic "</basic></status>" inner "</tuple>"

static void
test_pidf (void)
{
  static const char *const cases[][2] = {
    { PIDF (TUPLE ("open", "")), "sip:b@f.test 3500 (null) (null)" },
    { PIDF (TUPLE (" OPEN\n", "<note>Hi &amp; bye</note>")), "sip:b@f.test 3500 (null) Hi & bye" },
    { PIDF (TUPLE ("closed", "<note>Gone</note>")), "sip:b@f.test 0 (null) Gone" },
    { PIDF (TUPLE ("open", "<activities><on-the-phone/></activities>")),
      "sip:b@f.test 6500 on-the-phone (null)" },
    { PIDF (TUPLE ("closed", "<activities><on-the-phone/></activities>")),
      "sip:b@f.test 0 (null) (null)" },
    { PIDF ("<tuple><status><basic>open</basic><activities><away/></activities></status></tuple>"),
      "sip:b@f.test 15500 (null) (null)" },
    { PIDF (TUPLE ("open", "") "<person><activities><away/><meeting/></activities>"
                               "<note>In 5.12</note></person>"),
      "sip:b@f.test 6500 in-a-meeting In 5.12" },
    { PIDF (TUPLE ("open", "") "<person><activities><vacation/></activities></person>"),
      "sip:b@f.test 15500 out-of-office (null)" },
    { PIDF (TUPLE ("open", "") "<person><activities><juggling/></activities></person>"),
      "sip:b@f.test 3500 (null) (null)" },
    { PIDF (TUPLE ("closed", "") TUPLE ("open", "")), "sip:b@f.test 3500 (null) (null)" },
    { PIDF ("<person><activities><busy/></activities></person>"),
      "sip:b@f.test 0 (null) (null)" }, /* without a tuple nobody is there */
    { PIDF (TUPLE ("", "")), "sip:b@f.test 0 (null) (null)" },
    { "<p:presence xmlns:p='urn:ietf:params:xml:ns:pidf' entity='sip:b@f.test'><p:tuple>"
      "<p:status><p:basic>open</p:basic></p:status></p:tuple></p:presence>",
      "sip:b@f.test 3500 (null) (null)" },
    { "<presence/>", "(null) 0 (null) (null)" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_says (cases[i][0], cases[i][1]);
}

static guint32
after (const char *one, guint n, const char *last)
{
  g_autoptr (GString) xml = g_string_new ("<presence>");
  g_autoptr (OhCategories) doc = NULL;

  for (guint i = 0; i < n; i++)
    g_string_append (xml, one);
  g_string_append_printf (xml, "%s</presence>", last);
  doc = oh_pidf_parse (oh_slice_str (xml->str), NULL);
  return nth (doc, 0)->availability;
}

static void
test_limits (void)
{
  const char *none = TUPLE ("closed", "");

  g_assert_cmpuint (after (none, OH_PIDF_PARTS_MAX - 1, TUPLE ("open", "")), ==, 3500);
  g_assert_cmpuint (after (none, OH_PIDF_PARTS_MAX, TUPLE ("open", "")), ==, 0);
}

static void
test_broken (void)
{
  static const char *const cases[] = {
    "",
    "<presence",
    "<presentity/>",
    "<!DOCTYPE p [<!ENTITY a 'b'>]><presence/>",
    "presence",
    "<!DOCTYPE p SYSTEM 'x' [<!ENTITY a 'b'>]><presence>&a;</presence>",
    "<!DOCTYPE p 'x><presence/>",
    "<!DOCTYPE p SYSTEM 'x'><presence>&a;</presence>",
    "<!DOCTYPE p><!DOCTYPE p><presence/>",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (oh_pidf_parse (oh_slice_str (cases[i]), &error));
      g_assert_error (error, OH_ERROR, OH_ERROR_PROTOCOL);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pidf-xml/xpidf", test_xpidf);
  g_test_add_func ("/pidf-xml/pidf", test_pidf);
  g_test_add_func ("/pidf-xml/limits", test_limits);
  g_test_add_func ("/pidf-xml/broken", test_broken);
  return g_test_run ();
}
