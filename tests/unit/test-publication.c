/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "publication-fixture.h"

/* Nothing before the first list of our own publications, then device and machine. */
static void
test_initial (Fixture *self, gconstpointer data)
{
  g_assert_cmpint (oh_presence_availability (oh_publication_own_presence (self->publication)), ==,
                   OH_AVAILABILITY_UNKNOWN);
  go_online (self);
  oh_sip_peer_assert_silent (self->peer);
  tell_self (self, AGGREGATE ("15500", "") PROPERTIES);
  assert_told (self, "away// ");
  TAKE_INITIAL (self);
  answer (self, OURS AGGREGATE ("3500", ""));
  assert_told (self, "available// ");
  oh_sip_peer_assert_silent (self->peer);
}

/* Beside another client we are "away" so that the other one decides; alone again we are not. */
static void
test_other_clients (Fixture *self, gconstpointer data)
{
  go_online (self);
  tell_self (self, DEVICE_OF ("5", "another") AGGREGATE ("3500", ""));
  take (self, "device " DEVICE "/2 v0 endpoint|state " MACHINE "/2 v0 15500 endpoint|"
              "state " MACHINE "/3 v0 15500 endpoint|");
  answer (self, OURS DEVICE_OF ("5", "another") DEVICE_OF (DEVICE, ENDPOINT));
  notify_self (self, "<category name='routing' instance='0' container='1' version='1'><r/>"
                     "</category>"); /* says nothing about devices */
  oh_sip_peer_assert_silent (self->peer);
  notify_self (self, DEVICE_OF (DEVICE, ENDPOINT));
  take (self, "state " MACHINE "/2 v1 3500 endpoint|state " MACHINE "/3 v1 3500 endpoint|");
  answer (self, OURS);
}

static void
test_idle (Fixture *self, gconstpointer data)
{
  settle (self);
  oh_publication_set_machine (self->publication, OH_MACHINE_IDLE);
  oh_publication_set_machine (self->publication, OH_MACHINE_IDLE);
  take (self, "state " MACHINE "/2 v1 5000 endpoint|state " MACHINE "/3 v1 5000 endpoint|");
  answer (self, OURS AGGREGATE ("5000", ""));
  assert_told (self, "idle// ");
  oh_publication_set_machine (self->publication, OH_MACHINE_AWAY);
  take (self, "state " MACHINE "/2 v1 15500 endpoint|state " MACHINE "/3 v1 15500 endpoint|");
  answer (self, OURS AGGREGATE ("15500", ""));
  assert_told (self, "away// ");
  oh_publication_set_machine (self->publication, OH_MACHINE_ACTIVE);
  take (self, "state " MACHINE "/2 v1 3500 endpoint|state " MACHINE "/3 v1 3500 endpoint|");
  answer (self, OURS AGGREGATE ("3500", ""));
}

/* The story this program is made for. What is shown is what the server says, not what we sent. */
static void
test_on_the_phone (Fixture *self, gconstpointer data)
{
  settle (self);
  oh_publication_set_on_phone (self->publication, OH_PHONE_CALL);
  take (self, "state " PHONE "/2 v0 6500 on-the-phone endpoint|"
              "state " PHONE "/3 v0 6500 on-the-phone endpoint|");
  assert_told (self, "");
  answer (self, OURS PHONE_ON ("1") AGGREGATE ("6500", "on-the-phone"));
  assert_told (self, "busy/on-the-phone/ ");

  oh_publication_set_on_phone (self->publication, OH_PHONE_CONFERENCE);
  take (self, "state " PHONE "/2 v1 7000 in-a-conference endpoint|"
              "state " PHONE "/3 v1 7000 in-a-conference endpoint|");
  answer (self, OURS PHONE_ON ("2") AGGREGATE ("7000", "in-a-conference"));
  assert_told (self, "busy/in-a-conference/ ");

  oh_publication_set_on_phone (self->publication, OH_PHONE_IDLE);
  oh_fake_clock_advance (self->clock, 1500000 - 1);
  oh_sip_peer_assert_silent (self->peer);
  oh_fake_clock_advance (self->clock, 1);
  take (self, "state " PHONE "/2 v2 delete endpoint|state " PHONE "/3 v2 delete endpoint|");
  assert_told (self, "");
  answer (self, OURS AGGREGATE ("3500", ""));
  assert_told (self, "available// ");
}

/* A transfer passes through idle for a moment: nobody is to see that. */
static void
test_debounce (Fixture *self, gconstpointer data)
{
  settle (self);
  oh_publication_set_on_phone (self->publication, OH_PHONE_CALL);
  take (self, "state " PHONE "/2 v0 6500 on-the-phone endpoint|"
              "state " PHONE "/3 v0 6500 on-the-phone endpoint|");
  answer (self, OURS PHONE_ON ("1"));
  oh_publication_set_on_phone (self->publication, OH_PHONE_IDLE);
  oh_fake_clock_advance (self->clock, S);
  oh_publication_set_on_phone (self->publication, OH_PHONE_CALL);
  oh_fake_clock_advance (self->clock, 10 * S);
  oh_sip_peer_assert_silent (self->peer);
}

/* The notification of our own deletion may still list what was: no second request for that. */
static void
test_call_within_a_request (Fixture *self, gconstpointer data)
{
  settle (self);
  oh_publication_set_on_phone (self->publication, OH_PHONE_CALL);
  take (self, "state " PHONE "/2 v0 6500 on-the-phone endpoint|"
              "state " PHONE "/3 v0 6500 on-the-phone endpoint|");
  oh_publication_set_on_phone (self->publication, OH_PHONE_IDLE);
  oh_fake_clock_advance (self->clock, 2 * S); /* ended before the server answered */
  oh_sip_peer_assert_silent (self->peer);
  answer (self, OURS PHONE_ON ("1"));
  take (self, "state " PHONE "/2 v1 delete endpoint|state " PHONE "/3 v1 delete endpoint|");
  notify_self (self, OURS PHONE_ON ("1"));
  answer (self, OURS);
  oh_sip_peer_assert_silent (self->peer);
}

/* Everything comes back after a reconnect, with the versions of the new beginning. */
static void
test_reconnect (Fixture *self, gconstpointer data)
{
  settle (self);
  oh_publication_set_on_phone (self->publication, OH_PHONE_CALL);
  take (self, "state " PHONE "/2 v0 6500 on-the-phone endpoint|"
              "state " PHONE "/3 v0 6500 on-the-phone endpoint|");
  answer (self, OURS PHONE_ON ("1") AGGREGATE ("6500", "on-the-phone"));
  assert_told (self, "busy/on-the-phone/ ");
  oh_publication_stop (self->publication);
  oh_subscription_stop (self->subscription);
  assert_told (self, "unknown// ");
  go_online (self);
  tell_self (self, PROPERTIES AGGREGATE ("15500", ""));
  assert_told (self, "away// ");
  take (self, "device " DEVICE "/2 v0 endpoint|state " MACHINE "/2 v0 3500 endpoint|"
              "state " MACHINE "/3 v0 3500 endpoint|"
              "state " PHONE "/2 v0 6500 on-the-phone endpoint|"
              "state " PHONE "/3 v0 6500 on-the-phone endpoint|");
  answer (self, OURS PHONE_ON ("1") AGGREGATE ("6500", "on-the-phone"));
  assert_told (self, "busy/on-the-phone/ ");
}

/* A call that began before the sign-in. */
static void
test_call_before_sign_in (Fixture *self, gconstpointer data)
{
  oh_publication_set_on_phone (self->publication, OH_PHONE_CALL);
  go_online (self);
  tell_self (self, PROPERTIES);
  take (self, "device " DEVICE "/2 v0 endpoint|state " MACHINE "/2 v0 3500 endpoint|"
              "state " MACHINE "/3 v0 3500 endpoint|"
              "state " PHONE "/2 v0 6500 on-the-phone endpoint|"
              "state " PHONE "/3 v0 6500 on-the-phone endpoint|");
  answer (self, OURS PHONE_ON ("1"));
}

/* What an earlier run left behind is deleted: by its endpoint, or by the instance of our line. */
static void
test_left_over (Fixture *self, gconstpointer data)
{
  go_online (self);
  tell_self (
    self, PROPERTIES STATE (PHONE, "2", "4", "phoneState", "expireType='static'")
            STATE ("1879048199", "3", "5", "phoneState",
                   "expireType='endpoint' endpointId='F066452C-0D2F-55F2-A012-A8B37BEA8F50'")
              STATE ("1879048200", "3", "6", "phoneState", "expireType='endpoint' endpointId='x'")
                STATE ("1879048201", "3", "7", "phoneState", "expireType='endpoint'"));
  take (self, "device " DEVICE "/2 v0 endpoint|state " MACHINE "/2 v0 3500 endpoint|"
              "state " MACHINE "/3 v0 3500 endpoint|"
              "state " PHONE "/2 v4 delete static|state 1879048199/3 v5 delete endpoint|");
  answer (self, OURS);
  oh_sip_peer_assert_silent (self->peer);
}

/* Communicator controls the same line and publishes for it: two would make it flap. */
static void
test_line_is_taken (Fixture *self, gconstpointer data)
{
  go_online (self);
  tell_self (self, PROPERTIES STATE (PHONE, "2", "4", "phoneState",
                                     "expireType='endpoint' endpointId='other'"));
  TAKE_INITIAL (self);
  answer (self,
          OURS STATE (PHONE, "2", "4", "phoneState", "expireType='endpoint' endpointId='other'"));
  oh_publication_set_on_phone (self->publication, OH_PHONE_CALL);
  oh_sip_peer_assert_silent (self->peer);
  notify_self (self, OURS); /* the other one has left */
  take (self, "state " PHONE "/2 v0 6500 on-the-phone endpoint|"
              "state " PHONE "/3 v0 6500 on-the-phone endpoint|");
  answer (self, OURS PHONE_ON ("1"));
}

/* The phone itself, or another client, says that the user is in a call, in a place of its own: once
 * is enough, and when it ends while our call goes on it is our turn. */
static void
test_said_elsewhere (Fixture *self, gconstpointer data)
{
#define THEIRS                                                                                     \
  STATE ("2147483653", "2", "1", "phoneState", "expireType='endpoint' endpointId='other'")         \
  STATE ("2147483653", "3", "1", "phoneState", "expireType='endpoint' endpointId='other'")
  settle (self);
  notify_self (self, OURS THEIRS AGGREGATE ("6500", "on-the-phone"));
  assert_told (self, "busy/on-the-phone/ ");
  oh_publication_set_on_phone (self->publication, OH_PHONE_CALL);
  oh_sip_peer_assert_silent (self->peer);
  notify_self (self, OURS AGGREGATE ("3500", ""));
  assert_told (self, "available// ");
  take (self, "state " PHONE "/2 v0 6500 on-the-phone endpoint|"
              "state " PHONE "/3 v0 6500 on-the-phone endpoint|");
  answer (self, OURS PHONE_ON ("1") AGGREGATE ("6500", "on-the-phone"));
  notify_self (self, OURS PHONE_ON ("1") THEIRS AGGREGATE ("6500", "on-the-phone"));
  take (self, "state " PHONE "/2 v1 delete endpoint|state " PHONE "/3 v1 delete endpoint|");
  answer (self, OURS THEIRS AGGREGATE ("6500", "on-the-phone"));
  assert_told (self, "busy/on-the-phone/ ");
  oh_publication_set_on_phone (self->publication, OH_PHONE_IDLE);
  oh_fake_clock_advance (self->clock, 2 * S);
  oh_sip_peer_assert_silent (self->peer);
}

/* A program that publishes in our place after us, at a server that does not say who publishes: it
 * is left there, and not deleted when our call ends. */
static void
test_place_is_taken_over (Fixture *self, gconstpointer data)
{
  settle (self);
  oh_publication_set_on_phone (self->publication, OH_PHONE_CALL);
  take (self, "state " PHONE "/2 v0 6500 on-the-phone endpoint|"
              "state " PHONE "/3 v0 6500 on-the-phone endpoint|");
  answer (self, OURS PHONE_ON ("1"));
  notify_self (self, OURS PHONE_ON ("2"));
  oh_publication_set_on_phone (self->publication, OH_PHONE_IDLE);
  oh_fake_clock_advance (self->clock, 2 * S);
  oh_sip_peer_assert_silent (self->peer);
  oh_publication_set_on_phone (self->publication, OH_PHONE_CALL);
  oh_sip_peer_assert_silent (self->peer);
  notify_self (self, OURS);
  take (self, "state " PHONE "/2 v0 6500 on-the-phone endpoint|"
              "state " PHONE "/3 v0 6500 on-the-phone endpoint|");
  answer (self, OURS PHONE_ON ("1"));
}

/* What the server has lost of ours, is published again; what is only old news is not. */
static void
test_lost_at_the_server (Fixture *self, gconstpointer data)
{
  settle (self);
  notify_self (self, AGGREGATE ("18500", ""));
  take (self, "state " MACHINE "/2 v0 3500 endpoint|state " MACHINE "/3 v0 3500 endpoint|");
  answer (self, STATE (MACHINE, "2", "9", "machineState", "expireType='endpoint'")
                  STATE (MACHINE, "3", "9", "machineState", "expireType='endpoint'")
                    AGGREGATE ("3500", ""));
  notify_self (self, OURS); /* version 1 */
  oh_sip_peer_assert_silent (self->peer);
}

/* Three conflicts: our own data is asked for anew, and with its versions it works. */
static void
test_conflicts (Fixture *self, gconstpointer data)
{
  settle (self);
  oh_publication_set_on_phone (self->publication, OH_PHONE_CALL);
  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *expected =
        g_strdup_printf ("state " PHONE "/2 v%u 6500 on-the-phone endpoint|"
                         "state " PHONE "/3 v0 6500 on-the-phone endpoint|",
                         i);
      g_autofree char *fault =
        g_strdup_printf ("<Fault><Faultcode>Client.BadCall.WrongDelta</Faultcode><details>"
                         "<operation index='1' curVersion='%u'/></details></Fault>",
                         i + 1);
      g_autoptr (OhSipMessage) request = NULL;

      take (self, expected);
      request = g_steal_pointer (&self->request);
      oh_sip_peer_answer (self->peer, request, 409, NULL, "application/msrtc-fault+xml", fault);
      if (i < 2)
        oh_fake_clock_advance (self->clock, S);
    }
  g_clear_pointer (&self->subscribe, oh_sip_message_unref);
  self->subscribe = oh_sip_peer_take (self->peer, "SUBSCRIBE", EVENT_SELF);
  oh_fake_clock_advance (self->clock, 5 * S);
  oh_sip_peer_assert_silent (self->peer);
  tell_self (self, OURS PROPERTIES PHONE_ON ("50") DEVICE_OF (DEVICE, ENDPOINT));
  take (self, "state " PHONE "/2 v50 6500 on-the-phone endpoint|"
              "state " PHONE "/3 v50 6500 on-the-phone endpoint|");
  answer (self, OURS PHONE_ON ("51") AGGREGATE ("6500", "on-the-phone"));
}

/* --- signing out ---------------------------------------------------------------------------- */

static void
on_withdrawn (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Fixture *self = user_data;
  g_autoptr (GError) error = NULL;

  if (oh_publication_withdraw_finish (self->publication, result, &error))
    g_string_append (self->told, "withdrawn ");
  else
    g_string_append_printf (self->told, "withdrawn(%s) ", oh_error_code_word (error->code));
}

static void
be_on_the_phone (Fixture *self)
{
  settle (self);
  oh_publication_set_on_phone (self->publication, OH_PHONE_CALL);
  take (self, "state " PHONE "/2 v0 6500 on-the-phone endpoint|"
              "state " PHONE "/3 v0 6500 on-the-phone endpoint|");
  answer (self, OURS PHONE_ON ("1") AGGREGATE ("6500", "on-the-phone"));
  g_string_truncate (self->told, 0);
}

static void
test_withdraw (Fixture *self, gconstpointer data)
{
  be_on_the_phone (self);
  oh_publication_withdraw_async (self->publication, NULL, on_withdrawn, self);
  take (self, "state " PHONE "/2 v1 delete endpoint|state " PHONE "/3 v1 delete endpoint|");
  assert_told (self, "");
  answer (self, OURS AGGREGATE ("3500", ""));
  assert_told (self, "available// unknown// withdrawn ");
  /* the call goes on: seen again after the next sign-in */
  go_online (self);
  tell_self (self, PROPERTIES);
  take (self, "device " DEVICE "/2 v0 endpoint|state " MACHINE "/2 v0 3500 endpoint|"
              "state " MACHINE "/3 v0 3500 endpoint|"
              "state " PHONE "/2 v0 6500 on-the-phone endpoint|"
              "state " PHONE "/3 v0 6500 on-the-phone endpoint|");
}

static void
test_withdraw_nothing (Fixture *self, gconstpointer data)
{
  oh_publication_withdraw_async (self->publication, NULL, on_withdrawn, self);
  oh_sip_peer_assert_silent (self->peer);
  assert_told (self, "withdrawn ");
  settle (self);
  oh_publication_withdraw_async (self->publication, NULL, on_withdrawn, self);
  oh_sip_peer_assert_silent (self->peer);
  assert_told (self, "unknown// withdrawn ");
}

/* A server that does not answer does not keep the user from signing out. */
static void
test_withdraw_limit (Fixture *self, gconstpointer data)
{
  be_on_the_phone (self);
  oh_publication_withdraw_async (self->publication, NULL, on_withdrawn, self);
  take (self, "state " PHONE "/2 v1 delete endpoint|state " PHONE "/3 v1 delete endpoint|");
  oh_fake_clock_advance (self->clock, S - 1);
  assert_told (self, "");
  oh_fake_clock_advance (self->clock, 1);
  oh_sip_peer_assert_silent (self->peer);
  assert_told (self, "unknown// withdrawn(outcome-unknown) ");
}

/* A document that cannot be read changes nothing. */
static void
test_broken_documents (Fixture *self, gconstpointer data)
{
  settle (self);
  oh_sip_peer_notify (self->peer, self->subscribe, "BENOTIFY", "active", TYPE_SELF,
                      "<roamingData>");
  oh_sip_peer_notify (self->peer, self->subscribe, "BENOTIFY", "active", "text/plain", "hello");
  oh_publication_set_on_phone (self->publication, OH_PHONE_CALL);
  take (self, "state " PHONE "/2 v0 6500 on-the-phone endpoint|"
              "state " PHONE "/3 v0 6500 on-the-phone endpoint|");
  {
    g_autoptr (OhSipMessage) request = g_steal_pointer (&self->request);

    oh_sip_peer_answer (self->peer, request, 200, NULL, TYPE_SELF, "garbage");
  }
  notify_self (self, OURS PHONE_ON ("1") AGGREGATE ("6500", "on-the-phone"));
  assert_told (self, "busy/on-the-phone/ ");
  oh_sip_peer_assert_silent (self->peer);
}

#define ADD(name, function) g_test_add (name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/publication/initial", test_initial);
  ADD ("/publication/other-clients", test_other_clients);
  ADD ("/publication/idle", test_idle);
  ADD ("/publication/on-the-phone", test_on_the_phone);
  ADD ("/publication/debounce", test_debounce);
  ADD ("/publication/call-within-a-request", test_call_within_a_request);
  ADD ("/publication/reconnect", test_reconnect);
  ADD ("/publication/call-before-sign-in", test_call_before_sign_in);
  ADD ("/publication/left-over", test_left_over);
  ADD ("/publication/line-is-taken", test_line_is_taken);
  ADD ("/publication/said-elsewhere", test_said_elsewhere);
  ADD ("/publication/place-is-taken-over", test_place_is_taken_over);
  ADD ("/publication/lost-at-the-server", test_lost_at_the_server);
  ADD ("/publication/conflicts", test_conflicts);
  ADD ("/publication/withdraw", test_withdraw);
  ADD ("/publication/withdraw-nothing", test_withdraw_nothing);
  ADD ("/publication/withdraw-limit", test_withdraw_limit);
  ADD ("/publication/broken-documents", test_broken_documents);
  return g_test_run ();
}
