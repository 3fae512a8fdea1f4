/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "company-rules.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* Any octets are rules, problems or nothing. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (OhNumberRules) rules = oh_company_rules_read (oh_slice ((const char *) data, size));
  g_autoptr (OhRuledNumber) number = oh_number_rules_apply (rules, "0301234567", NULL);

  g_assert_true (number == NULL || oh_number_rules_count (rules) > 0);
  g_assert_cmpuint (oh_number_rules_count (rules), <=, OH_NUMBER_RULES_MAX);
  g_assert_cmpuint (oh_number_rules_problems (rules)->len, <=, OH_NUMBER_RULES_MAX + 1);
  return 0;
}
