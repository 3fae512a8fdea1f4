/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "private-numbers.h"

#include <string.h>

#include "number.h"

static OhPrivateNumbers *
make (const char *const *texts, guint *out_unread)
{
  g_autoptr (OhDialPlan) plan = oh_dial_plan_new ("49", "30", "00", "0", "0", 4);

  return oh_private_numbers_new (texts, plan, out_unread);
}

static void
test_matches (void)
{
  static const struct
  {
    const char *setting, *number;
    gboolean is_private;
  } cases[] = {
    { "030 3984711", "+49303984711", TRUE },
    { "+49 (0)30 398-4711", "+49303984711", TRUE },
    { "+49303984711", "0303984711", TRUE }, /* where a phone tells it without its country */
    { "030 3984711", "+49303984712", FALSE },
    { "4711", "4711", TRUE },
    { "4711", "+49303984711", FALSE }, /* nothing is guessed */
    { "+4930398*", "+49303984711", TRUE },
    { "+49 (30) 398*", "+49303984711", TRUE },
    { "+4930398*", "+4930397", FALSE },
    { "+49900*", "+499001234567", TRUE },
    { "+4*", "+4", TRUE },
    { "47*", "4711", TRUE },
    { "47*", "4811", FALSE },
    { "4711", "", FALSE }, /* withheld */
    { "4711", NULL, FALSE },
    { "*", "4711", FALSE }, /* everything would be "history-days" 0 */
    { "+*", "+49303984711", FALSE },
    { "+4a*", "+4a", FALSE },
    { "my doctor", "4711", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const char *const texts[] = { cases[i].setting, NULL };
      g_autoptr (OhPrivateNumbers) numbers = make (texts, NULL);
      g_autoptr (OhPrivateNumbers) copy = oh_private_numbers_copy (numbers);

      g_test_message ("%s: %s", cases[i].setting, cases[i].number);
      g_assert_cmpint (oh_private_numbers_has (numbers, cases[i].number), ==, cases[i].is_private);
      g_assert_cmpint (oh_private_numbers_has (copy, cases[i].number), ==, cases[i].is_private);
    }
}

static void
test_limits (void)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) texts = NULL;
  g_autoptr (OhPrivateNumbers) all = NULL;
  g_autoptr (OhPrivateNumbers) none = NULL;
  g_autofree char *last = g_strdup_printf ("+49%06d", OH_PRIVATE_NUMBERS_MAX);
  g_autofree char *beyond = g_strdup_printf ("+49%06d", OH_PRIVATE_NUMBERS_MAX + 1);
  guint unread = 0;

  for (int i = 1; i <= OH_PRIVATE_NUMBERS_MAX + 1; i++)
    {
      g_autofree char *text = g_strdup_printf ("+49%06d*", i);

      g_strv_builder_add (builder, text);
    }
  texts = g_strv_builder_end (builder);
  all = make ((const char *const *) texts, &unread);
  g_assert_cmpuint (unread, ==, 1);
  g_assert_true (oh_private_numbers_has (all, last));
  g_assert_false (oh_private_numbers_has (all, beyond));
  g_assert_false (oh_private_numbers_is_empty (all));
  none = make (NULL, &unread);
  g_assert_cmpuint (unread, ==, 0);
  g_assert_true (oh_private_numbers_is_empty (none));
}

/* As long as a number can be written, and one longer. */
static void
test_length (void)
{
  for (gsize len = OH_NUMBER_TEXT_MAX; len <= OH_NUMBER_TEXT_MAX + 1; len++)
    {
      g_autofree char *text = g_strnfill (len, ' ');
      const char *const texts[] = { text, NULL };
      g_autoptr (OhPrivateNumbers) numbers = NULL;
      guint unread = 0;

      memcpy (text, "+491", strlen ("+491"));
      text[len - 1] = '*';
      numbers = make (texts, &unread);
      g_assert_cmpint (oh_private_numbers_has (numbers, "+4912"), ==, len == OH_NUMBER_TEXT_MAX);
      g_assert_cmpuint (unread, ==, len == OH_NUMBER_TEXT_MAX ? 0 : 1);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/private-numbers/matches", test_matches);
  g_test_add_func ("/private-numbers/limits", test_limits);
  g_test_add_func ("/private-numbers/length", test_length);
  return g_test_run ();
}
