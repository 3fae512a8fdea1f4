/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "number-rules.h"

#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* Lines: a dialled text, then expression and translation in turns. Whatever they say, the result is
 * a number or there is none. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_auto (GStrv) lines = g_strsplit (text, "\n", 64);
  g_autoptr (OhNumberRules) rules = oh_number_rules_new ();
  g_autoptr (OhRuledNumber) number = NULL;

  if (lines[0] == NULL)
    return 0;
  for (guint i = 1; lines[i] != NULL && lines[i + 1] != NULL; i += 2)
    oh_number_rules_add (rules, "rule", lines[i],
                         i % 4 == 1 ? OH_PATTERN_ANYWHERE : OH_PATTERN_WHOLE, lines[i + 1]);
  number = oh_number_rules_apply (rules, lines[0], NULL);
  if (number == NULL)
    return 0;
  g_assert_cmpuint (strlen (number->number), <=, OH_NUMBER_RULES_DIGITS_MAX + 1);
  g_assert_cmpuint (strspn (number->number, "+0123456789"), ==, strlen (number->number));
  g_assert_true (number->extension == NULL ||
                 strspn (number->extension, "0123456789") == strlen (number->extension));
  return 0;
}
