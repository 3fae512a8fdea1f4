/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "backoff.h"

#define SECONDS(n) ((gint64) ((n) *G_USEC_PER_SEC))

static void
test_table (void)
{
  static const struct
  {
    guint attempt;
    double random;
    double seconds;
  } cases[] = {
    { 0, 0.5, 2.5 }, { 1, 0.0, 0.0 }, { 1, 0.5, 2.5 },  { 2, 0.5, 10 },
    { 2, 0.0, 8 },   { 3, 0.5, 20 },  { 4, 0.5, 40 },   { 7, 0.5, 300 },
    { 7, 0.0, 240 }, { 8, 0.5, 300 }, { 50, 0.5, 300 }, { G_MAXUINT, 0.5, 300 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (oh_backoff_delay_us (cases[i].attempt, cases[i].random), ==,
                     SECONDS (cases[i].seconds));
}

static void
test_bounds (void)
{
  for (guint attempt = 0; attempt < 100; attempt++)
    for (double random = 0; random < 1; random += 0.01)
      {
        gint64 delay_us = oh_backoff_delay_us (attempt, random);

        g_assert_cmpint (delay_us, >=, 0);
        g_assert_cmpint (delay_us, <=, OH_BACKOFF_CAP_US + OH_BACKOFF_CAP_US / 5);
      }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/backoff/table", test_table);
  g_test_add_func ("/backoff/bounds", test_bounds);
  return g_test_run ();
}
