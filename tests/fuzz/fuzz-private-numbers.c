/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "private-numbers.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* One setting per line: a withheld number is never private, and a copy knows the same. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  static const char *const numbers[] = { "", "4711", "+49303984711", "0303984711", "110", "*21#" };
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_auto (GStrv) lines = g_strsplit (text, "\n", 0);
  g_autoptr (OhDialPlan) plan = oh_dial_plan_new ("49", "30", "00", "0", "0", 4);
  guint unread = 0;
  g_autoptr (OhPrivateNumbers) all =
    oh_private_numbers_new ((const char *const *) lines, plan, &unread);
  g_autoptr (OhPrivateNumbers) copy = oh_private_numbers_copy (all);

  g_assert_cmpuint (unread, <=, g_strv_length (lines));
  g_assert_cmpint (oh_private_numbers_is_empty (all), ==, unread == g_strv_length (lines));
  g_assert_false (oh_private_numbers_has (all, numbers[0]));
  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    g_assert_cmpint (oh_private_numbers_has (all, numbers[i]), ==,
                     oh_private_numbers_has (copy, numbers[i]));
  return 0;
}
