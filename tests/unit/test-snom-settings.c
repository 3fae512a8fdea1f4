/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "snom-settings.h"

#include "snom-page.h"

static void
test_settings (void)
{
  static const struct
  {
    const char *body, *name, *value;
  } cases[] = {
    { "<TABLE><TR><TD>use_hidden_tags</TD><TD>!</TD><TD>on</TD></TR></TABLE>", "use_hidden_tags",
      "on" },
    { "<tr><td>a</td><td>$</td><td></td></tr><tr><td>b</td><td>!</td><td>1</td></tr>", "a", "" },
    { "<tr><td>a</td><td>$</td><td></td></tr><tr><td>b</td><td>!</td><td>1</td></tr>", "b", "1" },
    { "<tr class=x><td class=y> user_name1 <td>&amp;<td>440", "user_name1", "440" },
    { "<tr><td>u</td><td>!</td><td>http://x/?a=$b&amp;c=&lt;d&gt;&#228;</td></tr>", "u",
      "http://x/?a=$b&c=<d>\303\244" },
    { "<tr><td>name</td><td>value only</td></tr>", "name", "value only" },
    { "<tr><td>two words</td><td>!</td><td>x</td></tr>", "two words", NULL },
    { "<tr><td></td><td>!</td><td>x</td></tr>", "", NULL },
    { "<tr><td>latin</td><td>!</td><td>M\374ller</td></tr>", "latin", NULL },
    { "phone_name!: desk12\nuser_name1$: 440\r\nadmin_mode&: off\nplain: x\n", "phone_name",
      "desk12" },
    { "phone_name!: desk12\nuser_name1$: 440\r\nadmin_mode&: off\nplain: x\n", "user_name1",
      "440" },
    { "phone_name!: desk12\nuser_name1$: 440\r\nadmin_mode&: off\nplain: x\n", "plain", "x" },
    { "<html>no table: x</html>", "no", NULL },
    { "<tr<tr<tr", "", NULL },
    { "<tr><td", "", NULL },
    { "", "", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GHashTable) settings = oh_snom_settings_parse (oh_slice_str (cases[i].body));

      g_test_message ("case %" G_GSIZE_FORMAT, i); /* some are no UTF-8 */
      g_assert_cmpstr (g_hash_table_lookup (settings, cases[i].name), ==, cases[i].value);
    }
}

static void
test_settings_limits (void)
{
  g_autoptr (GString) body = g_string_new ("<TABLE>");
  g_autoptr (GHashTable) settings = NULL;
  g_autoptr (GHashTable) none = NULL;
  g_autofree char *padding = g_strnfill (OH_SNOM_PAGE_MAX, ' ');

  for (guint i = 0; i < OH_SNOM_SETTINGS_MAX + 1; i++)
    g_string_append_printf (body, "<TR><TD>s%u<TD>!<TD>x", i);
  settings = oh_snom_settings_parse (oh_slice (body->str, body->len));
  g_assert_cmpuint (g_hash_table_size (settings), ==, OH_SNOM_SETTINGS_MAX);
  g_string_append (body, padding);
  none = oh_snom_settings_parse (oh_slice (body->str, body->len));
  g_assert_cmpuint (g_hash_table_size (none), ==, 0);
}

static void
test_permissions (void)
{
  static const char text[] = "a!: 1\nb$: 2\nc&: 3\nd: 4\nusb_R: 5\n# e!: 6\n<f!: 7\ng R: 8\n";
  static const char xml[] = "<?xml version=\"1.0\" encoding=\"utf-8\"?><settings>"
                            "<phone-settings e=\"2\"><a perm=\"!\">1</a><b perm=\"RW\">2</b>"
                            "<c perm=\"R\">3</c><d perm=\"\">4</d><e perm=\"$\">5</e>"
                            "<f perm=\"&amp;\">6</f><g perm=\" \">7</g><h perm=\"RO\">8</h>"
                            "<i>9</i><j perm=\"odd\">10</j>"
                            "<user_name idx=\"1\" perm=\"RW\">440</user_name></phone-settings>"
                            "<tbook><k perm=\"!\">11</k></tbook></settings>";
  static const char table[] = "<TR><TD>a<TD>!<TD>1<TR><TD>b<TD>$<TD>2<TR><TD>c<TD>&amp;<TD>3"
                              "<TR><TD>d<TD>&nbsp;<TD>4";
  static const char bare[] = "phone_name: desk\nuser_name1: 440\n";
  static const struct
  {
    const char *body, *name;
    OhSnomPermission permission;
  } cases[] = {
    { text, "a", OH_SNOM_PERMISSION_USER },
    { text, "b", OH_SNOM_PERMISSION_WRITABLE },
    { text, "c", OH_SNOM_PERMISSION_READ_ONLY },
    { text, "d", OH_SNOM_PERMISSION_READ_ONLY }, /* where others have one, none is one, too */
    { text, "usb_", OH_SNOM_PERMISSION_READ_ONLY },
    { text, "e", OH_SNOM_PERMISSION_UNKNOWN },
    { text, "f", OH_SNOM_PERMISSION_UNKNOWN },
    { xml, "a", OH_SNOM_PERMISSION_USER },
    { xml, "b", OH_SNOM_PERMISSION_WRITABLE },
    { xml, "c", OH_SNOM_PERMISSION_READ_ONLY },
    { xml, "d", OH_SNOM_PERMISSION_WRITABLE },
    { xml, "e", OH_SNOM_PERMISSION_WRITABLE },
    { xml, "f", OH_SNOM_PERMISSION_READ_ONLY },
    { xml, "g", OH_SNOM_PERMISSION_READ_ONLY },
    { xml, "h", OH_SNOM_PERMISSION_READ_ONLY },
    { xml, "i", OH_SNOM_PERMISSION_UNKNOWN },
    { xml, "j", OH_SNOM_PERMISSION_UNKNOWN },
    { xml, "user_name1", OH_SNOM_PERMISSION_WRITABLE },
    { xml, "k", OH_SNOM_PERMISSION_UNKNOWN }, /* no setting of the phone */
    { table, "a", OH_SNOM_PERMISSION_USER },
    { table, "b", OH_SNOM_PERMISSION_WRITABLE },
    { table, "c", OH_SNOM_PERMISSION_READ_ONLY },
    { table, "d", OH_SNOM_PERMISSION_READ_ONLY },
    { bare, "user_name1", OH_SNOM_PERMISSION_UNKNOWN },
    { "", "a", OH_SNOM_PERMISSION_UNKNOWN },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GHashTable) settings = oh_snom_settings_read (oh_slice_str (cases[i].body));

      g_test_message ("%s in %s", cases[i].name, cases[i].body);
      g_assert_cmpint (oh_snom_settings_permission (settings, cases[i].name), ==,
                       cases[i].permission);
    }
  g_assert_cmpint (oh_snom_settings_permission (NULL, "a"), ==, OH_SNOM_PERMISSION_UNKNOWN);
}

static void
test_xml (void)
{
  static const struct
  {
    const char *body, *name, *value;
  } cases[] = {
    { "<settings><phone-settings><a perm=\"!\">on</a></phone-settings></settings>", "a", "on" },
    { "<phone-settings><a>x&amp;y</a></phone-settings>", "a", "x&y" },
    { "<phone-settings><a><![CDATA[<b>]]></a></phone-settings>", "a", "<b>" },
    { "<phone-settings><a/></phone-settings>", "a", "" },
    { "<phone-settings><user_host idx='12'>h</user_host></phone-settings>", "user_host12", "h" },
    { "<phone-settings><a>M\374ller</a></phone-settings>", "a",
      "M\303\274ller" },                          /* old firmware */
    { "<phone-settings><a>1</a><b>2", "a", "1" }, /* broke off */
    { "<phone-settings><a>1</a><b>2", "b", NULL },
    { "<phone-settings><a><b><c><d>1</d></c></b></a></phone-settings>", "a", NULL },
    { "<phone-settings><a>&evil;</a></phone-settings>", "a", NULL },
    { "<!DOCTYPE x [<!ENTITY e 'v'>]><phone-settings><a>&e;</a></phone-settings>", "a", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GHashTable) settings = oh_snom_settings_read (oh_slice_str (cases[i].body));

      g_test_message ("case %" G_GSIZE_FORMAT, i); /* some are no UTF-8 */
      g_assert_cmpstr (oh_snom_settings_value (settings, cases[i].name), ==, cases[i].value);
    }
}

/* What a phone does not show must not come back to it as the value. */
static void
test_masked (void)
{
  static const struct
  {
    const char *shown, *value;
  } cases[] = {
    { "***", NULL }, { "*****", NULL }, { "**", "**" }, { "****x", "****x" }, { "", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *body = g_strdup_printf ("http_pass$: %s\n", cases[i].shown);
      g_autoptr (GHashTable) settings = oh_snom_settings_read (oh_slice_str (body));

      g_assert_cmpstr (oh_snom_settings_value (settings, "http_pass"), ==, cases[i].value);
    }
}

static void
test_switches (void)
{
  g_autoptr (GHashTable) settings =
    oh_snom_settings_read (oh_slice_str ("a!: on\nb!: TRUE\nc!: 1\nd!: off\ne!: once\nf!:\n"));

  g_assert_true (oh_snom_settings_is_on (settings, "a"));
  g_assert_true (oh_snom_settings_is_on (settings, "b"));
  g_assert_true (oh_snom_settings_is_on (settings, "c"));
  g_assert_false (oh_snom_settings_is_on (settings, "d"));
  g_assert_false (oh_snom_settings_is_on (settings, "e"));
  g_assert_false (oh_snom_settings_is_on (settings, "f"));
  g_assert_false (oh_snom_settings_is_on (settings, "g"));
  g_assert_false (oh_snom_settings_is_on (NULL, "a"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/snom-settings/values", test_settings);
  g_test_add_func ("/snom-settings/limits", test_settings_limits);
  g_test_add_func ("/snom-settings/permissions", test_permissions);
  g_test_add_func ("/snom-settings/xml", test_xml);
  g_test_add_func ("/snom-settings/masked", test_masked);
  g_test_add_func ("/snom-settings/switches", test_switches);
  return g_test_run ();
}
