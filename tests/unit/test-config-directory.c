/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config-directory.h"

static void
test_server (void)
{
  static const struct
  {
    const char *text;
    const char *host; /* NULL: refused */
    guint16 port;
    gboolean tls;
    const char *base;
  } cases[] = {
    { "ldap://dc1.example.org", "dc1.example.org", 389, FALSE, "" },
    { "LDAPS://dc1.example.org", "dc1.example.org", 636, TRUE, "" },
    { "ldap://dc1.example.org/", "dc1.example.org", 389, FALSE, "" },
    { "ldaps://dc1:3269/dc=example,dc=org", "dc1", 3269, TRUE, "dc=example,dc=org" },
    { "ldap://dc1/ou=K%C3%B6ln%20Nord,o=x", "dc1", 389, FALSE, "ou=Köln Nord,o=x" },
    { "ldap://[2001:db8::1]:389/o=x", "2001:db8::1", 389, FALSE, "o=x" },
    { "ldap://192.0.2.1", "192.0.2.1", 389, FALSE, "" },
    { "ldap://", NULL },
    { "ldap:///o=x", NULL },
    { "dc1", NULL },
    { "http://dc1", NULL },
    { "ldapi://%2Frun%2Fslapd", NULL },
    { "ldap://dc1:0", NULL },
    { "ldap://dc1:65536", NULL },
    { "ldap://dc1/people", NULL },
    { "ldap://dc1/o=x?cn?sub?(a=b)", NULL },
    { "ldap://dc1/o=%00", NULL },
    { "ldap://dc1/o=%ff", NULL },
    { "ldap://dc1/o=%zz", NULL },
    { "ldap://user@dc1", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      OhConfigDirectory *out = g_new0 (OhConfigDirectory, 1);
      gboolean ok = oh_config_value_directory (cases[i].text, out);

      g_test_message ("case %" G_GSIZE_FORMAT, i);
      g_assert_cmpint (ok, ==, cases[i].host != NULL);
      g_assert_cmpstr (out->host, ==, cases[i].host);
      if (ok)
        {
          g_assert_cmpuint (out->port, ==, cases[i].port);
          g_assert_cmpint (out->tls, ==, cases[i].tls);
          g_assert_cmpstr (out->base, ==, cases[i].base);
        }
      oh_config_directory_free (out);
    }
}

static void
test_filter (void)
{
  static const struct
  {
    const char *text;
    gboolean valid;
  } cases[] = {
    { "(cn=*)", TRUE },
    { "(&(a=b)(!(c=d)))", TRUE },
    { "(cn=a\\28b)", TRUE },
    { "(cn=Köln)", TRUE },
    { "cn=*", FALSE },
    { "", FALSE },
    { "(", FALSE },
    { "()", FALSE },
    { "(a=b)(c=d)", FALSE }, /* what came behind would be outside of ours */
    { "(a=b))(|(c=*)", FALSE },
    { "(a=b", FALSE },
    { "(a=\\2)", FALSE },
    { "(a=\\zz)", FALSE },
    { "(a=b\n)", FALSE },
    { "(a=\xff)", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("case %" G_GSIZE_FORMAT, i);
      g_assert_cmpint (oh_config_value_is_filter (cases[i].text), ==, cases[i].valid);
    }
}

/* "(!(!(…)))" of @depth brackets. */
static char *
nested (guint depth)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i + 1 < depth; i++)
    g_string_append (text, "(!");
  g_string_append (text, "(a=b)");
  for (guint i = 0; i + 1 < depth; i++)
    g_string_append_c (text, ')');
  return g_strdup (text->str);
}

static void
test_limits (void)
{
  g_autofree char *deep = nested (OH_CONFIG_FILTER_DEPTH_MAX);
  g_autofree char *deeper = nested (OH_CONFIG_FILTER_DEPTH_MAX + 1);
  g_autofree char *fill = g_strnfill (OH_CONFIG_FILTER_MAX - 4, 'x');
  g_autofree char *longest = g_strdup_printf ("(a=%s)", fill);
  g_autofree char *longer = g_strdup_printf ("(a=x%s)", fill);

  g_assert_true (oh_config_value_is_filter (deep));
  g_assert_false (oh_config_value_is_filter (deeper));
  g_assert_true (oh_config_value_is_filter (longest));
  g_assert_false (oh_config_value_is_filter (longer));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/config-directory/server", test_server);
  g_test_add_func ("/config-directory/filter", test_filter);
  g_test_add_func ("/config-directory/limits", test_limits);
  return g_test_run ();
}
