/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dial-remedy.h"

#include "error.h"

/* Only where it is certain that nothing was dialled, and the number itself is right. */
static void
test_codes (void)
{
  static const struct
  {
    OhError code;
    gboolean applies;
  } cases[] = {
    { OH_ERROR_UNREACHABLE, TRUE },
    { OH_ERROR_UNTRUSTED, TRUE },
    { OH_ERROR_PHONE_LOGIN, TRUE },
    { OH_ERROR_PHONE_LOCKED_OUT, TRUE },
    { OH_ERROR_PHONE_REFUSED, TRUE },
    { OH_ERROR_UNSUPPORTED, TRUE },
    { OH_ERROR_OUTCOME_UNKNOWN, FALSE },
    { OH_ERROR_CONFIRM, FALSE },
    { OH_ERROR_BAD_NUMBER, FALSE },
    { OH_ERROR_LOCKED, FALSE },
    { OH_ERROR_BUSY, FALSE },
    { OH_ERROR_CANCELLED, FALSE },
    { OH_ERROR_NO_PHONE, FALSE },
    { OH_ERROR_FAILED, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      GError *error = g_error_new (OH_ERROR, (int) cases[i].code, "No.");
      g_autoptr (GError) said = NULL;

      g_assert_cmpint (oh_dial_remedy_applies (error), ==, cases[i].applies);
      said = oh_dial_remedy_add (error, "+4930123");
      g_assert_error (said, OH_ERROR, (int) cases[i].code);
      g_assert_cmpstr (said->message, ==,
                       cases[i].applies ? "No. You can dial +4930123 on the phone itself." : "No.");
    }
  g_assert_false (oh_dial_remedy_applies (NULL));
}

static void
test_no_number (void)
{
  g_autoptr (GError) said =
    oh_dial_remedy_add (g_error_new (OH_ERROR, OH_ERROR_UNSUPPORTED, "No."), NULL);

  g_assert_cmpstr (said->message, ==, "No.");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/dial-remedy/codes", test_codes);
  g_test_add_func ("/dial-remedy/no-number", test_no_number);
  return g_test_run ();
}
