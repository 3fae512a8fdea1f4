/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "pseudonym.h"

static void
test_same (void)
{
  g_autoptr (OhPseudonyms) names = oh_pseudonyms_new ();
  static const struct
  {
    OhPseudonymKind kind;
    const char *text, *expected;
  } cases[] = {
    { OH_PSEUDONYM_PERSON, "alice", "person1" },
    { OH_PSEUDONYM_PERSON, "bob", "person2" },
    { OH_PSEUDONYM_PERSON, " Alice ", "person1" },
    { OH_PSEUDONYM_TEXT, "ALICE", "person1" }, /* whatever it is taken for */
    { OH_PSEUDONYM_NUMBER, "+49 30 1234", "number1" },
    { OH_PSEUDONYM_NUMBER, "tel:49301234", "number1" },
    { OH_PSEUDONYM_TEXT, "Lunch", "text1" },
    { OH_PSEUDONYM_HOST, "PC7", "HOST1" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpstr (oh_pseudonyms_get (names, cases[i].kind, oh_slice_str (cases[i].text)), ==,
                     cases[i].expected);
  oh_pseudonyms_alias (names, "person1", oh_slice_str ("Alice Adams"));
  g_assert_cmpstr (oh_pseudonyms_get (names, OH_PSEUDONYM_TEXT, oh_slice_str ("Alice Adams")), ==,
                   "person1");
  oh_pseudonyms_alias (names, "person2", oh_slice_str ("Alice Adams")); /* the first one counts */
  g_assert_cmpstr (oh_pseudonyms_get (names, OH_PSEUDONYM_TEXT, oh_slice_str ("alice adams")), ==,
                   "person1");
  oh_pseudonyms_clear (names);
  g_assert_cmpstr (oh_pseudonyms_get (names, OH_PSEUDONYM_PERSON, oh_slice_str ("bob")), ==,
                   "person1");
}

static void
test_limit (void)
{
  g_autoptr (OhPseudonyms) names = oh_pseudonyms_new ();

  for (guint i = 0; i < OH_PSEUDONYMS_MAX; i++)
    {
      g_autofree char *name = g_strdup_printf ("user%u", i);

      g_assert_cmpstr (oh_pseudonyms_get (names, OH_PSEUDONYM_PERSON, oh_slice_str (name)), !=,
                       "person0");
    }
  g_assert_cmpstr (oh_pseudonyms_get (names, OH_PSEUDONYM_PERSON, oh_slice_str ("one")), ==,
                   "person0");
  g_assert_cmpstr (oh_pseudonyms_get (names, OH_PSEUDONYM_PERSON, oh_slice_str ("user0")), ==,
                   "person1");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pseudonym/same", test_same);
  g_test_add_func ("/pseudonym/limit", test_limit);
  return g_test_run ();
}
