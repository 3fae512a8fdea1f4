/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "directory-filter.h"

#define PLAIN(value)                                                                               \
  "(cn=" value "*)(sn=" value "*)(givenName=" value "*)(displayName=" value "*)(mail=" value       \
  "*)(cn=* " value "*)(displayName=* " value "*)(msRTCSIP-PrimaryUserAddress=sip:" value "*)"
#define NUMBER(value)                                                                              \
  "(telephoneNumber=" value ")(mobile=" value ")(homePhone=" value ")(otherTelephone=" value       \
  ")(ipPhone=" value ")(msRTCSIP-Line=" value ")"
#define ACTIVE(value) "(anr=" value ")(mail=" value "*)(msRTCSIP-PrimaryUserAddress=sip:" value "*)"

static void
test_filter (void)
{
  static const struct
  {
    OhDirectoryKind kind;
    const char *typed, *extra, *filter;
  } cases[] = {
    { OH_DIRECTORY_PLAIN, "bob", NULL, "(&(objectClass=person)(|" PLAIN ("bob") "))" },
    { OH_DIRECTORY_PLAIN, "bob", "(o=X)", "(&(objectClass=person)(o=X)(|" PLAIN ("bob") "))" },
    { OH_DIRECTORY_PLAIN, "mu schu", NULL,
      "(&(objectClass=person)(|" PLAIN ("mu") ")(|" PLAIN ("schu") "))" },
    { OH_DIRECTORY_PLAIN, "4711", NULL,
      "(&(objectClass=person)(|" PLAIN ("4711") NUMBER ("*4711*") "))" },
    { OH_DIRECTORY_PLAIN, "030-39", NULL,
      "(&(objectClass=person)(|" PLAIN ("030-39") NUMBER ("*3039*") "))" },
    { OH_DIRECTORY_PLAIN, "00", NULL,
      "(&(objectClass=person)(|" PLAIN ("00") NUMBER ("*00*") "))" },
    { OH_DIRECTORY_PLAIN, "*)(uid=*", NULL,
      "(&(objectClass=person)(|" PLAIN ("\\2a\\29\\28uid=\\2a") "))" },
    { OH_DIRECTORY_PLAIN, "a\\b", NULL, "(&(objectClass=person)(|" PLAIN ("a\\5cb") "))" },
    { OH_DIRECTORY_PLAIN, "Mü", NULL, "(&(objectClass=person)(|" PLAIN ("Mü") "))" },
    { OH_DIRECTORY_ACTIVE, "bob", NULL, "(&(objectCategory=person)(|" ACTIVE ("bob") "))" },
    { OH_DIRECTORY_ACTIVE, "+4711", NULL,
      "(&(objectCategory=person)(|" ACTIVE ("+4711") NUMBER ("*4*7*1*1*") "))" },
    { OH_DIRECTORY_PLAIN, "b", NULL, NULL },
    { OH_DIRECTORY_PLAIN, "ü", NULL, NULL },
    { OH_DIRECTORY_PLAIN, "", NULL, NULL },
    { OH_DIRECTORY_PLAIN, "***", NULL, NULL }, /* nothing to look for, not everybody */
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OhQuery) query = oh_query_new (cases[i].typed);
      g_autofree char *filter = oh_directory_filter (cases[i].kind, query, cases[i].extra);

      g_test_message ("case %" G_GSIZE_FORMAT, i);
      g_assert_cmpstr (filter, ==, cases[i].filter);
    }
}

static void
test_escape (void)
{
  static const struct
  {
    const char *text, *escaped;
  } cases[] = {
    { "Babs (Jensen)", "Babs \\28Jensen\\29" }, /* the forms of RFC 4515 4 */
    { "*", "\\2a" },
    { "C:\\MyFile", "C:\\5cMyFile" },
    { "Lu\xc4\x8di\xc4\x87", "Lu\xc4\x8di\xc4\x87" },
    { "a\x01\n\x7f", "a\\01\\0a\\7f" },
    { NULL, "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *escaped = oh_directory_escape (cases[i].text);

      g_assert_cmpstr (escaped, ==, cases[i].escaped);
    }
}

static void
test_own (void)
{
  g_autofree char *filter = oh_directory_filter_own ("sip:al(ice@x.test");

  g_assert_cmpstr (filter, ==,
                   "(|(msRTCSIP-PrimaryUserAddress=sip:al\\28ice@x.test)(mail=al\\28ice@x.test)"
                   "(userPrincipalName=al\\28ice@x.test))");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/directory-filter/filter", test_filter);
  g_test_add_func ("/directory-filter/escape", test_escape);
  g_test_add_func ("/directory-filter/own", test_own);
  return g_test_run ();
}
