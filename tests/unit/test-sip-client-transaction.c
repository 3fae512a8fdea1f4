/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "sip-client-transaction.h"

#include <gio/gio.h>

#include "error.h"
#include "fake-clock.h"

typedef struct
{
  OhFakeClock *clock;
  OhSipMessage *request;
  OhSipClientTransaction *transaction;
  OhSipMessage *sent; /* the last ACK or CANCEL */
  guint n_sent;
  guint n_done;
  guint status;
  GError *error;
} Fixture;

static void
on_send (OhSipMessage *message, gpointer user_data)
{
  Fixture *f = user_data;

  g_clear_pointer (&f->sent, oh_sip_message_unref);
  f->sent = oh_sip_message_ref (message);
  f->n_sent++;
}

static void
on_done (OhSipMessage *response, const GError *error, gpointer user_data)
{
  Fixture *f = user_data;

  g_assert_true ((response == NULL) != (error == NULL));
  f->n_done++;
  f->status = response != NULL ? oh_sip_message_status (response) : 0;
  f->error = error != NULL ? g_error_copy (error) : NULL;
}

static const OhSipClientHandlers handlers = { on_send, on_done };

static void
set_up (Fixture *f, gconstpointer method)
{
  f->clock = oh_fake_clock_new ();
  f->request = oh_sip_message_new_request (method, "sip:b@fabrikam.test;gruu");
  oh_sip_message_add (f->request, "Via", "SIP/2.0/TLS 192.0.2.1:1;branch=z9hG4bKabc");
  oh_sip_message_add (f->request, "Route", "<sip:p1;lr>");
  oh_sip_message_add (f->request, "Route", "<sip:p2;lr>");
  oh_sip_message_add (f->request, "From", "<sip:a@fabrikam.test>;tag=1;epid=2");
  oh_sip_message_add (f->request, "To", "<sip:b@fabrikam.test>");
  oh_sip_message_add (f->request, "Call-ID", "call");
  oh_sip_message_set_printf (f->request, "CSeq", "7 %s", (const char *) method);
  f->transaction = oh_sip_client_transaction_new (OH_CLOCK (f->clock), f->request, &handlers, f);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  oh_sip_client_transaction_free (f->transaction);
  oh_sip_message_unref (f->request);
  g_clear_pointer (&f->sent, oh_sip_message_unref);
  g_clear_error (&f->error);
  g_assert_cmpuint (oh_fake_clock_n_alarms (f->clock), ==, 0);
  g_assert_finalize_object (f->clock);
}

static void
answer (Fixture *f, guint status)
{
  g_autoptr (OhSipMessage) response = oh_sip_message_new_response (f->request, status, NULL);

  oh_sip_message_set (response, "To", "<sip:b@fabrikam.test>;tag=peer");
  oh_sip_client_transaction_take_response (f->transaction, response);
}

static void
test_final (Fixture *f, gconstpointer data)
{
  answer (f, 100);
  g_assert_cmpuint (f->n_done, ==, 0);
  answer (f, 202);
  g_assert_cmpuint (f->status, ==, 202);
  answer (f, 500); /* one final answer, whatever follows */
  g_assert_cmpuint (f->n_done, ==, 1);
  g_assert_cmpuint (f->n_sent, ==, 0);
  oh_fake_clock_advance (f->clock, 10 * OH_SIP_REGISTER_LIMIT_US);
  g_assert_cmpuint (f->n_done, ==, 1);
}

/* Timer F; a provisional answer does not stop it. */
static void
test_limit (Fixture *f, gconstpointer method)
{
  gint64 limit_us =
    g_strcmp0 (method, "REGISTER") == 0 ? OH_SIP_REGISTER_LIMIT_US : OH_SIP_FINAL_LIMIT_US;

  answer (f, 100);
  oh_fake_clock_advance (f->clock, limit_us - 1);
  g_assert_cmpuint (f->n_done, ==, 0);
  oh_fake_clock_advance (f->clock, 1);
  g_assert_cmpuint (f->n_done, ==, 1);
  g_assert_error (f->error, OH_ERROR, OH_ERROR_UNREACHABLE);
  g_assert_true (oh_sip_client_transaction_timed_out (f->transaction));
}

static void
test_invite_refused (Fixture *f, gconstpointer data)
{
  OhSipCSeq cseq;

  answer (f, 180);
  oh_fake_clock_advance (f->clock, 100 * OH_SIP_FINAL_LIMIT_US); /* it may ring for ever */
  g_assert_cmpuint (f->n_done, ==, 0);
  answer (f, 486);
  g_assert_cmpuint (f->status, ==, 486);
  g_assert_cmpuint (f->n_sent, ==, 1);
  g_assert_cmpstr (oh_sip_message_method (f->sent), ==, "ACK");
  g_assert_cmpstr (oh_sip_message_request_uri (f->sent), ==, "sip:b@fabrikam.test;gruu");
  g_assert_cmpstr (oh_sip_message_get (f->sent, "Via"), ==,
                   "SIP/2.0/TLS 192.0.2.1:1;branch=z9hG4bKabc");
  g_assert_cmpstr (oh_sip_message_get_nth (f->sent, "Route", 1), ==, "<sip:p2;lr>");
  g_assert_cmpstr (oh_sip_message_get (f->sent, "To"), ==, "<sip:b@fabrikam.test>;tag=peer");
  g_assert_true (oh_sip_message_cseq (f->sent, &cseq));
  g_assert_cmpuint (cseq.number, ==, 7);
  g_assert_true (oh_slice_equal (cseq.method, "ACK"));
}

static void
test_invite_accepted (Fixture *f, gconstpointer data)
{
  answer (f, 200);
  g_assert_cmpuint (f->status, ==, 200);
  g_assert_cmpuint (f->n_sent, ==, 0); /* the dialog acknowledges it */
}

/* Timer B. */
static void
test_invite_limit (Fixture *f, gconstpointer data)
{
  oh_fake_clock_advance (f->clock, OH_SIP_FINAL_LIMIT_US);
  g_assert_error (f->error, OH_ERROR, OH_ERROR_UNREACHABLE);
}

static void
test_invite_cancel (Fixture *f, gconstpointer data)
{
  oh_sip_client_transaction_cancel (f->transaction);
  g_assert_cmpuint (f->n_sent, ==, 0); /* not before a provisional answer */
  answer (f, 100);
  g_assert_cmpuint (f->n_sent, ==, 1);
  g_assert_cmpstr (oh_sip_message_method (f->sent), ==, "CANCEL");
  g_assert_cmpstr (oh_sip_message_get (f->sent, "To"), ==, "<sip:b@fabrikam.test>");
  g_assert_cmpstr (oh_sip_message_get (f->sent, "CSeq"), ==, "7 CANCEL");
  answer (f, 180);
  oh_sip_client_transaction_cancel (f->transaction);
  g_assert_cmpuint (f->n_sent, ==, 1);
  answer (f, 487);
  g_assert_cmpuint (f->status, ==, 487);
  g_assert_cmpstr (oh_sip_message_method (f->sent), ==, "ACK");
}

static void
test_invite_cancel_ignored (Fixture *f, gconstpointer data)
{
  answer (f, 180);
  oh_sip_client_transaction_cancel (f->transaction);
  oh_fake_clock_advance (f->clock, OH_SIP_FINAL_LIMIT_US);
  g_assert_error (f->error, OH_ERROR, OH_ERROR_UNREACHABLE);
}

static void
test_fail (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) lost = g_error_new (OH_ERROR, OH_ERROR_UNREACHABLE, "lost");

  oh_sip_client_transaction_cancel (f->transaction); /* nothing to a request that is no INVITE */
  oh_sip_client_transaction_fail (f->transaction, lost);
  oh_sip_client_transaction_fail (f->transaction, lost);
  g_assert_cmpuint (f->n_done, ==, 1);
  g_assert_cmpuint (f->n_sent, ==, 0);
  g_assert_false (oh_sip_client_transaction_timed_out (f->transaction));
}

#define ADD(path, method, test) g_test_add (path, Fixture, method, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/sip-client-transaction/final", "SERVICE", test_final);
  ADD ("/sip-client-transaction/limit", "SERVICE", test_limit);
  ADD ("/sip-client-transaction/register-limit", "REGISTER", test_limit);
  ADD ("/sip-client-transaction/fail", "SERVICE", test_fail);
  ADD ("/sip-client-transaction/invite-refused", "INVITE", test_invite_refused);
  ADD ("/sip-client-transaction/invite-accepted", "INVITE", test_invite_accepted);
  ADD ("/sip-client-transaction/invite-limit", "INVITE", test_invite_limit);
  ADD ("/sip-client-transaction/invite-cancel", "INVITE", test_invite_cancel);
  ADD ("/sip-client-transaction/invite-cancel-ignored", "INVITE", test_invite_cancel_ignored);
  return g_test_run ();
}
