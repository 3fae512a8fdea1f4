/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "sip-stack-fixture.h"

static void
test_request_and_answer (Fixture *f, gconstpointer data)
{
  g_autoptr (OhSipMessage) request = NULL;
  OhSlice via;
  OhSipVia parts;

  send_method (f, "SERVICE");
  request = take (f);
  via = oh_sip_message_get_slice (request, "Via");
  g_assert_true (oh_sip_via_parse (via, &parts));
  g_assert_true (oh_slice_equal (parts.host, "192.0.2.1"));
  g_assert_cmpuint (parts.port, ==, 50611);
  g_assert_true (
    g_str_has_prefix (strstr (oh_sip_message_get (request, "Via"), "branch=") + 7, "z9hG4bK"));
  g_assert_cmpstr (oh_sip_message_get (request, "Max-Forwards"), ==, "70");
  g_assert_cmpstr (oh_sip_message_get (request, "User-Agent"), ==, "Offhook/test");
  g_assert_cmpstr (oh_sip_message_get (request, "To"), ==, "<sip:bob@fabrikam.test>");
  g_assert_cmpstr (oh_sip_message_get (request, "CSeq"), ==, "1 SERVICE");
  g_assert_cmpstr (oh_sip_message_get (request, "Contact"), ==, "<sip:anna@fabrikam.test;gruu>");
  g_assert_true (g_str_has_suffix (oh_sip_message_get (request, "From"), ";epid=9f27"));
  g_assert_cmpuint (oh_sip_header_tag (oh_sip_message_get_slice (request, "From")).len, ==, 16);
  answer (f, request, 100);
  assert_seen (f, "");
  answer (f, request, 404);
  assert_seen (f, "SERVICE 404;");
  answer (f, request, 200);
  assert_seen (f, "");
  g_assert_cmpuint (oh_sip_stack_dropped (f->stack, OH_SIP_DROP_STRAY), ==, 1);
}

/* Some servers change the branch or drop it. */
static void
test_fallback_match (Fixture *f, gconstpointer data)
{
  g_autoptr (OhSipMessage) first = NULL;
  g_autoptr (OhSipMessage) second = NULL;

  send_method (f, "SERVICE");
  send_method (f, "SERVICE");
  first = take (f);
  second = take (f);
  oh_sip_message_set (first, "Via", "SIP/2.0/TLS 192.0.2.1:50611");
  oh_sip_message_set (second, "Via", "SIP/2.0/TLS 192.0.2.1:50611;branch=other");
  oh_sip_message_set (second, "CSeq", "1 service");
  answer (f, second, 202);
  answer (f, first, 200);
  assert_seen (f, "service 202;SERVICE 200;");
}

static void
test_guard_in (Fixture *f, gconstpointer data)
{
  g_autoptr (OhSipMessage) first = NULL;
  g_autoptr (OhSipMessage) second = NULL;

  ask (f, "OPTIONS", 1, "", "x", "");                     /* not signed */
  ask (f, "OPTIONS", 2, "", "x", "X-Signed: forged\r\n"); /* badly signed */
  ask (f, "BENOTIFY", 3, "", "x", "");
  oh_scripted_stream_assert_silent (f->peer);
  assert_seen (f, "");
  g_assert_cmpuint (oh_fake_guard_n_checked (f->guard), ==, 3);
  g_assert_cmpuint (oh_sip_stack_dropped (f->stack, OH_SIP_DROP_UNVERIFIED), ==, 2);
  g_assert_cmpuint (oh_sip_stack_dropped (f->stack, OH_SIP_DROP_FORGED), ==, 1);

  send_method (f, "SERVICE");
  first = take (f);
  answer_signed (f, first, 100, NULL); /* a provisional one that is dropped changes nothing */
  assert_seen (f, "");
  answer_signed (f, first, 200, NULL); /* a final one ends the request, and not as a success */
  assert_seen (f, "error protocol-error;");
  send_method (f, "SERVICE");
  second = take (f);
  answer_signed (f, second, 200, "forged");
  assert_seen (f, "error protocol-error;");
}

static void
test_guard_forged_limit (Fixture *f, gconstpointer data)
{
  g_autoptr (OhSipMessage) request = NULL;

  for (guint i = 1; i < OH_SIP_FORGED_MAX; i++)
    ask (f, "OPTIONS", i, "", "x", "X-Signed: forged\r\n");
  ask (f, "BENOTIFY", 10, "", "x", GOOD); /* in a row */
  for (guint i = 1; i < OH_SIP_FORGED_MAX; i++)
    ask (f, "OPTIONS", 20 + i, "", "x", "X-Signed: forged\r\n");
  assert_seen (f, "request BENOTIFY;");
  g_assert_true (oh_sip_transport_is_connected (f->transport));
  send_method (f, "SERVICE");
  request = take (f);
  answer (f, request, 100); /* may come unsigned, and proves nothing */
  ask (f, "OPTIONS", 30, "", "x", "X-Signed: forged\r\n");
  assert_seen (f, "error unreachable;disconnected protocol-error;");
  g_assert_false (oh_sip_transport_is_connected (f->transport));
  g_assert_null (oh_sip_stack_transport (f->stack));
}

static void
test_guard_out (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = g_error_new (OH_ERROR, OH_ERROR_TICKET, "no ticket");

  oh_fake_guard_refuse (f->guard, error);
  send_method (f, "SERVICE");
  assert_seen (f, "error ticket-missing;");
  ask (f, "OPTIONS", 1, "", "x", GOOD);
  assert_seen (f, "request OPTIONS;");
  oh_scripted_stream_assert_silent (f->peer);
  oh_fake_guard_refuse (f->guard, NULL);
}

static void
test_broken (Fixture *f, gconstpointer data)
{
  oh_scripted_stream_say (f->peer, "OPTIONS sip:a SIP/2.0\r\n" GOOD "\r\n", -1);
  oh_scripted_stream_say (f->peer, "OPTIONS  sip:a SIP/2.0\r\n" GOOD "\r\n", -1);
  oh_scripted_stream_assert_silent (f->peer);
  assert_seen (f, "");
  g_assert_cmpuint (oh_sip_stack_dropped (f->stack, OH_SIP_DROP_BROKEN), ==, 2);
  g_assert_cmpuint (oh_fake_guard_n_checked (f->guard), ==, 0);
  g_assert_true (oh_sip_transport_is_connected (f->transport));
}

/* What nobody takes, [MS-SIPRE] and RFC 3261. */
static void
test_default_answers (Fixture *f, gconstpointer data)
{
  static const struct
  {
    const char *method, *to;
    guint status; /* 0: silence */
  } cases[] = {
    { "OPTIONS", "", 200 }, { "NOTIFY", "", 200 },          { "NOTIFY", ";tag=gone", 481 },
    { "BENOTIFY", "", 0 },  { "MESSAGE", "", 488 },         { "INVITE", "", 488 },
    { "INFO", "", 405 },    { "BYE", ";tag=gone", 481 },    { "SUBSCRIBE", "", 200 },
    { "REFER", "", 603 },   { "SERVICE", "", 405 },         { "FROBNICATE", "", 501 },
    { "CANCEL", "", 481 },  { "UPDATE", ";tag=gone", 481 }, { "notify", "", 200 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OhSipMessage) response = NULL;

      g_test_message ("%s%s", cases[i].method, cases[i].to);
      ask (f, cases[i].method, i + 1, cases[i].to, "x", GOOD);
      if (cases[i].status == 0)
        {
          oh_scripted_stream_assert_silent (f->peer);
          continue;
        }
      response = take (f);
      g_assert_cmpuint (oh_sip_message_status (response), ==, cases[i].status);
      g_assert_cmpuint (oh_sip_header_tag (oh_sip_message_get_slice (response, "To")).len, >, 0);
      g_assert_cmpstr (oh_sip_message_get (response, "User-Agent"), ==, "Offhook/test");
      if (strcmp (cases[i].method, "INVITE") == 0)
        ask (f, "ACK", i + 1, ";tag=x", "x", GOOD); /* absorbed */
    }
  g_assert_cmpuint (oh_sip_stack_dropped (f->stack, OH_SIP_DROP_STRAY), ==, 0);
  ask (f, "ACK", 99, ";tag=x", "x", GOOD);
  g_assert_cmpuint (oh_sip_stack_dropped (f->stack, OH_SIP_DROP_STRAY), ==, 1);
  oh_scripted_stream_assert_silent (f->peer);
}

static gboolean
keep_request (OhSipStack *stack, OhSipMessage *request, gpointer user_data)
{
  GPtrArray *kept = user_data;

  g_ptr_array_add (kept, oh_sip_message_ref (request));
  return TRUE;
}

static void
test_answer_later (Fixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) kept =
    g_ptr_array_new_with_free_func ((GDestroyNotify) oh_sip_message_unref);
  g_autoptr (OhSipMessage) response = NULL;

  g_signal_connect (f->stack, "request::MESSAGE", G_CALLBACK (keep_request), kept);
  ask (f, "MESSAGE", 1, "", "x", GOOD);
  ask (f, "MESSAGE", 1, "", "x", GOOD); /* the same again is not dispatched again */
  g_assert_cmpuint (kept->len, ==, 1);
  g_assert_cmpuint (oh_sip_stack_dropped (f->stack, OH_SIP_DROP_STRAY), ==, 1);
  oh_scripted_stream_assert_silent (f->peer);
  oh_sip_stack_reply (f->stack, kept->pdata[0], 415);
  oh_sip_stack_reply (f->stack, kept->pdata[0], 200); /* once */
  response = take (f);
  g_assert_cmpuint (oh_sip_message_status (response), ==, 415);
  oh_scripted_stream_assert_silent (f->peer);

  ask (f, "MESSAGE", 2, "", "x", GOOD);
  oh_fake_clock_advance (f->clock, OH_SIP_ANSWER_LIMIT_US);
  oh_sip_stack_reply (f->stack, kept->pdata[1], 200); /* too late */
  oh_scripted_stream_assert_silent (f->peer);
}

static void
test_cancelled_invite (Fixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) kept =
    g_ptr_array_new_with_free_func ((GDestroyNotify) oh_sip_message_unref);
  g_autoptr (OhSipMessage) to_cancel = NULL;
  g_autoptr (OhSipMessage) to_invite = NULL;
  g_autoptr (OhSipMessage) overdue = NULL;

  g_signal_connect (f->stack, "request::INVITE", G_CALLBACK (keep_request), kept);
  ask (f, "INVITE", 1, "", "x", GOOD);
  ask (f, "CANCEL", 1, "", "x", GOOD);
  to_cancel = take (f);
  to_invite = take (f);
  g_assert_cmpstr (oh_sip_message_get (to_cancel, "CSeq"), ==, "1 CANCEL");
  g_assert_cmpuint (oh_sip_message_status (to_cancel), ==, 200);
  g_assert_cmpstr (oh_sip_message_get (to_invite, "CSeq"), ==, "1 INVITE");
  g_assert_cmpuint (oh_sip_message_status (to_invite), ==, 487);
  ask (f, "ACK", 1, ";tag=x", "x", GOOD);

  ask (f, "INVITE", 2, "", "x", GOOD); /* one that nobody ever answers */
  oh_fake_clock_advance (f->clock, OH_SIP_INVITE_ANSWER_LIMIT_US);
  overdue = take (f);
  g_assert_cmpuint (oh_sip_message_status (overdue), ==, 480);
  oh_fake_clock_advance (f->clock, OH_SIP_ACK_LIMIT_US);
}

static void
test_overload (Fixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) kept =
    g_ptr_array_new_with_free_func ((GDestroyNotify) oh_sip_message_unref);
  g_autoptr (OhSipMessage) busy = NULL;

  g_signal_connect (f->stack, "request::MESSAGE", G_CALLBACK (keep_request), kept);
  for (guint i = 0; i < OH_SIP_SERVER_TRANSACTIONS_MAX; i++)
    ask (f, "MESSAGE", i + 1, "", "x", GOOD);
  oh_scripted_stream_assert_silent (f->peer);
  ask (f, "MESSAGE", 5000, "", "x", GOOD);
  busy = take (f);
  g_assert_cmpuint (oh_sip_message_status (busy), ==, 503);
  g_assert_cmpuint (kept->len, ==, OH_SIP_SERVER_TRANSACTIONS_MAX);
  g_assert_cmpuint (oh_sip_stack_dropped (f->stack, OH_SIP_DROP_OVERLOAD), ==, 1);
}

static void
test_time_limit (Fixture *f, gconstpointer data)
{
  g_autoptr (OhSipMessage) request = NULL;

  send_method (f, "SERVICE");
  request = take (f);
  oh_fake_clock_advance (f->clock, OH_SIP_FINAL_LIMIT_US - 1);
  assert_seen (f, "");
  oh_fake_clock_advance (f->clock, 1);
  assert_seen (f, "error unreachable;");
  answer (f, request, 200);
  assert_seen (f, "");
}

static void
test_rate_limit (Fixture *f, gconstpointer data)
{
  g_autoptr (OhSipMessage) first = NULL;

  for (guint i = 0; i < 2 * OH_SIP_REQUESTS_PER_S + 1; i++)
    send_method (f, "SERVICE");
  for (guint i = 0; i < OH_SIP_REQUESTS_PER_S; i++)
    {
      g_clear_pointer (&first, oh_sip_message_unref);
      first = take (f);
    }
  oh_scripted_stream_assert_silent (f->peer);
  send_method (f, "REGISTER"); /* does not wait behind the others */
  oh_fake_clock_advance (f->clock, G_USEC_PER_SEC - 1);
  oh_scripted_stream_assert_silent (f->peer);
  oh_fake_clock_advance (f->clock, 1);
  for (guint i = 0; i < OH_SIP_REQUESTS_PER_S; i++)
    {
      g_clear_pointer (&first, oh_sip_message_unref);
      first = take (f);
      g_assert_cmpint (oh_sip_message_is_method (first, "REGISTER"), ==, i == 0);
    }
  oh_scripted_stream_assert_silent (f->peer);
  oh_fake_clock_advance (f->clock, G_USEC_PER_SEC);
  for (guint i = 0; i < 2; i++)
    {
      g_clear_pointer (&first, oh_sip_message_unref);
      first = take (f);
    }
  oh_scripted_stream_assert_silent (f->peer);
}

static guint
cseq_of (const OhSipMessage *message)
{
  OhSipCSeq cseq;

  g_assert_true (oh_sip_message_cseq (message, &cseq));
  return cseq.number;
}

static void
test_challenged (Fixture *f, gconstpointer data)
{
  g_autoptr (OhSipMessage) first = NULL;
  g_autoptr (OhSipMessage) second = NULL;
  g_autoptr (OhSipMessage) registered = NULL;
  g_autoptr (OhSipMessage) again = NULL;
  g_autoptr (OhSipMessage) waited = NULL;
  g_autoptr (OhSipMessage) last = NULL;

  g_signal_connect (f->stack, "challenged", G_CALLBACK (on_challenged), f->seen);
  send_method (f, "SERVICE");
  send_method (f, "SUBSCRIBE");
  first = take (f);
  second = take (f);
  answer (f, first, 407);
  assert_seen (f, "challenged 407;");
  answer (f, second, 200); /* that one had got through */
  assert_seen (f, "SUBSCRIBE 200;");
  send_method (f, "INFO"); /* waits */
  oh_scripted_stream_assert_silent (f->peer);
  send_method (f, "REGISTER");
  registered = take (f);
  answer (f, registered, 401); /* the caller's to answer */
  assert_seen (f, "REGISTER 401;");
  oh_sip_stack_association_renewed (f->stack, NULL);
  again = take (f);
  waited = take (f);
  g_assert_cmpstr (oh_sip_message_method (again), ==, "SERVICE");
  g_assert_cmpuint (cseq_of (again), ==, cseq_of (first) + 1);
  g_assert_cmpstr (oh_sip_message_get (again, "Call-ID"), ==,
                   oh_sip_message_get (first, "Call-ID"));
  g_assert_cmpstr (oh_sip_message_get (again, "Via"), !=, oh_sip_message_get (first, "Via"));
  g_assert_cmpstr (oh_sip_message_get (again, "X-Protected"), !=,
                   oh_sip_message_get (first, "X-Protected"));
  g_assert_cmpstr (oh_sip_message_method (waited), ==, "INFO");
  answer (f, again, 401); /* once more is enough */
  assert_seen (f, "SERVICE 401;");
  answer (f, waited, 401);
  assert_seen (f, "challenged 401;");
  oh_sip_stack_association_renewed (f->stack, NULL);
  last = take (f);
  answer (f, last, 200);
  assert_seen (f, "INFO 200;");
}

/* Challenges may come unsigned: whoever makes one for every request is not followed for long. */
static void
test_challenged_for_ever (Fixture *f, gconstpointer data)
{
  g_signal_connect (f->stack, "challenged", G_CALLBACK (on_challenged), f->seen);
  for (guint minute = 0; minute < 3; minute++)
    {
      for (guint i = 0; i < OH_SIP_HANDSHAKES_PER_MINUTE; i++)
        {
          g_autoptr (OhSipMessage) request = NULL;
          g_autoptr (OhSipMessage) again = NULL;

          send_method (f, "SERVICE");
          request = take (f);
          answer (f, request, 401);
          assert_seen (f, "challenged 401;");
          oh_sip_stack_association_renewed (f->stack, NULL);
          again = take (f);
          answer (f, again, 401);
          assert_seen (f, "SERVICE 401;");
        }
      for (guint i = 0; i < 2; i++)
        {
          g_autoptr (OhSipMessage) request = NULL;

          send_method (f, "SERVICE");
          request = take (f);
          answer (f, request, 401);
          assert_seen (f, "SERVICE 401;"); /* and nothing is renewed */
          if (i == 0)
            oh_fake_clock_advance (f->clock, G_GINT64_CONSTANT (60) * G_USEC_PER_SEC - 1);
        }
      oh_fake_clock_advance (f->clock, 1);
    }
}

static void
test_challenge_fails (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) refused = g_error_new (OH_ERROR, OH_ERROR_SIGN_IN, "refused");
  g_autoptr (OhSipMessage) first = NULL;
  g_autoptr (OhSipMessage) second = NULL;

  send_method (f, "SERVICE");
  first = take (f);
  answer (f, first, 401); /* nobody listens for challenges: the caller sees it */
  assert_seen (f, "SERVICE 401;");

  g_signal_connect (f->stack, "challenged", G_CALLBACK (on_challenged), f->seen);
  send_method (f, "SERVICE");
  second = take (f);
  answer (f, second, 401);
  send_method (f, "INFO");
  assert_seen (f, "challenged 401;");
  oh_sip_stack_association_renewed (f->stack, refused);
  assert_seen (f, "error credentials-rejected;error credentials-rejected;");

  send_method (f, "SERVICE"); /* and nobody ever says how it went */
  g_clear_pointer (&second, oh_sip_message_unref);
  second = take (f);
  answer (f, second, 401);
  oh_fake_clock_advance (f->clock, OH_SIP_RENEW_LIMIT_US);
  assert_seen (f, "challenged 401;error unreachable;");
}

static void
test_connection_lost (Fixture *f, gconstpointer data)
{
  g_autoptr (OhSipMessage) request = NULL;

  send_method (f, "SERVICE");
  request = take (f);
  oh_scripted_stream_hang_up (f->peer);
  while (f->seen->len == 0)
    g_main_context_iteration (NULL, TRUE);
  assert_seen (f, "error unreachable;disconnected unreachable;");
  send_method (f, "SERVICE");
  assert_seen (f, "error unreachable;");

  disconnect_stack (f);
  connect_stack (f); /* the same stack goes on with another connection */
  send_method (f, "SERVICE");
  g_clear_pointer (&request, oh_sip_message_unref);
  request = take (f);
  answer (f, request, 200);
  assert_seen (f, "SERVICE 200;");
}

static void
test_cancel (Fixture *f, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (OhSipMessage) request = oh_sip_stack_new_request (f->stack, "SERVICE", "sip:b@c");
  g_autoptr (OhSipMessage) sent = NULL;

  send_message (f, request, cancellable);
  sent = take (f);
  g_cancellable_cancel (cancellable);
  assert_seen (f, "error cancelled;");
  answer (f, sent, 200); /* belongs to a request, even if nobody cares */
  assert_seen (f, "");
  g_assert_cmpuint (oh_sip_stack_dropped (f->stack, OH_SIP_DROP_STRAY), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/sip-stack/request-and-answer", test_request_and_answer);
  ADD ("/sip-stack/fallback-match", test_fallback_match);
  ADD ("/sip-stack/guard-in", test_guard_in);
  ADD ("/sip-stack/guard-forged-limit", test_guard_forged_limit);
  ADD ("/sip-stack/guard-out", test_guard_out);
  ADD ("/sip-stack/broken", test_broken);
  ADD ("/sip-stack/default-answers", test_default_answers);
  ADD ("/sip-stack/answer-later", test_answer_later);
  ADD ("/sip-stack/cancelled-invite", test_cancelled_invite);
  ADD ("/sip-stack/overload", test_overload);
  ADD ("/sip-stack/time-limit", test_time_limit);
  ADD ("/sip-stack/rate-limit", test_rate_limit);
  ADD ("/sip-stack/challenged", test_challenged);
  ADD ("/sip-stack/challenged-for-ever", test_challenged_for_ever);
  ADD ("/sip-stack/challenge-fails", test_challenge_fails);
  ADD ("/sip-stack/connection-lost", test_connection_lost);
  ADD ("/sip-stack/cancel", test_cancel);
  return g_test_run ();
}
