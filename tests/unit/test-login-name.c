/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "login-name.h"

static void
test_table (void)
{
  static const struct
  {
    const char *typed, *user, *domain, *principal, *enterprise;
  } cases[] = {
    { "FABRIKAM\\anna.berg", "anna.berg", "FABRIKAM", "anna.berg", NULL },
    { "FABRIKAM/anna.berg", "anna.berg", "FABRIKAM", "anna.berg", NULL },
    { "corp.fabrikam.test\\anna.berg", "anna.berg", "corp.fabrikam.test",
      "anna.berg@CORP.FABRIKAM.TEST", NULL },
    { "anna.berg", "anna.berg", "", "anna.berg", NULL },
    { " anna.berg ", "anna.berg", "", "anna.berg", NULL },
    { "anna.berg@fabrikam.test", "anna.berg@fabrikam.test", "", "anna.berg@FABRIKAM.TEST",
      "anna.berg@fabrikam.test" },
    { "sip:anna.berg@fabrikam.test", "anna.berg@fabrikam.test", "", "anna.berg@FABRIKAM.TEST",
      "anna.berg@fabrikam.test" },
    { "müller@fabrikam.test", "müller@fabrikam.test", "", "müller@FABRIKAM.TEST",
      "müller@fabrikam.test" },
    { "a@b@fabrikam.test", "a@b@fabrikam.test", "", "a\\@b@FABRIKAM.TEST", "a@b@fabrikam.test" },
    { "D.test\\a@b", "a@b", "D.test", "a\\@b@D.TEST", NULL },
    { "", NULL },
    { "  ", NULL },
    { "\\anna", NULL },
    { "FABRIKAM\\", NULL },
    { "A\\B\\c", NULL },
    { "A/B\\c", NULL },
    { "@fabrikam.test", NULL },
    { "anna@", NULL },
    { "an\nna", NULL },
    { "anna\xff", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OhLoginName) name = oh_login_name_parse (cases[i].typed);

      g_test_message ("case %" G_GSIZE_FORMAT, i);
      g_assert_cmpint (name != NULL, ==, cases[i].user != NULL);
      if (name == NULL)
        continue;
      g_assert_cmpstr (name->user, ==, cases[i].user);
      g_assert_cmpstr (name->domain, ==, cases[i].domain);
      g_assert_cmpstr (name->principal, ==, cases[i].principal);
      g_assert_cmpstr (name->enterprise, ==, cases[i].enterprise);
    }
}

static void
test_limit (void)
{
  for (guint extra = 0; extra < 2; extra++)
    {
      g_autofree char *text = g_strnfill (OH_LOGIN_NAME_MAX + extra, 'x');
      g_autoptr (OhLoginName) name = oh_login_name_parse (text);

      g_assert_cmpint (name != NULL, ==, extra == 0);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/login-name/table", test_table);
  g_test_add_func ("/login-name/limit", test_limit);
  return g_test_run ();
}
