/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "security.h"

#include <string.h>

#include "error.h"
#include "fake-clock.h"
#include "fake-mechanism.h"
#include "signature-text.h"

#define SECONDS(n) ((gint64) (n) *G_USEC_PER_SEC)
#define REALM "SIP Communications Service"
#define HOST "fe1.fabrikam.test"
#define NTLM_FIRST "NTLM realm=\"" REALM "\", targetname=\"" HOST "\", version=%u"
#define NTLM_CHALLENGE                                                                             \
  "NTLM opaque=\"7E\", gssapi-data=\"Q0hBTA==\", targetname=\"" HOST "\", realm=\"" REALM          \
  "\", version=%u"
#define KERBEROS_FIRST "Kerberos realm=\"" REALM "\", targetname=\"sip/" HOST "\", version=%u"

/* One guard, and the peer that the test plays. */
typedef struct
{
  OhFakeClock *clock;
  OhSecurity *security;
  OhFakePlan *plan;
  const char *password; /* what the credentials function gives */
  guint asked;          /* how often it was called */
  guint cseq;
  gboolean done, answered;
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
  static const char *const trusted[] = { "fabrikam.test", NULL };
  const OhAuthPeer peer = { HOST, TRUE, trusted };
  const OhSecurityPolicy policy = { .schemes = { .choice = OH_MECHANISM_CHOICE_AUTO } };

  f->clock = oh_fake_clock_new ();
  f->security = oh_security_new (OH_CLOCK (f->clock), &policy, give_credentials, f);
  f->plan = oh_fake_plan_reset ();
  f->password = "secret";
  oh_security_set_maker (f->security, oh_fake_mechanism_make);
  oh_security_set_peer (f->security, &peer);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_clear_error (&f->error);
  g_assert_finalize_object (f->security);
  g_assert_finalize_object (f->clock);
}

static OhSipMessage *
message (Fixture *f, const char *start, const char *method)
{
  g_autofree char *whole = g_strdup_printf (
    "%s\r\nVia: SIP/2.0/TLS 10.0.0.1:5;branch=z9hG4bK1\r\nFrom: <sip:anna@fabrikam.test>;tag=1\r\n"
    "To: <sip:anna@fabrikam.test>\r\nCall-ID: c\r\nCSeq: %u %s\r\nContent-Length: 0\r\n\r\n",
    start, ++f->cseq, method);
  g_autoptr (GBytes) bytes = g_bytes_new (whole, strlen (whole));

  return oh_sip_message_parse (bytes, NULL);
}

static OhSipMessage *
send (Fixture *f, const char *method)
{
  g_autofree char *start = g_strdup_printf ("%s sip:fabrikam.test SIP/2.0", method);
  OhSipMessage *out = message (f, start, method);

  g_clear_error (&f->error);
  g_assert_true (oh_sip_guard_protect (OH_SIP_GUARD (f->security), out, &f->error));
  g_assert_no_error (f->error);
  return out;
}

static OhSipMessage *
response (Fixture *f, guint status, const char *method)
{
  g_autofree char *start = g_strdup_printf ("SIP/2.0 %u Whatever", status);

  return message (f, start, method);
}

/* Signs as the server would; @header is one of the Info headers. */
static void
server_signs_with (guint key, OhSipMessage *in, const char *header, const char *scheme,
                   const char *target, guint number, guint version)
{
  g_autofree char *digits = g_strdup_printf ("%u", number);
  const OhSignatureFields fields = { scheme, "3C91D0E7", digits, REALM, target, version };
  g_autofree char *text = oh_signature_text (in, &fields, NULL);
  g_autofree char *hex = oh_fake_mechanism_server_sign (key, text);
  g_autofree char *value =
    g_strdup_printf ("%s rspauth=\"%s\", srand=\"3C91D0E7\", snum=\"%u\", opaque=\"7E\", "
                     "qop=\"auth\", targetname=\"%s\", realm=\"" REALM "\"",
                     scheme, hex, number, target);

  oh_sip_message_add (in, header, value);
}

static void
server_signs (Fixture *f, OhSipMessage *in, const char *header, const char *scheme,
              const char *target, guint number, guint version)
{
  server_signs_with (f->plan->latest, in, header, scheme, target, number, version);
}

static OhSipVerdict
check (Fixture *f, OhSipMessage *in)
{
  g_clear_error (&f->error);
  return oh_sip_guard_check (OH_SIP_GUARD (f->security), in, &f->error);
}

static void
on_answered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Fixture *f = user_data;

  f->answered = oh_sip_guard_answer_finish (OH_SIP_GUARD (source), result, &f->error);
  f->done = TRUE;
}

/* A challenge arrives for @request; TRUE when the request may be sent again. */
static gboolean
challenge (Fixture *f, OhSipMessage *request, guint status, const char *first, const char *second)
{
  g_autoptr (OhSipMessage) in = response (f, status, "REGISTER");
  const char *header = status == 407 ? "Proxy-Authenticate" : "WWW-Authenticate";

  oh_sip_message_add (in, header, first);
  if (second != NULL)
    oh_sip_message_add (in, header, second);
  g_assert_cmpint (check (f, in), ==, OH_SIP_VERDICT_PASS);
  f->done = FALSE;
  oh_sip_guard_answer_async (OH_SIP_GUARD (f->security), in, request, NULL, on_answered, f);
  while (!f->done)
    g_main_context_iteration (NULL, TRUE);
  return f->answered;
}

static gboolean
challenge_with (Fixture *f, OhSipMessage *request, guint status, const char *format, guint version)
{
  g_autofree char *text = NULL;

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral" /* one of the literals above */
  text = g_strdup_printf (format, version);
#pragma GCC diagnostic pop
  return challenge (f, request, status, text, NULL);
}

static OhSipVerdict
accept_register (Fixture *f, const char *scheme, const char *target, guint number, guint version)
{
  g_autoptr (OhSipMessage) ok = response (f, 200, "REGISTER");

  server_signs (f, ok, "Authentication-Info", scheme, target, number, version);
  return check (f, ok);
}

/* The whole way in with NTLM, up to an association that is READY. */
static void
sign_in (Fixture *f, guint version)
{
  g_autoptr (OhSipMessage) bare = send (f, "REGISTER");
  g_autoptr (OhSipMessage) empty = NULL;
  g_autoptr (OhSipMessage) last = NULL;

  g_assert_true (challenge_with (f, bare, 401, NTLM_FIRST, version));
  empty = send (f, "REGISTER");
  g_assert_true (challenge_with (f, empty, 401, NTLM_CHALLENGE, version));
  last = send (f, "REGISTER");
  g_assert_cmpint (accept_register (f, "NTLM", HOST, 1, version), ==, OH_SIP_VERDICT_PASS);
  g_assert_cmpint (oh_security_state (f->security), ==, OH_ASSOCIATION_READY);
}

static void
assert_has (OhSipMessage *out, const char *header, const char *part, gboolean present)
{
  const char *value = oh_sip_message_get (out, header);

  g_test_message ("%s: %s", header, value != NULL ? value : "(none)");
  g_assert_cmpint (value != NULL && strstr (value, part) != NULL, ==, present);
}

static void
test_ntlm_versions (Fixture *f, gconstpointer data)
{
  guint version = GPOINTER_TO_UINT (data);
  g_autoptr (OhSipMessage) bare = send (f, "REGISTER");
  g_autoptr (OhSipMessage) empty = NULL;
  g_autoptr (OhSipMessage) last = NULL;
  g_autoptr (OhSipMessage) later = NULL;

  g_assert_null (oh_sip_message_get (bare, "Authorization"));
  g_assert_cmpint (oh_security_state (f->security), ==, OH_ASSOCIATION_NONE);
  g_assert_true (challenge_with (f, bare, 401, NTLM_FIRST, version));
  g_assert_cmpint (oh_security_state (f->security), ==, OH_ASSOCIATION_NEGOTIATING);
  empty = send (f, "REGISTER");
  assert_has (empty, "Authorization", "gssapi-data=\"\"", TRUE);
  assert_has (empty, "Authorization", "version=", version > 2);
  assert_has (empty, "Authorization", "opaque", FALSE);
  assert_has (empty, "Authorization", "response", FALSE);
  g_assert_true (challenge_with (f, empty, 401, NTLM_CHALLENGE, version));
  last = send (f, "REGISTER");
  assert_has (last, "Authorization", "opaque=\"7E\"", TRUE);
  assert_has (last, "Authorization", "gssapi-data=\"YW5zd2VyIHRvIENIQUw=\"", TRUE);
  assert_has (last, "Authorization", "cnum=\"1\"", version == 4);
  g_assert_cmpint (accept_register (f, "NTLM", HOST, 1, version), ==, OH_SIP_VERDICT_PASS);
  g_assert_cmpint (oh_security_state (f->security), ==, OH_ASSOCIATION_READY);
  g_assert_cmpint (oh_security_scheme (f->security), ==, OH_AUTH_SCHEME_NTLM);
  later = send (f, "SUBSCRIBE");
  assert_has (later, "Authorization", version == 4 ? "cnum=\"2\"" : "cnum=\"1\"", TRUE);
  assert_has (later, "Authorization", "gssapi-data", FALSE);
  assert_has (later, "Authorization", "version", FALSE);
  g_assert_cmpuint (f->asked, ==, 1);
}

/* The signature that leaves is the one over what leaves, with the text of the version. */
static void
test_outgoing_text (Fixture *f, gconstpointer data)
{
  g_autoptr (OhSipMessage) out = NULL;
  g_autoptr (GRegex) regex = g_regex_new ("crand=\"(\\w{8})\".*response=\"(\\w+)\"", 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  g_autofree char *salt = NULL;
  g_autofree char *text = NULL;
  g_autofree char *expected = NULL;
  g_autofree char *hex = NULL;

  sign_in (f, 4);
  out = send (f, "SUBSCRIBE");
  g_assert_true (g_regex_match (regex, oh_sip_message_get (out, "Authorization"), 0, &match));
  salt = g_match_info_fetch (match, 1);
  hex = g_match_info_fetch (match, 2);
  text = oh_signature_text (out, &(OhSignatureFields){ "NTLM", salt, "2", REALM, HOST, 4 }, NULL);
  expected = oh_fake_mechanism_client_sign (f->plan->latest, text);
  g_assert_cmpstr (hex, ==, expected);
}

static void
test_kerberos_at_once (Fixture *f, gconstpointer data)
{
  g_autoptr (OhSipMessage) bare = send (f, "REGISTER");
  g_autoptr (OhSipMessage) ticket = NULL;
  g_autoptr (OhSipMessage) reply = NULL;

  g_assert_true (challenge (f, bare, 407, "NTLM realm=\"" REALM "\", targetname=\"" HOST "\"",
                            "Kerberos realm=\"" REALM "\", targetname=\"sip/" HOST
                            "\", version=4"));
  ticket = send (f, "REGISTER");
  g_assert_null (oh_sip_message_get (ticket, "Authorization"));
  assert_has (ticket, "Proxy-Authorization", "Kerberos ", TRUE);
  assert_has (ticket, "Proxy-Authorization", "targetname=\"sip/" HOST "\"", TRUE);
  assert_has (ticket, "Proxy-Authorization", "cnum=\"1\"", TRUE);
  g_assert_cmpint (f->plan->made[OH_AUTH_SCHEME_NTLM], ==, 0);
  g_assert_cmpint (accept_register (f, "Kerberos", "sip/" HOST, 1, 4), ==, OH_SIP_VERDICT_PASS);
  /* responses are signed too, with the header of the challenge's family, and the opaque that the
   * server named in its first signature */
  reply = response (f, 200, "NOTIFY");
  g_assert_true (oh_sip_guard_protect (OH_SIP_GUARD (f->security), reply, NULL));
  g_assert_null (oh_sip_message_get (reply, "Authorization"));
  assert_has (reply, "Proxy-Authorization", "cnum=\"2\"", TRUE);
  assert_has (reply, "Proxy-Authorization", "opaque=\"7E\"", TRUE);
}

static void
test_falls_back (Fixture *f, gconstpointer data)
{
  g_autoptr (OhSipMessage) bare = send (f, "REGISTER");
  g_autoptr (OhSipMessage) again = NULL;

  f->plan->fail[OH_AUTH_SCHEME_KERBEROS] = OH_SCHEME_FAILURE_NO_KDC;
  g_assert_true (challenge (f, bare, 401, "NTLM realm=\"" REALM "\", targetname=\"" HOST "\"",
                            "Kerberos realm=\"" REALM "\", targetname=\"sip/" HOST "\""));
  again = send (f, "REGISTER");
  assert_has (again, "Authorization", "NTLM ", TRUE);
  g_assert_cmpuint (f->asked, ==, 1); /* the credentials were asked for once for both */
}

/* A ticket that the server refuses is followed by NTLM; what that is refused for counts. */
static void
test_refused_ticket (Fixture *f, gconstpointer data)
{
  g_autoptr (OhSipMessage) bare = send (f, "REGISTER");
  g_autoptr (OhSipMessage) ticket = NULL;
  g_autoptr (OhSipMessage) empty = NULL;
  g_autoptr (OhSipMessage) last = NULL;
  const char *ntlm = "NTLM realm=\"" REALM "\", targetname=\"" HOST "\"";
  const char *kerberos = "Kerberos realm=\"" REALM "\", targetname=\"sip/" HOST "\"";

  g_assert_true (challenge (f, bare, 401, ntlm, kerberos));
  ticket = send (f, "REGISTER");
  g_assert_true (challenge (f, ticket, 401, ntlm, kerberos));
  empty = send (f, "REGISTER");
  assert_has (empty, "Authorization", "NTLM ", TRUE);
  g_assert_true (challenge_with (f, empty, 401, NTLM_CHALLENGE, 2));
  last = send (f, "REGISTER");
  g_assert_false (challenge (f, last, 401, ntlm, kerberos));
  g_assert_error (f->error, OH_ERROR, OH_ERROR_SIGN_IN);
  g_assert_cmpuint (f->plan->made[OH_AUTH_SCHEME_KERBEROS], ==, 1);
  g_assert_cmpuint (f->plan->made[OH_AUTH_SCHEME_NTLM], ==, 1);
  g_assert_true (oh_security_was_refused (f->security));
}

/* What the second token cannot be made for is told, and the server is not asked for another. */
static void
test_fails_half_way (Fixture *f, gconstpointer data)
{
  g_autoptr (OhSipMessage) bare = send (f, "REGISTER");
  g_autoptr (OhSipMessage) empty = NULL;

  g_assert_true (challenge_with (f, bare, 401, NTLM_FIRST, 4));
  empty = send (f, "REGISTER");
  f->plan->fail[OH_AUTH_SCHEME_NTLM] = OH_SCHEME_FAILURE_OFFER;
  g_assert_false (challenge_with (f, empty, 401, NTLM_CHALLENGE, 4));
  g_assert_error (f->error, OH_ERROR, OH_ERROR_MECHANISM);
  g_assert_cmpuint (f->plan->made[OH_AUTH_SCHEME_NTLM], ==, 1);
  g_assert_cmpint (oh_security_state (f->security), ==, OH_ASSOCIATION_NONE);
}

/* For every reason: whether NTLM is tried after Kerberos, and which error is told when NTLM fails
 * for want of a password. */
static void
test_errors (Fixture *f, gconstpointer data)
{
  static const struct
  {
    OhSchemeFailure kerberos_fails;
    int told;
  } cases[] = {
    { OH_SCHEME_FAILURE_NO_TICKET, OH_ERROR_TICKET },
    { OH_SCHEME_FAILURE_TICKET_EXPIRED, OH_ERROR_TICKET },
    { OH_SCHEME_FAILURE_CLOCK, OH_ERROR_CLOCK },
    { OH_SCHEME_FAILURE_NO_KDC, OH_ERROR_SIGN_IN },
    { OH_SCHEME_FAILURE_SERVICE_UNKNOWN, OH_ERROR_SIGN_IN },
    { OH_SCHEME_FAILURE_NAME_UNKNOWN, OH_ERROR_SIGN_IN },
    { OH_SCHEME_FAILURE_UNAVAILABLE, OH_ERROR_SIGN_IN },
    /* what the KDC has judged is not shown to the server as well */
    { OH_SCHEME_FAILURE_PASSWORD, OH_ERROR_SIGN_IN },
    { OH_SCHEME_FAILURE_PASSWORD_EXPIRED, OH_ERROR_PASSWORD_EXPIRED },
    { OH_SCHEME_FAILURE_ACCOUNT, OH_ERROR_ACCOUNT },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OhSipMessage) bare = send (f, "REGISTER");
      gboolean mends = oh_scheme_failure_other_may_mend (cases[i].kerberos_fails);

      oh_fake_clock_advance (f->clock, SECONDS (61));
      oh_security_forgive (f->security);
      f->plan = oh_fake_plan_reset ();
      f->plan->fail[OH_AUTH_SCHEME_KERBEROS] = cases[i].kerberos_fails;
      f->plan->fail[OH_AUTH_SCHEME_NTLM] = OH_SCHEME_FAILURE_NO_PASSWORD;
      g_assert_false (challenge (f, bare, 401, "NTLM realm=\"R\", targetname=\"" HOST "\"",
                                 "Kerberos realm=\"R\", targetname=\"sip/" HOST "\""));
      g_assert_error (f->error, OH_ERROR, cases[i].told);
      g_assert_cmpuint (f->plan->made[OH_AUTH_SCHEME_NTLM], ==, mends ? 1 : 0);
      g_assert_cmpint (oh_security_was_refused (f->security), ==, !mends);
      g_clear_error (&f->error);
    }
}

static void
test_choice (Fixture *f, gconstpointer data)
{
  static const struct
  {
    OhMechanismChoice choice;
    const char *offer;
    gboolean works;
  } cases[] = {
    { OH_MECHANISM_CHOICE_KERBEROS, "NTLM realm=\"R\", targetname=\"" HOST "\"", FALSE },
    { OH_MECHANISM_CHOICE_NTLM, "Kerberos realm=\"R\", targetname=\"sip/" HOST "\"", FALSE },
    { OH_MECHANISM_CHOICE_NTLM, "NTLM realm=\"R\", targetname=\"" HOST "\"", TRUE },
    { OH_MECHANISM_CHOICE_AUTO, "TLS-DSK realm=\"R\", targetname=\"" HOST "\"", FALSE },
    { OH_MECHANISM_CHOICE_AUTO, "Digest realm=\"R\"", FALSE },
    { OH_MECHANISM_CHOICE_AUTO, "Kerberos realm=\"R\", targetname=\"http/" HOST "\"", FALSE },
    { OH_MECHANISM_CHOICE_AUTO, "Kerberos realm=\"R\", targetname=\"" HOST "\"", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const OhSecurityPolicy policy = { .schemes = { .choice = cases[i].choice } };
      g_autoptr (OhSipMessage) bare = NULL;

      oh_security_set_policy (f->security, &policy);
      oh_security_set_peer (f->security, &(OhAuthPeer){ HOST, TRUE, NULL });
      bare = send (f, "REGISTER");
      g_assert_cmpint (challenge (f, bare, 401, cases[i].offer, NULL), ==, cases[i].works);
      if (!cases[i].works)
        g_assert_error (f->error, OH_ERROR, OH_ERROR_MECHANISM);
      g_clear_error (&f->error);
    }
  g_assert_cmpuint (f->asked, ==, 1); /* for an offer that is of no use nobody is asked */
}

/* What may come unsigned, before the keys, while the server has to prove itself, and afterwards. */
static void
test_unsigned (Fixture *f, gconstpointer data)
{
  static const struct
  {
    guint status; /* 0: a request */
    const char *method;
    gboolean before, proving, after;
  } cases[] = {
    { 100, "REGISTER", TRUE, TRUE, TRUE },     { 180, "INVITE", TRUE, TRUE, TRUE },
    { 401, "REGISTER", TRUE, TRUE, TRUE },     { 407, "SUBSCRIBE", TRUE, TRUE, TRUE },
    { 301, "REGISTER", TRUE, TRUE, TRUE },     { 403, "REGISTER", TRUE, TRUE, TRUE },
    { 503, "REGISTER", TRUE, TRUE, TRUE },     { 200, "REGISTER", TRUE, FALSE, FALSE },
    { 200, "SUBSCRIBE", FALSE, FALSE, FALSE }, { 202, "SERVICE", FALSE, FALSE, FALSE },
    { 403, "SUBSCRIBE", FALSE, FALSE, FALSE }, { 486, "INVITE", FALSE, FALSE, FALSE },
    { 302, "INVITE", FALSE, FALSE, FALSE },    { 0, "NOTIFY", FALSE, FALSE, FALSE },
    { 0, "BENOTIFY", FALSE, FALSE, FALSE },    { 0, "INVITE", FALSE, FALSE, FALSE },
  };
  guint64 dropped = 0;

  for (guint phase = 0; phase < 3; phase++)
    {
      if (phase == 1)
        {
          g_autoptr (OhSipMessage) bare = send (f, "REGISTER");

          g_assert_true (challenge_with (f, bare, 401, KERBEROS_FIRST, 4));
        }
      if (phase == 2)
        {
          oh_security_set_peer (f->security, &(OhAuthPeer){ HOST, TRUE, NULL });
          sign_in (f, 4);
        }
      for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
        {
          gboolean expected[] = { cases[i].before, cases[i].proving, cases[i].after };
          g_autoptr (OhSipMessage) in = cases[i].status > 0
                                          ? response (f, cases[i].status, cases[i].method)
                                          : message (f, "X sip:a SIP/2.0", cases[i].method);

          g_test_message ("phase %u: %u %s", phase, cases[i].status, cases[i].method);
          g_assert_cmpint (check (f, in), ==,
                           expected[phase] ? OH_SIP_VERDICT_PASS : OH_SIP_VERDICT_DROP);
          dropped += expected[phase] ? 0 : 1;
          g_assert_cmpuint (oh_security_dropped (f->security, OH_SECURITY_DROP_UNSIGNED), ==,
                            dropped);
        }
    }
}

static void
test_allowed_unauthenticated (Fixture *f, gconstpointer data)
{
  const OhSecurityPolicy policy = { .allow_unauthenticated = TRUE };
  g_autoptr (OhSipMessage) notify = message (f, "NOTIFY sip:a SIP/2.0", "NOTIFY");

  oh_security_set_policy (f->security, &policy);
  g_assert_cmpint (check (f, notify), ==, OH_SIP_VERDICT_PASS);
  sign_in (f, 4); /* once there are keys there is no way back */
  g_assert_cmpint (check (f, notify), ==, OH_SIP_VERDICT_DROP);
}

static void
test_signed_requests (Fixture *f, gconstpointer data)
{
  static const struct
  {
    const char *header, *scheme, *target;
    guint number, version;
    OhSipVerdict verdict;
  } cases[] = {
    { "Authentication-Info", "NTLM", HOST, 2, 4, OH_SIP_VERDICT_PASS },
    { "Proxy-Authentication-Info", "NTLM", HOST, 3, 4, OH_SIP_VERDICT_PASS },
    { "Proxy-Authenticate-Info", "NTLM", HOST, 4, 4, OH_SIP_VERDICT_PASS },
    { "Authentication-Info", "ntlm", "FE1.Fabrikam.Test", 5, 4, OH_SIP_VERDICT_PASS },
    { "Authentication-Info", "NTLM", HOST, 5, 4, OH_SIP_VERDICT_DROP }, /* used before */
    { "Authentication-Info", "NTLM", HOST, 0, 4, OH_SIP_VERDICT_DROP },
    { "Authentication-Info", "NTLM", HOST, 255, 4, OH_SIP_VERDICT_PASS },
    { "Authentication-Info", "NTLM", HOST, 7, 4, OH_SIP_VERDICT_PASS },     /* was overtaken */
    { "Authentication-Info", "NTLM", HOST, 300, 2, OH_SIP_VERDICT_FORGED }, /* wrong text */
    { "Authentication-Info", "NTLM", "fe9.fabrikam.test", 301, 4, OH_SIP_VERDICT_DROP },
    { "Authentication-Info", "Kerberos", "sip/" HOST, 302, 4, OH_SIP_VERDICT_DROP },
  };

  sign_in (f, 4);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OhSipMessage) in = message (f, "NOTIFY sip:a SIP/2.0", "NOTIFY");

      server_signs (f, in, cases[i].header, cases[i].scheme, cases[i].target, cases[i].number,
                    cases[i].version);
      g_test_message ("case %" G_GSIZE_FORMAT, i);
      g_assert_cmpint (check (f, in), ==, cases[i].verdict);
    }
  g_assert_cmpuint (oh_security_dropped (f->security, OH_SECURITY_DROP_REPLAYED), ==, 2);
  g_assert_cmpuint (oh_security_dropped (f->security, OH_SECURITY_DROP_FORGED), ==, 1);
  g_assert_cmpuint (oh_security_dropped (f->security, OH_SECURITY_DROP_UNSIGNED), ==, 2);
}

/* A message changed on its way, an Info cut short, two of which one is wrong. */
static void
test_tampered (Fixture *f, gconstpointer data)
{
  g_autoptr (OhSipMessage) changed = NULL;
  g_autoptr (OhSipMessage) cut = NULL;
  g_autoptr (OhSipMessage) two = NULL;
  g_autoptr (OhSipMessage) broken = NULL;
  g_autoptr (OhSipMessage) challenged = NULL;

  sign_in (f, 4);
  changed = message (f, "NOTIFY sip:a SIP/2.0", "NOTIFY");
  server_signs (f, changed, "Authentication-Info", "NTLM", HOST, 2, 4);
  oh_sip_message_set (changed, "From", "<sip:anna@Fabrikam.test>;tag=1");
  g_assert_cmpint (check (f, changed), ==, OH_SIP_VERDICT_FORGED);
  cut = message (f, "NOTIFY sip:a SIP/2.0", "NOTIFY");
  oh_sip_message_add (cut, "Authentication-Info",
                      "NTLM srand=\"1\", targetname=\"" HOST "\", realm=\"" REALM "\"");
  g_assert_cmpint (check (f, cut), ==, OH_SIP_VERDICT_FORGED);
  two = message (f, "NOTIFY sip:a SIP/2.0", "NOTIFY");
  server_signs (f, two, "Authentication-Info", "NTLM", HOST, 2, 4);
  server_signs (f, two, "Proxy-Authentication-Info", "NTLM", HOST, 3, 2);
  g_assert_cmpint (check (f, two), ==, OH_SIP_VERDICT_FORGED);
  broken = message (f, "NOTIFY sip:a SIP/2.0", "NOTIFY");
  oh_sip_message_add (broken, "Authentication-Info", "NTLM srand=\"1");
  g_assert_cmpint (check (f, broken), ==, OH_SIP_VERDICT_FORGED);
  /* realm and target come from the Info, never from a challenge in the same message */
  challenged = response (f, 407, "INVITE");
  oh_sip_message_add (challenged, "Proxy-Authenticate", "Digest realm=\"meeting\", nonce=\"1\"");
  server_signs (f, challenged, "Proxy-Authentication-Info", "NTLM", HOST, 4, 4);
  g_assert_cmpint (check (f, challenged), ==, OH_SIP_VERDICT_PASS);
}

/* The 200 to the last token must be signed with the new keys, or nothing is believed. */
static void
test_forged_end (Fixture *f, gconstpointer data)
{
  g_autoptr (OhSipMessage) bare = send (f, "REGISTER");
  g_autoptr (OhSipMessage) ticket = NULL;

  g_assert_true (challenge_with (f, bare, 401, KERBEROS_FIRST, 4));
  ticket = send (f, "REGISTER");
  g_assert_cmpint (accept_register (f, "Kerberos", "sip/" HOST, 1, 2), ==, OH_SIP_VERDICT_FORGED);
  g_assert_cmpint (oh_security_state (f->security), ==, OH_ASSOCIATION_NEGOTIATING);
}

/* A 401 to a signed REGISTER: begin anew, unsigned; the password is not taken for wrong. */
static void
test_forgotten (Fixture *f, gconstpointer data)
{
  g_autoptr (OhSipMessage) refresh = NULL;
  g_autoptr (OhSipMessage) bare = NULL;

  sign_in (f, 4);
  refresh = send (f, "REGISTER");
  assert_has (refresh, "Authorization", "cnum=\"2\"", TRUE);
  g_assert_true (challenge_with (f, refresh, 401, NTLM_FIRST, 4));
  bare = send (f, "REGISTER");
  g_assert_null (oh_sip_message_get (bare, "Authorization"));
  sign_in (f, 4);
}

/* During a renewal the old association signs and is believed, a minute longer after it. */
static void
test_renewal (Fixture *f, gconstpointer data)
{
  g_autoptr (OhSipMessage) bare = NULL;
  g_autoptr (OhSipMessage) between = NULL;
  g_autoptr (OhSipMessage) late = NULL;
  g_autoptr (OhSipMessage) too_late = NULL;
  g_autoptr (OhSipMessage) empty = NULL;
  g_autoptr (OhSipMessage) last = NULL;

  sign_in (f, 3);
  oh_security_renew (f->security);
  bare = send (f, "REGISTER");
  g_assert_null (oh_sip_message_get (bare, "Authorization"));
  between = send (f, "SUBSCRIBE");
  assert_has (between, "Authorization", "cnum=\"1\"", TRUE);
  g_assert_true (challenge_with (f, bare, 401, NTLM_FIRST, 4));
  empty = send (f, "REGISTER");
  g_assert_true (challenge_with (f, empty, 401, NTLM_CHALLENGE, 4));
  last = send (f, "REGISTER");
  g_assert_cmpint (accept_register (f, "NTLM", HOST, 1, 4), ==, OH_SIP_VERDICT_PASS);
  g_clear_pointer (&between, oh_sip_message_unref);
  between = send (f, "SUBSCRIBE");
  assert_has (between, "Authorization", "cnum=\"2\"", TRUE);
  oh_fake_clock_advance (f->clock, SECONDS (OH_ASSOCIATION_OVERLAP_S - 1));
  late = message (f, "NOTIFY sip:a SIP/2.0", "NOTIFY");
  /* number 2 of the old one */
  server_signs_with (1, late, "Authentication-Info", "NTLM", HOST, 2, 3);
  g_assert_cmpint (check (f, late), ==, OH_SIP_VERDICT_PASS);
  oh_fake_clock_advance (f->clock, SECONDS (2));
  too_late = message (f, "NOTIFY sip:a SIP/2.0", "NOTIFY");
  server_signs_with (1, too_late, "Authentication-Info", "NTLM", HOST, 3, 3);
  g_assert_cmpint (check (f, too_late), ==, OH_SIP_VERDICT_FORGED);
}

static void
test_life (Fixture *f, gconstpointer data)
{
  gint64 now_us;

  oh_security_set_idle_limit (f->security, 86400);
  sign_in (f, 4);
  now_us = oh_clock_now_us (OH_CLOCK (f->clock));
  g_assert_cmpint (oh_security_renew_us (f->security), ==, now_us + SECONDS (8 * 3600 - 300));
  oh_fake_clock_advance (f->clock, SECONDS (8 * 3600 - 1));
  g_assert_cmpint (oh_security_state (f->security), ==, OH_ASSOCIATION_READY);
  oh_fake_clock_advance (f->clock, G_USEC_PER_SEC);
  g_assert_cmpint (oh_security_state (f->security), ==, OH_ASSOCIATION_EXPIRED);
  g_assert_cmpint (oh_security_renew_us (f->security), ==, G_MAXINT64);
}

static void
test_short_ticket (Fixture *f, gconstpointer data)
{
  gint64 now_us;

  f->plan->life_s = 3600;
  sign_in (f, 4);
  now_us = oh_clock_now_us (OH_CLOCK (f->clock));
  g_assert_cmpint (oh_security_renew_us (f->security), ==, now_us + SECONDS (55 * 60));
  f->plan->life_s = 480;
  oh_security_set_peer (f->security, &(OhAuthPeer){ HOST, TRUE, NULL });
  sign_in (f, 4);
  g_assert_cmpint (oh_security_renew_us (f->security), ==, now_us + SECONDS (4 * 60));
}

/* A server forgets what is not used; whatever we send keeps it alive, what comes in does not. */
static void
test_idle (Fixture *f, gconstpointer data)
{
  g_autoptr (OhSipMessage) used = NULL;
  g_autoptr (OhSipMessage) late = NULL;
  g_autoptr (OhSipMessage) bare = NULL;

  sign_in (f, 4);
  oh_fake_clock_advance (f->clock, SECONDS (OH_ASSOCIATION_IDLE_S - 1));
  used = send (f, "OPTIONS");
  assert_has (used, "Authorization", "cnum=\"2\"", TRUE);
  oh_fake_clock_advance (f->clock, SECONDS (OH_ASSOCIATION_IDLE_S - 1));
  g_assert_cmpint (oh_security_state (f->security), ==, OH_ASSOCIATION_READY);
  oh_security_set_idle_limit (f->security, OH_ASSOCIATION_IDLE_S + 10);
  oh_fake_clock_advance (f->clock, SECONDS (10));
  g_assert_cmpint (oh_security_state (f->security), ==, OH_ASSOCIATION_READY);
  late = message (f, "NOTIFY sip:a SIP/2.0", "NOTIFY");
  server_signs (f, late, "Authentication-Info", "NTLM", HOST, 2, 4);
  oh_fake_clock_advance (f->clock, SECONDS (1));
  g_assert_cmpint (oh_security_state (f->security), ==, OH_ASSOCIATION_EXPIRED);
  g_assert_cmpint (check (f, late), ==, OH_SIP_VERDICT_PASS); /* was under way */
  bare = send (f, "REGISTER"); /* no round trip is spent on a signature that nobody knows */
  g_assert_null (oh_sip_message_get (bare, "Authorization"));
  sign_in (f, 4);
}

static void
test_rate (Fixture *f, gconstpointer data)
{
  for (guint i = 0; i < OH_NEGOTIATOR_PER_MINUTE + 1; i++)
    {
      g_autoptr (OhSipMessage) bare = NULL;

      oh_security_renew (f->security);
      bare = send (f, "REGISTER");
      g_assert_cmpint (challenge_with (f, bare, 401, NTLM_FIRST, 4), ==,
                       i < OH_NEGOTIATOR_PER_MINUTE);
    }
  g_assert_error (f->error, OH_ERROR, OH_ERROR_PROTOCOL);
  g_clear_error (&f->error);
  oh_fake_clock_advance (f->clock, SECONDS (60));
  {
    g_autoptr (OhSipMessage) bare = send (f, "REGISTER");

    g_assert_true (challenge_with (f, bare, 401, NTLM_FIRST, 4));
  }
}

static void
test_diagnostics (Fixture *f, gconstpointer data)
{
  static const struct
  {
    const char *header, *value;
    int told;
  } cases[] = {
    { "ms-diagnostics", "1000;reason=\"Final handshake failed\";source=\"fe1\"", OH_ERROR_SIGN_IN },
    { "ms-diagnostics",
      "1000;reason=\"Final handshake failed\";HRESULT=\"0xC3E93EC3(SIP_E_AUTH_UNAUTHORIZED)\"",
      OH_ERROR_SIGN_IN },
    { "ms-diagnostics",
      "1000;reason=\"Final handshake failed\";HRESULT=\"0xC3E93EE4(SIP_E_AUTH_NTLMMISMATCH)\"",
      OH_ERROR_MECHANISM },
    { "ms-diagnostics", "1013;reason=\"Significant time skew detected\"", OH_ERROR_CLOCK },
    { "Date", "Sat, 31 Jan 2026 09:30:00 GMT", OH_ERROR_CLOCK }, /* half an hour ahead */
    { "Date", "Sat, 31 Jan 2026 09:10:00 GMT", OH_ERROR_SIGN_IN },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OhSipMessage) bare = NULL;
      g_autoptr (OhSipMessage) empty = NULL;
      g_autoptr (OhSipMessage) last = NULL;
      g_autoptr (OhSipMessage) refused = NULL;

      oh_security_forgive (f->security);
      oh_security_set_peer (f->security, &(OhAuthPeer){ HOST, TRUE, NULL });
      bare = send (f, "REGISTER");
      g_assert_true (challenge_with (f, bare, 401, NTLM_FIRST, 4));
      empty = send (f, "REGISTER");
      g_assert_true (challenge_with (f, empty, 401, NTLM_CHALLENGE, 4));
      last = send (f, "REGISTER");
      refused = response (f, 401, "REGISTER");
      oh_sip_message_add (refused, cases[i].header, cases[i].value);
      f->done = FALSE;
      oh_sip_guard_answer_async (OH_SIP_GUARD (f->security), refused, last, NULL, on_answered, f);
      while (!f->done)
        g_main_context_iteration (NULL, TRUE);
      g_test_message ("%s", f->error->message);
      g_assert_error (f->error, OH_ERROR, cases[i].told);
      g_clear_error (&f->error);
    }
}

static void
test_reset_meanwhile (Fixture *f, gconstpointer data)
{
  g_autoptr (OhSipMessage) bare = send (f, "REGISTER");
  g_autoptr (OhSipMessage) in = response (f, 401, "REGISTER");

  oh_sip_message_add (in, "WWW-Authenticate", "NTLM realm=\"R\", targetname=\"" HOST "\"");
  oh_sip_guard_answer_async (OH_SIP_GUARD (f->security), in, bare, NULL, on_answered, f);
  oh_sip_guard_reset (OH_SIP_GUARD (f->security));
  while (!f->done)
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (f->answered);
  g_assert_error (f->error, OH_ERROR, OH_ERROR_CANCELLED);
  g_assert_cmpint (oh_security_state (f->security), ==, OH_ASSOCIATION_NONE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function, data)                                                                  \
  g_test_add ("/security/" name, Fixture, data, set_up, function, tear_down)
  ADD ("ntlm/version-2", test_ntlm_versions, GUINT_TO_POINTER (2));
  ADD ("ntlm/version-3", test_ntlm_versions, GUINT_TO_POINTER (3));
  ADD ("ntlm/version-4", test_ntlm_versions, GUINT_TO_POINTER (4));
  ADD ("outgoing-text", test_outgoing_text, NULL);
  ADD ("kerberos", test_kerberos_at_once, NULL);
  ADD ("falls-back", test_falls_back, NULL);
  ADD ("refused-ticket", test_refused_ticket, NULL);
  ADD ("fails-half-way", test_fails_half_way, NULL);
  ADD ("errors", test_errors, NULL);
  ADD ("choice", test_choice, NULL);
  ADD ("unsigned", test_unsigned, NULL);
  ADD ("allowed-unauthenticated", test_allowed_unauthenticated, NULL);
  ADD ("signed-requests", test_signed_requests, NULL);
  ADD ("tampered", test_tampered, NULL);
  ADD ("forged-end", test_forged_end, NULL);
  ADD ("forgotten", test_forgotten, NULL);
  ADD ("renewal", test_renewal, NULL);
  ADD ("life", test_life, NULL);
  ADD ("short-ticket", test_short_ticket, NULL);
  ADD ("idle", test_idle, NULL);
  ADD ("rate", test_rate, NULL);
  ADD ("diagnostics", test_diagnostics, NULL);
  ADD ("reset-meanwhile", test_reset_meanwhile, NULL);
#undef ADD
  return g_test_run ();
}
