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

/* Whatever is accepted is short, dialable, and never a code when it came from a link. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autoptr (OhDialPlan) plan = oh_dial_plan_new ("49", "30", "00", "0", "0", 4);

  for (int source = OH_NUMBER_FROM_USER; source <= OH_NUMBER_FROM_CALL; source++)
    {
      g_autoptr (OhNumber) number = oh_number_parse (text, (OhNumberSource) source, plan, NULL);

      if (number == NULL)
        continue;
      g_assert_cmpuint (number->dialled[strspn (number->dialled, "+0123456789*#")], ==, '\0');
      g_assert_true (g_utf8_validate (number->display, -1, NULL));
      g_assert_cmpuint (strlen (number->dialled), <=, OH_NUMBER_DIALLED_MAX);
      if (source == OH_NUMBER_FROM_LINK)
        {
          g_assert_null (strpbrk (number->canonical, "*#"));
          g_assert_null (number->tones);
        }
      check_again (number, plan);
    }
  return 0;
}
