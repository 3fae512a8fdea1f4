/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "sip-server-transaction.h"

#include <string.h>

#include "fake-clock.h"

static OhSipMessage *
request (const char *method, const char *branch, const char *tag, const char *cseq)
{
  g_autofree char *text =
    g_strdup_printf ("%s sip:a SIP/2.0\r\nVia: SIP/2.0/TLS h;branch=%s\r\nFrom: <sip:a>;tag=%s\r\n"
                     "To: <sip:b>\r\nCall-ID: x\r\nCSeq: %s %s\r\n\r\n",
                     method, branch, tag, cseq, method);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  return oh_sip_message_parse (bytes, NULL);
}

static void
test_key (void)
{
  static const struct
  {
    const char *method, *branch, *tag, *cseq;
    gboolean same;
  } cases[] = {
    { "INVITE", "z9hG4bK1", "t", "1", TRUE },   { "ACK", "z9hG4bK1", "t", "1", TRUE },
    { "CANCEL", "z9hG4bK1", "t", "1", TRUE },   { "invite", "z9hG4bK1", "t", "1", TRUE },
    { "OPTIONS", "z9hG4bK1", "t", "1", FALSE }, { "INVITE", "z9hG4bK2", "t", "1", FALSE },
    { "INVITE", "z9hG4bK1", "u", "1", FALSE },  { "INVITE", "z9hG4bK1", "t", "2", FALSE },
  };
  g_autoptr (OhSipMessage) first = request ("INVITE", "z9hG4bK1", "t", "1");
  g_autofree char *key = oh_sip_server_transaction_key (first);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OhSipMessage) m =
        request (cases[i].method, cases[i].branch, cases[i].tag, cases[i].cseq);
      g_autofree char *other = oh_sip_server_transaction_key (m);

      g_assert_cmpint (g_strcmp0 (key, other) == 0, ==, cases[i].same);
    }
}

static void
on_expired (OhSipServerTransaction *transaction, gpointer user_data)
{
  guint *n = user_data;

  (*n)++;
}

static void
test_answered_once (void)
{
  g_autoptr (OhFakeClock) clock = oh_fake_clock_new ();
  g_autoptr (OhSipMessage) m = request ("NOTIFY", "z9hG4bK1", "t", "1");
  guint n_expired = 0;
  g_autoptr (OhSipServerTransaction) t =
    oh_sip_server_transaction_new (OH_CLOCK (clock), m, on_expired, &n_expired);

  g_assert_false (oh_sip_server_transaction_is_answered (t));
  g_assert_true (oh_sip_server_transaction_take_response (t, 100));
  g_assert_true (oh_sip_server_transaction_take_response (t, 183));
  g_assert_true (oh_sip_server_transaction_take_response (t, 404));
  g_assert_true (oh_sip_server_transaction_is_terminated (t));
  g_assert_false (oh_sip_server_transaction_take_response (t, 200));
  g_assert_false (oh_sip_server_transaction_take_ack (t));
  oh_fake_clock_advance (clock, OH_SIP_ANSWER_LIMIT_US);
  g_assert_cmpuint (n_expired, ==, 0);
}

static void
test_overdue (void)
{
  g_autoptr (OhFakeClock) clock = oh_fake_clock_new ();
  g_autoptr (OhSipMessage) m = request ("NOTIFY", "z9hG4bK1", "t", "1");
  g_autoptr (OhSipMessage) invite = request ("INVITE", "z9hG4bK1", "t", "1");
  guint n_expired = 0;
  G_GNUC_UNUSED g_autoptr (OhSipServerTransaction) t =
    oh_sip_server_transaction_new (OH_CLOCK (clock), m, on_expired, &n_expired);
  G_GNUC_UNUSED g_autoptr (OhSipServerTransaction) ringing =
    oh_sip_server_transaction_new (OH_CLOCK (clock), invite, on_expired, &n_expired);

  oh_fake_clock_advance (clock, OH_SIP_ANSWER_LIMIT_US - 1);
  g_assert_cmpuint (n_expired, ==, 0);
  oh_fake_clock_advance (clock, 1);
  g_assert_cmpuint (n_expired, ==, 1);
  oh_fake_clock_advance (clock, OH_SIP_INVITE_ANSWER_LIMIT_US);
  g_assert_cmpuint (n_expired, ==, 2);
}

static void
test_invite_refused (void)
{
  g_autoptr (OhFakeClock) clock = oh_fake_clock_new ();
  g_autoptr (OhSipMessage) m = request ("INVITE", "z9hG4bK1", "t", "1");
  guint n_expired = 0;
  g_autoptr (OhSipServerTransaction) t =
    oh_sip_server_transaction_new (OH_CLOCK (clock), m, on_expired, &n_expired);
  g_autoptr (OhSipServerTransaction) lost =
    oh_sip_server_transaction_new (OH_CLOCK (clock), m, on_expired, &n_expired);

  g_assert_false (oh_sip_server_transaction_take_ack (t));
  g_assert_true (oh_sip_server_transaction_take_response (t, 488));
  g_assert_true (oh_sip_server_transaction_is_answered (t));
  g_assert_false (oh_sip_server_transaction_is_terminated (t));
  g_assert_true (oh_sip_server_transaction_take_ack (t));
  g_assert_true (oh_sip_server_transaction_is_terminated (t));

  g_assert_true (oh_sip_server_transaction_take_response (lost, 488));
  oh_fake_clock_advance (clock, OH_SIP_ACK_LIMIT_US); /* timer H */
  g_assert_cmpuint (n_expired, ==, 1);
  g_assert_true (oh_sip_server_transaction_is_terminated (lost));
}

/* 256 of them, each with 4 MiB, that nobody ever acknowledges. */
static void
test_body_is_shed (void)
{
  g_autoptr (OhFakeClock) clock = oh_fake_clock_new ();
  g_autoptr (OhSipMessage) m = request ("INVITE", "z9hG4bK1", "t", "1");
  g_autofree char *key = oh_sip_server_transaction_key (m);
  g_autofree char *kept_key = NULL;
  g_autoptr (OhSipServerTransaction) t = NULL;
  guint n_expired = 0;
  GBytes *body;

  oh_sip_message_set_body_text (m, "text/plain", "large");
  t = oh_sip_server_transaction_new (OH_CLOCK (clock), m, on_expired, &n_expired);
  g_assert_true (oh_sip_server_transaction_take_response (t, 180));
  body = oh_sip_message_body (oh_sip_server_transaction_request (t));
  g_assert_cmpuint (g_bytes_get_size (body), ==, 5);
  g_assert_true (oh_sip_server_transaction_take_response (t, 488));
  body = oh_sip_message_body (oh_sip_server_transaction_request (t));
  g_assert_cmpuint (g_bytes_get_size (body), ==, 0);
  kept_key = oh_sip_server_transaction_key (oh_sip_server_transaction_request (t));
  g_assert_cmpstr (kept_key, ==, key);
  oh_fake_clock_advance (clock, OH_SIP_ACK_LIMIT_US);
  g_assert_cmpuint (n_expired, ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sip-server-transaction/key", test_key);
  g_test_add_func ("/sip-server-transaction/answered-once", test_answered_once);
  g_test_add_func ("/sip-server-transaction/overdue", test_overdue);
  g_test_add_func ("/sip-server-transaction/invite-refused", test_invite_refused);
  g_test_add_func ("/sip-server-transaction/body-is-shed", test_body_is_shed);
  return g_test_run ();
}
