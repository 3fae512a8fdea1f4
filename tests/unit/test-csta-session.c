/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One dialog with a phone that the test plays, on a scripted stream and a clock that stands. */

#include "csta-session.h"

#include <string.h>

#include "csta-digest.h"
#include "error.h"
#include "fake-clock.h"
#include "scripted-stream.h"

#define NS5 "xmlns=\"http://www.ecma-international.org/standards/ecma-323/csta/ed5\""
#define STATUS                                                                                     \
  "<RequestSystemStatusResponse " NS5 "><systemStatus>normal</systemStatus>"                       \
  "</RequestSystemStatusResponse>"
#define MADE                                                                                       \
  "<MakeCallResponse " NS5 "><callingDevice><callID>2</callID></callingDevice></MakeCallResponse>"
#define REFUSED "<CSTAErrorCode " NS5 "><operation>generic</operation></CSTAErrorCode>"
#define NEVER "<CSTAErrorCode " NS5 "><operation>serviceNotSupported</operation></CSTAErrorCode>"
#define RINGS                                                                                      \
  "<DeliveredEvent " NS5 "><connection><callID>-3</callID></connection></DeliveredEvent>"

typedef struct
{
  OhFakeClock *clock;
  OhCstaDigest *digest;
  OhScriptedStream *peer;
  OhSipTransport *transport;
  OhCstaSession *session;
  OhSipMessage *invite; /* as it left last */
  GString *seen;
  guint cseq;
} Fixture;

static void
on_event (OhCstaSession *session, gpointer document, Fixture *f)
{
  g_string_append_printf (f->seen, "event %s;", ((const OhCstaDocument *) document)->end.call);
}

static void
on_lost (OhCstaSession *session, GError *error, Fixture *f)
{
  g_string_append_printf (f->seen, "lost %s;", oh_error_code_word (error->code));
}

static void
on_opened (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Fixture *f = user_data;
  g_autoptr (GError) error = NULL;

  if (oh_csta_session_open_finish (OH_CSTA_SESSION (source), result, &error))
    g_string_append (f->seen, "open;");
  else
    g_string_append_printf (f->seen, "not open: %s;", oh_error_code_word (error->code));
}

static OhSipMessage *
take (Fixture *f, const char *method)
{
  g_autofree char *text = oh_scripted_stream_take (f->peer);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  OhSipMessage *message = oh_sip_message_parse (bytes, NULL);

  g_assert_nonnull (message);
  g_assert_cmpstr (oh_sip_message_method (message), ==, method);
  return message;
}

static void
set_up (Fixture *f, gconstpointer data)
{
  f->clock = oh_fake_clock_new ();
  f->digest = oh_csta_digest_new ("desk");
  f->peer = oh_scripted_stream_new ();
  f->seen = g_string_new (NULL);
  f->transport = oh_sip_transport_new_for_stream (
    OH_CLOCK (f->clock), oh_scripted_stream_near (f->peer), "192.0.2.1", 50611);
  f->session = oh_csta_session_new (OH_CLOCK (f->clock), OH_SIP_GUARD (f->digest), "desk");
  g_signal_connect (f->session, "event", G_CALLBACK (on_event), f);
  g_signal_connect (f->session, "lost", G_CALLBACK (on_lost), f);
  oh_csta_session_open_async (f->session, f->transport, "sip:440@192.0.2.50", on_opened, f);
  f->invite = take (f, "INVITE");
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_autofree char *farewell = NULL;

  if (oh_csta_session_is_open (f->session))
    {
      oh_csta_session_close (f->session);
      farewell = oh_scripted_stream_take (f->peer);
      g_assert_true (g_str_has_prefix (farewell, "BYE "));
    }
  oh_scripted_stream_settle ();
  oh_csta_session_close (f->session);
  oh_scripted_stream_settle ();
  g_assert_finalize_object (f->session);
  g_assert_finalize_object (f->transport);
  oh_scripted_stream_free (f->peer);
  g_assert_finalize_object (f->digest);
  g_assert_cmpuint (oh_fake_clock_n_alarms (f->clock), ==, 0);
  g_assert_finalize_object (f->clock);
  oh_sip_message_unref (f->invite);
  g_string_free (f->seen, TRUE);
}

static void
assert_seen (Fixture *f, const char *expected)
{
  oh_scripted_stream_settle ();
  g_assert_cmpstr (f->seen->str, ==, expected);
  g_string_truncate (f->seen, 0);
}

/* --- the phone --- */

static void
say (Fixture *f, OhSipMessage *message)
{
  g_autoptr (GBytes) octets = oh_sip_message_serialise (message);

  oh_scripted_stream_say (f->peer, g_bytes_get_data (octets, NULL),
                          (gssize) g_bytes_get_size (octets));
  oh_scripted_stream_settle ();
}

/* @name, @value: (nullable): a header more; @xml: (nullable) */
static void
answer (Fixture *f, const OhSipMessage *request, guint status, const char *name, const char *value,
        const char *xml)
{
  g_autoptr (OhSipMessage) response = oh_sip_message_new_response (request, status, NULL);

  if (oh_sip_header_tag (oh_sip_message_get_slice (response, "To")).len == 0)
    oh_sip_message_set_printf (response, "To", "%s;tag=phone", oh_sip_message_get (response, "To"));
  oh_sip_message_add (response, "Contact", "<sip:440@192.0.2.50:5061>");
  oh_sip_message_add (response, "User-Agent", "snomD865/10.1");
  if (name != NULL)
    oh_sip_message_add (response, name, value);
  if (xml != NULL)
    oh_sip_message_set_body_text (response, OH_CSTA_CONTENT_TYPE, xml);
  say (f, response);
}

static void
answer_invite (Fixture *f, const char *expires)
{
  g_autoptr (OhSipMessage) ack = NULL;

  answer (f, f->invite, 200, expires != NULL ? "Session-Expires" : NULL, expires, STATUS);
  ack = take (f, "ACK");
  assert_seen (f, "open;");
}

/* A request of the phone in the dialog. */
static void
ask (Fixture *f, const char *method, const char *type, const char *xml)
{
  g_autofree char *to = g_strdup (oh_sip_message_get (f->invite, "From"));
  g_autoptr (OhSipMessage) request = oh_sip_message_new_request (method, "sip:offhook@192.0.2.1");

  oh_sip_message_add (request, "Via", "SIP/2.0/TLS phone;branch=z9hG4bK7");
  oh_sip_message_set_printf (request, "From", "<sip:440@192.0.2.50>;tag=phone");
  oh_sip_message_set (request, "To", to);
  oh_sip_message_set (request, "Call-ID", oh_sip_message_get (f->invite, "Call-ID"));
  oh_sip_message_set_printf (request, "CSeq", "%u %s", ++f->cseq, method);
  oh_sip_message_set_printf (request, "Via", "SIP/2.0/TLS phone;branch=z9hG4bK%u", f->cseq);
  if (xml != NULL)
    oh_sip_message_set_body_text (request, type, xml);
  say (f, request);
}

static void
assert_status (Fixture *f, const char *method, guint status)
{
  g_autoptr (OhSipMessage) response = take (f, method);

  g_assert_cmpuint (oh_sip_message_status (response), ==, status);
}

/* --- ours --- */

static void
on_made (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Fixture *f = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (OhCstaDocument) document =
    oh_csta_session_request_finish (OH_CSTA_SESSION (source), result, &error);

  g_assert_true ((document == NULL) == (error != NULL));
  if (document != NULL)
    g_string_append_printf (f->seen, "made %s;", document->end.call);
  else
    g_string_append_printf (f->seen, "%s;", oh_error_code_word (error->code));
}

static void
make_call (Fixture *f, GCancellable *cancellable)
{
  OhCstaRequest request = { .service = OH_CSTA_MAKE_CALL,
                            .device = "sip:440@192.0.2.50",
                            .argument = "17" };

  oh_csta_session_request_async (f->session, &request, cancellable, on_made, f);
}

/* --- tests --- */

static void
test_open (Fixture *f, gconstpointer data)
{
  g_assert_cmpstr (oh_sip_message_request_uri (f->invite), ==, "sip:440@192.0.2.50");
  g_assert_true (oh_sip_message_content_is (f->invite, OH_CSTA_CONTENT_TYPE));
  g_assert_cmpstr (oh_sip_message_get (f->invite, "Content-Disposition"), ==,
                   "signal;handling=required");
  answer_invite (f, NULL);
  g_assert_cmpstr (oh_csta_session_contact (f->session), ==, "sip:440@192.0.2.50:5061");
  g_assert_cmpstr (oh_csta_session_product (f->session), ==, "snomD865/10.1");
}

static void
test_refused (Fixture *f, gconstpointer data)
{
  guint status = GPOINTER_TO_UINT (data);
  g_autoptr (OhSipMessage) ack = NULL;

  answer (f, f->invite, status, NULL, NULL, NULL);
  ack = take (f, "ACK");
  assert_seen (f, status == 403 ? "not open: phone-refused;" : "not open: unsupported;");
}

static void
test_silent (Fixture *f, gconstpointer data)
{
  oh_fake_clock_advance (f->clock, OH_CSTA_REQUEST_LIMIT_US);
  assert_seen (f, "not open: unreachable;");
}

/* The session is too short for the phone: once more, as long as it wants (RFC 4028 7.4). */
static void
test_longer (Fixture *f, gconstpointer data)
{
  g_autoptr (OhSipMessage) ack = NULL;

  answer (f, f->invite, 422, "Min-SE", "3600", NULL);
  ack = take (f, "ACK");
  oh_sip_message_unref (f->invite);
  f->invite = take (f, "INVITE");
  g_assert_cmpstr (oh_sip_message_get (f->invite, "Session-Expires"), ==, "3600");
  answer_invite (f, NULL);
}

/* One after the other, in the phone's own edition; answered in the 200, in an INFO, or refused. */
static void
test_requests (Fixture *f, gconstpointer data)
{
  g_autoptr (OhSipMessage) first = NULL;
  g_autoptr (OhSipMessage) second = NULL;
  g_autoptr (OhSipMessage) third = NULL;
  g_autoptr (OhSipMessage) fourth = NULL;
  const char *body;

  answer_invite (f, NULL);
  for (guint i = 0; i < 4; i++)
    make_call (f, NULL);
  first = take (f, "INFO");
  oh_scripted_stream_assert_silent (f->peer);
  body = g_bytes_get_data (oh_sip_message_body (first), NULL);
  g_assert_nonnull (g_strstr_len (body, 200, "csta/ed5"));
  answer (f, first, 200, NULL, NULL, MADE);
  assert_seen (f, "made 2;");
  second = take (f, "INFO");
  answer (f, second, 200, NULL, NULL, NULL);
  assert_seen (f, "");
  ask (f, "INFO", OH_CSTA_CONTENT_TYPE, MADE);
  assert_seen (f, "made 2;");
  assert_status (f, "INFO", 200);
  third = take (f, "INFO");
  answer (f, third, 200, NULL, NULL, REFUSED);
  assert_seen (f, "phone-refused;");
  fourth = take (f, "INFO");
  answer (f, fourth, 200, NULL, NULL, NEVER);
  assert_seen (f, "unsupported;");
}

/* What has left and is not answered is unknown, and the phone gone; what has not left was not
 * done. */
static void
test_no_answer (Fixture *f, gconstpointer data)
{
  g_autoptr (OhSipMessage) left = NULL;

  answer_invite (f, NULL);
  make_call (f, NULL);
  make_call (f, NULL);
  left = take (f, "INFO");
  oh_fake_clock_advance (f->clock, OH_CSTA_REQUEST_LIMIT_US);
  assert_seen (f, "lost unreachable;outcome-unknown;unreachable;");
  make_call (f, NULL);
  assert_seen (f, "unreachable;");
}

static void
test_garbage (Fixture *f, gconstpointer data)
{
  g_autoptr (OhSipMessage) left = NULL;

  answer_invite (f, NULL);
  make_call (f, NULL);
  left = take (f, "INFO");
  answer (f, left, 200, NULL, NULL, "<<<");
  assert_seen (f, "outcome-unknown;");
}

static void
test_cancelled (Fixture *f, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (OhSipMessage) left = NULL;

  answer_invite (f, NULL);
  make_call (f, NULL);
  make_call (f, cancellable);
  left = take (f, "INFO");
  g_cancellable_cancel (cancellable);
  answer (f, left, 200, NULL, NULL, MADE);
  oh_scripted_stream_assert_silent (f->peer); /* in time: the second one never left */
  g_assert_true (g_str_has_prefix (f->seen->str, "made 2;"));
}

static void
test_events (Fixture *f, gconstpointer data)
{
  answer_invite (f, NULL);
  ask (f, "INFO", OH_CSTA_CONTENT_TYPE, RINGS);
  assert_status (f, "INFO", 200);
  assert_seen (f, "event -3;");
  ask (f, "INFO", OH_CSTA_CONTENT_TYPE, "garbage");
  assert_status (f, "INFO", 400);
  ask (f, "INFO", "application/dtmf-relay", "Signal=1");
  assert_status (f, "INFO", 415);
  ask (f, "UPDATE", NULL, NULL);
  assert_status (f, "UPDATE", 200);
  assert_seen (f, "");
}

static void
test_bye (Fixture *f, gconstpointer data)
{
  answer_invite (f, NULL);
  ask (f, "BYE", NULL, NULL);
  assert_seen (f, "lost unreachable;");
}

static void
test_refresh (Fixture *f, gconstpointer data)
{
  g_autoptr (OhSipMessage) again = NULL;
  g_autoptr (OhSipMessage) ack = NULL;

  answer_invite (f, "100;refresher=uac");
  oh_fake_clock_advance (f->clock, (gint64) 50 * G_USEC_PER_SEC);
  again = take (f, "INVITE");
  g_assert_cmpstr (oh_sip_message_get (again, "Session-Expires"), ==, "100;refresher=uac");
  answer (f, again, 200, NULL, NULL, STATUS);
  ack = take (f, "ACK");
  assert_seen (f, "");
}

/* The phone's to refresh, and it does not. */
static void
test_expired (Fixture *f, gconstpointer data)
{
  g_autoptr (OhSipMessage) heartbeat = NULL;

  answer_invite (f, "90;refresher=uas");
  oh_fake_clock_advance (f->clock, OH_CSTA_HEARTBEAT_US);
  heartbeat = take (f, "INFO");
  answer (f, heartbeat, 200, NULL, NULL, STATUS);
  assert_seen (f, "");
  oh_fake_clock_advance (f->clock, (gint64) 30 * G_USEC_PER_SEC);
  assert_seen (f, "lost unreachable;");
}

#define ADD(path, data, test) g_test_add (path, Fixture, data, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/csta-session/open", NULL, test_open);
  ADD ("/csta-session/refused/405", GUINT_TO_POINTER (405), test_refused);
  ADD ("/csta-session/refused/415", GUINT_TO_POINTER (415), test_refused);
  ADD ("/csta-session/refused/403", GUINT_TO_POINTER (403), test_refused);
  ADD ("/csta-session/silent", NULL, test_silent);
  ADD ("/csta-session/longer", NULL, test_longer);
  ADD ("/csta-session/requests", NULL, test_requests);
  ADD ("/csta-session/no-answer", NULL, test_no_answer);
  ADD ("/csta-session/garbage", NULL, test_garbage);
  ADD ("/csta-session/cancelled", NULL, test_cancelled);
  ADD ("/csta-session/events", NULL, test_events);
  ADD ("/csta-session/bye", NULL, test_bye);
  ADD ("/csta-session/refresh", NULL, test_refresh);
  ADD ("/csta-session/expired", NULL, test_expired);
  return g_test_run ();
}
