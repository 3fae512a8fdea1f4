/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "custom-activity.h"

static void
test_pick (void)
{
  OhCustomActivity english = { 1033, (char *) "At lunch" };
  OhCustomActivity german = { 1031, (char *) "Zu Tisch" };
  OhCustomActivity french = { 1036, (char *) "À table" };
  OhCustomActivity unknown = { 0, (char *) "Na obědě" };
  static const struct
  {
    const char *languages[4];
    const char *among; /* e, g, f, u */
    const char *expected;
  } cases[] = {
    { { "de_DE.UTF-8", "de", "C" }, "egf", "Zu Tisch" },
    { { "de_AT", "de", "C" }, "feg", "Zu Tisch" }, /* the language counts, not the country */
    { { "fr_CA@x", "C" }, "egf", "À table" },
    { { "DE", NULL }, "eg", "Zu Tisch" },
    { { "pl_PL", "de", "C" }, "egf", "Zu Tisch" }, /* the second best that the user reads */
    { { "pl_PL", "C" }, "fge", "At lunch" },       /* English where there is none of them */
    { { "pl_PL", "C" }, "fg", "À table" },         /* what there is */
    { { "C", NULL }, "u", "Na obědě" },
    { { "den", "d", "", NULL }, "uf", "Na obědě" }, /* no language that we know */
    { { NULL }, "g", "Zu Tisch" },
    { { "de", NULL }, "", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) customs = g_ptr_array_new ();

      for (const char *one = cases[i].among; *one != '\0'; one++)
        g_ptr_array_add (customs, *one == 'e'   ? &english
                                  : *one == 'g' ? &german
                                  : *one == 'f' ? &french
                                                : &unknown);
      g_test_message ("case %" G_GSIZE_FORMAT, i);
      g_assert_cmpstr (oh_custom_activity_pick (customs, cases[i].languages), ==,
                       cases[i].expected);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/custom-activity/pick", test_pick);
  return g_test_run ();
}
