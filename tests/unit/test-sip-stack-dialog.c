/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "sip-stack-fixture.h"

/* Dialogs as their owners see them: through the stack. */

static gboolean
on_dialog_request (OhSipDialog *dialog, OhSipMessage *request, gpointer user_data)
{
  gpointer *both = user_data;

  g_string_append_printf (both[1], "dialog %s;", oh_sip_message_method (request));
  if (oh_sip_message_is_method (request, "NOTIFY"))
    oh_sip_stack_reply (both[0], request, 200);
  return oh_sip_message_is_method (request, "NOTIFY");
}

static void
test_subscription (Fixture *f, gconstpointer data)
{
  g_autoptr (OhSipDialog) dialog = oh_sip_stack_new_dialog (f->stack, "sip:anna@fabrikam.test");
  g_autoptr (OhSipMessage) request = oh_sip_dialog_create_request (dialog, "SUBSCRIBE");
  g_autoptr (OhSipMessage) sent = NULL;
  g_autoptr (OhSipMessage) response = NULL;
  g_autoptr (OhSipMessage) refused = NULL;
  g_autoptr (OhSipMessage) gone = NULL;
  g_autoptr (OhSipMessage) refresh = NULL;
  g_autofree char *to = g_strdup_printf (";tag=%s", oh_sip_dialog_local_tag (dialog));
  g_autofree char *call_id = g_strdup (oh_sip_dialog_call_id (dialog));
  gpointer both[] = { f->stack, f->seen };

  g_signal_connect (dialog, "request", G_CALLBACK (on_dialog_request), both);
  send_message (f, request, NULL);
  sent = take (f);
  answer (f, sent, 200);
  assert_seen (f, "SUBSCRIBE 200;");
  g_assert_cmpstr (oh_sip_dialog_remote_target (dialog), ==, "sip:peer@fe1.fabrikam.test");
  ask (f, "NOTIFY", 1, to, call_id, GOOD);
  response = take (f);
  g_assert_cmpuint (oh_sip_message_status (response), ==, 200);
  g_assert_cmpstr (oh_sip_message_get (response, "Contact"), ==, "<sip:anna@fabrikam.test;gruu>");
  ask (f, "BENOTIFY", 2, to, call_id, GOOD);
  ask (f, "BENOTIFY", 3, to, call_id, ""); /* not signed */
  assert_seen (f, "dialog NOTIFY;dialog BENOTIFY;");
  oh_scripted_stream_assert_silent (f->peer);
  ask (f, "INFO", 4, to, call_id, GOOD); /* the table answers */
  refused = take (f);
  g_assert_cmpuint (oh_sip_message_status (refused), ==, 405);

  set_identity (f, "<sip:anna@fabrikam.test;opaque=new;gruu>");
  refresh = oh_sip_dialog_create_request (dialog, "SUBSCRIBE");
  g_assert_cmpstr (oh_sip_message_get (refresh, "Contact"), ==,
                   "<sip:anna@fabrikam.test;opaque=new;gruu>");
  g_assert_finalize_object (g_steal_pointer (&dialog));
  ask (f, "NOTIFY", 5, to, call_id, GOOD); /* nobody holds it any more */
  gone = take (f);
  g_assert_cmpuint (oh_sip_message_status (gone), ==, 481);
}

static void
test_subscription_challenged (Fixture *f, gconstpointer data)
{
  g_autoptr (OhSipDialog) dialog = oh_sip_stack_new_dialog (f->stack, "sip:anna@fabrikam.test");
  g_autoptr (OhSipMessage) request = oh_sip_dialog_create_request (dialog, "SUBSCRIBE");
  g_autoptr (OhSipMessage) first = NULL;
  g_autoptr (OhSipMessage) again = NULL;
  g_autoptr (OhSipMessage) next = NULL;

  g_signal_connect (f->stack, "challenged", G_CALLBACK (on_challenged), f->seen);
  send_message (f, request, NULL);
  first = take (f);
  answer (f, first, 401);
  g_assert_cmpint (oh_sip_dialog_state (dialog), ==, OH_SIP_DIALOG_EARLY);
  oh_sip_stack_association_renewed (f->stack, NULL);
  again = take (f);
  g_assert_cmpstr (oh_sip_message_get (again, "CSeq"), ==, "2 SUBSCRIBE");
  answer (f, again, 200);
  assert_seen (f, "challenged 401;SUBSCRIBE 200;");
  next = oh_sip_dialog_create_request (dialog, "SUBSCRIBE");
  g_assert_cmpstr (oh_sip_message_get (next, "CSeq"), ==, "3 SUBSCRIBE");
}

static void
test_dialog_times_out (Fixture *f, gconstpointer data)
{
  g_autoptr (OhSipDialog) dialog = oh_sip_stack_new_dialog (f->stack, "sip:anna@fabrikam.test");
  g_autoptr (OhSipMessage) request = oh_sip_dialog_create_request (dialog, "SUBSCRIBE");
  g_autoptr (OhSipMessage) sent = NULL;

  send_message (f, request, NULL);
  sent = take (f);
  oh_fake_clock_advance (f->clock, OH_SIP_FINAL_LIMIT_US);
  assert_seen (f, "error unreachable;");
  g_assert_cmpint (oh_sip_dialog_state (dialog), ==, OH_SIP_DIALOG_TERMINATED);
}

static void
test_invite (Fixture *f, gconstpointer data)
{
  g_autoptr (OhSipDialog) dialog = oh_sip_stack_new_dialog (f->stack, "sip:line@gateway.test");
  g_autoptr (OhSipMessage) request = oh_sip_dialog_create_request (dialog, "INVITE");
  g_autoptr (OhSipMessage) sent = NULL;
  g_autoptr (OhSipMessage) ack = NULL;
  g_autoptr (OhSipMessage) bye = NULL;
  g_autofree char *to = g_strdup_printf (";tag=%s", oh_sip_dialog_local_tag (dialog));

  send_message (f, request, NULL);
  sent = take (f);
  answer (f, sent, 180);
  oh_fake_clock_advance (f->clock, 10 * OH_SIP_FINAL_LIMIT_US);
  answer (f, sent, 200);
  assert_seen (f, "INVITE 200;");
  ack = take (f);
  g_assert_cmpstr (oh_sip_message_get (ack, "CSeq"), ==, "1 ACK");
  g_assert_cmpstr (oh_sip_message_request_uri (ack), ==, "sip:peer@fe1.fabrikam.test");
  g_assert_cmpstr (oh_sip_message_get (ack, "Via"), !=, oh_sip_message_get (sent, "Via"));
  ask (f, "BYE", 1, to, oh_sip_dialog_call_id (dialog), GOOD);
  bye = take (f);
  g_assert_cmpuint (oh_sip_message_status (bye), ==, 200);
  g_assert_cmpint (oh_sip_dialog_state (dialog), ==, OH_SIP_DIALOG_TERMINATED);
}

/* Given up while it rings, answered at the same moment: acknowledged, then ended. */
static void
test_invite_given_up (Fixture *f, gconstpointer data)
{
  g_autoptr (OhSipDialog) dialog = oh_sip_stack_new_dialog (f->stack, "sip:line@gateway.test");
  g_autoptr (OhSipMessage) request = oh_sip_dialog_create_request (dialog, "INVITE");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (OhSipMessage) sent = NULL;
  g_autoptr (OhSipMessage) cancel = NULL;
  g_autoptr (OhSipMessage) ack = NULL;
  g_autoptr (OhSipMessage) bye = NULL;

  send_message (f, request, cancellable);
  sent = take (f);
  answer (f, sent, 180);
  g_cancellable_cancel (cancellable);
  assert_seen (f, "error cancelled;");
  cancel = take (f);
  g_assert_cmpstr (oh_sip_message_method (cancel), ==, "CANCEL");
  g_assert_cmpstr (oh_sip_message_get (cancel, "Via"), ==, oh_sip_message_get (sent, "Via"));
  answer (f, cancel, 200);
  answer (f, sent, 200);
  ack = take (f);
  bye = take (f);
  g_assert_cmpstr (oh_sip_message_method (ack), ==, "ACK");
  g_assert_cmpstr (oh_sip_message_method (bye), ==, "BYE");
  answer (f, bye, 200);
  assert_seen (f, "");
  g_assert_cmpuint (oh_sip_stack_dropped (f->stack, OH_SIP_DROP_STRAY), ==, 0);
}

static gboolean
accept_invite (OhSipStack *stack, OhSipMessage *request, gpointer user_data)
{
  OhSipDialog **dialog = user_data;
  g_autoptr (GError) error = NULL;

  *dialog = oh_sip_stack_accept_dialog (stack, request, &error);
  g_assert_no_error (error);
  oh_sip_stack_reply (stack, request, 200);
  g_assert_null (oh_sip_stack_accept_dialog (stack, request, &error)); /* answered */
  return TRUE;
}

static void
test_accept_dialog (Fixture *f, gconstpointer data)
{
  g_autoptr (OhSipDialog) dialog = NULL;
  g_autoptr (OhSipMessage) ok = NULL;
  g_autoptr (OhSipMessage) answered = NULL;
  g_autofree char *to = NULL;
  gpointer both[] = { f->stack, f->seen };

  g_signal_connect (f->stack, "request::INVITE", G_CALLBACK (accept_invite), &dialog);
  ask (f, "INVITE", 1, "", "theirs", GOOD);
  ok = take (f);
  g_assert_nonnull (dialog);
  g_assert_true (oh_slice_equal (oh_sip_header_tag (oh_sip_message_get_slice (ok, "To")),
                                 oh_sip_dialog_local_tag (dialog)));
  g_assert_cmpstr (oh_sip_message_get (ok, "Contact"), ==, "<sip:anna@fabrikam.test;gruu>");
  g_signal_connect (dialog, "request", G_CALLBACK (on_dialog_request), both);
  to = g_strdup_printf (";tag=%s", oh_sip_dialog_local_tag (dialog));
  g_string_truncate (f->seen, 0);
  ask (f, "ACK", 1, to, "theirs", GOOD);
  ask (f, "INFO", 2, to, "theirs", GOOD);
  assert_seen (f, "dialog ACK;dialog INFO;");
  answered = take (f);
  g_assert_cmpuint (oh_sip_message_status (answered), ==, 405);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/sip-stack-dialog/subscription", test_subscription);
  ADD ("/sip-stack-dialog/subscription-challenged", test_subscription_challenged);
  ADD ("/sip-stack-dialog/dialog-times-out", test_dialog_times_out);
  ADD ("/sip-stack-dialog/invite", test_invite);
  ADD ("/sip-stack-dialog/invite-given-up", test_invite_given_up);
  ADD ("/sip-stack-dialog/accept-dialog", test_accept_dialog);
  return g_test_run ();
}
