/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "number.h"

#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* Read again, it is the same number, or the user is asked. */
static void
check_again (const OhNumber *number, const OhDialPlan *plan)
{
  g_autoptr (OhNumber) again = oh_number_parse (number->dialled, OH_NUMBER_FROM_USER, plan, NULL);

  if (again != NULL && again->doubt == NULL)
    g_assert_cmpstr (again->dialled, ==, number->dialled);
}

/* A location profile as a server may send it. */
static OhDialPlan *
new_ruled_plan (void)
{
  static const char *const profile[][2] = {
    { "^([1-9]\\d{2})$", "+442079460$1" },
    { "^9?0([1-9]\\d{8,9})$", "+44$1" },
    { "^9?00(\\d{7,15})$", "+$1" },
    { "^(112|999)$", "+$1" },
    { "^(\\+?\\d+)(?:x|X|EXT)(\\d+)$", "$1;ext=$2" },
    { "(\\d+)+7$", "$1$1" },
    { "\\*(\\d+)", "$1" },
  };
  OhDialPlan *plan = oh_dial_plan_new ("44", "113", "00", "0", "", 4);
  g_autoptr (OhNumberRules) rules = oh_number_rules_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (profile); i++)
    oh_number_rules_add (rules, "rule", profile[i][0], OH_PATTERN_ANYWHERE, profile[i][1]);
  oh_dial_plan_set_rules (plan, NULL, rules);
  return plan;
}

static void
check_bounds (const OhNumber *number)
{
  g_assert_cmpuint (number->dialled[strspn (number->dialled, "+0123456789*#")], ==, '\0');
  g_assert_cmpuint (strlen (number->dialled), <=, OH_NUMBER_DIALLED_MAX);
  g_assert_true (g_utf8_validate (number->display, -1, NULL));
}

/* Whatever is accepted is short, dialable, and never a code when it came from a link. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autoptr (OhDialPlan) plan = oh_dial_plan_new ("49", "30", "00", "0", "0", 4);

  g_autoptr (OhDialPlan) ruled_plan = new_ruled_plan ();
  g_autoptr (OhNumber) ruled = oh_number_parse (text, OH_NUMBER_FROM_USER, ruled_plan, NULL);

  if (ruled != NULL)
    check_bounds (ruled);
  for (int source = OH_NUMBER_FROM_USER; source <= OH_NUMBER_FROM_CALL; source++)
    {
      g_autoptr (OhNumber) number = oh_number_parse (text, (OhNumberSource) source, plan, NULL);

      if (number == NULL)
        continue;
      check_bounds (number);
      if (source == OH_NUMBER_FROM_LINK)
        {
          g_assert_null (strpbrk (number->canonical, "*#"));
          g_assert_null (number->tones);
        }
      check_again (number, plan);
    }
  return 0;
}
