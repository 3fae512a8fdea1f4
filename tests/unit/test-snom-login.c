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

      g_autofree char *next = answer_to (login);

      g_assert_cmpint (step, ==, cases[i].code < 0 ? OH_SNOM_LOGIN_ANSWER : OH_SNOM_LOGIN_FAILED);
      g_assert_cmpint (next != NULL, ==,
                       cases[i].code < 0); /* what was refused is not answered later */
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

static OhSnomLoginStep
refuse_settings (OhSnomLogin *login, gint64 now_us, GError **error)
{
  const OhSnomChallenged challenged = { .header = DIGEST,
                                        .host = "192.0.2.50",
                                        .secure = TRUE,
                                        .answered = TRUE,
                                        .settings = TRUE,
                                        .now_us = now_us };

  return oh_snom_login_challenged (login, &challenged, error);
}

static void
assert_user (OhSnomLogin *login, gboolean settings, const char *user)
{
  const OhHttpAsked asked = { .method = "GET", .target = "/" };
  g_autofree char *answer = oh_snom_login_answer (login, &asked, settings);
  g_autofree char *part = g_strdup_printf ("username=\"%s\"", user);

  g_assert_nonnull (answer);
  g_assert_nonnull (strstr (answer, part));
}

/* Commands go with the lowest; the settings with the next one where it is too small for them. */
static void
test_levels (void)
{
  g_autoptr (OhSnomLogin) login = new_login ();

  oh_snom_login_set (login, OH_PHONE_LEVEL_SERVICE, "fitter", "spanner", 0);
  challenge (login, DIGEST, FALSE, 0, NULL);
  assert_user (login, TRUE, "admin");
  oh_snom_login_accepted (login, TRUE, NULL, SECONDS (1));
  g_assert_true (oh_snom_login_raise (login)); /* the page showed too little */
  assert_user (login, TRUE, "fitter");
  g_assert_false (oh_snom_login_raise (login));
  assert_user (login, FALSE, "admin");
}

/* A page that is another user's: the next level answers, once, and the lower one stays good. */
static void
test_refused_settings (void)
{
  g_autoptr (OhSnomLogin) login = new_login ();
  g_autoptr (GError) error = NULL;

  oh_snom_login_set (login, OH_PHONE_LEVEL_ADMIN, "boss", "0000", 0);
  challenge (login, DIGEST, FALSE, 0, NULL);
  assert_user (login, FALSE, "admin");
  oh_snom_login_accepted (login, TRUE, NULL, SECONDS (1));
  assert_user (login, TRUE, "admin");
  g_assert_cmpint (refuse_settings (login, SECONDS (2), NULL), ==, OH_SNOM_LOGIN_ANSWER);
  assert_user (login, TRUE, "boss");
  g_assert_cmpint (refuse_settings (login, SECONDS (2), &error), ==, OH_SNOM_LOGIN_FAILED);
  assert_user (login, FALSE, "admin");
  assert_user (login, TRUE, "admin"); /* "boss" was refused: never again */
}

/* The bare request and one refusal: what a phone may count without the user is two, whatever else
   is stored. */
static void
test_failures (void)
{
  g_autoptr (OhSnomLogin) login = new_login ();
  g_autoptr (GError) error = NULL;

  oh_snom_login_set (login, OH_PHONE_LEVEL_ADMIN, "boss", "0000", 0);
  oh_snom_login_set (login, OH_PHONE_LEVEL_SERVICE, "fitter", "spanner", 0);
  challenge (login, DIGEST, FALSE, SECONDS (1), NULL);
  assert_user (login, FALSE, "admin");
  g_assert_cmpint (challenge (login, DIGEST, TRUE, SECONDS (1), &error), ==, OH_SNOM_LOGIN_FAILED);
  g_assert_error (error, OH_ERROR, OH_ERROR_PHONE_LOGIN);
  g_assert_cmpint (oh_snom_login_hold_us (login, SECONDS (1)), ==, 0);
  g_assert_false (oh_snom_login_may_try (login, "x", NULL)); /* not "boss" either, by itself */
  /* the user insists: a third failure, and then a minute's rest, to the microsecond */
  oh_snom_login_set (login, OH_PHONE_LEVEL_USER, "admin", "guess", SECONDS (2));
  g_assert_true (oh_snom_login_may_try (login, "x", NULL));
  assert_user (login, FALSE, "admin");
  g_clear_error (&error);
  g_assert_cmpint (challenge (login, DIGEST, TRUE, SECONDS (2), &error), ==, OH_SNOM_LOGIN_FAILED);
  g_assert_cmpint (oh_snom_login_hold_us (login, SECONDS (2)), ==, OH_SNOM_REFUSED_US);
  g_assert_cmpint (oh_snom_login_hold_us (login, SECONDS (62) - 1), ==, 1);
  g_assert_cmpint (oh_snom_login_hold_us (login, SECONDS (62)), ==, 0);
  g_assert_false (oh_snom_login_may_try (login, "x", NULL)); /* rested, and still the user's turn */
  oh_snom_login_accepted (login, TRUE, NULL, SECONDS (63));
  g_assert_cmpint (oh_snom_login_hold_us (login, SECONDS (63)), ==, 0);
}

/* Each nonce that was taken at some age makes the next one trusted as long, up to a limit; one that
   was too old puts an end to that. */
static void
test_nonce_life (void)
{
  static const struct
  {
    gint64 accepted_s; /* the nonce is of second 0 */
    gint64 settled_s;
  } steps[] = { { 4, 5 }, { 9, 9 }, { 18, 18 }, { 36, 36 }, { 72, 60 }, { 500, 60 } };
  g_autoptr (OhSnomLogin) login = new_login ();

  challenge (login, DIGEST, FALSE, 0, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      gint64 until_us = SECONDS (steps[i].accepted_s + steps[i].settled_s);

      g_free (answer_to (login));
      oh_snom_login_accepted (login, TRUE, NULL, SECONDS (steps[i].accepted_s));
      g_assert_cmpint (oh_snom_login_settled_us (login), ==, SECONDS (steps[i].settled_s));
      g_assert_cmpint (oh_snom_login_settled_until_us (login), ==, until_us);
      g_assert_true (oh_snom_login_is_settled (login, until_us));
      g_assert_false (oh_snom_login_is_settled (login, until_us + 1));
    }
  g_free (answer_to (login));
  g_assert_cmpint (challenge (login, STALE, TRUE, SECONDS (600), NULL), ==, OH_SNOM_LOGIN_FRESH);
  g_free (answer_to (login));
  oh_snom_login_accepted (login, TRUE, NULL, SECONDS (601)); /* a nonce of second 600 */
  g_assert_cmpint (oh_snom_login_settled_until_us (login), <=, SECONDS (601) + SECONDS (60));
}

/* In a session our own nonce stays as long as the phone's. */
static void
test_session (void)
{
  g_autoptr (OhSnomLogin) login = new_login ();
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  challenge (login, "Digest realm=\"snom\", nonce=\"n\", qop=\"auth\", algorithm=MD5-sess", FALSE,
             0, NULL);
  first = answer_to (login);
  second = answer_to (login);
  g_assert_cmpstr (strstr (first, "cnonce="), ==, strstr (second, "cnonce="));
  g_assert_nonnull (strstr (second, "nc=00000002"));
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
  g_test_add_func ("/snom-login/levels", test_levels);
  g_test_add_func ("/snom-login/refused-settings", test_refused_settings);
  g_test_add_func ("/snom-login/failures", test_failures);
  g_test_add_func ("/snom-login/nonce-life", test_nonce_life);
  g_test_add_func ("/snom-login/session", test_session);
  return g_test_run ();
}
