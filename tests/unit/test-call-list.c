/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What phones were seen to tell, in which order, and what it must become. */

#include "call-list.h"
#include "fake-clock.h"
#include "fake-phone.h"

#include <string.h>

typedef struct
{
  OhFakeClock *clock;
  OhFakePhone *phone;
  OhCallList *list;
  GString *story; /* what the list told, "+c:incoming c:connected -c " */
} Fixture;

static void
tell (Fixture *f, const char *sign, OhCall *call)
{
  g_string_append_printf (
    f->story, "%s%s%s%s ", sign, oh_call_state_nick (oh_call_get_state (call)),
    oh_call_get_missed (call) ? "!" : "", oh_call_list_get_busy (f->list) ? "*" : "");
}

static void
on_added (OhCallList *list, OhCall *call, Fixture *f)
{
  tell (f, "+", call);
}

static void
on_removed (OhCallList *list, OhCall *call, Fixture *f)
{
  tell (f, "-", call);
}

static char *
lookup (const char *number, gpointer user_data)
{
  return g_strdup (g_str_equal (number, "+493012345678") ? "Bob Baker" : NULL);
}

static void
set_up (Fixture *f, gconstpointer data)
{
  g_autoptr (OhDialPlan) plan = oh_dial_plan_new ("49", "30", "00", "0", "", 4);

  f->clock = oh_fake_clock_new ();
  f->phone = oh_fake_phone_new ("desk", OH_CLOCK (f->clock), TRUE);
  f->list = oh_call_list_new (OH_CLOCK (f->clock));
  f->story = g_string_new (NULL);
  oh_call_list_set_plan (f->list, plan);
  oh_call_list_set_name_lookup (f->list, lookup, NULL, NULL);
  oh_call_list_add_phone (f->list, OH_PHONE (f->phone));
  g_signal_connect (f->list, "added", G_CALLBACK (on_added), f);
  g_signal_connect (f->list, "removed", G_CALLBACK (on_removed), f);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_signal_handlers_disconnect_by_data (f->list, f);
  g_clear_object (&f->list);
  g_clear_object (&f->phone);
  g_clear_object (&f->clock);
  g_string_free (f->story, TRUE);
}

static const struct
{
  char letter;
  OhPhoneEventKind kind;
} letters[] = {
  { 'i', OH_PHONE_EVENT_INCOMING },     { 'o', OH_PHONE_EVENT_OUTGOING },
  { 'r', OH_PHONE_EVENT_RINGING },      { 'c', OH_PHONE_EVENT_CONNECTED },
  { 'h', OH_PHONE_EVENT_HELD },         { 'u', OH_PHONE_EVENT_RESUMED },
  { 'd', OH_PHONE_EVENT_DISCONNECTED }, { 'm', OH_PHONE_EVENT_MISSED },
  { 't', OH_PHONE_EVENT_TRANSFERRED },  { 'L', OH_PHONE_EVENT_OFF_HOOK },
  { 'P', OH_PHONE_EVENT_ON_HOOK },      { 'S', OH_PHONE_EVENT_STARTED },
};

/* Plays events, "2" waits two seconds; says which calls are left, by state. */
static char *
play (Fixture *f, const char *events, const char *call)
{
  g_autoptr (GPtrArray) calls = NULL;
  GString *left = g_string_new (NULL);

  for (const char *p = events; *p != '\0'; p++)
    {
      if (g_ascii_isdigit (*p))
        oh_fake_clock_advance (f->clock, (*p - '0') * G_USEC_PER_SEC);
      for (gsize i = 0; i < G_N_ELEMENTS (letters); i++)
        if (letters[i].letter == *p)
          oh_fake_phone_tell (f->phone, letters[i].kind, call, "03012345678@pbx.example");
    }
  calls = oh_call_list_dup_calls (f->list);
  for (guint i = 0; i < calls->len; i++)
    g_string_append_printf (left, "%s ",
                            oh_call_state_nick (oh_call_get_state (g_ptr_array_index (calls, i))));
  return g_string_free (left, FALSE);
}

static const struct
{
  const char *name, *events, *left, *story;
} orders[] = {
  { "incoming, not answered", "idm", "", "+incoming -ended! " },
  { "incoming, on the speaker", "icd", "", "+incoming -ended " },
  { "incoming, speaker then handset", "icLPd", "", "+incoming -ended " },
  { "incoming, handset", "iLcPd", "", "+incoming -ended " },
  { "outgoing, not answered", "od", "", "+dialing* -ended " },
  { "outgoing, speaker", "ocd", "", "+dialing* -ended " },
  { "outgoing, handset", "LocPd", "", "+dialing* -ended " },
  { "outgoing that rings", "orc", "connected ", "+dialing* " },
  { "on hold", "och", "held ", "+dialing* " },
  { "on hold and back", "ochu", "connected ", "+dialing* " },
  { "hold told twice", "ochhuu", "connected ", "+dialing* " },
  { "every event twice", "iiccdd", "", "+incoming -ended " },
  { "end told again two seconds later", "id2d", "", "+incoming -ended " },
  { "connected again after the end", "icd1c", "", "+incoming -ended " },
  { "only the handset tells the end", "LocP2", "", "+dialing* -ended " },
  { "handset put back, speaker on", "ocP2", "connected ", "+dialing* " },
  { "transferred", "oct", "", "+dialing* -ended " },
  { "connected before we looked", "c", "connected ", "+connected* " },
  { "end of what we never saw", "d", "", "" },
  { "missed of what we never saw", "m", "", "" },
  { "phone restarted in mid-call", "ocS", "", "+dialing* -ended " },
  { "connected lost", "ih", "incoming ", "+incoming " },
};

static void
test_order (Fixture *f, gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autofree char *named = play (f, orders[i].events, "abc@192.0.2.10");

  g_assert_cmpstr (named, ==, orders[i].left);
  g_assert_cmpstr (f->story->str, ==, orders[i].story);
}

/* The same from a phone that names no calls. */
static void
test_order_nameless (Fixture *f, gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autofree char *nameless = NULL;

  if (strstr (orders[i].events, "1c") != NULL)
    return; /* without a name a new call with the same party cannot be told from a late event */
  nameless = play (f, orders[i].events, NULL);
  g_assert_cmpstr (nameless, ==, orders[i].left);
  g_assert_cmpstr (f->story->str, ==, orders[i].story);
}

static void
test_party (Fixture *f, gconstpointer data)
{
  g_autofree char *left = play (f, "i", "abc");
  g_autoptr (GPtrArray) calls = oh_call_list_dup_calls (f->list);
  OhCall *call = g_ptr_array_index (calls, 0);

  g_assert_cmpstr (left, ==, "incoming ");
  g_assert_cmpstr (oh_call_get_number (call), ==, "+493012345678");
  g_assert_cmpstr (oh_call_get_name (call), ==, "Bob Baker");
  g_assert_cmpint (oh_call_get_direction (call), ==, OH_CALL_DIRECTION_INCOMING);
  g_assert_true (oh_call_list_find (f->list, oh_call_get_id (call)) == call);
  g_assert_null (oh_call_list_find (f->list, NULL));
}

static void
test_missed (Fixture *f, gconstpointer data)
{
  g_autofree char *ringing G_GNUC_UNUSED = play (f, "i", "abc");
  g_autoptr (GPtrArray) calls = oh_call_list_dup_calls (f->list);
  g_autofree char *left = play (f, "d2m", "abc");

  g_assert_cmpstr (left, ==, "");
  g_assert_true (oh_call_get_missed (g_ptr_array_index (calls, 0)));
}

static void
test_two_calls (Fixture *f, gconstpointer data)
{
  g_autofree char *one G_GNUC_UNUSED = play (f, "oc", "one");
  g_autofree char *two = play (f, "i", "two");
  g_autofree char *held = play (f, "h", "one");
  g_autofree char *taken = play (f, "c", "two");
  g_autofree char *first_ended = play (f, "d", "one");

  g_assert_cmpstr (two, ==, "connected incoming ");
  g_assert_cmpstr (held, ==, "held incoming ");
  g_assert_cmpstr (taken, ==, "held connected ");
  g_assert_cmpstr (first_ended, ==, "connected ");
  g_assert_true (oh_call_list_get_busy (f->list));
}

static void
test_withheld (Fixture *f, gconstpointer data)
{
  static const char *const remotes[] = { "anonymous@anonymous.invalid", "Anonymous@pbx.example",
                                         "restricted", "@pbx.example" };
  g_autoptr (GPtrArray) calls = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (remotes); i++)
    {
      char handle[2] = { (char) ('a' + (int) i), '\0' };

      oh_fake_phone_tell (f->phone, OH_PHONE_EVENT_INCOMING, handle, remotes[i]);
    }
  calls = oh_call_list_dup_calls (f->list);
  g_assert_cmpuint (calls->len, ==, G_N_ELEMENTS (remotes));
  for (guint i = 0; i < calls->len; i++)
    {
      g_assert_null (oh_call_get_number (g_ptr_array_index (calls, i)));
      g_assert_null (oh_call_get_name (g_ptr_array_index (calls, i)));
    }
}

static void
test_expected (Fixture *f, gconstpointer data)
{
  g_autoptr (OhDialPlan) plan = oh_dial_plan_new ("49", "30", "00", "0", "", 4);
  g_autoptr (OhNumber) number = oh_number_parse ("030 12345678", OH_NUMBER_FROM_USER, plan, NULL);
  OhCall *call = oh_call_list_expect (f->list, OH_PHONE (f->phone), number, FALSE);
  g_autofree char *left = NULL;

  g_assert_cmpstr (f->story->str, ==, "+dialing* ");
  g_assert_false (oh_call_get_seen (call));
  g_assert_cmpstr (oh_call_get_name (call), ==, "Bob Baker");
  left = play (f, "o", "abc");
  g_assert_cmpstr (left, ==, "dialing ");
  g_assert_true (oh_call_get_seen (call));
  g_assert_true (oh_call_list_find_up (f->list, OH_PHONE (f->phone)) == call);
}

static void
test_forgotten (Fixture *f, gconstpointer data)
{
  g_autoptr (OhDialPlan) plan = oh_dial_plan_new ("49", "30", "00", "0", "", 4);
  g_autoptr (OhNumber) number = oh_number_parse ("12", OH_NUMBER_FROM_USER, plan, NULL);

  oh_call_list_forget (f->list, oh_call_list_expect (f->list, OH_PHONE (f->phone), number, FALSE));
  g_assert_false (oh_call_list_get_busy (f->list));
  g_assert_null (oh_call_list_find_up (f->list, OH_PHONE (f->phone)));
}

static void
test_alarms (Fixture *f, gconstpointer data)
{
  g_autofree char *ringing G_GNUC_UNUSED = play (f, "i", "one");
  OhCall *call = oh_call_list_find_up (f->list, OH_PHONE (f->phone));

  oh_call_list_commanded (f->list, call, OH_PHONE_REJECT);
  oh_fake_clock_advance (f->clock, G_USEC_PER_SEC);
  g_assert_null (oh_call_list_find_up (f->list, OH_PHONE (f->phone)));

  g_free (play (f, "oc", "two"));
  call = oh_call_list_find_up (f->list, OH_PHONE (f->phone));
  oh_call_list_commanded (f->list, call, OH_PHONE_HANG_UP);
  oh_fake_clock_advance (f->clock, 2 * G_USEC_PER_SEC);
  g_assert_cmpint (oh_call_get_state (call), ==, OH_CALL_UNKNOWN);
  g_assert_false (oh_call_list_get_busy (f->list));
  oh_fake_clock_advance (f->clock, 60 * G_USEC_PER_SEC);
  g_assert_cmpint (oh_call_get_state (call), ==, OH_CALL_ENDED);

  g_free (play (f, "o", "three"));
  call = oh_call_list_find_up (f->list, OH_PHONE (f->phone));
  oh_fake_clock_advance (f->clock, G_GINT64_CONSTANT (180) * G_USEC_PER_SEC);
  g_assert_cmpint (oh_call_get_state (call), ==, OH_CALL_UNKNOWN);
  g_free (play (f, "c", "three")); /* it was there all the time */
  g_assert_cmpint (oh_call_get_state (call), ==, OH_CALL_CONNECTED);
  oh_fake_clock_advance (f->clock, G_GINT64_CONSTANT (7200) * G_USEC_PER_SEC);
  g_assert_cmpint (oh_call_get_state (call), ==, OH_CALL_CONNECTED);
}

static void
test_phone_leaves (Fixture *f, gconstpointer data)
{
  g_autofree char *left G_GNUC_UNUSED = play (f, "oc", "abc");

  oh_call_list_remove_phone (f->list, OH_PHONE (f->phone));
  g_assert_cmpstr (f->story->str, ==, "+dialing* -ended ");
  g_free (play (f, "i", "abc"));
  g_assert_cmpstr (f->story->str, ==, "+dialing* -ended ");
}

static void
test_table (void)
{
  for (int to = 0; to < OH_N_CALL_STATES; to++)
    {
      g_assert_false (oh_call_may_become (OH_CALL_ENDED, (OhCallState) to));
      g_assert_false (oh_call_may_become ((OhCallState) to, (OhCallState) to));
    }
  g_assert_false (oh_call_may_become (OH_CALL_INCOMING, OH_CALL_RINGING));
  g_assert_false (oh_call_may_become (OH_CALL_CONNECTED, OH_CALL_DIALING));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (orders); i++)
    {
      g_autofree char *named = g_strconcat ("/call-list/named/", orders[i].name, NULL);
      g_autofree char *nameless = g_strconcat ("/call-list/nameless/", orders[i].name, NULL);

      g_test_add (named, Fixture, GUINT_TO_POINTER (i), set_up, test_order, tear_down);
      g_test_add (nameless, Fixture, GUINT_TO_POINTER (i), set_up, test_order_nameless, tear_down);
    }
#define ADD(name, function)                                                                        \
  g_test_add ("/call-list/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("party", test_party);
  ADD ("missed", test_missed);
  ADD ("two-calls", test_two_calls);
  ADD ("withheld", test_withheld);
  ADD ("expected", test_expected);
  ADD ("forgotten", test_forgotten);
  ADD ("alarms", test_alarms);
  ADD ("phone-leaves", test_phone_leaves);
#undef ADD
  g_test_add_func ("/call-list/table", test_table);
  return g_test_run ();
}
