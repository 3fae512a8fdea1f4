/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "judge-sign-in.h"

#include <string.h>

#include "judge-fixture.h"

/* --- the first answer --- */

static void
test_offers (void)
{
  static const struct
  {
    const char *header;
    gboolean kerberos, ntlm;
    gboolean allowed;
    gboolean good;
    const char *found;
  } cases[] = {
    { "Kerberos realm=\"R\", targetname=\"sip/fe1.b.test\", version=4", TRUE, TRUE, TRUE, TRUE,
      "challenge-read/ok" },
    { "NTLM realm=\"R\", targetname=\"fe1.b.test\", version=4", TRUE, TRUE, TRUE, TRUE,
      "challenge-read/ok" },
    { "NTLM realm=\"R\", targetname=\"fe1.b.test\", version=4", TRUE, FALSE, TRUE, FALSE,
      "challenge-read/ok;scheme-missing/error" },
    { "TLS-DSK realm=\"R\", targetname=\"fe1.b.test\", version=4", TRUE, TRUE, TRUE, FALSE,
      "challenge-read/ok;scheme-ignored/info;scheme-missing/error" },
    { "Kerberos realm=\"R\", targetname=\"cifs/fe1.b.test\", version=4", TRUE, TRUE, FALSE, FALSE,
      "challenge-read/ok;spn-refused/warning;scheme-missing/error" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) findings = new_list ();
      g_autoptr (GPtrArray) challenges =
        oh_auth_challenge_parse (oh_slice_str (cases[i].header), NULL);
      const OhSeenOffer offer = { g_ptr_array_index (challenges, 0), cases[i].allowed };
      const OhSeenAnswer seen = { .server = "fe1.b.test:5061",
                                  .status = 401,
                                  .offers = &offer,
                                  .n_offers = 1,
                                  .kerberos_wanted = cases[i].kerberos,
                                  .ntlm_wanted = cases[i].ntlm };
      g_autofree char *found = NULL;

      g_assert_cmpint (oh_judge_answer (&seen, findings), ==, cases[i].good);
      found = summary (findings);
      g_assert_cmpstr (found, ==, cases[i].found);
    }
}

static void
test_other_answers (void)
{
  static const struct
  {
    OhSeenAnswer seen;
    gboolean good;
    const char *found;
  } cases[] = {
    { { .server = "fe1:5061", .error = "no answer" }, FALSE, "server-silent/error" },
    { { .server = "fe1:5061", .status = 200 }, FALSE, "no-challenge/error" },
    { { .server = "fe1:5061", .status = 301, .targets = "fe2:5061" },
      TRUE,
      "server-redirects/info" },
    { { .server = "fe1:5061", .status = 403, .refusal = "403 (4005)" },
      FALSE,
      "server-refuses/error" },
    { { .server = "fe1:5061", .status = 407 }, FALSE, "challenge-read/ok;scheme-missing/error" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) findings = new_list ();
      g_autofree char *found = NULL;

      g_assert_cmpint (oh_judge_answer (&cases[i].seen, findings), ==, cases[i].good);
      found = summary (findings);
      g_assert_cmpstr (found, ==, cases[i].found);
    }
}

/* --- clocks --- */

static void
test_clock (void)
{
  static const struct
  {
    gint64 ahead_s;
    const char *found;
    const char *title;
  } cases[] = {
    { 0, "clock-right/ok", "0 seconds" },
    { OH_DOCTOR_SKEW_WARN_S, "clock-right/ok", "60 seconds" },
    { -OH_DOCTOR_SKEW_WARN_S, "clock-right/ok", "60 seconds" },
    { OH_DOCTOR_SKEW_WARN_S + 1, "clock-skew/warning", "61 seconds slow" },
    { -OH_DOCTOR_SKEW_WARN_S - 1, "clock-skew/warning", "61 seconds fast" },
    { OH_DOCTOR_SKEW_ERROR_S, "clock-skew/warning", "5 minutes slow" },
    { OH_DOCTOR_SKEW_ERROR_S + 1, "clock-skew/error", "5 minutes slow" },
    { -OH_DOCTOR_SKEW_ERROR_S - 1, "clock-skew/error", "5 minutes fast" },
    { 3 * 3600, "clock-skew/error", "3 hours slow" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) findings = new_list ();
      const OhSeenClock seen = { "fe1:5061", TRUE, NOW_S + cases[i].ahead_s, NOW_S };
      g_autofree char *found = NULL;

      oh_judge_clock (&seen, findings);
      found = summary (findings);
      g_assert_cmpstr (found, ==, cases[i].found);
      g_assert_nonnull (strstr (((OhFinding *) findings->pdata[0])->title, cases[i].title));
    }
}

static void
test_no_clock (void)
{
  g_autoptr (GPtrArray) findings = new_list ();
  const OhSeenClock seen = { "fe1:5061", FALSE, 0, NOW_S };
  g_autofree char *found = NULL;

  oh_judge_clock (&seen, findings);
  found = summary (findings);
  g_assert_cmpstr (found, ==, "clock-unknown/info");
}

/* --- tickets --- */

static void
test_ticket (void)
{
  static const struct
  {
    OhSeenTicketState state;
    gboolean replaceable;
    const char *found;
  } cases[] = {
    { OH_SEEN_TICKET_GOOD, FALSE, "ticket-good/ok" },
    { OH_SEEN_TICKET_NOT_NEEDED, FALSE, "ticket-not-needed/info" },
    { OH_SEEN_TICKET_MISSING, FALSE, "ticket-missing/error" },
    { OH_SEEN_TICKET_MISSING, TRUE, "ticket-missing/warning" },
    { OH_SEEN_TICKET_EXPIRED, FALSE, "ticket-expired/error" },
    { OH_SEEN_TICKET_NO_SERVICE, TRUE, "ticket-no-service/warning" },
    { OH_SEEN_TICKET_NO_KDC, FALSE, "ticket-no-kdc/error" },
    { OH_SEEN_TICKET_SKEW, FALSE, "clock-skew/error" },
    { OH_SEEN_TICKET_FAILED, TRUE, "ticket-failed/warning" },
  };

  G_STATIC_ASSERT (G_N_ELEMENTS (cases) >= OH_N_SEEN_TICKETS);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) findings = new_list ();
      const OhSeenTicket seen = { .state = cases[i].state,
                                  .service = "sip/fe1@R",
                                  .until_s = NOW_S,
                                  .replaceable = cases[i].replaceable };
      g_autofree char *found = NULL;

      oh_judge_ticket (&seen, findings);
      found = summary (findings);
      g_assert_cmpstr (found, ==, cases[i].found);
    }
}

/* --- signing in --- */

static void
test_sign_in (void)
{
  static const struct
  {
    int code; /* -1: it worked */
    gboolean had_proof;
    gboolean withheld;
    const char *found;
  } cases[] = {
    { -1, TRUE, FALSE, "sign-in-good/ok" },
    { OH_ERROR_SIGN_IN, TRUE, FALSE, "credentials-rejected/error" },
    { OH_ERROR_SIGN_IN, FALSE, FALSE, "password-missing/error" },
    { OH_ERROR_SIGN_IN, TRUE, TRUE, "password-withheld/error" },
    { OH_ERROR_PASSWORD_EXPIRED, TRUE, FALSE, "password-expired/error" },
    { OH_ERROR_ACCOUNT, TRUE, FALSE, "account-blocked/error" },
    { OH_ERROR_TICKET, FALSE, FALSE, "password-missing/error" },
    { OH_ERROR_CLOCK, TRUE, FALSE, "clock-skew/error" },
    { OH_ERROR_MECHANISM, TRUE, FALSE, "scheme-missing/error" },
    { OH_ERROR_UNREACHABLE, TRUE, FALSE, "server-silent/error" },
    { OH_ERROR_UNTRUSTED, TRUE, FALSE, "certificate-untrusted/error" },
    { OH_ERROR_PROTOCOL, TRUE, FALSE, "sign-in-failed/error" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) findings = new_list ();
      g_autoptr (GError) error =
        cases[i].code >= 0 ? g_error_new (OH_ERROR, cases[i].code, "what the server said") : NULL;
      const OhSeenSignIn seen = { .uri = "sip:a@b.test",
                                  .server = "fe1:5061",
                                  .mechanism = "ntlm",
                                  .error = error,
                                  .had_proof = cases[i].had_proof,
                                  .withheld = cases[i].withheld };
      g_autofree char *found = NULL;

      g_assert_cmpint (oh_judge_sign_in (&seen, findings), ==, cases[i].code < 0);
      found = summary (findings);
      g_assert_cmpstr (found, ==, cases[i].found);
      if (error != NULL)
        g_assert_nonnull (
          strstr (((OhFinding *) findings->pdata[0])->cause, "what the server said"));
    }
}

static void
test_limit (void)
{
  g_autoptr (GPtrArray) findings = new_list ();

  oh_judge_limit ("Connecting", 45, findings);
  oh_judge_sign_out ("fe1:5061", findings);
  g_assert_cmpstr (((OhFinding *) findings->pdata[0])->code, ==, "step-timed-out");
  g_assert_nonnull (strstr (((OhFinding *) findings->pdata[0])->cause, "45 seconds"));
  g_assert_cmpstr (((OhFinding *) findings->pdata[1])->code, ==, "sign-out-good");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/judge-sign-in/offers", test_offers);
  g_test_add_func ("/judge-sign-in/other-answers", test_other_answers);
  g_test_add_func ("/judge-sign-in/clock", test_clock);
  g_test_add_func ("/judge-sign-in/no-clock", test_no_clock);
  g_test_add_func ("/judge-sign-in/ticket", test_ticket);
  g_test_add_func ("/judge-sign-in/sign-in", test_sign_in);
  g_test_add_func ("/judge-sign-in/limit", test_limit);
  return g_test_run ();
}
