/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "sip-inquiry.h"

#include "error.h"
#include "fake-clock.h"
#include "sip-peer.h"

/* The inquiry under way, as a field of whoever asks, and what the answers were. */
typedef struct
{
  OhFakeClock *clock;
  OhSipPeer *peer;
  GObject *owner;
  OhSipInquiry *inquiry;
  guint answers;
  guint status; /* of the last answer; 0 for none */
  gboolean ask_again;
} Fixture;

static Fixture fixture;

static void ask (void);

static void
on_answer (OhSipMessage *response, const GError *error, gpointer user_data)
{
  g_assert_true (user_data == &fixture);
  g_assert_null (fixture.inquiry);
  g_assert_true ((response == NULL) == (error != NULL));
  fixture.answers++;
  fixture.status = response != NULL ? oh_sip_message_status (response) : 0;
  if (fixture.ask_again)
    {
      fixture.ask_again = FALSE;
      ask ();
    }
}

static void
ask (void)
{
  OhSipStack *stack = oh_sip_peer_stack (fixture.peer);
  g_autoptr (OhSipMessage) request = oh_sip_stack_new_request (stack, "SERVICE", "sip:anna@f.test");

  oh_sip_inquiry_send (&fixture.inquiry, stack, request, fixture.owner, on_answer, &fixture);
  g_assert_nonnull (fixture.inquiry);
}

static void
answer (guint status)
{
  g_autoptr (OhSipMessage) request = oh_sip_peer_take (fixture.peer, "SERVICE", NULL);

  oh_sip_peer_answer (fixture.peer, request, status, NULL, NULL, NULL);
}

static void
set_up (void)
{
  fixture = (Fixture){ .clock = oh_fake_clock_new () };
  fixture.peer = oh_sip_peer_new (OH_CLOCK (fixture.clock));
  fixture.owner = g_object_new (G_TYPE_OBJECT, NULL);
}

/* Nobody keeps the owner once all is answered. */
static void
tear_down (void)
{
  g_assert_finalize_object (fixture.owner);
  oh_sip_peer_free (fixture.peer);
  g_object_unref (fixture.clock);
}

static void
wait_for_answers (guint n)
{
  while (fixture.answers < n)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_answers (void)
{
  set_up ();
  ask ();
  answer (200);
  wait_for_answers (1);
  g_assert_cmpuint (fixture.status, ==, 200);
  fixture.ask_again = TRUE; /* from within the answer to this one */
  ask ();
  answer (409);
  wait_for_answers (2);
  g_assert_cmpuint (fixture.status, ==, 409);
  answer (200);
  wait_for_answers (3);
  tear_down ();
}

/* An answer to what was dropped reaches nobody, also when the next request is under way. */
static void
test_dropped (void)
{
  set_up ();
  ask ();
  oh_sip_inquiry_drop (&fixture.inquiry);
  g_assert_null (fixture.inquiry);
  oh_sip_inquiry_drop (&fixture.inquiry);
  ask ();
  answer (500);
  answer (202);
  wait_for_answers (1);
  g_assert_cmpuint (fixture.status, ==, 202);
  tear_down ();
}

static void
test_no_answer (void)
{
  g_autoptr (OhSipMessage) request = NULL;

  set_up ();
  ask ();
  request = oh_sip_peer_take (fixture.peer, "SERVICE", NULL);
  oh_fake_clock_advance (fixture.clock, (gint64) 32 * G_USEC_PER_SEC); /* timer F */
  wait_for_answers (1);
  g_assert_cmpuint (fixture.status, ==, 0);
  tear_down ();
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sip-inquiry/answers", test_answers);
  g_test_add_func ("/sip-inquiry/dropped", test_dropped);
  g_test_add_func ("/sip-inquiry/no-answer", test_no_answer);
  return g_test_run ();
}
