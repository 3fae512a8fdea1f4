/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "phone-metadata.h"

#include <string.h>

#include "number.h"

#define ROUNDS 4000
#define SEED 0x0ff400cU

/* The tables change with the system; these numbers are told apart by the numbering plans
 * themselves. */
static void
test_facts (void)
{
  /* clang-format off */
  static const struct
  {
    const char *number, *country, *display, *region, *type;
    gboolean valid, premium, emergency;
  } cases[] = {
    { "+493039833012", "49", "030 39833012", "DE", "fixed-line", TRUE, FALSE, FALSE },
    { "+493039833012", "44", "+49 30 39833012", "DE", "fixed-line", TRUE, FALSE, FALSE },
    { "+442079460123", "49", "+44 20 7946 0123", "GB", "fixed-line", TRUE, FALSE, FALSE },
    { "+442079460123", "44", "020 7946 0123", "GB", "fixed-line", TRUE, FALSE, FALSE },
    { "+390612345678", "39", "06 1234 5678", "IT", "fixed-line", TRUE, FALSE, FALSE },
    { "+491711234567", "49", "0171 1234567", "DE", "mobile", TRUE, FALSE, FALSE },
    { "+498001234567", "49", "0800 1234567", "DE", "toll-free", TRUE, FALSE, FALSE },
    { "+499001234567", "49", "0900 1 234567", "DE", "premium-rate", TRUE, TRUE, FALSE },
    { "+4930", "49", NULL, NULL, "", FALSE, FALSE, FALSE },
    { "112", "49", NULL, "DE", "short", TRUE, FALSE, TRUE },
    { "110", "49", NULL, "DE", "short", TRUE, FALSE, TRUE },
    { "999", "44", NULL, "GB", "short", TRUE, FALSE, TRUE },
    { "999", "353", NULL, "IE", "short", TRUE, FALSE, TRUE },
    { "4711", "49", NULL, NULL, NULL, FALSE, FALSE, FALSE },
    { "112", "", NULL, NULL, NULL, FALSE, FALSE, FALSE },
    { "*21#", "49", NULL, NULL, NULL, FALSE, FALSE, FALSE },
    { "", "49", NULL, NULL, NULL, FALSE, FALSE, FALSE },
    { "+", "999", NULL, NULL, NULL, FALSE, FALSE, FALSE },
  };
  /* clang-format on */

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (OhNumberFacts) facts = { NULL };

      oh_phone_metadata_facts (cases[i].number, cases[i].country, &facts);
      g_test_message ("%s: %s, %s, %s", cases[i].number, facts.display, facts.region, facts.type);
      g_assert_cmpstr (facts.display, ==, cases[i].display);
      g_assert_cmpstr (facts.region, ==, cases[i].region);
      g_assert_cmpstr (facts.type, ==, cases[i].type);
      g_assert_cmpint (facts.valid, ==, cases[i].valid);
      g_assert_cmpint (facts.premium, ==, cases[i].premium);
      g_assert_cmpint (facts.emergency, ==, cases[i].emergency);
    }
}

/* A number is shown as people write it, and never so that it would be read as another. */
static void
test_display (void)
{
  g_autoptr (OhDialPlan) berlin = oh_dial_plan_new ("49", "30", "00", "0", "", 4);
  g_autoptr (OhDialPlan) odd = oh_dial_plan_new ("49", "30", "00", "7", "", 4);
  g_autoptr (OhNumber) home = NULL, abroad = NULL, other = NULL;

  berlin->facts = oh_phone_metadata_facts;
  odd->facts = oh_phone_metadata_facts;
  home = oh_number_parse ("+49 30 39833012", OH_NUMBER_FROM_USER, berlin, NULL);
  g_assert_cmpstr (home->display, ==, "030 39833012");
  abroad = oh_number_parse ("+1 617 253 0000 x42", OH_NUMBER_FROM_USER, berlin, NULL);
  g_assert_cmpstr (abroad->display, ==, "+1 617-253-0000 ext. 42");
  g_assert_cmpstr (abroad->region, ==, "US");
  /* here "030 …" is a local number */
  other = oh_number_parse ("+49 30 39833012", OH_NUMBER_FROM_USER, odd, NULL);
  g_assert_cmpstr (other->display, ==, "+49 30 39833012");
}

/* With all that it knows: what is dialled is the same as without. */
static void
test_never_dials (void)
{
  GRand *rand = g_rand_new_with_seed (SEED);
  g_autoptr (OhDialPlan) plain = oh_dial_plan_new ("49", "30", "00", "0", "0", 4);
  g_autoptr (OhDialPlan) informed = oh_dial_plan_copy (plain);
  static const char *const starts[] = { "+49", "+44", "+1", "+39", "0", "00", "0900", "11", "" };
  guint known = 0;

  informed->facts = oh_phone_metadata_facts;
  for (guint round = 0; round < ROUNDS; round++)
    {
      g_autoptr (GString) text =
        g_string_new (starts[g_rand_int_range (rand, 0, G_N_ELEMENTS (starts))]);
      g_autoptr (OhNumber) a = NULL, b = NULL;

      for (gint32 n = g_rand_int_range (rand, 0, 12); n > 0; n--)
        g_string_append_c (text, (char) ('0' + g_rand_int_range (rand, 0, 10)));
      a = oh_number_parse (text->str, OH_NUMBER_FROM_USER, plain, NULL);
      b = oh_number_parse (text->str, OH_NUMBER_FROM_USER, informed, NULL);
      g_assert_true ((a == NULL) == (b == NULL));
      if (a == NULL)
        continue;
      known += b->valid ? 1 : 0;
      g_assert_cmpstr (b->dialled, ==, a->dialled);
      g_assert_cmpstr (b->canonical, ==, a->canonical);
      g_assert_cmpstr (b->rule, ==, a->rule);
      g_assert_true (oh_number_always_asks (b) || !oh_number_always_asks (a));
    }
  g_rand_free (rand);
  g_assert_cmpuint (known, >, ROUNDS / 20);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/phone-metadata/facts", test_facts);
  g_test_add_func ("/phone-metadata/display", test_display);
  g_test_add_func ("/phone-metadata/never-dials", test_never_dials);
  return g_test_run ();
}
