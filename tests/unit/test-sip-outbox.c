/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Requests that are challenged: by a server that REGISTER passes (test-sip-stack.c has more of
 * that), and by one that only the request meets. */

#include "sip-stack-fixture.h"

static guint
cseq_of (const OhSipMessage *message)
{
  OhSipCSeq cseq;

  g_assert_true (oh_sip_message_cseq (message, &cseq));
  return cseq.number;
}

/* A 407 of a server that the guard has not met in a REGISTER. */
static void
challenge (Fixture *f, const OhSipMessage *request)
{
  g_autoptr (OhSipMessage) response = oh_sip_message_new_response (request, 407, NULL);

  oh_sip_message_add (response, "X-Stranger", "yes");
  oh_sip_message_add (response, "X-Signed", "good");
  say_message (f, response);
}

static void
assert_again (const OhSipMessage *first, const OhSipMessage *again)
{
  g_assert_cmpstr (oh_sip_message_method (again), ==, oh_sip_message_method (first));
  g_assert_cmpuint (cseq_of (again), ==, cseq_of (first) + 1);
  g_assert_cmpstr (oh_sip_message_get (again, "Call-ID"), ==,
                   oh_sip_message_get (first, "Call-ID"));
  g_assert_cmpstr (oh_sip_message_get (again, "Via"), !=, oh_sip_message_get (first, "Via"));
  g_assert_cmpstr (oh_sip_message_get (again, "X-Protected"), !=,
                   oh_sip_message_get (first, "X-Protected"));
}

/* The request carries the handshake itself. Until it is through, nothing else but REGISTER leaves,
 * and what the same server has asked meanwhile is sent again afterwards. */
static void
test_handshake (Fixture *f, gconstpointer data)
{
  g_autoptr (OhSipMessage) first = NULL;
  g_autoptr (OhSipMessage) other = NULL;
  g_autoptr (OhSipMessage) second = NULL;
  g_autoptr (OhSipMessage) refresh = NULL;
  g_autoptr (OhSipMessage) third = NULL;
  g_autoptr (OhSipMessage) other_again = NULL;
  g_autoptr (OhSipMessage) waited = NULL;

  g_signal_connect (f->stack, "challenged", G_CALLBACK (on_challenged), f->seen);
  send_method (f, "SERVICE");
  send_method (f, "SUBSCRIBE");
  first = take (f);
  other = take (f);
  challenge (f, first);
  send_method (f, "INFO");
  second = take (f);
  assert_again (first, second);
  challenge (f, other); /* waits */
  oh_scripted_stream_assert_silent (f->peer);
  send_method (f, "REGISTER");
  refresh = take (f);
  g_assert_cmpstr (oh_sip_message_method (refresh), ==, "REGISTER");
  challenge (f, second); /* the next step */
  third = take (f);
  assert_again (second, third);
  answer (f, third, 100); /* a provisional answer does not end it */
  oh_scripted_stream_assert_silent (f->peer);
  answer (f, third, 200);
  other_again = take (f);
  waited = take (f);
  assert_again (other, other_again);
  g_assert_cmpstr (oh_sip_message_method (waited), ==, "INFO");
  assert_seen (f, "SERVICE 200;");
  answer (f, other_again, 200);
  answer (f, waited, 200);
  answer (f, refresh, 200);
  assert_seen (f, "SUBSCRIBE 200;INFO 200;REGISTER 200;");
}

/* As often as the limit allows, and one more: then the caller sees it. */
static void
test_limit (Fixture *f, gconstpointer data)
{
  g_autoptr (OhSipMessage) last = NULL;

  send_method (f, "SERVICE");
  for (guint i = 0; i < OH_SIP_ANSWERS_MAX; i++)
    {
      g_autoptr (OhSipMessage) request = take (f);

      challenge (f, request);
      assert_seen (f, "");
    }
  last = take (f);
  challenge (f, last);
  assert_seen (f, "SERVICE 407;");
}

/* A peer that challenges every request: each is answered, however many there are in a minute. */
static void
test_routine (Fixture *f, gconstpointer data)
{
  for (guint i = 0; i < 3 * OH_SIP_HANDSHAKES_PER_MINUTE; i++)
    {
      g_autoptr (OhSipMessage) request = NULL;
      g_autoptr (OhSipMessage) again = NULL;
      g_autoptr (OhSipMessage) response = NULL;

      send_method (f, "INFO");
      request = take (f);
      response = oh_sip_message_new_response (request, 401, NULL);
      oh_sip_message_add (response, "X-Stranger", "yes");
      oh_sip_message_add (response, "X-Routine", "yes");
      oh_sip_message_add (response, "X-Signed", "good");
      say_message (f, response);
      again = take (f);
      assert_again (request, again);
      answer (f, again, 200);
      assert_seen (f, "INFO 200;");
    }
}

/* An INVITE that was challenged and sent again is acknowledged under the number it had last. */
static void
test_challenged_invite (Fixture *f, gconstpointer data)
{
  g_autoptr (OhSipDialog) dialog = oh_sip_stack_new_dialog (f->stack, "sip:line@gateway.test");
  g_autoptr (OhSipMessage) request = oh_sip_dialog_create_request (dialog, "INVITE");
  g_autoptr (OhSipMessage) first = NULL;
  g_autoptr (OhSipMessage) refused = NULL;
  g_autoptr (OhSipMessage) again = NULL;
  g_autoptr (OhSipMessage) ack = NULL;

  send_message (f, request, NULL);
  first = take (f);
  challenge (f, first);
  refused = take (f);
  g_assert_cmpstr (oh_sip_message_get (refused, "CSeq"), ==, "1 ACK");
  again = take (f);
  g_assert_cmpstr (oh_sip_message_get (again, "CSeq"), ==, "2 INVITE");
  answer (f, again, 200);
  ack = take (f);
  g_assert_cmpstr (oh_sip_message_get (ack, "CSeq"), ==, "2 ACK");
  assert_seen (f, "INVITE 200;");
}

/* The guard gives up: that request fails, the others go on. */
static void
test_guard_gives_up (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) refused = g_error_new (OH_ERROR, OH_ERROR_SIGN_IN, "refused");
  g_autoptr (OhSipMessage) request = NULL;
  g_autoptr (OhSipMessage) next = NULL;

  send_method (f, "SERVICE");
  request = take (f);
  oh_fake_guard_refuse (f->guard, refused);
  challenge (f, request);
  assert_seen (f, "error credentials-rejected;");
  oh_fake_guard_refuse (f->guard, NULL);
  send_method (f, "INFO");
  next = take (f);
  answer (f, next, 200);
  assert_seen (f, "INFO 200;");
}

/* The caller gives up the request that carries the handshake, before and after it is sent again. */
static void
test_caller_gives_up (Fixture *f, gconstpointer data)
{
  gboolean sent = data != NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (OhSipMessage) request = oh_sip_stack_new_request (f->stack, "SERVICE", "sip:b@c");
  g_autoptr (OhSipMessage) first = NULL;
  g_autoptr (OhSipMessage) second = NULL;
  g_autoptr (OhSipMessage) next = NULL;

  send_message (f, request, cancellable);
  first = take (f);
  challenge (f, first);
  second = take (f);
  send_method (f, "INFO");
  if (sent)
    {
      g_cancellable_cancel (cancellable);
      assert_seen (f, "error cancelled;");
      oh_scripted_stream_assert_silent (f->peer); /* on the wire it is ours to finish */
      challenge (f, second);                      /* ... but not to go on with */
    }
  else
    {
      challenge (f, second);
      g_cancellable_cancel (cancellable);
      oh_scripted_stream_settle ();
      g_clear_pointer (&second, oh_sip_message_unref);
      second = take (f);
      answer (f, second, 200);
      assert_seen (f, "error cancelled;");
    }
  next = take (f);
  g_assert_cmpstr (oh_sip_message_method (next), ==, "INFO");
  answer (f, next, 200);
  assert_seen (f, "INFO 200;");
}

/* In the middle of it a server that REGISTER passes has forgotten us too: first that is mended. */
static void
test_renewal_meanwhile (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) refused = g_error_new (OH_ERROR, OH_ERROR_SIGN_IN, "refused");
  gboolean works = data == NULL;
  g_autoptr (OhSipMessage) first = NULL;
  g_autoptr (OhSipMessage) second = NULL;
  g_autoptr (OhSipMessage) third = NULL;

  g_signal_connect (f->stack, "challenged", G_CALLBACK (on_challenged), f->seen);
  send_method (f, "SERVICE");
  first = take (f);
  challenge (f, first);
  second = take (f);
  answer (f, second, 401);
  assert_seen (f, "challenged 401;");
  oh_scripted_stream_assert_silent (f->peer);
  oh_sip_stack_association_renewed (f->stack, works ? NULL : refused);
  if (works)
    {
      third = take (f);
      assert_again (second, third);
      answer (f, third, 200);
      assert_seen (f, "SERVICE 200;");
      return;
    }
  assert_seen (f, "error credentials-rejected;");
  send_method (f, "INFO"); /* nothing waits for the one that failed */
  third = take (f);
  answer (f, third, 200);
  assert_seen (f, "INFO 200;");
}

/* The connection is lost in the middle of it. */
static void
test_connection_lost (Fixture *f, gconstpointer data)
{
  g_autoptr (OhSipMessage) first = NULL;
  g_autoptr (OhSipMessage) next = NULL;

  send_method (f, "SERVICE");
  first = take (f);
  challenge (f, first);
  send_method (f, "INFO");
  disconnect_stack (f);
  assert_seen (f, "error unreachable;error unreachable;");
  connect_stack (f);
  send_method (f, "OPTIONS");
  next = take (f);
  answer (f, next, 200);
  assert_seen (f, "OPTIONS 200;");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/sip-outbox/handshake", test_handshake);
  ADD ("/sip-outbox/limit", test_limit);
  ADD ("/sip-outbox/routine", test_routine);
  ADD ("/sip-outbox/challenged-invite", test_challenged_invite);
  ADD ("/sip-outbox/guard-gives-up", test_guard_gives_up);
  ADD ("/sip-outbox/caller-gives-up", test_caller_gives_up);
  g_test_add ("/sip-outbox/caller-gives-up/sent", Fixture, "sent", set_up, test_caller_gives_up,
              tear_down);
  ADD ("/sip-outbox/renewal-meanwhile", test_renewal_meanwhile);
  g_test_add ("/sip-outbox/renewal-meanwhile/fails", Fixture, "fails", set_up,
              test_renewal_meanwhile, tear_down);
  ADD ("/sip-outbox/connection-lost", test_connection_lost);
  return g_test_run ();
}
