/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "scheme-failure.h"

/* The table, once more and by itself: who changes one has to mean it. */
static void
test_every_row (void)
{
  static const struct
  {
    OhSchemeFailure failure;
    gboolean other_may_mend;
    OhError code;
  } rows[] = {
    { OH_SCHEME_FAILURE_NONE, TRUE, OH_ERROR_FAILED },
    { OH_SCHEME_FAILURE_NO_TICKET, TRUE, OH_ERROR_TICKET },
    { OH_SCHEME_FAILURE_TICKET_EXPIRED, TRUE, OH_ERROR_TICKET },
    { OH_SCHEME_FAILURE_NAME_UNKNOWN, TRUE, OH_ERROR_SIGN_IN },
    { OH_SCHEME_FAILURE_SERVICE_UNKNOWN, TRUE, OH_ERROR_MECHANISM },
    { OH_SCHEME_FAILURE_NO_KDC, TRUE, OH_ERROR_UNREACHABLE },
    { OH_SCHEME_FAILURE_CLOCK, TRUE, OH_ERROR_CLOCK },
    { OH_SCHEME_FAILURE_CIPHER, TRUE, OH_ERROR_MECHANISM },
    { OH_SCHEME_FAILURE_UNAVAILABLE, TRUE, OH_ERROR_MECHANISM },
    { OH_SCHEME_FAILURE_NO_PASSWORD, TRUE, OH_ERROR_SIGN_IN },
    { OH_SCHEME_FAILURE_OFFER, TRUE, OH_ERROR_MECHANISM },
    { OH_SCHEME_FAILURE_BROKEN, TRUE, OH_ERROR_PROTOCOL },
    { OH_SCHEME_FAILURE_TICKET_REFUSED, TRUE, OH_ERROR_MECHANISM },
    { OH_SCHEME_FAILURE_KEY_STRENGTH, TRUE, OH_ERROR_MECHANISM },
    { OH_SCHEME_FAILURE_FORBIDDEN, TRUE, OH_ERROR_MECHANISM },
    { OH_SCHEME_FAILURE_PASSWORD, FALSE, OH_ERROR_SIGN_IN },
    { OH_SCHEME_FAILURE_PASSWORD_EXPIRED, FALSE, OH_ERROR_PASSWORD_EXPIRED },
    { OH_SCHEME_FAILURE_ACCOUNT, FALSE, OH_ERROR_ACCOUNT },
  };
  g_autoptr (GHashTable) words = g_hash_table_new (g_str_hash, g_str_equal);

  g_assert_cmpuint (G_N_ELEMENTS (rows), ==, OH_N_SCHEME_FAILURES);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      OhSchemeFailure failure = rows[i].failure;

      g_assert_cmpuint (failure, ==, i);
      g_test_message ("%s", oh_scheme_failure_word (failure));
      g_assert_true (g_hash_table_add (words, (gpointer) oh_scheme_failure_word (failure)));
      g_assert_cmpint (oh_scheme_failure_other_may_mend (failure), ==, rows[i].other_may_mend);
      g_assert_cmpint (oh_scheme_failure_code (failure), ==, rows[i].code);
    }
}

/* Whatever came first: a judgement on the account is what the user hears of. */
static void
test_ranks (void)
{
  for (OhSchemeFailure first = 0; first < OH_N_SCHEME_FAILURES; first++)
    {
      g_assert_false (oh_scheme_failure_outranks (first, first));
      g_assert_false (oh_scheme_failure_outranks (first, OH_SCHEME_FAILURE_PASSWORD));
      g_assert_cmpint (oh_scheme_failure_outranks (OH_SCHEME_FAILURE_PASSWORD, first), ==,
                       oh_scheme_failure_other_may_mend (first));
    }
  g_assert_true (
    oh_scheme_failure_outranks (OH_SCHEME_FAILURE_NO_TICKET, OH_SCHEME_FAILURE_NO_PASSWORD));
  g_assert_true (
    oh_scheme_failure_outranks (OH_SCHEME_FAILURE_CLOCK, OH_SCHEME_FAILURE_NO_PASSWORD));
  g_assert_false (
    oh_scheme_failure_outranks (OH_SCHEME_FAILURE_NO_KDC, OH_SCHEME_FAILURE_NO_PASSWORD));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scheme-failure/every-row", test_every_row);
  g_test_add_func ("/scheme-failure/ranks", test_ranks);
  return g_test_run ();
}
