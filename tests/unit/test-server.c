/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "server.h"

#include <string.h>

#include "error.h"

static void
test_names (void)
{
  static const char *const contoso[] = { "contoso.test", NULL };
  static const struct
  {
    const char *host;
    const char *const *others;
    gboolean relaxed, strict;
  } cases[] = {
    { "fabrikam.test", NULL, TRUE, TRUE },
    { "sip.fabrikam.test", NULL, TRUE, TRUE },
    { "SIP.Fabrikam.TEST", NULL, TRUE, TRUE },
    { "lc.fabrikam.test", NULL, TRUE, TRUE },
    { "sip.division.fabrikam.test", NULL, TRUE, FALSE },
    { "evilfabrikam.test", NULL, FALSE, FALSE },
    { "fabrikam.test.evil.test", NULL, FALSE, FALSE },
    { "test", NULL, FALSE, FALSE },
    { "", NULL, FALSE, FALSE },
    { ".fabrikam.test", NULL, FALSE, FALSE },
    { "a..fabrikam.test", NULL, FALSE, FALSE },
    { "192.0.2.1", NULL, FALSE, FALSE },
    { "sip.fabrikam.test\n", NULL, FALSE, FALSE },
    { "pool.contoso.test", NULL, FALSE, FALSE },
    { "pool.contoso.test", contoso, TRUE, TRUE },
    { "a.b.contoso.test", contoso, TRUE, TRUE }, /* whoever wrote it down meant all of it */
    { "contoso.test", contoso, TRUE, TRUE },
    { "notcontoso.test", contoso, FALSE, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const OhServerTrust relaxed = { "fabrikam.test", OH_SERVER_NAMES_RELAXED, cases[i].others };
      const OhServerTrust strict = { "fabrikam.test", OH_SERVER_NAMES_STRICT, cases[i].others };

      g_test_message ("%s", cases[i].host);
      g_assert_cmpint (oh_server_name_is_trusted (cases[i].host, &relaxed), ==, cases[i].relaxed);
      g_assert_cmpint (oh_server_name_is_trusted (cases[i].host, &strict), ==, cases[i].strict);
    }
}

/* The longest name, and one octet more. */
static void
test_name_limit (void)
{
  g_autofree char *label = g_strnfill (63, 'a');
  g_autofree char *longest =
    g_strdup_printf ("%s.%s.%s.%.61s", label, label, label, label); /* 253 */
  g_autofree char *longer = g_strconcat (longest, "a", NULL);

  g_assert_cmpuint (strlen (longest), ==, 253);
  g_assert_true (oh_server_is_host_name (longest));
  g_assert_false (oh_server_is_host_name (longer));
}

static void
test_list (void)
{
  g_autoptr (GPtrArray) list = oh_server_list_new ();
  const OhServer *first;
  g_autofree char *text = NULL;

  oh_server_list_add (list, oh_server_new ("2001:db8::1", 5061, "settings"));
  oh_server_list_add (list, oh_server_new ("fe1.test", 5061, "redirect"));
  oh_server_list_add (list, oh_server_new ("FE1.test", 5061, "guess"));
  oh_server_list_add (list, oh_server_new ("fe1.test", 443, "guess"));
  g_assert_cmpuint (list->len, ==, 3);
  first = g_ptr_array_index (list, 0);
  text = oh_server_text (first);
  g_assert_cmpstr (text, ==, "[2001:db8::1]:5061");
  g_assert_false (((OhServer *) list->pdata[1])->guessed);
  g_assert_true (((OhServer *) list->pdata[2])->guessed);
}

static void
test_untrusted (void)
{
  g_autoptr (GError) error = oh_server_untrusted_error ("p\xff.test", "DNS", "fabrikam.test");

  g_assert_error (error, OH_ERROR, OH_ERROR_UNTRUSTED);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/server/names", test_names);
  g_test_add_func ("/server/name-limit", test_name_limit);
  g_test_add_func ("/server/list", test_list);
  g_test_add_func ("/server/untrusted", test_untrusted);
  return g_test_run ();
}
