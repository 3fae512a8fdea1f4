/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dialler.h"

#include <string.h>

#include "fake-clock.h"
#include "fake-phone.h"
#include "tone-sender.h"

typedef struct
{
  OhFakeClock *clock;
  OhFakePhone *phone;
  OhCallList *calls;
  OhDialler *dialler;
  GAsyncResult *result; /* of the operation under way */
} Fixture;

static char *
lookup (const char *number, gpointer user_data)
{
  return g_strdup (g_str_equal (number, "+493012345678") ? "Bob Baker" : NULL);
}

static void
set_up (Fixture *f, gconstpointer watched)
{
  g_autoptr (OhDialPlan) plan = oh_dial_plan_new ("49", "30", "00", "0", "", 4);

  f->clock = oh_fake_clock_new ();
  f->phone = oh_fake_phone_new ("desk", OH_CLOCK (f->clock), GPOINTER_TO_INT (watched));
  f->calls = oh_call_list_new (OH_CLOCK (f->clock));
  f->dialler = oh_dialler_new (f->calls, OH_CLOCK (f->clock));
  oh_dialler_set_plan (f->dialler, plan);
  oh_dialler_set_name_lookup (f->dialler, lookup, NULL);
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
dial (Fixture *f, const char *text, OhNumberSource source, gboolean confirmed, const char *phone)
{
  const OhDialRequest request = {
    .text = text,
    .source = source,
    .confirmed = confirmed,
    .phone_id = phone,
  };

  g_clear_object (&f->result);
  oh_dialler_dial_async (f->dialler, &request, NULL, on_result, f);
  oh_fake_clock_advance (f->clock, 0);
}

static void
on_private (OhCallList *list, OhCall *call, gboolean *was_private)
{
  *was_private = oh_call_get_private (call);
}

/* Whoever hears of the call hears that it is private: there is no moment before. */
static void
test_private (Fixture *f, gconstpointer data)
{
  static const gboolean wanted[] = { TRUE, FALSE };
  gboolean was_private = FALSE;

  g_signal_connect (f->calls, "added", G_CALLBACK (on_private), &was_private);
  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++)
    {
      const OhDialRequest request = { .text = "12", .is_private = wanted[i] };

      was_private = !wanted[i];
      g_clear_object (&f->result);
      oh_dialler_dial_async (f->dialler, &request, NULL, on_result, f);
      g_assert_cmpint (was_private, ==, wanted[i]);
      oh_fake_phone_tell (f->phone, OH_PHONE_EVENT_OUTGOING, "a", "12@pbx.example");
      oh_fake_phone_tell (f->phone, OH_PHONE_EVENT_DISCONNECTED, "a", "12@pbx.example");
      oh_fake_clock_advance (f->clock, G_USEC_PER_SEC * 20);
    }
  g_signal_handlers_disconnect_by_data (f->calls, &was_private);
}

static void
assert_dial_fails (Fixture *f, OhError code)
{
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (f->result);
  g_assert_null (oh_dialler_dial_finish (f->dialler, f->result, NULL, &error));
  g_assert_error (error, OH_ERROR, (int) code);
}

static OhCall *
assert_dials (Fixture *f, OhPhoneOutcome expected)
{
  OhPhoneOutcome outcome;
  g_autoptr (GError) error = NULL;
  g_autoptr (OhCall) call = NULL;

  g_assert_nonnull (f->result);
  call = oh_dialler_dial_finish (f->dialler, f->result, &outcome, &error);
  g_assert_no_error (error);
  g_assert_cmpint (outcome, ==, expected);
  return oh_call_list_find (f->calls, oh_call_get_id (call));
}

static void
command (Fixture *f, OhPhoneVerb verb, const char *id, const char *digits)
{
  g_clear_object (&f->result);
  oh_dialler_command_async (f->dialler, verb, id, digits, NULL, on_result, f);
  oh_fake_clock_advance (f->clock, 0);
}

static void
assert_command (Fixture *f, OhPhoneOutcome expected, int code)
{
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (f->result);
  g_assert_cmpint (oh_dialler_command_finish (f->dialler, f->result, &error), ==, expected);
  if (expected == OH_PHONE_OUTCOME_FAILED)
    g_assert_error (error, OH_ERROR, code);
  else
    g_assert_no_error (error);
}

static void
test_event_confirms (Fixture *f, gconstpointer data)
{
  OhCall *call;

  dial (f, "030 12345678", OH_NUMBER_FROM_USER, FALSE, NULL);
  g_assert_cmpstr (oh_fake_phone_commands (f->phone), ==, "dial +493012345678;");
  g_assert_null (f->result); /* accepted is not dialled */
  oh_fake_phone_tell (f->phone, OH_PHONE_EVENT_OUTGOING, "abc", "+493012345678@pbx");
  oh_fake_clock_advance (f->clock, 0);
  call = assert_dials (f, OH_PHONE_OUTCOME_CONFIRMED);
  g_assert_cmpstr (oh_call_get_name (call), ==, "Bob Baker");
}

static void
test_silence (Fixture *f, gconstpointer data)
{
  static const OhPhoneOutcome outcomes[] = { OH_PHONE_OUTCOME_SENT, OH_PHONE_OUTCOME_UNKNOWN };

  for (gsize i = 0; i < G_N_ELEMENTS (outcomes); i++)
    {
      g_autofree char *before = g_strdup (oh_fake_phone_commands (f->phone));

      oh_fake_phone_set_outcome (f->phone, outcomes[i], OH_ERROR_FAILED);
      dial (f, "12", OH_NUMBER_FROM_USER, FALSE, NULL);
      oh_fake_clock_advance (f->clock, 3 * G_USEC_PER_SEC - 1);
      g_assert_null (f->result);
      oh_fake_clock_advance (f->clock, 1);
      assert_dial_fails (f, OH_ERROR_OUTCOME_UNKNOWN);
      g_assert_false (oh_call_list_get_busy (f->calls));
      oh_fake_clock_advance (f->clock, G_GINT64_CONSTANT (300) * G_USEC_PER_SEC);
      /* one request and no other, however long we wait */
      g_assert_cmpuint (strlen (oh_fake_phone_commands (f->phone)), ==,
                        strlen (before) + strlen ("dial 12;"));
    }
}

static void
test_no_events (Fixture *f, gconstpointer data)
{
  OhCall *call;

  dial (f, "12", OH_NUMBER_FROM_USER, FALSE, NULL);
  call = assert_dials (f, OH_PHONE_OUTCOME_SENT);
  g_assert_cmpint (oh_call_get_state (call), ==, OH_CALL_UNKNOWN);
  oh_fake_phone_set_outcome (f->phone, OH_PHONE_OUTCOME_UNKNOWN, OH_ERROR_FAILED);
  dial (f, "12", OH_NUMBER_FROM_USER, FALSE, NULL);
  assert_dial_fails (f, OH_ERROR_OUTCOME_UNKNOWN);
}

static void
test_phone_refuses (Fixture *f, gconstpointer data)
{
  static const OhError codes[] = { OH_ERROR_UNREACHABLE, OH_ERROR_UNTRUSTED, OH_ERROR_PHONE_LOGIN,
                                   OH_ERROR_PHONE_REFUSED };

  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      oh_fake_phone_set_outcome (f->phone, OH_PHONE_OUTCOME_FAILED, codes[i]);
      dial (f, "12", OH_NUMBER_FROM_USER, FALSE, NULL);
      assert_dial_fails (f, codes[i]);
      g_assert_null (oh_call_list_find_up (f->calls, OH_PHONE (f->phone)));
    }
}

static void
test_refused_before_anything_leaves (Fixture *f, gconstpointer data)
{
  dial (f, "call me", OH_NUMBER_FROM_USER, TRUE, NULL);
  assert_dial_fails (f, OH_ERROR_BAD_NUMBER);
  dial (f, "tel:*%2306%23", OH_NUMBER_FROM_LINK, TRUE, NULL);
  assert_dial_fails (f, OH_ERROR_BAD_NUMBER);
  dial (f, "112", OH_NUMBER_FROM_USER, FALSE, NULL);
  assert_dial_fails (f, OH_ERROR_CONFIRM);
  dial (f, "*21#", OH_NUMBER_FROM_USER, FALSE, NULL);
  assert_dial_fails (f, OH_ERROR_CONFIRM);
  dial (f, "tel:+493012345678", OH_NUMBER_FROM_LINK, FALSE, NULL);
  assert_dial_fails (f, OH_ERROR_CONFIRM);
  dial (f, "12", OH_NUMBER_FROM_USER, FALSE, "nobody");
  assert_dial_fails (f, OH_ERROR_NO_PHONE);
  oh_dialler_set_screen_locked (f->dialler, TRUE);
  dial (f, "12", OH_NUMBER_FROM_USER, TRUE, NULL);
  assert_dial_fails (f, OH_ERROR_LOCKED);
  oh_dialler_set_screen_locked (f->dialler, FALSE);
  oh_dialler_remove_phone (f->dialler, OH_PHONE (f->phone));
  dial (f, "12", OH_NUMBER_FROM_USER, TRUE, NULL);
  assert_dial_fails (f, OH_ERROR_NO_PHONE);
  g_assert_cmpstr (oh_fake_phone_commands (f->phone), ==, "");
}

static void
advance (Fixture *f, gint64 us)
{
  oh_fake_clock_advance (f->clock, us);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

/* Row by row once the call is connected, two seconds for each comma, to nobody else. */
static void
test_number_tones (Fixture *f, gconstpointer data)
{
  dial (f, "030 12345678,,12#,3", OH_NUMBER_FROM_USER, FALSE, NULL);
  oh_fake_phone_tell (f->phone, OH_PHONE_EVENT_OUTGOING, "a", "+493012345678@pbx");
  advance (f, OH_TONE_PAUSE_US * 9);
  g_assert_cmpstr (oh_fake_phone_commands (f->phone), ==, "dial +493012345678;");
  oh_fake_phone_tell (f->phone, OH_PHONE_EVENT_CONNECTED, "a", "+493012345678@pbx");
  advance (f, OH_TONE_PAUSE_US * 2 - 1);
  g_assert_cmpstr (oh_fake_phone_commands (f->phone), ==, "dial +493012345678;");
  advance (f, 1);
  g_assert_cmpstr (oh_fake_phone_commands (f->phone), ==, "dial +493012345678;dtmf 12#;");
  advance (f, OH_TONE_PAUSE_US);
  g_assert_cmpstr (oh_fake_phone_commands (f->phone), ==, "dial +493012345678;dtmf 12#;dtmf 3;");
  advance (f, OH_TONE_PAUSE_US * 9); /* once */
  g_assert_cmpstr (oh_fake_phone_commands (f->phone), ==, "dial +493012345678;dtmf 12#;dtmf 3;");
}

static void
test_number_tones_stop (Fixture *f, gconstpointer data)
{
  static const OhPhoneEventKind ends[] = { OH_PHONE_EVENT_DISCONNECTED, OH_PHONE_EVENT_HELD };

  for (gsize i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      g_autofree char *call = g_strdup_printf ("call-%" G_GSIZE_FORMAT, i);

      dial (f, "12345678,12,3", OH_NUMBER_FROM_USER, FALSE, NULL);
      oh_fake_phone_tell (f->phone, OH_PHONE_EVENT_OUTGOING, call, "12345678@pbx");
      oh_fake_phone_tell (f->phone, OH_PHONE_EVENT_CONNECTED, call, "12345678@pbx");
      advance (f, OH_TONE_PAUSE_US / 2);
      oh_fake_phone_tell (f->phone, ends[i], call, "12345678@pbx");
      advance (f, OH_TONE_PAUSE_US * 9);
      g_assert_null (strstr (oh_fake_phone_commands (f->phone), "dtmf"));
    }
}

/* Only what can be done is begun: nothing is dialled whose tones could not follow. */
static void
test_number_tones_refused (Fixture *f, gconstpointer watched)
{
  dial (f, "12345678,1w2", OH_NUMBER_FROM_USER, FALSE, NULL);
  assert_dial_fails (f, OH_ERROR_BAD_NUMBER);
  dial (f, "12345678,12", OH_NUMBER_FROM_CONTACT, FALSE, NULL);
  assert_dial_fails (f, OH_ERROR_CONFIRM); /* somebody else's tones */
  dial (f, "tel:12345678,12", OH_NUMBER_FROM_LINK, TRUE, NULL);
  assert_dial_fails (f, OH_ERROR_BAD_NUMBER);
  if (!GPOINTER_TO_INT (watched))
    {
      dial (f, "12345678,12", OH_NUMBER_FROM_USER, FALSE, NULL);
      assert_dial_fails (f, OH_ERROR_UNSUPPORTED);
    }
  g_assert_cmpstr (oh_fake_phone_commands (f->phone), ==, "");
}

static void
test_confirm_links (Fixture *f, gconstpointer data)
{
  g_autoptr (OhNumber) known =
    oh_dialler_parse (f->dialler, "tel:+493012345678", OH_NUMBER_FROM_LINK, NULL);
  g_autoptr (OhNumber) unknown = oh_dialler_parse (f->dialler, "tel:12", OH_NUMBER_FROM_LINK, NULL);
  g_autoptr (OhNumber) emergency =
    oh_dialler_parse (f->dialler, "tel:112", OH_NUMBER_FROM_LINK, NULL);
  const struct
  {
    OhConfirmLinks setting;
    gboolean known, unknown;
  } cases[] = {
    { OH_CONFIRM_LINKS_ALWAYS, TRUE, TRUE },
    { OH_CONFIRM_LINKS_UNKNOWN, FALSE, TRUE },
    { OH_CONFIRM_LINKS_NEVER, FALSE, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      oh_dialler_set_confirm_links (f->dialler, cases[i].setting);
      g_assert_cmpint (oh_dialler_must_confirm (f->dialler, known, OH_NUMBER_FROM_LINK), ==,
                       cases[i].known);
      g_assert_cmpint (oh_dialler_must_confirm (f->dialler, unknown, OH_NUMBER_FROM_LINK), ==,
                       cases[i].unknown);
      g_assert_true (oh_dialler_must_confirm (f->dialler, emergency, OH_NUMBER_FROM_LINK));
      g_assert_false (oh_dialler_must_confirm (f->dialler, unknown, OH_NUMBER_FROM_USER));
    }
}

static void
test_second_call (Fixture *f, gconstpointer data)
{
  dial (f, "12", OH_NUMBER_FROM_USER, FALSE, NULL);
  oh_fake_phone_tell (f->phone, OH_PHONE_EVENT_OUTGOING, "abc", "12@pbx");
  oh_fake_clock_advance (f->clock, 0);
  assert_dials (f, OH_PHONE_OUTCOME_CONFIRMED);
  dial (f, "13", OH_NUMBER_FROM_USER, FALSE, NULL);
  assert_dial_fails (f, OH_ERROR_BUSY);
  g_assert_cmpstr (oh_fake_phone_commands (f->phone), ==, "dial 12;");

  /* the remedy that the message names */
  oh_fake_phone_tell (f->phone, OH_PHONE_EVENT_CONNECTED, "abc", "12@pbx");
  command (f, OH_PHONE_HOLD, NULL, NULL);
  oh_fake_phone_tell (f->phone, OH_PHONE_EVENT_HELD, "abc", "12@pbx");
  oh_fake_clock_advance (f->clock, 0);
  assert_command (f, OH_PHONE_OUTCOME_CONFIRMED, 0);
  dial (f, "13", OH_NUMBER_FROM_USER, FALSE, NULL);
  oh_fake_phone_tell (f->phone, OH_PHONE_EVENT_OUTGOING, "def", "13@pbx");
  oh_fake_clock_advance (f->clock, 0);
  assert_dials (f, OH_PHONE_OUTCOME_CONFIRMED);
  g_assert_cmpstr (oh_fake_phone_commands (f->phone), ==, "dial 12;hold;dial 13;");
  /* one key for both calls: it would take the one in front */
  command (f, OH_PHONE_RESUME, NULL, NULL);
  assert_command (f, OH_PHONE_OUTCOME_FAILED, OH_ERROR_BUSY);
  /* of two, hanging up means the one in front */
  command (f, OH_PHONE_HANG_UP, NULL, NULL);
  oh_fake_phone_tell (f->phone, OH_PHONE_EVENT_DISCONNECTED, "def", "13@pbx");
  oh_fake_clock_advance (f->clock, 0);
  assert_command (f, OH_PHONE_OUTCOME_CONFIRMED, 0);
  g_assert_nonnull (oh_call_list_find_up (f->calls, OH_PHONE (f->phone)));
}

/* A phone without an event for it: the key was taken, so it is so. */
static void
test_silent_hold (Fixture *f, gconstpointer data)
{
  oh_fake_phone_tell (f->phone, OH_PHONE_EVENT_CONNECTED, "abc", "12@pbx");
  command (f, OH_PHONE_HOLD, NULL, NULL);
  oh_fake_clock_advance (f->clock, 2 * G_USEC_PER_SEC);
  g_assert_cmpint (oh_call_get_state (oh_call_list_find_up (f->calls, OH_PHONE (f->phone))), ==,
                   OH_CALL_HELD);
  command (f, OH_PHONE_RESUME, NULL, NULL);
  oh_fake_clock_advance (f->clock, 2 * G_USEC_PER_SEC);
  g_assert_cmpint (oh_call_get_state (oh_call_list_find_up (f->calls, OH_PHONE (f->phone))), ==,
                   OH_CALL_CONNECTED);
}

static void
test_hang_up_all (Fixture *f, gconstpointer data)
{
  oh_fake_phone_tell (f->phone, OH_PHONE_EVENT_CONNECTED, "abc", "12@pbx");
  command (f, OH_PHONE_HANG_UP_ALL, NULL, NULL);
  oh_fake_phone_tell (f->phone, OH_PHONE_EVENT_DISCONNECTED, "abc", "12@pbx");
  oh_fake_clock_advance (f->clock, 0);
  assert_command (f, OH_PHONE_OUTCOME_CONFIRMED, 0);
}

/* DTMF: 32 tones and no more. */
static void
test_tones (Fixture *f, gconstpointer data)
{
  g_autofree char *most = g_strnfill (32, '5');
  g_autofree char *more = g_strnfill (33, '5');

  oh_fake_phone_tell (f->phone, OH_PHONE_EVENT_CONNECTED, "abc", "12@pbx");
  command (f, OH_PHONE_DTMF, NULL, most);
  assert_command (f, OH_PHONE_OUTCOME_SENT, 0);
  command (f, OH_PHONE_DTMF, NULL, more);
  assert_command (f, OH_PHONE_OUTCOME_FAILED, OH_ERROR_USAGE);
  command (f, OH_PHONE_DTMF, NULL, "1,2");
  assert_command (f, OH_PHONE_OUTCOME_FAILED, OH_ERROR_USAGE);
}

static void
test_commands (Fixture *f, gconstpointer data)
{
  command (f, OH_PHONE_ANSWER, NULL, NULL);
  assert_command (f, OH_PHONE_OUTCOME_FAILED, OH_ERROR_NO_CALL);
  oh_fake_phone_tell (f->phone, OH_PHONE_EVENT_INCOMING, "abc", "12@pbx");
  command (f, OH_PHONE_HOLD, NULL, NULL);
  assert_command (f, OH_PHONE_OUTCOME_FAILED, OH_ERROR_NO_CALL);
  command (f, OH_PHONE_ANSWER, "c9999", NULL);
  assert_command (f, OH_PHONE_OUTCOME_FAILED, OH_ERROR_NO_CALL);
  command (f, OH_PHONE_ANSWER, NULL, NULL);
  g_assert_null (f->result);
  oh_fake_phone_tell (f->phone, OH_PHONE_EVENT_CONNECTED, "abc", "12@pbx");
  oh_fake_clock_advance (f->clock, 0);
  assert_command (f, OH_PHONE_OUTCOME_CONFIRMED, 0);
  command (f, OH_PHONE_DTMF, NULL, "1#");
  assert_command (f, OH_PHONE_OUTCOME_SENT, 0);
  command (f, OH_PHONE_DTMF, NULL, "");
  assert_command (f, OH_PHONE_OUTCOME_FAILED, OH_ERROR_USAGE);
  command (f, OH_PHONE_HANG_UP, NULL, NULL);
  oh_fake_clock_advance (f->clock, 2 * G_USEC_PER_SEC); /* the phone says nothing */
  assert_command (f, OH_PHONE_OUTCOME_FAILED, OH_ERROR_OUTCOME_UNKNOWN);
  g_assert_cmpstr (oh_fake_phone_commands (f->phone), ==, "answer;dtmf 1#;hang-up;");
}

static void
test_hang_up_rejects (Fixture *f, gconstpointer data)
{
  oh_fake_phone_tell (f->phone, OH_PHONE_EVENT_INCOMING, "abc", "12@pbx");
  command (f, OH_PHONE_HANG_UP, NULL, NULL);
  oh_fake_clock_advance (f->clock, G_USEC_PER_SEC); /* many phones tell nothing of it */
  assert_command (f, OH_PHONE_OUTCOME_CONFIRMED, 0);
  g_assert_cmpstr (oh_fake_phone_commands (f->phone), ==, "reject;");
}

static void
test_locked_screen_answers_nothing (Fixture *f, gconstpointer data)
{
  oh_fake_phone_tell (f->phone, OH_PHONE_EVENT_INCOMING, "abc", "12@pbx");
  oh_dialler_set_screen_locked (f->dialler, TRUE);
  command (f, OH_PHONE_ANSWER, NULL, NULL);
  assert_command (f, OH_PHONE_OUTCOME_FAILED, OH_ERROR_LOCKED);
  g_assert_cmpstr (oh_fake_phone_commands (f->phone), ==, "");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, watched, function)                                                               \
  g_test_add ("/dialler/" name, Fixture, GINT_TO_POINTER (watched), set_up, function, tear_down)
  ADD ("event-confirms", TRUE, test_event_confirms);
  ADD ("silence", TRUE, test_silence);
  ADD ("no-events", FALSE, test_no_events);
  ADD ("phone-refuses", TRUE, test_phone_refuses);
  ADD ("refused-before-anything-leaves", TRUE, test_refused_before_anything_leaves);
  ADD ("confirm-links", TRUE, test_confirm_links);
  ADD ("second-call", TRUE, test_second_call);
  ADD ("silent-hold", TRUE, test_silent_hold);
  ADD ("hang-up-all", TRUE, test_hang_up_all);
  ADD ("private", TRUE, test_private);
  ADD ("tones", TRUE, test_tones);
  ADD ("number-tones", TRUE, test_number_tones);
  ADD ("number-tones-stop", TRUE, test_number_tones_stop);
  ADD ("number-tones-refused", TRUE, test_number_tones_refused);
  ADD ("number-tones-untold", FALSE, test_number_tones_refused);
  ADD ("commands", TRUE, test_commands);
  ADD ("hang-up-rejects", TRUE, test_hang_up_rejects);
  ADD ("locked-screen-answers-nothing", TRUE, test_locked_screen_answers_nothing);
#undef ADD
  return g_test_run ();
}
