/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "call-list.h"
#include "fake-clock.h"
#include "fake-phone.h"
#include "phone-body.h"

#define BOB "+493012345678@pbx.example"

typedef struct
{
  OhFakeClock *clock;
  OhFakePhone *phone;
  OhCallList *list;
  GString *story; /* every added, state and removed, as words */
} Desk;

static void
on_added (OhCallList *list, OhCall *call, Desk *desk)
{
  g_string_append_printf (desk->story, "+%s ", oh_call_state_nick (oh_call_get_state (call)));
}

static void
on_changed (OhCallList *list, OhCall *call, Desk *desk)
{
  g_string_append_printf (desk->story, "%s%s ", oh_call_state_nick (oh_call_get_state (call)),
                          oh_call_get_missed (call) ? "!" : "");
}

static void
on_removed (OhCallList *list, OhCall *call, Desk *desk)
{
  g_string_append (desk->story, "- ");
}

static void
on_busy (OhCallList *list, GParamSpec *pspec, Desk *desk)
{
  g_string_append (desk->story, oh_call_list_get_busy (list) ? "[busy] " : "[free] ");
}

static void
set_up (Desk *desk, gconstpointer data)
{
  desk->clock = oh_fake_clock_new ();
  desk->phone = oh_fake_phone_new ("desk", OH_CLOCK (desk->clock), TRUE);
  desk->list = oh_call_list_new (OH_CLOCK (desk->clock));
  desk->story = g_string_new (NULL);
  g_signal_connect (desk->list, "added", G_CALLBACK (on_added), desk);
  g_signal_connect (desk->list, "changed", G_CALLBACK (on_changed), desk);
  g_signal_connect (desk->list, "removed", G_CALLBACK (on_removed), desk);
  g_signal_connect (desk->list, "notify::busy", G_CALLBACK (on_busy), desk);
  oh_call_list_add_phone (desk->list, OH_PHONE (desk->phone));
}

static void
tear_down (Desk *desk, gconstpointer data)
{
  g_object_unref (desk->list);
  g_object_unref (desk->phone);
  g_assert_cmpuint (oh_fake_clock_n_alarms (desk->clock), ==, 0);
  g_object_unref (desk->clock);
  g_string_free (desk->story, TRUE);
}

static void
tell (Desk *desk, OhPhoneEventKind kind, const char *call)
{
  oh_fake_phone_tell (desk->phone, kind, call, BOB);
}

/* The words of the states, changes of other properties left out; then a clean page. */
static void
assert_story (Desk *desk, const char *expected)
{
  g_auto (GStrv) words = g_strsplit (desk->story->str, " ", -1);
  g_autoptr (GString) story = g_string_new (NULL);
  const char *last = "";

  for (guint i = 0; words[i] != NULL; i++)
    {
      if (words[i][0] == '\0' || g_str_equal (words[i], last) ||
          (last[0] == '+' && g_str_equal (words[i], last + 1)))
        continue;
      g_string_append_printf (story, "%s%s", story->len > 0 ? " " : "", words[i]);
      if (words[i][0] != '[')
        last = words[i];
    }
  g_assert_cmpstr (story->str, ==, expected);
  g_string_truncate (desk->story, 0);
}

/* What phones were seen to send, and what it has to come to. Letters: i incoming, o outgoing,
   r ringing, c connected, d disconnected, m missed, h held, u resumed, F off hook, N on hook,
   S started; digits let as many seconds pass. */
static void
play (Desk *desk, const char *events)
{
  static const struct
  {
    char letter;
    OhPhoneEventKind kind;
  } known[] = {
    { 'i', OH_PHONE_EVENT_INCOMING },     { 'o', OH_PHONE_EVENT_OUTGOING },
    { 'r', OH_PHONE_EVENT_RINGING },      { 'c', OH_PHONE_EVENT_CONNECTED },
    { 'd', OH_PHONE_EVENT_DISCONNECTED }, { 'm', OH_PHONE_EVENT_MISSED },
    { 'h', OH_PHONE_EVENT_HELD },         { 'u', OH_PHONE_EVENT_RESUMED },
    { 'F', OH_PHONE_EVENT_OFF_HOOK },     { 'N', OH_PHONE_EVENT_ON_HOOK },
    { 'S', OH_PHONE_EVENT_STARTED },
  };

  for (const char *p = events; *p != '\0'; p++)
    if (g_ascii_isdigit (*p))
      oh_fake_clock_advance (desk->clock, (*p - '0') * G_USEC_PER_SEC);
    else
      for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
        if (known[i].letter == *p)
          oh_fake_phone_tell (desk->phone, known[i].kind, g_ascii_isupper (*p) ? NULL : "x@phone",
                              g_ascii_isupper (*p) ? NULL : BOB);
}

static void
test_orders (void)
{
  static const struct
  {
    const char *events;
    const char *story;
  } cases[] = {
    /* the orders that a D765 was seen to send */
    { "idm", "+incoming ended ended! -" },
    { "icd", "+incoming connected [busy] ended [free] -" },
    { "icFNdN", "+incoming connected [busy] ended [free] -" },
    { "iFcNd", "+incoming connected [busy] ended [free] -" },
    { "od", "[busy] +dialing ended [free] -" },
    { "ocd", "[busy] +dialing connected ended [free] -" },
    { "FocNd", "[busy] +dialing connected ended [free] -" },
    { "ochucd", "[busy] +dialing connected held connected ended [free] -" },
    { "orcd", "[busy] +dialing ringing connected ended [free] -" },
    /* told twice */
    { "iiccdd", "+incoming connected [busy] ended [free] -" },
    { "id2d2", "+incoming ended -" },
    { "ocdd9c", "[busy] +dialing connected ended [free] -" },
    { "idmmi", "+incoming ended ended! -" },
    /* not told */
    { "cd", "[busy] +connected ended [free] -" },
    { "oh", "[busy] +dialing" },
    { "u", "" },
    { "d", "" },
    { "FocN2", "[busy] +dialing connected ended [free] -" }, /* the end was lost */
    { "ocFN2", "[busy] +dialing connected ended [free] -" },
    /* one overtakes another */
    { "cid", "[busy] +connected ended [free] -" },
    { "di", "" },
    { "dc", "" },
    { "co", "[busy] +connected" },
    /* the phone starts anew */
    { "ocS", "[busy] +dialing connected ended [free] -" },
    { "iS3", "+incoming ended -" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      Desk desk;

      g_test_message ("%s", cases[i].events);
      set_up (&desk, NULL);
      play (&desk, cases[i].events);
      assert_story (&desk, cases[i].story);
      tear_down (&desk, NULL);
    }
}

static void
test_party (Desk *desk, gconstpointer data)
{
  g_autoptr (GPtrArray) calls = NULL;
  g_autoptr (OhDialPlan) plan = oh_dial_plan_new ("49", "30", "00", "0", NULL, 4);
  OhPhoneEvent *event = oh_phone_event_new (OH_PHONE_EVENT_INCOMING);
  OhCall *call;

  oh_call_list_set_plan (desk->list, plan);
  event->call = g_strdup ("x");
  event->remote = g_strdup ("03012345678@pbx");
  event->display = g_strdup ("Bob");
  oh_phone_emit_event (OH_PHONE (desk->phone), event);
  oh_fake_phone_tell (desk->phone, OH_PHONE_EVENT_INCOMING, "y", "anonymous@anonymous.invalid");
  calls = oh_call_list_dup_calls (desk->list);
  g_assert_cmpuint (calls->len, ==, 2);
  call = g_ptr_array_index (calls, 0);
  g_assert_cmpstr (oh_call_get_number (call), ==, "+493012345678");
  g_assert_cmpstr (oh_call_get_name (call), ==, "Bob");
  g_assert_cmpint (oh_call_get_direction (call), ==, OH_CALL_DIRECTION_INCOMING);
  g_assert_true (oh_call_list_find (desk->list, oh_call_get_id (call)) == call);
  g_assert_false (oh_call_list_get_busy (desk->list));
  call = g_ptr_array_index (calls, 1);
  g_assert_null (oh_call_get_number (call));
}

static char *
lookup_bob (const char *number, gpointer user_data)
{
  return g_str_equal (number, "+493012345678") ? g_strdup ("Bob of the contacts") : NULL;
}

static void
test_lookup (Desk *desk, gconstpointer data)
{
  g_autoptr (GPtrArray) calls = NULL;

  oh_call_list_set_name_lookup (desk->list, lookup_bob, NULL, NULL);
  tell (desk, OH_PHONE_EVENT_INCOMING, "x");
  calls = oh_call_list_dup_calls (desk->list);
  g_assert_cmpstr (oh_call_get_name (g_ptr_array_index (calls, 0)), ==, "Bob of the contacts");
}

/* Two calls, told apart by name. */
static void
test_two (Desk *desk, gconstpointer data)
{
  tell (desk, OH_PHONE_EVENT_OUTGOING, "a");
  tell (desk, OH_PHONE_EVENT_CONNECTED, "a");
  tell (desk, OH_PHONE_EVENT_INCOMING, "b");
  tell (desk, OH_PHONE_EVENT_HELD, "a");
  tell (desk, OH_PHONE_EVENT_CONNECTED, "b");
  tell (desk, OH_PHONE_EVENT_DISCONNECTED, "b");
  tell (desk, OH_PHONE_EVENT_RESUMED, "a");
  tell (desk, OH_PHONE_EVENT_DISCONNECTED, "a");
  assert_story (desk, "[busy] +dialing connected +incoming held connected ended - connected ended "
                      "[free] -");
}

/* A phone of the oldest kind: no variable at all. */
static void
test_nameless (Desk *desk, gconstpointer data)
{
  oh_fake_phone_tell (desk->phone, OH_PHONE_EVENT_INCOMING, NULL, NULL);
  oh_fake_phone_tell (desk->phone, OH_PHONE_EVENT_CONNECTED, NULL, NULL);
  oh_fake_phone_tell (desk->phone, OH_PHONE_EVENT_DISCONNECTED, NULL, NULL);
  assert_story (desk, "+incoming connected [busy] ended [free] -");
}

/* Without the phone's name of it, a call of the same parties right after the first is another. */
static void
test_again_without_name (Desk *desk, gconstpointer data)
{
  tell (desk, OH_PHONE_EVENT_INCOMING, NULL);
  tell (desk, OH_PHONE_EVENT_DISCONNECTED, NULL);
  tell (desk, OH_PHONE_EVENT_INCOMING, NULL);
  assert_story (desk, "+incoming ended +incoming");
}

static OhCall *
expect (Desk *desk)
{
  g_autoptr (OhDialPlan) plan = oh_dial_plan_new ("49", "30", "00", "0", NULL, 4);
  g_autoptr (OhNumber) number = oh_number_parse ("+493012345678", OH_NUMBER_FROM_USER, plan, NULL);

  return oh_call_list_expect (desk->list, OH_PHONE (desk->phone), number, FALSE);
}

static void
test_expected (Desk *desk, gconstpointer data)
{
  OhCall *call = expect (desk);

  g_assert_false (oh_call_get_seen (call));
  tell (desk, OH_PHONE_EVENT_OUTGOING, "a");
  g_assert_true (oh_call_get_seen (call));
  g_assert_cmpstr (oh_call_get_handle (call), ==, "a");
  tell (desk, OH_PHONE_EVENT_CONNECTED, "a");
  assert_story (desk, "[busy] +dialing connected");
}

/* The outgoing event was lost: the number tells; a stranger's end does not end ours. */
static void
test_expected_late (Desk *desk, gconstpointer data)
{
  OhCall *call = expect (desk);

  oh_fake_phone_tell (desk->phone, OH_PHONE_EVENT_DISCONNECTED, "other", "777@pbx");
  g_assert_cmpint (oh_call_get_state (call), ==, OH_CALL_DIALING);
  tell (desk, OH_PHONE_EVENT_CONNECTED, "a");
  g_assert_cmpint (oh_call_get_state (call), ==, OH_CALL_CONNECTED);
  assert_story (desk, "[busy] +dialing connected");
}

/* 180 s without an answer, one microsecond before and at the limit. */
static void
test_never_answered (Desk *desk, gconstpointer data)
{
  tell (desk, OH_PHONE_EVENT_OUTGOING, "a");
  oh_fake_clock_advance (desk->clock, 180 * G_USEC_PER_SEC - 1);
  assert_story (desk, "[busy] +dialing");
  oh_fake_clock_advance (desk->clock, 1);
  assert_story (desk, "unknown [free]");
  oh_fake_clock_advance (desk->clock, 60 * G_USEC_PER_SEC);
  assert_story (desk, "ended -");
}

static void
test_next_ends_unknown (Desk *desk, gconstpointer data)
{
  tell (desk, OH_PHONE_EVENT_OUTGOING, "a");
  oh_fake_clock_advance (desk->clock, 180 * G_USEC_PER_SEC);
  tell (desk, OH_PHONE_EVENT_INCOMING, "b");
  assert_story (desk, "[busy] +dialing unknown [free] ended - +incoming");
}

static void
test_unreachable (Desk *desk, gconstpointer data)
{
  tell (desk, OH_PHONE_EVENT_OUTGOING, "a");
  tell (desk, OH_PHONE_EVENT_CONNECTED, "a");
  oh_phone_move (OH_PHONE (desk->phone), OH_PHONE_STATE_UNREACHABLE,
                 g_error_new_literal (OH_ERROR, OH_ERROR_UNREACHABLE, "gone"));
  assert_story (desk, "[busy] +dialing connected unknown [free]");
  oh_phone_move (OH_PHONE (desk->phone), OH_PHONE_STATE_READY, NULL);
  tell (desk, OH_PHONE_EVENT_DISCONNECTED, "a");
  assert_story (desk, "ended -");
}

/* What comes when a command was taken, and what when nothing comes. */
static void
test_commanded (void)
{
  static const struct
  {
    const char *before;
    OhPhoneVerb verb;
    const char *after;
    gboolean silent; /* the phone tells no events */
    const char *story;
  } cases[] = {
    { "i", OH_PHONE_REJECT, "", FALSE, "" },
    { "i", OH_PHONE_REJECT, "1", FALSE, "ended" },
    { "i", OH_PHONE_REJECT, "1d2d1", FALSE, "ended -" },
    { "i", OH_PHONE_REJECT, "i1", FALSE, "ended" }, /* told again that it rings */
    { "oc", OH_PHONE_HANG_UP, "d", FALSE, "ended [free] -" },
    { "oc", OH_PHONE_HANG_UP, "2", FALSE, "unknown [free]" },
    { "oc", OH_PHONE_HANG_UP, "2d", FALSE, "unknown [free] ended -" },
    { "oc", OH_PHONE_HANG_UP, "2", TRUE, "ended [free] -" },
    { "oc", OH_PHONE_HOLD, "h2", FALSE, "held" },
    { "oc", OH_PHONE_HOLD, "2", FALSE, "held" },
    { "och", OH_PHONE_RESUME, "2", FALSE, "connected" },
    { "oc", OH_PHONE_DTMF, "2", FALSE, "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      Desk desk;
      g_autoptr (GPtrArray) calls = NULL;

      set_up (&desk, NULL);
      play (&desk, cases[i].before);
      g_string_truncate (desk.story, 0);
      oh_phone_set_watched (OH_PHONE (desk.phone), !cases[i].silent);
      calls = oh_call_list_dup_calls (desk.list);
      oh_call_list_commanded (desk.list, g_ptr_array_index (calls, 0), cases[i].verb);
      play (&desk, cases[i].after);
      assert_story (&desk, cases[i].story);
      tear_down (&desk, NULL);
    }
}

static void
test_flood (Desk *desk, gconstpointer data)
{
  g_autoptr (GPtrArray) calls = NULL;

  for (guint i = 0; i < 65; i++)
    {
      g_autofree char *name = g_strdup_printf ("call-%u", i);

      tell (desk, OH_PHONE_EVENT_INCOMING, name);
    }
  calls = oh_call_list_dup_calls (desk->list);
  g_assert_cmpuint (calls->len, ==, 64);
}

static void
test_remove_phone (Desk *desk, gconstpointer data)
{
  tell (desk, OH_PHONE_EVENT_OUTGOING, "a");
  oh_call_list_remove_phone (desk->list, OH_PHONE (desk->phone));
  tell (desk, OH_PHONE_EVENT_INCOMING, "b");
  assert_story (desk, "[busy] +dialing ended [free] -");
}

#define ADD(name, func) g_test_add ("/call-rules/" name, Desk, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/call-rules/orders", test_orders);
  g_test_add_func ("/call-rules/commanded", test_commanded);
  ADD ("party", test_party);
  ADD ("lookup", test_lookup);
  ADD ("two", test_two);
  ADD ("nameless", test_nameless);
  ADD ("again-without-name", test_again_without_name);
  ADD ("expected", test_expected);
  ADD ("expected-late", test_expected_late);
  ADD ("never-answered", test_never_answered);
  ADD ("next-ends-unknown", test_next_ends_unknown);
  ADD ("unreachable", test_unreachable);
  ADD ("flood", test_flood);
  ADD ("remove-phone", test_remove_phone);
  return g_test_run ();
}
