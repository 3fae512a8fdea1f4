/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The body on a line that the test plays: each verb is one service, sent once. */

#include "csta-phone.h"

#include <string.h>

#include "csta-phone-private.h"
#include "error.h"
#include "fake-clock.h"
#include "phone-body.h"
#include "scripted-stream.h"

#define NS "xmlns=\"http://www.ecma-international.org/standards/ecma-323/csta/ed5\""
#define STATUS                                                                                     \
  "<RequestSystemStatusResponse " NS "><systemStatus>normal</systemStatus>"                        \
  "</RequestSystemStatusResponse>"
#define PLACE "<callID>%s</callID><deviceID>sip:440@pbx.example</deviceID>"

typedef struct
{
  OhFakeClock *clock;
  OhPhone *phone;
  OhScriptedStream *peer;    /* of the line that is up */
  OhSipTransport *transport; /* the same */
  GString *told;
  guint lines;
  guint cseq;
  char *call_id;
  char *from;
} Fixture;

/* The connector has no data of its own. */
static Fixture *present;

static void
connect_line (OhCstaPhone *self, GCancellable *cancellable, GAsyncReadyCallback callback,
              gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);

  present->lines++;
  present->peer = oh_scripted_stream_new ();
  present->transport = oh_sip_transport_new_for_stream (
    OH_CLOCK (present->clock), oh_scripted_stream_near (present->peer), "192.0.2.1", 50611);
  g_task_return_boolean (task, TRUE);
}

static OhSipTransport *
finish_line (OhCstaPhone *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error) ? g_object_ref (present->transport)
                                                           : NULL;
}

static const OhCstaConnector connector = { connect_line, finish_line };

static void
on_event (OhPhone *phone, const OhPhoneEvent *event, GString *told)
{
  g_string_append_printf (told, "%s;", oh_phone_event_kind_word (event->kind));
}

/* --- the phone's side --- */

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
say (Fixture *f, OhSipMessage *message)
{
  g_autoptr (GBytes) octets = oh_sip_message_serialise (message);

  oh_scripted_stream_say (f->peer, g_bytes_get_data (octets, NULL),
                          (gssize) g_bytes_get_size (octets));
  oh_scripted_stream_settle ();
}

static void
answer (Fixture *f, const OhSipMessage *request, const char *xml)
{
  g_autoptr (OhSipMessage) response = oh_sip_message_new_response (request, 200, NULL);

  if (oh_sip_header_tag (oh_sip_message_get_slice (response, "To")).len == 0)
    oh_sip_message_set_printf (response, "To", "%s;tag=phone", oh_sip_message_get (response, "To"));
  oh_sip_message_add (response, "Contact", "<sip:440@192.0.2.50>");
  oh_sip_message_add (response, "User-Agent", "snomD865/10.1 000413AABBCC");
  oh_sip_message_set_body_text (response, OH_CSTA_CONTENT_TYPE, xml);
  say (f, response);
}

/* Takes the next request and answers that it was done; its body without the frame. */
static char *
serve (Fixture *f, const char *service)
{
  g_autoptr (OhSipMessage) request = take (f, "INFO");
  g_autofree char *xml = g_strdup_printf ("<%sResponse " NS "/>", service);
  g_autofree char *open = g_strdup_printf ("<%s xmlns=", service);
  gsize len;
  const char *body = g_bytes_get_data (oh_sip_message_body (request), &len);
  g_autofree char *text = g_strndup (body, len);
  const char *start = strstr (text, open);
  const char *inner;

  g_assert_nonnull (start);
  inner = strchr (start, '>') + 1;
  answer (f, request, xml);
  return g_strndup (inner, strlen (inner) - strlen (service) - 3);
}

static void
tell (Fixture *f, const char *event, const char *connection, const char *call, const char *state)
{
  g_autofree char *place = g_strdup_printf (PLACE, call);
  g_autofree char *xml =
    g_strdup_printf ("<%s " NS "><%s>%s</%s><callingDevice>sip:bob@h</callingDevice>"
                     "<localConnectionInfo>%s</localConnectionInfo></%s>",
                     event, connection, place, connection, state, event);
  g_autoptr (OhSipMessage) request = oh_sip_message_new_request ("INFO", "sip:offhook@192.0.2.1");
  g_autoptr (OhSipMessage) ok = NULL;

  oh_sip_message_set_printf (request, "Via", "SIP/2.0/TLS phone;branch=z9hG4bK%u", ++f->cseq);
  oh_sip_message_set (request, "From", "<sip:440@192.0.2.50>;tag=phone");
  oh_sip_message_set (request, "To", f->from);
  oh_sip_message_set (request, "Call-ID", f->call_id);
  oh_sip_message_set_printf (request, "CSeq", "%u INFO", f->cseq);
  oh_sip_message_set_body_text (request, OH_CSTA_CONTENT_TYPE, xml);
  say (f, request);
  ok = take (f, "INFO");
}

static void
accept_dialog (Fixture *f)
{
  g_autoptr (OhSipMessage) invite = NULL;
  g_autoptr (OhSipMessage) ack = NULL;

  oh_scripted_stream_settle ();
  invite = take (f, "INVITE");
  g_free (f->call_id);
  g_free (f->from);
  f->call_id = g_strdup (oh_sip_message_get (invite, "Call-ID"));
  f->from = g_strdup (oh_sip_message_get (invite, "From"));
  f->cseq = 0;
  answer (f, invite, STATUS);
  ack = take (f, "ACK");
}

/* Monitor, snapshot, do-not-disturb: how a watch begins. */
static void
serve_watch (Fixture *f)
{
  g_autofree char *monitor = serve (f, "MonitorStart");
  g_autofree char *snapshot = serve (f, "SnapshotDevice");
  g_autofree char *dnd = serve (f, "GetDoNotDisturb");

  g_assert_cmpstr (monitor, ==,
                   "<monitorObject><deviceObject>sip:440@pbx.example</deviceObject>"
                   "</monitorObject>");
  g_assert_cmpstr (snapshot, ==, "<snapshotObject>sip:440@pbx.example</snapshotObject>");
  g_assert_cmpstr (dnd, ==, "<device>sip:440@pbx.example</device>");
}

static void
set_up (Fixture *f, gconstpointer data)
{
  present = f;
  f->clock = oh_fake_clock_new ();
  f->told = g_string_new (NULL);
  f->phone = oh_csta_phone_new ("desk", "192.0.2.50:443", FALSE, 0, OH_CLOCK (f->clock));
  OH_CSTA_PHONE (f->phone)->connector = &connector;
  oh_csta_phone_set_identity (OH_CSTA_PHONE (f->phone), "440@pbx.example");
  g_signal_connect (f->phone, "event", G_CALLBACK (on_event), f->told);
  oh_phone_watch_async (f->phone, NULL, NULL, NULL);
  accept_dialog (f);
  serve_watch (f);
  g_assert_true (oh_phone_get_watched (f->phone));
}

static void
drop_line (Fixture *f)
{
  oh_scripted_stream_settle ();
  g_clear_object (&f->transport);
  g_clear_pointer (&f->peer, oh_scripted_stream_free);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_autofree char *bye = NULL;

  oh_csta_phone_rest (OH_CSTA_PHONE (f->phone));
  bye = oh_scripted_stream_take (f->peer);
  g_assert_true (g_str_has_prefix (bye, "BYE "));
  drop_line (f);
  g_assert_finalize_object (f->phone);
  g_assert_cmpuint (oh_fake_clock_n_alarms (f->clock), ==, 0);
  g_assert_finalize_object (f->clock);
  g_string_free (f->told, TRUE);
  g_free (f->call_id);
  g_free (f->from);
}

/* --- our side --- */

typedef struct
{
  gboolean over;
  OhPhoneOutcome outcome;
  int code;
} Done;

static void
on_sent (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Done *done = user_data;
  g_autoptr (GError) error = NULL;

  done->outcome = oh_phone_send_finish (OH_PHONE (source), result, &error);
  done->code = error != NULL ? error->code : 0;
  done->over = TRUE;
}

static void
send_verb (Fixture *f, OhPhoneVerb verb, const char *argument, Done *done)
{
  OhPhoneCommand command = { .verb = verb, .argument = argument, .after_s = 20 };

  *done = (Done){ FALSE, OH_PHONE_OUTCOME_FAILED, 0 };
  oh_phone_send_async (f->phone, &command, NULL, on_sent, done);
  oh_scripted_stream_settle ();
}

#define CONNECTION(name, call)                                                                     \
  "<" name "><callID>" call "</callID><deviceID>sip:440@pbx.example</deviceID></" name ">"
#define DEVICE "<device>sip:440@pbx.example</device>"

/* With a call up ("2") and one on hold ("-3"). */
static void
test_verbs (Fixture *f, gconstpointer data)
{
  static const struct
  {
    OhPhoneVerb verb;
    const char *argument;
    const char *service;
    const char *body;
  } cases[] = {
    /* clang-format off */
    { OH_PHONE_HOLD, NULL, "HoldCall", CONNECTION ("callToBeHeld", "2") },
    { OH_PHONE_RESUME, NULL, "RetrieveCall", CONNECTION ("callToBeRetrieved", "-3") },
    { OH_PHONE_SWAP, NULL, "AlternateCall", CONNECTION ("heldCall", "-3") CONNECTION ("activeCall", "2") },
    { OH_PHONE_TRANSFER_COMPLETE, NULL, "TransferCall", CONNECTION ("heldCall", "-3") CONNECTION ("activeCall", "2") },
    { OH_PHONE_JOIN, NULL, "ConferenceCall", CONNECTION ("heldCall", "-3") CONNECTION ("activeCall", "2") },
    { OH_PHONE_HANG_UP, NULL, "ClearConnection", CONNECTION ("connectionToBeCleared", "2") },
    { OH_PHONE_DTMF, "12#", "GenerateDigits", CONNECTION ("connectionToSendDigits", "2") "<charactersToSend>12#</charactersToSend>" },
    { OH_PHONE_MUTE_ON, NULL, "SetMicrophoneMute", DEVICE "<auditoryApparatus>1</auditoryApparatus><microphoneMuteOn>true</microphoneMuteOn>" },
    { OH_PHONE_VOLUME_UP, NULL, "SetSpeakerVolume", DEVICE "<auditoryApparatus>1</auditoryApparatus><speakerVolume><volInc>increment</volInc></speakerVolume>" },
    { OH_PHONE_DND_ON, NULL, "SetDoNotDisturb", DEVICE "<doNotDisturbOn>true</doNotDisturbOn>" },
    { OH_PHONE_FORWARD_ALL, "17", "SetForwarding", DEVICE "<forwardingType>forwardImmediate</forwardingType><activateForward>true</activateForward><forwardDN>17</forwardDN><ringDuration>20</ringDuration>" },
    { OH_PHONE_FORWARD_OFF, NULL, "SetForwarding", DEVICE "<activateForward>false</activateForward><ringDuration>20</ringDuration>" },
    { OH_PHONE_DIAL, "+4930123", "MakeCall", "<callingDevice>sip:440@pbx.example</callingDevice><calledDirectoryNumber>+4930123</calledDirectoryNumber><autoOriginate>doNotPrompt</autoOriginate>" },
    /* clang-format on */
  };

  tell (f, "EstablishedEvent", "establishedConnection", "-3", "connected");
  tell (f, "HeldEvent", "heldConnection", "-3", "hold");
  tell (f, "EstablishedEvent", "establishedConnection", "2", "connected");
  g_assert_cmpstr (f->told->str, ==, "incoming;connected;held;incoming;connected;");
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *body = NULL;
      Done done;

      g_test_message ("%s", oh_phone_verb_word (cases[i].verb));
      send_verb (f, cases[i].verb, cases[i].argument, &done);
      body = serve (f, cases[i].service);
      g_assert_cmpstr (body, ==, cases[i].body);
      g_assert_true (done.over);
      g_assert_cmpint (done.outcome, ==, OH_PHONE_OUTCOME_CONFIRMED);
    }
  g_assert_true (oh_phone_get_dnd (f->phone));
}

/* What is meant for no call here, and what no such phone can: nothing leaves. */
static void
test_nothing_to_do (Fixture *f, gconstpointer data)
{
  static const struct
  {
    OhPhoneVerb verb;
    int code;
  } cases[] = {
    { OH_PHONE_ANSWER, OH_ERROR_NO_CALL },     { OH_PHONE_HOLD, OH_ERROR_NO_CALL },
    { OH_PHONE_SWAP, OH_ERROR_NO_CALL },       { OH_PHONE_HANG_UP, OH_ERROR_NO_CALL },
    { OH_PHONE_REBOOT, OH_ERROR_UNSUPPORTED }, { OH_PHONE_LOCK, OH_ERROR_UNSUPPORTED },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      Done done;

      send_verb (f, cases[i].verb, NULL, &done);
      g_assert_true (done.over);
      g_assert_cmpint (done.code, ==, cases[i].code);
    }
  oh_scripted_stream_assert_silent (f->peer);
}

/* Every call that there was, each once, whatever goes meanwhile. */
static void
test_hang_up_all (Fixture *f, gconstpointer data)
{
  Done done;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  tell (f, "EstablishedEvent", "establishedConnection", "1", "connected");
  tell (f, "EstablishedEvent", "establishedConnection", "2", "connected");
  send_verb (f, OH_PHONE_HANG_UP_ALL, NULL, &done);
  first = serve (f, "ClearConnection");
  second = serve (f, "ClearConnection");
  g_assert_cmpstr (first, !=, second);
  g_assert_true (done.over);
  g_assert_cmpint (done.outcome, ==, OH_PHONE_OUTCOME_CONFIRMED);
}

/* A dial that was not answered is unknown; the line is made anew, and nothing is dialled on it. */
static void
test_dial_unanswered (Fixture *f, gconstpointer data)
{
  g_autoptr (OhSipMessage) dial = NULL;
  Done done;

  send_verb (f, OH_PHONE_DIAL, "17", &done);
  dial = take (f, "INFO");
  oh_fake_clock_advance (f->clock, OH_CSTA_REQUEST_LIMIT_US);
  oh_scripted_stream_settle ();
  g_assert_true (done.over);
  g_assert_cmpint (done.outcome, ==, OH_PHONE_OUTCOME_UNKNOWN);
  g_assert_cmpint (oh_phone_get_state (f->phone), ==, OH_PHONE_STATE_UNREACHABLE);
  g_assert_false (oh_phone_get_watched (f->phone));
  drop_line (f);
  oh_fake_clock_advance (f->clock, G_USEC_PER_SEC);
  accept_dialog (f);
  serve_watch (f); /* and nothing else */
  oh_scripted_stream_assert_silent (f->peer);
  g_assert_cmpint (oh_phone_get_state (f->phone), ==, OH_PHONE_STATE_READY);
  g_assert_cmpuint (f->lines, ==, 2);
}

static void
test_description (Fixture *f, gconstpointer data)
{
  OhPhoneCapabilities capabilities = oh_phone_get_capabilities (f->phone);

  g_assert_cmpstr (oh_phone_get_model (f->phone), ==, "snomD865");
  g_assert_cmpstr (oh_phone_get_firmware (f->phone), ==, "10.1");
  g_assert_cmpstr (oh_phone_get_mac (f->phone), ==, "000413AABBCC");
  g_assert_true (capabilities & OH_PHONE_NAMES_CALLS);
  g_assert_true (capabilities & OH_PHONE_CONFIRMS);
  g_assert_false (capabilities & OH_PHONE_CAN_REBOOT);
}

#define ADD(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/csta-phone/verbs", test_verbs);
  ADD ("/csta-phone/nothing-to-do", test_nothing_to_do);
  ADD ("/csta-phone/hang-up-all", test_hang_up_all);
  ADD ("/csta-phone/dial-unanswered", test_dial_unanswered);
  ADD ("/csta-phone/description", test_description);
  return g_test_run ();
}
