/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Several calls, transfers, the second choice, and what is taken back in time. */

#include "dialler.h"

#include "fake-clock.h"
#include "fake-phone.h"
#include "phone-body.h"

#define ALL_CAN                                                                                    \
  (OH_PHONE_CAN_DIAL | OH_PHONE_CAN_ANSWER | OH_PHONE_CAN_HANG_UP | OH_PHONE_CAN_HANG_UP_ALL |     \
   OH_PHONE_CAN_HOLD | OH_PHONE_CAN_DTMF | OH_PHONE_CAN_SWAP | OH_PHONE_CAN_TRANSFER |             \
   OH_PHONE_CAN_CONFERENCE | OH_PHONE_CAN_MUTE | OH_PHONE_CAN_FORWARD | OH_PHONE_CAN_REBOOT |      \
   OH_PHONE_CAN_LOCK | OH_PHONE_CAN_DND | OH_PHONE_HAS_FALLBACKS)

#define BOB "+493012345678@pbx"
#define CAROL "+4930123456@pbx"

typedef struct
{
  OhFakeClock *clock;
  OhFakePhone *phone;
  OhCallList *calls;
  OhDialler *dialler;
  GAsyncResult *result; /* of the operation under way */
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  g_autoptr (OhDialPlan) plan = oh_dial_plan_new ("49", "30", "00", "0", "", 4);

  f->clock = oh_fake_clock_new ();
  f->phone = oh_fake_phone_new ("desk", OH_CLOCK (f->clock), TRUE);
  oh_phone_set_capabilities (OH_PHONE (f->phone), ALL_CAN);
  f->calls = oh_call_list_new (OH_CLOCK (f->clock));
  f->dialler = oh_dialler_new (f->calls, OH_CLOCK (f->clock));
  oh_dialler_set_plan (f->dialler, plan);
  oh_dialler_add_phone (f->dialler, OH_PHONE (f->phone));
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_clear_object (&f->result);
  g_clear_object (&f->dialler);
  g_clear_object (&f->calls);
  g_clear_object (&f->phone);
  g_clear_object (&f->clock);
}

static void
on_result (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Fixture *f = user_data;

  g_assert_null (f->result); /* called once */
  f->result = g_object_ref (result);
}

static void
settle (Fixture *f)
{
  for (guint i = 0; i < 4; i++) /* each step of a row returns in a turn of its own */
    oh_fake_clock_advance (f->clock, 0);
}

static void
ask (Fixture *f, const OhCallRequest *request)
{
  g_clear_object (&f->result);
  oh_dialler_request_async (f->dialler, request, NULL, on_result, f);
  settle (f);
}

static void
verb (Fixture *f, OhPhoneVerb what)
{
  ask (f, &(OhCallRequest){ .verb = what });
}

static void
tell (Fixture *f, OhPhoneEventKind kind, const char *call, const char *remote)
{
  oh_fake_phone_tell (f->phone, kind, call, remote);
  settle (f);
}

static void
assert_done (Fixture *f, OhPhoneOutcome expected)
{
  g_autoptr (GError) error = NULL;
  OhPhoneOutcome outcome;

  g_assert_nonnull (f->result);
  outcome = oh_dialler_command_finish (f->dialler, f->result, &error);
  g_assert_no_error (error);
  g_assert_cmpint (outcome, ==, expected);
}

static void
assert_fails (Fixture *f, OhError code)
{
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (f->result);
  g_assert_cmpint (oh_dialler_command_finish (f->dialler, f->result, &error), ==,
                   OH_PHONE_OUTCOME_FAILED);
  g_assert_error (error, OH_ERROR, (int) code);
}

static void
assert_commands (Fixture *f, const char *expected)
{
  g_assert_cmpstr (oh_fake_phone_commands (f->phone), ==, expected);
}

/* Bob is up; Carol, before him, is on hold. */
static void
two_calls (Fixture *f)
{
  tell (f, OH_PHONE_EVENT_INCOMING, "carol", CAROL);
  tell (f, OH_PHONE_EVENT_CONNECTED, "carol", CAROL);
  tell (f, OH_PHONE_EVENT_HELD, "carol", CAROL);
  tell (f, OH_PHONE_EVENT_INCOMING, "bob", BOB);
  tell (f, OH_PHONE_EVENT_CONNECTED, "bob", BOB);
}

static OhCallState
state_of (Fixture *f, guint i)
{
  g_autoptr (GPtrArray) calls = oh_call_list_dup_calls (f->calls);

  return i < calls->len ? oh_call_get_state (g_ptr_array_index (calls, i)) : OH_CALL_ENDED;
}

static void
test_swap (Fixture *f, gconstpointer data)
{
  two_calls (f);
  verb (f, OH_PHONE_SWAP);
  assert_commands (f, "swap;");
  g_assert_null (f->result); /* taken is not done */
  tell (f, OH_PHONE_EVENT_HELD, "bob", BOB);
  assert_done (f, OH_PHONE_OUTCOME_CONFIRMED);
  tell (f, OH_PHONE_EVENT_RESUMED, "carol", CAROL);
  g_assert_cmpint (state_of (f, 0), ==, OH_CALL_CONNECTED);
  g_assert_cmpint (state_of (f, 1), ==, OH_CALL_HELD);
}

/* A phone without events for it is taken to have done what it took, with both calls. */
static void
test_swap_silent (Fixture *f, gconstpointer data)
{
  two_calls (f);
  verb (f, OH_PHONE_SWAP);
  oh_fake_clock_advance (f->clock, 2 * G_USEC_PER_SEC);
  settle (f);
  g_assert_nonnull (f->result);
  g_assert_cmpint (state_of (f, 0), ==, OH_CALL_CONNECTED);
  g_assert_cmpint (state_of (f, 1), ==, OH_CALL_HELD);
}

/* What needs two calls is not sent with one: the key would do something else. */
static void
test_needs_pair (Fixture *f, gconstpointer data)
{
  static const OhPhoneVerb cases[] = { OH_PHONE_SWAP, OH_PHONE_TRANSFER_COMPLETE, OH_PHONE_JOIN };

  tell (f, OH_PHONE_EVENT_INCOMING, "bob", BOB);
  tell (f, OH_PHONE_EVENT_CONNECTED, "bob", BOB);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      verb (f, cases[i]);
      assert_fails (f, OH_ERROR_NO_CALL);
    }
  assert_commands (f, "");
}

static void
test_transfer (Fixture *f, gconstpointer data)
{
  static const struct
  {
    const char *text, *sent;
  } cases[] = {
    { "12", "transfer 12;" },
    { "+49 30 123456", "transfer 004930123456;" }, /* pressed as keys: there is none for "+" */
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *before = g_strdup (oh_fake_phone_commands (f->phone));
      g_autofree char *after = g_strconcat (before, cases[i].sent, NULL);

      tell (f, OH_PHONE_EVENT_INCOMING, "bob", BOB);
      tell (f, OH_PHONE_EVENT_CONNECTED, "bob", BOB);
      ask (f, &(OhCallRequest){ .verb = OH_PHONE_TRANSFER, .text = cases[i].text });
      assert_commands (f, after);
      tell (f, OH_PHONE_EVENT_TRANSFERRED, "bob", BOB);
      assert_done (f, OH_PHONE_OUTCOME_CONFIRMED);
      oh_fake_clock_advance (f->clock, G_GINT64_CONSTANT (60) * G_USEC_PER_SEC);
    }
}

static void
test_transfer_refused (Fixture *f, gconstpointer data)
{
  static const struct
  {
    const char *text;
    OhNumberSource source;
    gboolean confirmed;
    OhError code;
  } cases[] = {
    { NULL, OH_NUMBER_FROM_USER, FALSE, OH_ERROR_BAD_NUMBER },
    { "call me", OH_NUMBER_FROM_USER, FALSE, OH_ERROR_BAD_NUMBER },
    { "*21*5#", OH_NUMBER_FROM_USER, FALSE, OH_ERROR_CONFIRM },
    { "tel:+4930123456", OH_NUMBER_FROM_LINK, FALSE, OH_ERROR_CONFIRM },
    { "030 123456,,12", OH_NUMBER_FROM_USER, TRUE, OH_ERROR_BAD_NUMBER }, /* tones for nobody */
  };

  tell (f, OH_PHONE_EVENT_INCOMING, "bob", BOB);
  tell (f, OH_PHONE_EVENT_CONNECTED, "bob", BOB);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      ask (f, &(OhCallRequest){ .verb = OH_PHONE_TRANSFER,
                                .text = cases[i].text,
                                .source = cases[i].source,
                                .confirmed = cases[i].confirmed });
      assert_fails (f, cases[i].code);
    }
  oh_dialler_set_denied (f->dialler, OH_DIAL_TRANSFER);
  ask (f, &(OhCallRequest){ .verb = OH_PHONE_TRANSFER, .text = "12" });
  assert_fails (f, OH_ERROR_SETTINGS);
  assert_commands (f, "");
}

static void
on_consulted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  on_result (source, result, user_data);
}

static void
consult (Fixture *f, const char *text)
{
  const OhDialRequest request = { .text = text };

  g_clear_object (&f->result);
  oh_dialler_consult_async (f->dialler, NULL, &request, NULL, on_consulted, f);
  settle (f);
}

/* Hold first, dial when it is held, join when both are there. */
static void
test_attended (Fixture *f, gconstpointer data)
{
  g_autoptr (OhCall) call = NULL;
  g_autoptr (GError) error = NULL;

  tell (f, OH_PHONE_EVENT_INCOMING, "bob", BOB);
  tell (f, OH_PHONE_EVENT_CONNECTED, "bob", BOB);
  consult (f, "030 123456");
  assert_commands (f, "hold;"); /* nothing is dialled into a call that is up */
  tell (f, OH_PHONE_EVENT_HELD, "bob", BOB);
  assert_commands (f, "hold;dial +4930123456;");
  tell (f, OH_PHONE_EVENT_OUTGOING, "carol", CAROL);
  call = oh_dialler_consult_finish (f->dialler, f->result, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (oh_call_get_number (call), ==, "+4930123456");
  verb (f, OH_PHONE_TRANSFER_COMPLETE);
  assert_fails (f, OH_ERROR_NO_CALL); /* nobody has answered */
  tell (f, OH_PHONE_EVENT_CONNECTED, "carol", CAROL);
  verb (f, OH_PHONE_TRANSFER_COMPLETE);
  tell (f, OH_PHONE_EVENT_TRANSFERRED, "bob", BOB);
  tell (f, OH_PHONE_EVENT_DISCONNECTED, "carol", CAROL);
  assert_done (f, OH_PHONE_OUTCOME_CONFIRMED);
  assert_commands (f, "hold;dial +4930123456;transfer-complete;");
  g_assert_false (oh_call_list_get_busy (f->calls));
}

static void
test_attended_refused (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  consult (f, "12");
  g_assert_null (oh_dialler_consult_finish (f->dialler, f->result, &error));
  g_assert_error (error, OH_ERROR, OH_ERROR_NO_CALL);
  g_clear_error (&error);
  tell (f, OH_PHONE_EVENT_INCOMING, "bob", BOB);
  tell (f, OH_PHONE_EVENT_CONNECTED, "bob", BOB);
  consult (f, "nobody");
  g_assert_null (oh_dialler_consult_finish (f->dialler, f->result, &error));
  g_assert_error (error, OH_ERROR, OH_ERROR_BAD_NUMBER);
  assert_commands (f, ""); /* a call is not held for a number that is none */
}

/* The key had no effect, as the events show: the other one, once. */
static void
test_second_choice (Fixture *f, gconstpointer data)
{
  tell (f, OH_PHONE_EVENT_INCOMING, "bob", BOB);
  verb (f, OH_PHONE_ANSWER);
  oh_fake_clock_advance (f->clock, 2 * G_USEC_PER_SEC);
  settle (f);
  assert_commands (f, "answer;answer!;");
  g_assert_null (f->result);
  tell (f, OH_PHONE_EVENT_CONNECTED, "bob", BOB);
  assert_done (f, OH_PHONE_OUTCOME_CONFIRMED);
}

static void
test_second_choice_ends (Fixture *f, gconstpointer data)
{
  tell (f, OH_PHONE_EVENT_INCOMING, "bob", BOB);
  verb (f, OH_PHONE_ANSWER);
  oh_fake_clock_advance (f->clock, G_GINT64_CONSTANT (60) * G_USEC_PER_SEC);
  settle (f);
  oh_fake_clock_advance (f->clock, G_GINT64_CONSTANT (60) * G_USEC_PER_SEC);
  settle (f);
  assert_fails (f, OH_ERROR_OUTCOME_UNKNOWN);
  assert_commands (f, "answer;answer!;");
}

/* Where a second key could do harm, or the user chose the device, there is none. */
static void
test_no_second_choice (Fixture *f, gconstpointer data)
{
  tell (f, OH_PHONE_EVENT_INCOMING, "bob", BOB);
  ask (f, &(OhCallRequest){ .verb = OH_PHONE_ANSWER, .device = OH_PHONE_DEVICE_HEADSET });
  oh_fake_clock_advance (f->clock, 2 * G_USEC_PER_SEC);
  settle (f);
  assert_fails (f, OH_ERROR_OUTCOME_UNKNOWN);
  assert_commands (f, "answer;");
  tell (f, OH_PHONE_EVENT_CONNECTED, "bob", BOB);
  tell (f, OH_PHONE_EVENT_HELD, "bob", BOB);
  tell (f, OH_PHONE_EVENT_INCOMING, "carol", CAROL);
  tell (f, OH_PHONE_EVENT_CONNECTED, "carol", CAROL);
  verb (f, OH_PHONE_HANG_UP); /* releasing all would end Bob's, too */
  oh_fake_clock_advance (f->clock, 2 * G_USEC_PER_SEC);
  settle (f);
  assert_fails (f, OH_ERROR_OUTCOME_UNKNOWN);
  assert_commands (f, "answer;hang-up;");
}

static void
test_hang_up_only (Fixture *f, gconstpointer data)
{
  tell (f, OH_PHONE_EVENT_INCOMING, "bob", BOB);
  tell (f, OH_PHONE_EVENT_CONNECTED, "bob", BOB);
  verb (f, OH_PHONE_HANG_UP);
  oh_fake_clock_advance (f->clock, 2 * G_USEC_PER_SEC);
  settle (f);
  assert_commands (f, "hang-up;hang-up!;");
  tell (f, OH_PHONE_EVENT_DISCONNECTED, "bob", BOB);
  assert_done (f, OH_PHONE_OUTCOME_CONFIRMED);
}

static void
on_dialled (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

/* The user changes their mind before the request left: it never does, and no key is pressed. */
static void
test_taken_back (Fixture *f, gconstpointer data)
{
  const OhDialRequest request = { .text = "030 123456" };
  g_autoptr (GAsyncResult) dialled = NULL;
  g_autoptr (GError) error = NULL;

  oh_fake_phone_set_busy (f->phone, TRUE);
  oh_dialler_dial_async (f->dialler, &request, NULL, on_dialled, &dialled);
  settle (f);
  g_assert_cmpint (state_of (f, 0), ==, OH_CALL_DIALING);
  g_assert_null (dialled);
  verb (f, OH_PHONE_HANG_UP);
  g_assert_nonnull (dialled);
  g_assert_null (oh_dialler_dial_finish (f->dialler, dialled, NULL, &error));
  g_assert_error (error, OH_ERROR, OH_ERROR_CANCELLED);
  assert_done (f, OH_PHONE_OUTCOME_CONFIRMED);
  assert_commands (f, "");
  g_assert_cmpint (state_of (f, 0), ==, OH_CALL_ENDED);
}

static void
set_phone (Fixture *f, const OhPhoneRequest *request)
{
  g_clear_object (&f->result);
  oh_dialler_set_phone_async (f->dialler, request, NULL, on_result, f);
  settle (f);
}

static void
assert_set_fails (Fixture *f, OhError code)
{
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (f->result);
  g_assert_cmpint (oh_dialler_set_phone_finish (f->dialler, f->result, &error), ==,
                   OH_PHONE_OUTCOME_FAILED);
  g_assert_error (error, OH_ERROR, (int) code);
}

static void
test_phone (Fixture *f, gconstpointer data)
{
  static const struct
  {
    OhPhoneRequest request;
    OhError code; /* OH_N_ERRORS: it is sent */
  } cases[] = {
    { { .verb = OH_PHONE_DND_ON, .phone_id = "desk" }, OH_N_ERRORS },
    { { .verb = OH_PHONE_LOCK, .phone_id = "desk" }, OH_N_ERRORS },
    { { .verb = OH_PHONE_FORWARD_ALL, .phone_id = "desk", .text = "030 123456" }, OH_N_ERRORS },
    { { .verb = OH_PHONE_FORWARD_OFF, .phone_id = "desk" }, OH_N_ERRORS },
    { { .verb = OH_PHONE_REBOOT, .phone_id = "desk", .confirmed = TRUE }, OH_N_ERRORS },
    { { .verb = OH_PHONE_REBOOT, .phone_id = "desk" }, OH_ERROR_CONFIRM },
    { { .verb = OH_PHONE_FORWARD_ALL, .phone_id = "desk" }, OH_ERROR_BAD_NUMBER },
    { { .verb = OH_PHONE_DND_ON, .phone_id = "attic" }, OH_ERROR_NO_PHONE },
    { { .verb = OH_PHONE_VOLUME_UP, .phone_id = "desk" }, OH_ERROR_UNSUPPORTED },
    { { .verb = OH_PHONE_HANG_UP, .phone_id = "desk" }, OH_ERROR_USAGE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      set_phone (f, &cases[i].request);
      if (cases[i].code != OH_N_ERRORS)
        assert_set_fails (f, cases[i].code);
    }
  assert_commands (f, "dnd-on;lock;forward-all 004930123456;forward-off;reboot;");
  oh_dialler_set_denied (f->dialler, OH_DIAL_FORWARD);
  set_phone (f, &cases[2].request);
  assert_set_fails (f, OH_ERROR_SETTINGS);
  set_phone (f, &cases[3].request); /* off always */
  assert_commands (f, "dnd-on;lock;forward-all 004930123456;forward-off;reboot;forward-off;");
}

#define ADD(name, func) g_test_add (name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/dialler-command/swap", test_swap);
  ADD ("/dialler-command/swap-silent", test_swap_silent);
  ADD ("/dialler-command/needs-pair", test_needs_pair);
  ADD ("/dialler-command/transfer", test_transfer);
  ADD ("/dialler-command/transfer-refused", test_transfer_refused);
  ADD ("/dialler-command/attended", test_attended);
  ADD ("/dialler-command/attended-refused", test_attended_refused);
  ADD ("/dialler-command/second-choice", test_second_choice);
  ADD ("/dialler-command/second-choice-ends", test_second_choice_ends);
  ADD ("/dialler-command/no-second-choice", test_no_second_choice);
  ADD ("/dialler-command/hang-up-only", test_hang_up_only);
  ADD ("/dialler-command/taken-back", test_taken_back);
  ADD ("/dialler-command/phone", test_phone);
  return g_test_run ();
}
