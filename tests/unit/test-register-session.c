/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "register-session.h"

#include <string.h>

#include "error.h"
#include "fake-clock.h"
#include "fake-mechanism.h"
#include "scripted-stream.h"
#include "signature-text.h"

#define REALM "SIP Communications Service"
#define HOST "fe1.fabrikam.test"
#define EPID "9f27c46e10ab"
#define GRUU "sip:anna@fabrikam.test;opaque=user:epid:x;gruu"
#define CONTACT                                                                                    \
  "Contact: <sip:192.0.2.1:50611>;+sip.instance=\"<urn:uuid:F066452C-0D2F-55F2-A012-A8B37BEA8F50"  \
  ">\";gruu=\"" GRUU "\"\r\n"
#define KERBEROS                                                                                   \
  "WWW-Authenticate: Kerberos realm=\"" REALM "\", targetname=\"sip/" HOST "\", version=4\r\n"

/* A session, and the server that the test plays. */
typedef struct
{
  OhFakeClock *clock;
  OhSecurity *security;
  OhSipStack *stack;
  OhSipTransport *transport;
  OhScriptedStream *server;
  OhRegistrationPlan *plan;
  OhRegisterSession *session;
  OhFakePlan *mechanisms;
  guint snum;
  GString *seen; /* signals, "granted renewed ended:unreachable:60 " */
  gboolean left, confirmed;
} Fixture;

static void
give_credentials (GTask *task, gpointer user_data)
{
  g_task_return_pointer (task, oh_credentials_new ("anna", "secret"),
                         (GDestroyNotify) oh_credentials_free);
  g_object_unref (task);
}

static void
on_granted (OhRegisterSession *session, gboolean handshake, Fixture *f)
{
  g_string_append (f->seen, handshake ? "handshake " : "refreshed ");
}

static void
on_redirected (OhRegisterSession *session, GPtrArray *targets, Fixture *f)
{
  g_string_append_printf (f->seen, "redirected:%u ", targets->len);
}

static void
on_ended (OhRegisterSession *session, const GError *error, gint retry_s, Fixture *f)
{
  g_test_message ("%s", error->message);
  g_string_append_printf (f->seen, "ended:%s:%d ", oh_error_code_word (error->code), retry_s);
}

static void
set_up (Fixture *f, gconstpointer data)
{
  static const OhSecurityPolicy policy = { .schemes = { .choice = OH_MECHANISM_CHOICE_AUTO } };
  static const OhRegistrationSettings settings = { .uri = "anna@fabrikam.test", .epid = EPID };

  f->clock = oh_fake_clock_new ();
  f->mechanisms = oh_fake_plan_reset ();
  f->security = oh_security_new (OH_CLOCK (f->clock), &policy, give_credentials, f);
  oh_security_set_maker (f->security, oh_fake_mechanism_make);
  f->stack = oh_sip_stack_new (OH_CLOCK (f->clock), OH_SIP_GUARD (f->security));
  f->server = oh_scripted_stream_new ();
  f->transport = oh_sip_transport_new_for_stream (
    OH_CLOCK (f->clock), oh_scripted_stream_near (f->server), "192.0.2.1", 50611);
  oh_sip_stack_set_transport (f->stack, f->transport);
  oh_security_set_peer (f->security, &(OhAuthPeer){ HOST, TRUE, NULL });
  f->plan = oh_registration_plan_new (&settings, NULL);
  f->seen = g_string_new (NULL);
  f->session = oh_register_session_new (OH_CLOCK (f->clock), f->stack, f->security, f->plan, HOST);
  g_signal_connect (f->session, "granted", G_CALLBACK (on_granted), f);
  g_signal_connect (f->session, "redirected", G_CALLBACK (on_redirected), f);
  g_signal_connect (f->session, "ended", G_CALLBACK (on_ended), f);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_assert_cmpstr (f->seen->str, ==, ""); /* nothing that the test did not expect */
  g_object_run_dispose (G_OBJECT (f->session));
  oh_sip_stack_set_transport (f->stack, NULL);
  oh_sip_transport_close (f->transport, NULL);
  oh_scripted_stream_settle ();
  g_assert_finalize_object (f->session);
  g_assert_finalize_object (f->stack);
  g_assert_finalize_object (f->security);
  g_object_unref (f->transport);
  oh_scripted_stream_free (f->server);
  oh_registration_plan_free (f->plan);
  g_assert_cmpuint (oh_fake_clock_n_alarms (f->clock), ==, 0);
  g_object_unref (f->clock);
  g_string_free (f->seen, TRUE);
}

static void
assert_seen (Fixture *f, const char *expected)
{
  oh_scripted_stream_settle ();
  g_assert_cmpstr (f->seen->str, ==, expected);
  g_string_truncate (f->seen, 0);
}

static OhSipMessage *
take (Fixture *f)
{
  g_autofree char *text = oh_scripted_stream_take (f->server);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  OhSipMessage *message = oh_sip_message_parse (bytes, &error);

  g_assert_no_error (error);
  return message;
}

static void
server_signs (Fixture *f, OhSipMessage *message)
{
  g_autofree char *number = g_strdup_printf ("%u", ++f->snum);
  const OhSignatureFields fields = { "Kerberos", "3C91D0E7", number, REALM, "sip/" HOST, 4 };
  g_autofree char *text = oh_signature_text (message, &fields, NULL);
  g_autofree char *hex = oh_fake_mechanism_server_sign (f->mechanisms->latest, text);

  oh_sip_message_set_printf (message, "Authentication-Info",
                             "Kerberos rspauth=\"%s\", srand=\"3C91D0E7\", snum=\"%s\", "
                             "targetname=\"sip/" HOST "\", realm=\"" REALM "\"",
                             hex, number);
}

static void
say (Fixture *f, OhSipMessage *message)
{
  g_autoptr (GBytes) bytes = oh_sip_message_serialise (message);
  gsize len;
  const char *data = g_bytes_get_data (bytes, &len);

  oh_scripted_stream_say (f->server, data, (gssize) len);
  oh_scripted_stream_settle ();
}

/* @headers: "Name: value\r\n" ... */
static void
answer (Fixture *f, OhSipMessage *request, guint status, const char *headers, gboolean sign)
{
  g_autoptr (OhSipMessage) response = oh_sip_message_new_response (request, status, NULL);
  g_auto (GStrv) lines = g_strsplit (headers, "\r\n", 0);

  for (char **line = lines; *line != NULL && **line != '\0'; line++)
    {
      g_auto (GStrv) parts = g_strsplit (*line, ": ", 2);

      oh_sip_message_add (response, parts[0], parts[1]);
    }
  if (sign)
    server_signs (f, response);
  say (f, response);
}

static void
assert_signed (OhSipMessage *request, gboolean is_signed, gboolean has_token)
{
  const char *value = oh_sip_message_get (request, "Authorization");

  g_assert_cmpint (value != NULL && strstr (value, "response=") != NULL, ==, is_signed);
  g_assert_cmpint (value != NULL && strstr (value, "gssapi-data=") != NULL, ==, has_token);
}

static void
handshake (Fixture *f, const char *granted)
{
  g_autoptr (OhSipMessage) bare = take (f);
  g_autoptr (OhSipMessage) ticket = NULL;

  assert_signed (bare, FALSE, FALSE);
  answer (f, bare, 401, KERBEROS, FALSE);
  ticket = take (f);
  assert_signed (ticket, TRUE, TRUE);
  f->snum = 0;
  answer (f, ticket, 200, granted, TRUE);
}

static void
sign_in (Fixture *f, const char *granted)
{
  oh_register_session_begin (f->session);
  handshake (f, granted);
  assert_seen (f, "handshake ");
}

static void
advance_s (Fixture *f, guint seconds)
{
  oh_fake_clock_advance (f->clock, (gint64) seconds * G_USEC_PER_SEC);
  oh_scripted_stream_settle ();
}

/* What the REGISTERs of one sign-in have in common, and what goes up. */
static void
test_register (Fixture *f, gconstpointer data)
{
  g_autoptr (OhSipMessage) first = NULL;
  g_autoptr (OhSipMessage) second = NULL;
  OhSipCSeq cseq;

  oh_register_session_begin (f->session);
  first = take (f);
  g_assert_cmpstr (oh_sip_message_request_uri (first), ==, "sip:fabrikam.test");
  g_assert_cmpstr (oh_sip_message_get (first, "To"), ==, "<sip:anna@fabrikam.test>");
  g_assert_nonnull (strstr (oh_sip_message_get (first, "From"), ";epid=" EPID));
  g_assert_nonnull (strstr (oh_sip_message_get (first, "Contact"), "<sip:192.0.2.1:50611;"));
  g_assert_cmpstr (oh_sip_message_get (first, "Event"), ==, "registration");
  g_assert_true (oh_sip_message_has_token (first, "Supported", "gruu-10"));
  g_assert_true (oh_sip_message_has_token (first, "Supported", "msrtc-event-categories"));
  g_assert_null (oh_sip_message_get (first, "Expires"));
  answer (f, first, 401, KERBEROS, FALSE);
  second = take (f);
  g_assert_cmpstr (oh_sip_message_get (first, "Call-ID"), ==,
                   oh_sip_message_get (second, "Call-ID"));
  g_assert_cmpstr (oh_sip_message_get (first, "From"), ==, oh_sip_message_get (second, "From"));
  g_assert_true (oh_sip_message_cseq (second, &cseq));
  g_assert_cmpuint (cseq.number, ==, 2);
  answer (f, second, 200, "Expires: 7200\r\n" CONTACT, TRUE);
  assert_seen (f, "handshake ");
}

/* From then on our Contact is the GRUU. */
static void
test_identity (Fixture *f, gconstpointer data)
{
  g_autoptr (OhSipMessage) request = NULL;

  sign_in (f, "Expires: 7200\r\n" CONTACT);
  request = oh_sip_stack_new_request (f->stack, "SUBSCRIBE", "sip:bob@fabrikam.test");
  g_assert_cmpstr (oh_sip_message_get (request, "Contact"), ==, "<" GRUU ">");
}

static void
test_refresh_times (Fixture *f, gconstpointer data)
{
  static const struct
  {
    const char *granted;
    guint next_s;
  } steps[] = {
    { "Expires: 7200\r\n" CONTACT, 7170 },
    { "Expires: 900\r\n" CONTACT, 870 },
    { "Expires: 60\r\n" CONTACT, 30 },
    { "Expires: 5\r\n" CONTACT, 30 }, /* taken as 60 */
    { CONTACT, 3570 },
    { "Expires: 600\r\n" CONTACT, 570 },
  };

  sign_in (f, steps[0].granted);
  for (gsize i = 0; i + 1 < G_N_ELEMENTS (steps); i++)
    {
      g_autoptr (OhSipMessage) refresh = NULL;

      advance_s (f, steps[i].next_s - 1);
      oh_scripted_stream_assert_silent (f->server);
      advance_s (f, 1);
      refresh = take (f);
      assert_signed (refresh, TRUE, FALSE);
      answer (f, refresh, 200, steps[i + 1].granted, TRUE);
      assert_seen (f, "refreshed ");
    }
}

/* Eight hours less five minutes after the handshake, a complete new one. */
static void
test_renewal (Fixture *f, gconstpointer data)
{
  sign_in (f, "Expires: 86400\r\n" CONTACT);
  advance_s (f, 8 * 3600 - 300 - 1);
  oh_scripted_stream_assert_silent (f->server);
  advance_s (f, 1);
  handshake (f, "Expires: 86400\r\n" CONTACT);
  assert_seen (f, "handshake ");
}

static void
test_forgotten (Fixture *f, gconstpointer data)
{
  g_autoptr (OhSipMessage) refresh = NULL;

  sign_in (f, "Expires: 7200\r\n" CONTACT);
  oh_register_session_refresh (f->session);
  refresh = take (f);
  assert_signed (refresh, TRUE, FALSE);
  answer (f, refresh, 401, KERBEROS, FALSE);
  handshake (f, "Expires: 7200\r\n" CONTACT);
  assert_seen (f, "handshake ");
}

/* While a refresh is under way another request learns that the association is gone. */
static void
test_challenged_meanwhile (Fixture *f, gconstpointer data)
{
  g_autoptr (OhSipMessage) refresh = NULL;
  g_autoptr (OhSipMessage) request = NULL;
  g_autoptr (OhSipMessage) sent = NULL;
  g_autoptr (OhSipMessage) again = NULL;

  sign_in (f, "Expires: 7200\r\n" CONTACT);
  request = oh_sip_stack_new_request (f->stack, "SUBSCRIBE", "sip:bob@fabrikam.test");
  oh_sip_stack_send_async (f->stack, request, NULL, NULL, NULL);
  sent = take (f);
  oh_register_session_refresh (f->session);
  refresh = take (f);
  answer (f, sent, 401, KERBEROS, FALSE);
  oh_scripted_stream_assert_silent (f->server); /* the refresh is answered first */
  answer (f, refresh, 200, "Expires: 7200\r\n" CONTACT, TRUE);
  handshake (f, "Expires: 7200\r\n" CONTACT);
  assert_seen (f, "handshake ");
  again = take (f);
  g_assert_true (oh_sip_message_is_method (again, "SUBSCRIBE"));
  assert_signed (again, TRUE, FALSE);
  answer (f, again, 200, "Expires: 60\r\n", TRUE);
}

/* No answer for a minute: once more, six times, then the connection is given up. */
static void
test_unanswered (Fixture *f, gconstpointer data)
{
  sign_in (f, "Expires: 7200\r\n" CONTACT);
  oh_register_session_refresh (f->session);
  for (guint i = 1; i <= OH_REGISTER_ATTEMPTS_MAX; i++)
    {
      g_autoptr (OhSipMessage) refresh = take (f);

      assert_signed (refresh, TRUE, FALSE);
      assert_seen (f, "");
      advance_s (f, 60);
    }
  oh_scripted_stream_assert_silent (f->server);
  assert_seen (f, "ended:unreachable:0 ");
}

static void
test_gateway_timeout (Fixture *f, gconstpointer data)
{
  sign_in (f, "Expires: 7200\r\n" CONTACT);
  oh_register_session_refresh (f->session);
  for (guint i = 1; i <= OH_REGISTER_ATTEMPTS_MAX; i++)
    {
      g_autoptr (OhSipMessage) refresh = take (f);

      assert_seen (f, "");
      answer (f, refresh, 504, "", TRUE);
      oh_scripted_stream_assert_silent (f->server);
      if (i < OH_REGISTER_ATTEMPTS_MAX)
        advance_s (f, OH_REGISTER_REPEAT_S);
    }
  assert_seen (f, "ended:unreachable:60 ");
}

/* One good answer in between and the count begins anew. */
static void
test_gateway_recovers (Fixture *f, gconstpointer data)
{
  sign_in (f, "Expires: 7200\r\n" CONTACT);
  for (guint round = 0; round < 2; round++)
    {
      g_autoptr (OhSipMessage) good = NULL;

      oh_register_session_refresh (f->session);
      for (guint i = 1; i < OH_REGISTER_ATTEMPTS_MAX; i++)
        {
          g_autoptr (OhSipMessage) refresh = take (f);

          answer (f, refresh, 504, "", TRUE);
          advance_s (f, OH_REGISTER_REPEAT_S);
        }
      good = take (f);
      answer (f, good, 200, "Expires: 7200\r\n" CONTACT, TRUE);
      assert_seen (f, "refreshed ");
    }
}

static void
test_ends (Fixture *f, gconstpointer data)
{
  g_autoptr (OhSipMessage) refresh = NULL;

  sign_in (f, "Expires: 7200\r\n" CONTACT);
  oh_register_session_refresh (f->session);
  refresh = take (f);
  answer (f, refresh, 200, "Expires: 0\r\n", TRUE);
  assert_seen (f, "ended:unreachable:0 ");
  oh_register_session_refresh (f->session); /* nothing more comes */
  oh_scripted_stream_assert_silent (f->server);
}

static void
test_redirected (Fixture *f, gconstpointer data)
{
  g_autoptr (OhSipMessage) bare = NULL;

  oh_register_session_begin (f->session);
  bare = take (f);
  answer (f, bare, 301,
          "Contact: <sip:fe2.fabrikam.test:5061;transport=tls>, <sip:fe3.fabrikam.test>\r\n",
          FALSE);
  assert_seen (f, "redirected:2 ");
}

static void
test_refused (Fixture *f, gconstpointer data)
{
  g_autoptr (OhSipMessage) bare = NULL;

  oh_register_session_begin (f->session);
  bare = take (f);
  answer (f, bare, 503, "Retry-After: 77\r\n", FALSE);
  assert_seen (f, "ended:unreachable:77 ");
}

static void
test_hung_up (Fixture *f, gconstpointer data)
{
  sign_in (f, "Expires: 7200\r\n" CONTACT);
  oh_scripted_stream_hang_up (f->server);
  assert_seen (f, "ended:unreachable:0 ");
}

static void
on_left (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Fixture *f = user_data;

  f->confirmed = oh_register_session_leave_finish (OH_REGISTER_SESSION (source), result);
  f->left = TRUE;
}

static void
notify (Fixture *f, const char *method, const char *event)
{
  g_autoptr (OhSipMessage) message = oh_sip_message_new_request (method, GRUU);
  g_autofree char *body = g_strdup_printf ("deregistered;event=%s", event);
  g_autofree char *cseq = g_strdup_printf ("1 %s", method);

  oh_sip_message_add (message, "Via", "SIP/2.0/TLS 192.0.2.9;branch=z9hG4bKx");
  oh_sip_message_add (message, "From", "<sip:anna@fabrikam.test>;tag=s");
  oh_sip_message_add (message, "To", "<sip:anna@fabrikam.test>;epid=" EPID);
  oh_sip_message_add (message, "Call-ID", "n");
  oh_sip_message_add (message, "CSeq", cseq);
  oh_sip_message_add (message, "Event", "registration-notify");
  oh_sip_message_set_body_text (message, "text/registration-event", body);
  server_signs (f, message);
  say (f, message);
}

static void
test_signed_out (Fixture *f, gconstpointer data)
{
  g_autoptr (OhSipMessage) reply = NULL;

  sign_in (f, "Expires: 7200\r\n" CONTACT);
  notify (f, "BENOTIFY", "nonsense");
  oh_scripted_stream_assert_silent (f->server);
  assert_seen (f, "");
  notify (f, "NOTIFY", "unregistered");
  reply = take (f);
  g_assert_cmpuint (oh_sip_message_status (reply), ==, 200);
  assert_signed (reply, TRUE, FALSE);
  assert_seen (f, "ended:not-signed-in:-1 ");
}

static void
test_rejected (Fixture *f, gconstpointer data)
{
  sign_in (f, "Expires: 7200\r\n" CONTACT);
  notify (f, "BENOTIFY", "rejected");
  assert_seen (f, "ended:account-refused:-1 ");
}

/* It crosses our refresh: what the server says last counts, and its 200 comes too late. */
static void
test_rejected_while_refreshing (Fixture *f, gconstpointer data)
{
  g_autoptr (OhSipMessage) refresh = NULL;

  sign_in (f, "Expires: 7200\r\n" CONTACT);
  oh_register_session_refresh (f->session);
  refresh = take (f);
  notify (f, "BENOTIFY", "Rejected;x=y");
  assert_seen (f, "ended:account-refused:-1 ");
  answer (f, refresh, 200, "Expires: 7200\r\n" CONTACT, TRUE);
  assert_seen (f, "");
}

/* Signing out anyway: no reason to alarm anybody. */
static void
test_rejected_while_leaving (Fixture *f, gconstpointer data)
{
  g_autoptr (OhSipMessage) bye = NULL;

  sign_in (f, "Expires: 7200\r\n" CONTACT);
  oh_register_session_leave_async (f->session, on_left, f);
  bye = take (f);
  notify (f, "BENOTIFY", "unregistered");
  assert_seen (f, "");
  answer (f, bye, 200, "", TRUE);
  oh_scripted_stream_settle ();
  g_assert_true (f->left);
}

static void
test_leave (Fixture *f, gconstpointer data)
{
  g_autoptr (OhSipMessage) bye = NULL;

  sign_in (f, "Expires: 7200\r\n" CONTACT);
  oh_register_session_leave_async (f->session, on_left, f);
  bye = take (f);
  g_assert_cmpstr (oh_sip_message_get (bye, "Expires"), ==, "0");
  assert_signed (bye, TRUE, FALSE);
  g_assert_false (f->left);
  answer (f, bye, 200, "", TRUE);
  g_assert_true (f->left && f->confirmed);
}

/* Two seconds, not more; and a refresh that was under way is forgotten. */
static void
test_leave_unanswered (Fixture *f, gconstpointer data)
{
  g_autoptr (OhSipMessage) refresh = NULL;
  g_autoptr (OhSipMessage) bye = NULL;

  sign_in (f, "Expires: 7200\r\n" CONTACT);
  oh_register_session_refresh (f->session);
  refresh = take (f);
  oh_register_session_leave_async (f->session, on_left, f);
  bye = take (f);
  answer (f, refresh, 200, "Expires: 7200\r\n" CONTACT, TRUE);
  oh_fake_clock_advance (f->clock, OH_REGISTER_LEAVE_LIMIT_S * G_USEC_PER_SEC - 1);
  oh_scripted_stream_settle ();
  g_assert_false (f->left);
  oh_fake_clock_advance (f->clock, 1);
  oh_scripted_stream_settle ();
  g_assert_true (f->left);
  g_assert_false (f->confirmed);
}

static void
test_leave_hung_up (Fixture *f, gconstpointer data)
{
  g_autoptr (OhSipMessage) bye = NULL;

  sign_in (f, "Expires: 7200\r\n" CONTACT);
  oh_register_session_leave_async (f->session, on_left, f);
  bye = take (f);
  oh_scripted_stream_hang_up (f->server);
  oh_scripted_stream_settle ();
  g_assert_true (f->left);
  g_assert_false (f->confirmed);
}

/* A new server of the old kind gives no GRUU: then the address that proxies replace. */
static void
test_no_gruu (Fixture *f, gconstpointer data)
{
  g_autoptr (OhSipMessage) request = NULL;

  sign_in (f, "Expires: 7200\r\n");
  request = oh_sip_stack_new_request (f->stack, "SUBSCRIBE", "sip:bob@fabrikam.test");
  g_assert_cmpstr (oh_sip_message_get (request, "Contact"), ==,
                   "<sip:anna@fabrikam.test:50611;maddr=192.0.2.1;transport=tls>;proxy=replace");
}

/* CRLFCRLF only where the server asked for it. */
static void
test_keep_alive (Fixture *f, gconstpointer data)
{
  gboolean asked = data != NULL;

  sign_in (f, asked ? "Expires: 7200\r\nms-keep-alive: UAS;hop-hop=yes;timeout=300\r\n" CONTACT
                    : "Expires: 7200\r\n" CONTACT);
  advance_s (f, 239);
  oh_scripted_stream_assert_silent (f->server);
  advance_s (f, 2);
  if (asked)
    {
      g_autofree char *octets = oh_scripted_stream_take_octets (f->server, 4);

      g_assert_cmpstr (octets, ==, "\r\n\r\n");
    }
  oh_scripted_stream_assert_silent (f->server);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function, data)                                                                  \
  g_test_add ("/register-session/" name, Fixture, data, set_up, function, tear_down)
  ADD ("register", test_register, NULL);
  ADD ("identity", test_identity, NULL);
  ADD ("no-gruu", test_no_gruu, NULL);
  ADD ("keep-alive/asked", test_keep_alive, "asked");
  ADD ("keep-alive/not-asked", test_keep_alive, NULL);
  ADD ("refresh-times", test_refresh_times, NULL);
  ADD ("renewal", test_renewal, NULL);
  ADD ("forgotten", test_forgotten, NULL);
  ADD ("challenged-meanwhile", test_challenged_meanwhile, NULL);
  ADD ("unanswered", test_unanswered, NULL);
  ADD ("gateway-timeout", test_gateway_timeout, NULL);
  ADD ("gateway-recovers", test_gateway_recovers, NULL);
  ADD ("ends", test_ends, NULL);
  ADD ("redirected", test_redirected, NULL);
  ADD ("refused", test_refused, NULL);
  ADD ("hung-up", test_hung_up, NULL);
  ADD ("signed-out", test_signed_out, NULL);
  ADD ("rejected", test_rejected, NULL);
  ADD ("rejected-while-refreshing", test_rejected_while_refreshing, NULL);
  ADD ("rejected-while-leaving", test_rejected_while_leaving, NULL);
  ADD ("leave", test_leave, NULL);
  ADD ("leave-unanswered", test_leave_unanswered, NULL);
  ADD ("leave-hung-up", test_leave_hung_up, NULL);
#undef ADD
  return g_test_run ();
}
