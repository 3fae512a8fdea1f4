/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "name-guess.h"

static void
test_guesses (void)
{
  static const struct
  {
    const char *mac, *model, *line;
    guint n;
    const char *one;
  } cases[] = {
    { "000413AABBCC", "snomD785", NULL, 1, "snomD785-AABBCC" },
    { "000413AABBCC", NULL, NULL, 37, "snom360-AABBCC" },
    { "000413AABBCC", "evil name", NULL, 0, NULL },
    { NULL, NULL, "tel:+4930398330;ext=330", 2, "snom-330" },
    { NULL, NULL, "330", 2, "snom330" },
    { NULL, NULL, "tel:+4930398330", 0, NULL }, /* a whole number names no phone */
    { NULL, NULL, "12345678", 2, "snom-12345678" },
    { NULL, NULL, "123456789", 0, NULL },
    { NULL, NULL, "", 0, NULL },
    { "000413AABBCC", NULL, "330", 39, "snom-330" },
    { "short", "snomD785", NULL, 0, NULL },
    { NULL, NULL, NULL, 0, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (GStrv) names = oh_name_guesses (cases[i].mac, cases[i].model, cases[i].line);

      g_assert_cmpuint (g_strv_length (names), ==, cases[i].n);
      g_assert_cmpuint (cases[i].n, <=, OH_NAME_GUESSES_MAX);
      if (cases[i].one != NULL)
        g_assert_true (g_strv_contains ((const char *const *) names, cases[i].one));
    }
}

static void
test_plain (void)
{
  g_assert_true (oh_name_is_plain ("snomD785-AABBCC"));
  g_assert_true (oh_name_is_plain ("phone.example"));
  g_assert_false (oh_name_is_plain (""));
  g_assert_false (oh_name_is_plain ("-a"));
  g_assert_false (oh_name_is_plain ("a b"));
  g_assert_false (oh_name_is_plain ("a/b"));
  g_assert_false (oh_name_is_plain ("a@b"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/name-guess/guesses", test_guesses);
  g_test_add_func ("/name-guess/plain", test_plain);
  return g_test_run ();
}
