/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "snom-login.h"

#include <string.h>

#define DIGEST "Digest realm=\"snom\", nonce=\"n1\", qop=\"auth\""
#define STALE "Digest realm=\"snom\", nonce=\"n2\", qop=\"auth\", stale=true"
#define SECONDS(n) ((gint64) (n) *G_USEC_PER_SEC)

static OhSnomLogin *
new_login (void)
{
  OhSnomLogin *login = oh_snom_login_new ();

  oh_snom_login_set (login, OH_PHONE_LEVEL_USER, "admin", "secret", 0);
  return login;
}

static char *
answer_to (OhSnomLogin *login)
{
  const OhHttpAsked asked = { .method = "GET", .target = "/info.htm" };

  return oh_snom_login_answer (login, &asked, FALSE);
}

static OhSnomLoginStep
challenge (OhSnomLogin *login, const char *header, gboolean answered, gint64 now_us, GError **error)
{
  const OhSnomChallenged challenged = {
    .header = header, .host = "192.0.2.50", .secure = TRUE, .answered = answered, .now_us = now_us
  };

  return oh_snom_login_challenged (login, &challenged, error);
}

static void
assert_answer (OhSnomLogin *login, const char *part)
{
  g_autofree char *answer = answer_to (login);

  g_assert_nonnull (answer);
  g_assert_nonnull (strstr (answer, part));
}

static void
test_good (void)
{
  g_autoptr (OhSnomLogin) login = new_login ();

  g_assert_null (answer_to (login)); /* nothing asked yet */
  g_assert_cmpint (challenge (login, DIGEST, FALSE, SECONDS (1), NULL), ==, OH_SNOM_LOGIN_ANSWER);
  assert_answer (login, "nc=00000001");
  oh_snom_login_accepted (login, TRUE, NULL, SECONDS (1));
  assert_answer (login, "nc=00000002");
  g_assert_false (oh_snom_login_get_unprotected (login));
  g_assert_true (oh_snom_login_may_try (login, "x", NULL));
}

/* One answer per challenge: the second refusal ends it, until another password is stored. */
static void
test_bad (void)
{
  g_autoptr (OhSnomLogin) login = new_login ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) again = NULL;

  g_assert_cmpint (challenge (login, DIGEST, FALSE, 0, NULL), ==, OH_SNOM_LOGIN_ANSWER);
  g_assert_cmpint (challenge (login, DIGEST, TRUE, 0, &error), ==, OH_SNOM_LOGIN_FAILED);
  g_assert_error (error, OH_ERROR, OH_ERROR_PHONE_LOGIN);
  g_assert_false (oh_snom_login_may_try (login, "192.0.2.50", &again));
  g_assert_error (again, OH_ERROR, OH_ERROR_PHONE_LOGIN);
  g_assert_null (strstr (again->message, "secret"));
  oh_snom_login_set (login, OH_PHONE_LEVEL_USER, "admin", "better", 0);
  g_assert_true (oh_snom_login_may_try (login, "192.0.2.50", NULL));
  assert_answer (login, "Digest "); /* the challenge is known: no failure for asking */
}

/* Stored once more unchanged: 60 s later, and not a microsecond before. */
static void
test_same_again (void)
{
  g_autoptr (OhSnomLogin) login = new_login ();
  g_autoptr (OhSnomLogin) none = oh_snom_login_new ();

  challenge (login, DIGEST, FALSE, SECONDS (1), NULL);
  challenge (login, DIGEST, TRUE, SECONDS (1), NULL);
  oh_snom_login_set (login, OH_PHONE_LEVEL_USER, "admin", "secret", SECONDS (61) - 1);
  g_assert_false (oh_snom_login_may_try (login, "x", NULL));
  oh_snom_login_set (login, OH_PHONE_LEVEL_USER, "admin", "secret", SECONDS (61));
  g_assert_true (oh_snom_login_may_try (login, "x", NULL));

  challenge (none, DIGEST, FALSE, SECONDS (1), NULL);
  oh_snom_login_set (none, OH_PHONE_LEVEL_USER, NULL, NULL,
                     SECONDS (2)); /* asking again would count as a failure */
  g_assert_false (oh_snom_login_may_try (none, "x", NULL));
  oh_snom_login_set (none, OH_PHONE_LEVEL_USER, "admin", "secret", SECONDS (2));
  g_assert_true (oh_snom_login_may_try (none, "x", NULL));
}

static void
test_none_stored (void)
{
  g_autoptr (OhSnomLogin) login = oh_snom_login_new ();
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (challenge (login, DIGEST, FALSE, 0, &error), ==, OH_SNOM_LOGIN_FAILED);
  g_assert_error (error, OH_ERROR, OH_ERROR_PHONE_LOGIN);
  g_assert_false (oh_snom_login_may_try (login, "x", NULL));
}

static void
test_schemes (void)
{
  static const struct
  {
    const char *header;
    gboolean secure;
    int code; /* -1 for none */
  } cases[] = {
    { "Basic realm=\"snom\"", TRUE, -1 },
    { "Basic realm=\"snom\"", FALSE, OH_ERROR_PHONE_REFUSED },
    { DIGEST, FALSE, -1 },
    { "Negotiate", TRUE, OH_ERROR_UNSUPPORTED },
    { NULL, TRUE, OH_ERROR_UNSUPPORTED },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OhSnomLogin) login = new_login ();
      g_autoptr (GError) error = NULL;
      const OhSnomChallenged challenged = { .header = cases[i].header,
                                            .host = "x",
                                            .secure = cases[i].secure };
      OhSnomLoginStep step = oh_snom_login_challenged (login, &challenged, &error);

      g_assert_cmpint (step, ==, cases[i].code < 0 ? OH_SNOM_LOGIN_ANSWER : OH_SNOM_LOGIN_FAILED);
      if (cases[i].code >= 0)
        g_assert_error (error, OH_ERROR, cases[i].code);
    }
}

/* Old and too old: a fresh nonce is no refusal. Too old at once: each serves one time only. */
static void
test_stale (void)
{
  g_autoptr (OhSnomLogin) login = new_login ();

  challenge (login, DIGEST, FALSE, SECONDS (1), NULL);
  g_free (answer_to (login));
  oh_snom_login_accepted (login, TRUE, NULL, SECONDS (1));
  g_assert_true (oh_snom_login_is_settled (login, SECONDS (6)));
  g_assert_false (oh_snom_login_is_settled (login, SECONDS (6) + 1));

  g_assert_cmpint (challenge (login, STALE, TRUE, SECONDS (60), NULL), ==, OH_SNOM_LOGIN_FRESH);
  assert_answer (login, "nonce=\"n2\"");
  oh_snom_login_accepted (login, TRUE, NULL, SECONDS (60));
  g_assert_true (oh_snom_login_is_settled (login, SECONDS (60)));

  g_assert_cmpint (challenge (login, STALE, TRUE, SECONDS (61), NULL), ==, OH_SNOM_LOGIN_FRESH);
  g_assert_true (oh_snom_login_is_settled (login, SECONDS (61))); /* unused as yet */
  g_free (answer_to (login));
  oh_snom_login_accepted (login, TRUE, NULL, SECONDS (61));
  g_assert_false (oh_snom_login_is_settled (login, SECONDS (61)));
}

static void
test_next_nonce (void)
{
  g_autoptr (OhSnomLogin) login = new_login ();

  challenge (login, DIGEST, FALSE, SECONDS (1), NULL);
  g_free (answer_to (login));
  oh_snom_login_accepted (login, TRUE, "nextnonce=\"n9\"", SECONDS (1));
  assert_answer (login, "nonce=\"n9\"");
}

static void
test_optional (void)
{
  g_autoptr (OhSnomLogin) login = new_login ();
  g_autoptr (GError) error = NULL;
  const OhSnomChallenged challenged = {
    .header = DIGEST, .host = "x", .secure = TRUE, .answered = TRUE, .settings = TRUE
  };

  challenge (login, DIGEST, FALSE, SECONDS (1), NULL);
  g_free (answer_to (login));
  oh_snom_login_accepted (login, TRUE, NULL, SECONDS (1));
  g_assert_cmpint (oh_snom_login_challenged (login, &challenged, &error), ==, OH_SNOM_LOGIN_FAILED);
  g_assert_error (error, OH_ERROR, OH_ERROR_PHONE_REFUSED);
  g_assert_true (oh_snom_login_may_try (login, "x", NULL)); /* the password is good elsewhere */
}

static void
test_unprotected (void)
{
  g_autoptr (OhSnomLogin) login = new_login ();

  oh_snom_login_accepted (login, FALSE, NULL, SECONDS (1));
  g_assert_true (oh_snom_login_get_unprotected (login));
  g_assert_true (oh_snom_login_is_settled (login, SECONDS (1)));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/snom-login/good", test_good);
  g_test_add_func ("/snom-login/bad", test_bad);
  g_test_add_func ("/snom-login/same-again", test_same_again);
  g_test_add_func ("/snom-login/none-stored", test_none_stored);
  g_test_add_func ("/snom-login/schemes", test_schemes);
  g_test_add_func ("/snom-login/stale", test_stale);
  g_test_add_func ("/snom-login/next-nonce", test_next_nonce);
  g_test_add_func ("/snom-login/optional", test_optional);
  g_test_add_func ("/snom-login/unprotected", test_unprotected);
  return g_test_run ();
}
