/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "srv-order.h"

/* Chance as the test wants it: one number for each choice. */
typedef struct
{
  const guint32 *numbers;
  guint next;
} Chance;

static guint32
next_number (guint32 max, gpointer user_data)
{
  Chance *chance = user_data;
  guint32 number = chance->numbers[chance->next++];

  g_assert_cmpuint (number, <=, max);
  return number;
}

/* "a/PRIORITY/WEIGHT b/…": their names in the order made of @random. */
static char *
order (const char *text, OhSrvRandom random, gpointer user_data)
{
  g_auto (GStrv) words = g_strsplit (text, " ", 0);
  g_autoptr (GString) out = g_string_new (NULL);
  GList *list = NULL;

  for (guint i = 0; words[i] != NULL && words[i][0] != '\0'; i++)
    {
      g_auto (GStrv) parts = g_strsplit (words[i], "/", 3);

      list = g_list_append (
        list, g_srv_target_new (parts[0], 5061, (guint16) g_ascii_strtoull (parts[1], NULL, 10),
                                (guint16) g_ascii_strtoull (parts[2], NULL, 10)));
    }
  list = oh_srv_order (list, random, user_data);
  for (GList *l = list; l != NULL; l = l->next)
    g_string_append (out, g_srv_target_get_hostname (l->data));
  g_resolver_free_targets (list);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static void
test_order (void)
{
  static const struct
  {
    const char *targets;
    guint32 numbers[4];
    const char *wanted;
  } cases[] = {
    { "", { 0 }, "" },
    { "a/0/0", { 0 }, "a" },
    { "b/20/0 a/10/0 c/65535/0", { 0, 0, 0 }, "abc" },
    /* running sums 1, 4: 0 and 1 are a's, 2 to 4 are b's */
    { "a/1/1 b/1/3", { 0, 0 }, "ab" },
    { "a/1/1 b/1/3", { 1, 0 }, "ab" },
    { "a/1/1 b/1/3", { 2, 0 }, "ba" },
    { "a/1/1 b/1/3", { 4, 1 }, "ba" },
    /* one without weight has its small chance, and else comes last */
    { "b/1/10 a/1/0", { 0, 0 }, "ab" },
    { "b/1/10 a/1/0", { 1, 0 }, "ba" },
    { "b/1/10 a/1/0", { 10, 0 }, "ba" },
    { "a/1/0 b/1/0 c/1/0", { 0, 0, 0 }, "abc" },
    /* chance never carries over a priority */
    { "c/2/100 a/1/1 b/1/1", { 2, 0, 100 }, "bac" },
    { "a/0/65535 b/0/65535", { 131070, 65535 }, "ba" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      Chance chance = { cases[i].numbers, 0 };
      g_autofree char *got = order (cases[i].targets, next_number, &chance);

      g_assert_cmpstr (got, ==, cases[i].wanted);
    }
}

static guint32
seeded (guint32 max, gpointer user_data)
{
  return (guint32) g_rand_int_range (user_data, 0, (gint32) max + 1);
}

/* The same seed every time: three of four, more or less, see the heavy one first. */
static void
test_shares (void)
{
  g_autoptr (GRand) chance = g_rand_new_with_seed (2782);
  guint heavy = 0;
  guint spare = 0;

  for (guint i = 0; i < 1000; i++)
    {
      g_autofree char *got = order ("a/1/100 b/1/300 s/1/0", seeded, chance);

      heavy += got[0] == 'b';
      spare += got[0] == 's';
    }
  g_assert_cmpuint (heavy, >, 700);
  g_assert_cmpuint (heavy, <, 800);
  g_assert_cmpuint (spare, <, 20);
}

static void
test_random (void)
{
  gboolean seen[3] = { FALSE };

  g_random_set_seed (1);
  for (guint i = 0; i < 200; i++)
    {
      guint32 number = oh_srv_random (2, NULL);

      g_assert_cmpuint (number, <=, 2);
      seen[number] = TRUE;
      g_assert_cmpuint (oh_srv_random (0, NULL), ==, 0);
    }
  g_assert_true (seen[0] && seen[1] && seen[2]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/srv-order/order", test_order);
  g_test_add_func ("/srv-order/shares", test_shares);
  g_test_add_func ("/srv-order/random", test_random);
  return g_test_run ();
}
