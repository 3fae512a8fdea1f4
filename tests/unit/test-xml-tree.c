/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "xml-tree.h"

#include "error.h"

static xmlDoc *
parse (const char *text, GError **error)
{
  return oh_xml_parse (oh_slice_str (text), NULL, error);
}

/* What is taken, with the text of the root element. */
static void
test_taken (void)
{
  static const struct
  {
    const char *label;
    OhSlice bytes;
    const char *text;
  } cases[] = {
    { "plain", OH_SLICE_INIT ("<a>x</a>"), "x" },
    { "declaration", OH_SLICE_INIT ("<?xml version=\"1.0\" encoding=\"utf-8\"?>\r\n<a>x</a>"),
      "x" },
    { "says UTF-16, is UTF-8",
      OH_SLICE_INIT ("<?xml version=\"1.0\" encoding=\"utf-16\"?><a>\xc3\xa4</a>"), "ä" },
    { "says Latin-1, is UTF-8",
      OH_SLICE_INIT ("<?xml version=\"1.0\" encoding=\"iso-8859-1\"?><a>\xc3\xa4</a>"), "ä" },
    { "unheard-of encoding", OH_SLICE_INIT ("<?xml version='1.0' encoding='klingon'?><a>x</a>"),
      "x" },
    { "byte order mark", OH_SLICE_INIT ("\xef\xbb\xbf<a>x</a>"), "x" },
    { "blank lines before", OH_SLICE_INIT ("\r\n\r\n <a>x</a>\r\n"), "x" },
    { "comment before", OH_SLICE_INIT ("<!-- <!DOCTYPE a> --><a>x</a>"), "x" },
    { "instruction before", OH_SLICE_INIT ("<?style sheet?><a>x</a>"), "x" },
    { "really UTF-16, little end, marked", OH_SLICE_INIT ("\xff\xfe<\0a\0>\0x\0<\0/\0a\0>\0"),
      "x" },
    { "really UTF-16, big end, unmarked", OH_SLICE_INIT ("\0<\0a\0>\0x\0<\0/\0a\0>"), "x" },
    { "octets that are not UTF-8", OH_SLICE_INIT ("<a>x\xe4y</a>"), "x\xef\xbf\xbdy" },
    { "predefined entities", OH_SLICE_INIT ("<a>&lt;&amp;&gt;&quot;&apos;&#228;&#xe4;</a>"),
      "<&>\"'ää" },
    { "CDATA", OH_SLICE_INIT ("<a>x<![CDATA[<y>&]]>z</a>"), "x<y>&z" },
    { "blanks around", OH_SLICE_INIT ("<a>\r\n  x y\t</a>"), "x y" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *exact = g_memdup2 (cases[i].bytes.data, cases[i].bytes.len);
      g_autoptr (xmlDoc) doc = oh_xml_parse (oh_slice (exact, cases[i].bytes.len), "a", &error);
      g_autofree char *text = NULL;

      g_test_message ("%s", cases[i].label);
      g_assert_no_error (error);
      text = oh_xml_text (oh_xml_root (doc), 100);
      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

static void
test_refused (void)
{
  static const struct
  {
    const char *label;
    OhSlice bytes;
  } cases[] = {
    { "nothing", OH_SLICE_INIT ("") },
    { "blanks", OH_SLICE_INIT (" \r\n") },
    { "no XML", OH_SLICE_INIT ("deregistered;event=rejected") },
    { "cut", OH_SLICE_INIT ("<a><b>") },
    { "cut in a tag", OH_SLICE_INIT ("<a") },
    { "cut in the declaration", OH_SLICE_INIT ("<?xml version=") },
    { "cut in a comment", OH_SLICE_INIT ("<!-- <a/>") },
    { "two roots", OH_SLICE_INIT ("<a/><a/>") },
    { "wrong root", OH_SLICE_INIT ("<b/>") },
    { "crossed", OH_SLICE_INIT ("<a><b></a></b>") },
    { "the same attribute twice", OH_SLICE_INIT ("<a x='1' x='2'/>") },
    { "undeclared entity", OH_SLICE_INIT ("<a>&lol;</a>") },
    { "control character", OH_SLICE_INIT ("<a>&#1;</a>") },
    { "document type", OH_SLICE_INIT ("<!DOCTYPE a><a/>") },
    { "document type behind a comment", OH_SLICE_INIT ("<!-- x --><!DOCTYPE a><a/>") },
    { "document type behind the declaration",
      OH_SLICE_INIT ("<?xml version='1.0'?>\n<!DOCTYPE a [<!ENTITY l 'lol'>]><a>&l;</a>") },
    { "external entity",
      OH_SLICE_INIT ("<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>") },
    { "document type inside", OH_SLICE_INIT ("<a><!DOCTYPE a></a>") },
    { "half a UTF-16 unit", OH_SLICE_INIT ("\xff\xfe<\0a\0/\0>") },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (xmlDoc) doc = oh_xml_parse (cases[i].bytes, "a", &error);

      g_test_message ("%s", cases[i].label);
      g_assert_null (doc);
      g_assert_error (error, OH_ERROR, OH_ERROR_PROTOCOL);
      g_assert_null (strstr (error->message, "passwd")); /* quotes nothing */
    }
}

static char *
nested (guint depth)
{
  GString *xml = g_string_new (NULL);

  for (guint i = 0; i < depth; i++)
    g_string_append (xml, "<a>");
  for (guint i = 0; i < depth; i++)
    g_string_append (xml, "</a>");
  return g_string_free (xml, FALSE);
}

static void
assert_taken (const char *xml, gboolean taken)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (xmlDoc) doc = parse (xml, &error);

  g_assert_cmpint (doc != NULL, ==, taken);
  g_assert_cmpint (error == NULL, ==, taken);
}

static void
test_depth (void)
{
  g_autofree char *at = nested (OH_XML_DEPTH_MAX);
  g_autofree char *beyond = nested (OH_XML_DEPTH_MAX + 1);
  g_autofree char *far_beyond = nested (50000);

  assert_taken (at, TRUE);
  assert_taken (beyond, FALSE);
  assert_taken (far_beyond, FALSE);
}

/* An element with so many attributes, behind some text. */
static char *
adorned (const char *before, guint attributes)
{
  GString *xml = g_string_new ("<r>");

  g_string_append_printf (xml, "%s<a", before);
  for (guint i = 0; i < attributes; i++)
    g_string_append_printf (xml, " b%u='c>=\"'", i);
  return g_string_free (g_string_append (xml, "/></r>"), FALSE);
}

/* Wherever it stands, and whatever quotes are open before it. */
static void
test_attribute_limit (void)
{
  static const char *const before[] = {
    "",          "it's = = =", "<!-- ' <x y=' -->", "<![CDATA[<x y=']]>",
    "<?p y='?>", "<b c='>'/>", "<b c=\"'\">=</b>",
  };
  g_autofree char *many = adorned ("", 300000); /* takes minutes where it is not refused */

  for (gsize i = 0; i < G_N_ELEMENTS (before); i++)
    {
      g_autofree char *at = adorned (before[i], OH_XML_ATTRIBUTES_MAX);
      g_autofree char *beyond = adorned (before[i], OH_XML_ATTRIBUTES_MAX + 1);

      g_test_message ("%s", before[i]);
      assert_taken (at, TRUE);
      assert_taken (beyond, FALSE);
    }
  assert_taken (many, FALSE);
}

/* What only looks like depth is none. */
static void
test_no_depth (void)
{
  g_autofree char *opened = g_strnfill (100, '<');
  g_autofree char *comment = g_strdup_printf ("<a><!--%s--></a>", opened);
  g_autofree char *data = g_strdup_printf ("<a><![CDATA[%s]]></a>", opened);
  g_autofree char *unfinished = g_strdup_printf ("<a><!--%s</a>", opened);

  assert_taken (comment, TRUE);
  assert_taken (data, TRUE);
  assert_taken (unfinished, FALSE);
}

static char *
filled (guint elements)
{
  GString *xml = g_string_new ("<a>");

  for (guint i = 0; i < elements; i++)
    g_string_append (xml, "<b/>");
  return g_string_free (g_string_append (xml, "</a>"), FALSE);
}

static void
test_markup (void)
{
  g_autofree char *at = filled (OH_XML_MARKUP_MAX - 2);
  g_autofree char *beyond = filled (OH_XML_MARKUP_MAX - 1);

  assert_taken (at, TRUE);
  assert_taken (beyond, FALSE);
}

static void
test_size (void)
{
  g_autoptr (GString) xml = g_string_new ("<a>");

  while (xml->len < OH_XML_SIZE_MAX - 4)
    g_string_append_c (xml, 'x');
  g_string_append (xml, "</a>");
  g_assert_cmpuint (xml->len, ==, OH_XML_SIZE_MAX);
  assert_taken (xml->str, TRUE);
  g_string_append_c (xml, '\n');
  assert_taken (xml->str, FALSE);
}

static void
test_attributes (void)
{
  g_autoptr (xmlDoc) doc =
    parse ("<p:a xmlns:p='urn:p' xmlns:q='urn:q' n='17' q:type=' s:t ' big='4294967296'"
           " empty='' esc='a&amp;b &#228;' yes='TRUE' one='1' no='false'/>",
           NULL);
  const xmlNode *root = oh_xml_root (doc);
  g_autofree char *trimmed = oh_xml_attr_dup (root, "type", 10);
  g_autofree char *cut = oh_xml_attr_dup (root, "esc", 5);
  guint32 number = 3;

  g_assert_true (oh_xml_name_is (root, "a"));
  g_assert_true (oh_xml_attr_uint (root, "n", &number));
  g_assert_cmpuint (number, ==, 17);
  g_assert_false (oh_xml_attr_uint (root, "big", &number));
  g_assert_false (oh_xml_attr_uint (root, "empty", &number));
  g_assert_false (oh_xml_attr_uint (root, "none", &number));
  g_assert_cmpuint (number, ==, 17);
  g_assert_cmpstr (oh_xml_attr (root, "empty"), ==, "");
  g_assert_cmpstr (oh_xml_attr (root, "esc"), ==, "a&b ä");
  g_assert_cmpstr (oh_xml_attr (root, "none"), ==, NULL);
  g_assert_cmpstr (trimmed, ==, "s:t");
  g_assert_cmpstr (cut, ==, "a&b"); /* not half of the umlaut, and no blank at the end */
  g_assert_true (oh_xml_attr_true (root, "yes", FALSE));
  g_assert_true (oh_xml_attr_true (root, "one", FALSE));
  g_assert_false (oh_xml_attr_true (root, "no", TRUE));
  g_assert_true (oh_xml_attr_true (root, "none", TRUE));
}

static void
test_times (void)
{
  static const struct
  {
    const char *text;
    gint64 us;
  } cases[] = {
    { "1970-01-01T00:00:01", 1000000 },
    { "1970-01-01T00:00:01Z", 1000000 },
    { "1970-01-01T01:00:01+01:00", 1000000 },
    { "2011-03-07T09:12:44.310", G_GINT64_CONSTANT (1299489164310000) },
    { "2011-03-07T09:12:44.3101234", G_GINT64_CONSTANT (1299489164310123) },
    { "", 0 },
    { "yesterday", 0 },
    { "2011-13-07T09:12:44", 0 },
    { "99999-01-01T00:00:00", 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *xml = g_strdup_printf ("<a t=\"%s\"/>", cases[i].text);
      g_autoptr (xmlDoc) doc = parse (xml, NULL);

      g_test_message ("%s", cases[i].text);
      g_assert_cmpint (oh_xml_attr_time (oh_xml_root (doc), "t"), ==, cases[i].us);
      g_assert_cmpint (oh_xml_attr_time (oh_xml_root (doc), "none"), ==, 0);
    }
}

static void
test_walk (void)
{
  g_autoptr (xmlDoc) doc =
    parse ("<a>t<b i='1'/><!-- - --><c/><q:b xmlns:q='u' i='2'/>u</a>", NULL);
  const xmlNode *b = oh_xml_child (oh_xml_root (doc), "b");

  g_assert_cmpstr (oh_xml_attr (b, "i"), ==, "1");
  g_assert_true (oh_xml_name_is (oh_xml_next (b, NULL), "c"));
  b = oh_xml_next (b, "b");
  g_assert_cmpstr (oh_xml_attr (b, "i"), ==, "2");
  g_assert_null (oh_xml_next (b, "b"));
  g_assert_null (oh_xml_child (b, NULL));
  g_assert_null (oh_xml_child (NULL, "b"));
  g_assert_null (oh_xml_text (NULL, 10));
  g_assert_null (oh_xml_text (b, 10));
  g_assert_true (oh_xml_name_is (oh_xml_child (oh_xml_root (doc), NULL), "b"));
}

static void
test_text_limit (void)
{
  g_autoptr (xmlDoc) doc = parse ("<a>12345äb</a>", NULL);
  static const char *const expected[] = { "12345", "12345", "12345ä", "12345äb", "12345äb" };

  for (gsize i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_autofree char *text = oh_xml_text (oh_xml_root (doc), 5 + i);

      g_assert_cmpstr (text, ==, expected[i]);
    }
}

/* Whatever is written can be read, and says the same. */
static void
test_escape (void)
{
  static const struct
  {
    const char *text, *escaped, *back;
  } cases[] = {
    { "plain ä", "plain ä", "plain ä" },
    { "<&>\"'", "&lt;&amp;&gt;&quot;&apos;", "<&>\"'" },
    { "a\x01\x1f\tb", "a\tb", "a\tb" },
    { "x\xffy", "x\xef\xbf\xbdy", "x\xef\xbf\xbdy" },
    { "\xef\xbf\xbe|\xf0\x9f\x98\x80", "|\xf0\x9f\x98\x80", "|\xf0\x9f\x98\x80" },
    { NULL, "", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GString) escaped = g_string_new (NULL);
      g_autofree char *xml = NULL;
      g_autofree char *back = NULL;
      g_autoptr (xmlDoc) doc = NULL;

      oh_xml_append_escaped (escaped, cases[i].text);
      g_assert_cmpstr (escaped->str, ==, cases[i].escaped);
      xml = g_strdup_printf ("<a>%s</a>", escaped->str);
      doc = parse (xml, NULL);
      g_assert_nonnull (doc);
      back = oh_xml_text (oh_xml_root (doc), 100);
      g_assert_cmpstr (back, ==, cases[i].back);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/xml-tree/taken", test_taken);
  g_test_add_func ("/xml-tree/refused", test_refused);
  g_test_add_func ("/xml-tree/depth", test_depth);
  g_test_add_func ("/xml-tree/no-depth", test_no_depth);
  g_test_add_func ("/xml-tree/attribute-limit", test_attribute_limit);
  g_test_add_func ("/xml-tree/markup", test_markup);
  g_test_add_func ("/xml-tree/size", test_size);
  g_test_add_func ("/xml-tree/attributes", test_attributes);
  g_test_add_func ("/xml-tree/times", test_times);
  g_test_add_func ("/xml-tree/walk", test_walk);
  g_test_add_func ("/xml-tree/text-limit", test_text_limit);
  g_test_add_func ("/xml-tree/escape", test_escape);
  return g_test_run ();
}
