/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "negotiator.h"

#include <string.h>

#include "error.h"
#include "fake-clock.h"
#include "fake-mechanism.h"

#define HOST "fe1.fabrikam.test"
#define NTLM "NTLM realm=\"R\", targetname=\"" HOST "\", version=4"
#define NTLM_NEXT NTLM ", opaque=\"7E\", gssapi-data=\"Q0hBTA==\""
#define KERBEROS "Kerberos realm=\"R\", targetname=\"sip/" HOST "\", version=4"
#define FINAL "1000;reason=\"Final handshake failed\";HRESULT="

/* One conversation; the test plays the server. */
typedef struct
{
  OhFakeClock *clock;
  OhNegotiator *negotiator;
  OhFakePlan *plan;
  OhPasswordMemory *memory; /* (owned) */
  OhAssociation *pending;   /* (owned) (nullable): whose token is under way */
  const char *password;
  guint asked;
  gboolean done;
  GError *error;
} Fixture;

static void
give_credentials (GTask *task, gpointer user_data)
{
  Fixture *f = user_data;

  f->asked++;
  g_task_return_pointer (task, oh_credentials_new ("anna", f->password),
                         (GDestroyNotify) oh_credentials_free);
  g_object_unref (task);
}

static void
set_up (Fixture *f, gconstpointer data)
{
  const OhSchemePolicy policy = { .choice = OH_MECHANISM_CHOICE_AUTO };

  f->clock = oh_fake_clock_new ();
  f->password = "secret";
  f->negotiator = oh_negotiator_new (OH_CLOCK (f->clock), &policy, give_credentials, f);
  f->plan = oh_fake_plan_reset ();
  f->memory = oh_password_memory_new ();
  oh_negotiator_set_memory (f->negotiator, f->memory);
  oh_negotiator_set_maker (f->negotiator, oh_fake_mechanism_make);
  oh_negotiator_set_peer (f->negotiator, &(OhAuthPeer){ HOST, TRUE, NULL });
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_clear_error (&f->error);
  g_clear_pointer (&f->pending, oh_association_unref);
  g_assert_finalize_object (f->negotiator);
  oh_password_memory_unref (f->memory);
  g_assert_finalize_object (f->clock);
}

static void
on_answered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Fixture *f = user_data;
  OhAssociation *next = oh_negotiator_answer_finish (OH_NEGOTIATOR (source), result, &f->error);

  g_clear_pointer (&f->pending, oh_association_unref);
  f->pending = next;
  f->done = TRUE;
}

/* A 401 with those challenges, as a list, and perhaps diagnostics. The scheme that goes on; NULL
 * when there is none, with f->error. */
static const char *
challenge (Fixture *f, const char *challenges, const char *diagnostics)
{
  static const char head[] = "SIP/2.0 401 Unauthorized\r\nVia: SIP/2.0/TLS 10.0.0.1:5;"
                             "branch=z9hG4bK1\r\nFrom: <sip:a@b>;tag=1\r\nTo: <sip:a@b>\r\n"
                             "Call-ID: c\r\nCSeq: 1 REGISTER\r\nContent-Length: 0\r\n\r\n";
  g_autoptr (GBytes) bytes = g_bytes_new_static (head, strlen (head));
  g_autoptr (OhSipMessage) response = oh_sip_message_parse (bytes, NULL);
  g_autoptr (OhAuthOffer) offer = g_new0 (OhAuthOffer, 1);

  offer->challenges = oh_auth_challenge_parse (oh_slice_str (challenges), NULL);
  if (diagnostics != NULL)
    oh_sip_message_add (response, "ms-diagnostics", diagnostics);
  g_clear_error (&f->error);
  f->done = FALSE;
  oh_negotiator_answer_async (f->negotiator, response, offer, f->pending, NULL, NULL, on_answered,
                              f);
  while (!f->done)
    g_main_context_iteration (NULL, TRUE);
  return f->pending != NULL ? oh_auth_scheme_name (oh_association_scheme (f->pending)) : NULL;
}

static void
anew (Fixture *f)
{
  g_clear_pointer (&f->pending, oh_association_unref);
  f->plan = oh_fake_plan_reset ();
  oh_fake_clock_advance (f->clock, (gint64) 61 * G_USEC_PER_SEC);
}

/* Row by row: what Kerberos fails of by itself, and whether NTLM follows. */
static void
test_local_failures (Fixture *f, gconstpointer data)
{
  for (OhSchemeFailure why = 1; why < OH_N_SCHEME_FAILURES; why++)
    {
      gboolean mends = oh_scheme_failure_other_may_mend (why);

      anew (f);
      oh_password_memory_clear (f->memory);
      g_test_message ("%s", oh_scheme_failure_word (why));
      f->plan->fail[OH_AUTH_SCHEME_KERBEROS] = why;
      g_assert_cmpstr (challenge (f, NTLM ", " KERBEROS, NULL), ==, mends ? "NTLM" : NULL);
      g_assert_cmpint (oh_negotiator_was_refused (f->negotiator), ==, !mends);
      if (!mends)
        g_assert_error (f->error, OH_ERROR, (int) oh_scheme_failure_code (why));
    }
}

/* What the server says to a ticket, and to an NTLM answer after which it offers Kerberos too. */
static void
test_refusals (Fixture *f, gconstpointer data)
{
  static const struct
  {
    const char *diagnostics;
    const char *after_kerberos, *after_ntlm; /* (nullable): the scheme that follows */
  } cases[] = {
    { NULL, "NTLM", NULL },
    { FINAL "\"0xC3E93EC3(SIP_E_AUTH_UNAUTHORIZED)\"", "NTLM", NULL },
    { FINAL "\"0xC3E93EE4(SIP_E_AUTH_NTLMMISMATCH)\"", "NTLM", "Kerberos" },
    { FINAL "\"0x80090302\"", "NTLM", "Kerberos" },
    { FINAL "\"0xC0000418\"", "NTLM", "Kerberos" },
    { FINAL "\"0xC0000234\"", NULL, NULL }, /* locked: for both */
    { FINAL "\"0xC0000224\"", NULL, NULL }, /* must be changed: for both */
    { "1013;reason=\"Significant time skew\"", "NTLM", "Kerberos" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s", cases[i].diagnostics != NULL ? cases[i].diagnostics : "-");
      anew (f);
      oh_password_memory_clear (f->memory);
      g_assert_cmpstr (challenge (f, KERBEROS ", " NTLM, NULL), ==, "Kerberos");
      g_assert_cmpstr (challenge (f, KERBEROS ", " NTLM, cases[i].diagnostics), ==,
                       cases[i].after_kerberos);
      anew (f);
      oh_password_memory_clear (f->memory);
      g_assert_cmpstr (challenge (f, NTLM, NULL), ==, "NTLM");
      g_assert_cmpstr (challenge (f, NTLM_NEXT, NULL), ==, "NTLM");
      g_assert_cmpstr (challenge (f, NTLM ", " KERBEROS, cases[i].diagnostics), ==,
                       cases[i].after_ntlm);
      g_assert_cmpuint (f->plan->made[OH_AUTH_SCHEME_NTLM], ==, 1);
      /* whatever comes of it: that password is not shown again by itself */
      g_assert_true (oh_negotiator_was_refused (f->negotiator));
    }
}

/* The whole way down: a ticket refused, then the password; that is the end, and it was sent once.
 */
static void
test_password_once (Fixture *f, gconstpointer data)
{
  g_assert_cmpstr (challenge (f, KERBEROS ", " NTLM, NULL), ==, "Kerberos");
  g_assert_cmpstr (challenge (f, KERBEROS ", " NTLM, NULL), ==, "NTLM");
  g_assert_cmpstr (challenge (f, NTLM_NEXT, NULL), ==, "NTLM");
  g_assert_null (challenge (f, KERBEROS ", " NTLM, NULL));
  g_assert_error (f->error, OH_ERROR, OH_ERROR_SIGN_IN);
  g_assert_cmpuint (f->plan->made[OH_AUTH_SCHEME_NTLM], ==, 1);
  g_assert_cmpuint (f->plan->made[OH_AUTH_SCHEME_KERBEROS], ==, 1);
  g_assert_cmpuint (f->asked, ==, 1);
}

/* Nor is it shown to another server, on another connection, later: only a ticket can help, until
 * the user wishes otherwise or has another password. */
static void
test_password_withheld (Fixture *f, gconstpointer data)
{
  f->plan->fail[OH_AUTH_SCHEME_KERBEROS] = OH_SCHEME_FAILURE_PASSWORD;
  g_assert_null (challenge (f, KERBEROS ", " NTLM, NULL));
  g_assert_cmpuint (f->plan->with_password, ==, 1);
  for (guint again = 0; again < 3; again++)
    {
      anew (f);
      oh_negotiator_set_peer (f->negotiator, &(OhAuthPeer){ "fe2.fabrikam.test", TRUE, NULL });
      f->plan->fail[OH_AUTH_SCHEME_KERBEROS] = OH_SCHEME_FAILURE_NO_TICKET;
      f->plan->fail[OH_AUTH_SCHEME_NTLM] = OH_SCHEME_FAILURE_NO_PASSWORD;
      g_assert_null (challenge (f, KERBEROS ", " NTLM, NULL));
      g_assert_error (f->error, OH_ERROR, OH_ERROR_SIGN_IN);
      g_assert_true (oh_negotiator_was_refused (f->negotiator));
      g_assert_cmpuint (f->plan->with_password, ==, 0);
    }
  anew (f);
  g_assert_cmpstr (challenge (f, KERBEROS ", " NTLM, NULL), ==, "Kerberos"); /* a ticket */
  g_assert_cmpuint (f->plan->with_password, ==, 0);
  anew (f);
  f->password = "another";
  g_assert_cmpstr (challenge (f, NTLM, NULL), ==, "NTLM");
  g_assert_cmpuint (f->plan->with_password, ==, 1);
  anew (f);
  f->password = "secret";
  oh_password_memory_clear (f->memory);
  g_assert_cmpstr (challenge (f, NTLM, NULL), ==, "NTLM");
  g_assert_cmpuint (f->plan->with_password, ==, 1);
}

/* Tickets for other services are not fetched, however often they are asked for; each is counted,
 * and NTLM of the same answer goes on. */
static void
test_ignored_names (Fixture *f, gconstpointer data)
{
  static const char *const names[] = { "http/" HOST,     "cifs/" HOST,
                                       "host/" HOST,     "ldap/" HOST,
                                       "MSSQLSvc/x.y",   HOST,
                                       "sip/" HOST "/x", "sip/" HOST "@EVIL.TEST",
                                       "sip/10.0.0.1" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *alone =
        g_strdup_printf ("Kerberos realm=\"R\", targetname=\"%s\"", names[i]);
      g_autofree char *both = g_strconcat (alone, ", " NTLM, NULL);

      anew (f);
      g_assert_cmpstr (challenge (f, both, NULL), ==, "NTLM");
      g_assert_cmpuint (oh_negotiator_ignored_names (f->negotiator), ==, 2 * i + 1);
      g_assert_cmpuint (f->plan->made[OH_AUTH_SCHEME_KERBEROS], ==, 0);
      anew (f);
      g_assert_null (challenge (f, alone, NULL));
      g_assert_error (f->error, OH_ERROR, OH_ERROR_MECHANISM);
      g_assert_nonnull (strstr (f->error->message, names[i]));
      g_assert_cmpuint (oh_negotiator_ignored_names (f->negotiator), ==, 2 * i + 2);
    }
}

/* What the administrator fixed is not mended by the other scheme. */
static void
test_fixed (Fixture *f, gconstpointer data)
{
  oh_negotiator_set_policy (f->negotiator,
                            &(OhSchemePolicy){ .choice = OH_MECHANISM_CHOICE_KERBEROS });
  f->plan->fail[OH_AUTH_SCHEME_KERBEROS] = OH_SCHEME_FAILURE_NO_KDC;
  g_assert_null (challenge (f, KERBEROS ", " NTLM, NULL));
  g_assert_error (f->error, OH_ERROR, OH_ERROR_UNREACHABLE);
  anew (f);
  oh_negotiator_set_policy (f->negotiator, &(OhSchemePolicy){ .choice = OH_MECHANISM_CHOICE_NTLM });
  g_assert_cmpstr (challenge (f, KERBEROS ", " NTLM, NULL), ==, "NTLM");
  g_assert_cmpstr (challenge (f, NTLM_NEXT, NULL), ==, "NTLM");
  g_assert_null (challenge (f, KERBEROS ", " NTLM, FINAL "\"0xC3E93EE4\""));
  g_assert_error (f->error, OH_ERROR, OH_ERROR_MECHANISM);
  g_assert_cmpuint (f->plan->made[OH_AUTH_SCHEME_KERBEROS], ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function)                                                                        \
  g_test_add ("/negotiator/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("local-failures", test_local_failures);
  ADD ("refusals", test_refusals);
  ADD ("password-once", test_password_once);
  ADD ("password-withheld", test_password_withheld);
  ADD ("ignored-names", test_ignored_names);
  ADD ("fixed", test_fixed);
#undef ADD
  return g_test_run ();
}
