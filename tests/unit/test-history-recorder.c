/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What phones tell, written down: the store is the real one, in a folder of its own. */

#include "history-recorder.h"

#include <glib/gstdio.h>
#include <string.h>

#include "fake-clock.h"
#include "fake-phone.h"

#define BOB "03012345678@pbx.example"

typedef struct
{
  char *dir;
  char *path;
  OhFakeClock *clock;
  OhFakePhone *phone;
  OhCallList *calls;
  OhHistoryStore *store;
  OhHistoryRecorder *recorder;
  GAsyncResult *result;
} Fixture;

static char *
lookup_name (const char *number, gpointer user_data)
{
  return g_strdup (g_str_equal (number, "+493012345678") ? "Bob Baker" : NULL);
}

static char *
lookup_uri (const char *number, gpointer user_data)
{
  return g_strdup (g_str_equal (number, "+493012345678") ? "sip:bob@fabrikam.test" : NULL);
}

static void
set_up (Fixture *f, gconstpointer data)
{
  g_autoptr (OhDialPlan) plan = oh_dial_plan_new ("49", "30", "00", "0", "", 4);

  f->dir = g_dir_make_tmp ("oh-recorder-XXXXXX", NULL);
  f->path = g_build_filename (f->dir, "history.sqlite", NULL);
  f->clock = oh_fake_clock_new ();
  f->phone = oh_fake_phone_new ("desk", OH_CLOCK (f->clock), TRUE);
  f->calls = oh_call_list_new (OH_CLOCK (f->clock));
  oh_call_list_set_plan (f->calls, plan);
  oh_call_list_set_name_lookup (f->calls, lookup_name, NULL, NULL);
  oh_call_list_add_phone (f->calls, OH_PHONE (f->phone));
  f->store = oh_history_store_new (f->path, "here");
  f->recorder = oh_history_recorder_new (f->calls, f->store);
  oh_history_recorder_set_uri_lookup (f->recorder, lookup_uri, NULL);
  oh_history_recorder_set_on (f->recorder, TRUE);
}

static void
on_result (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Fixture *f = user_data;

  f->result = g_object_ref (result);
}

/* Until all that was asked of the store is done. */
static void
flush (Fixture *f)
{
  oh_fake_clock_advance (f->clock, 0); /* what is pending, the recorder's idle among it */
  oh_history_store_flush_async (f->store, on_result, f);
  while (f->result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_clear_object (&f->result);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_autofree char *journal = g_strconcat (f->path, "-journal", NULL);

  flush (f);
  oh_history_recorder_free (f->recorder);
  g_clear_object (&f->store);
  g_clear_object (&f->calls);
  g_clear_object (&f->phone);
  g_clear_object (&f->clock);
  g_unlink (journal);
  g_unlink (f->path);
  g_rmdir (f->dir);
  g_free (f->path);
  g_free (f->dir);
}

static GPtrArray *
list (Fixture *f)
{
  const OhHistoryQuery query = { .direction = OH_CALL_DIRECTION_UNKNOWN };
  g_autoptr (GError) error = NULL;
  GPtrArray *entries;

  flush (f);
  oh_history_store_list_async (f->store, &query, NULL, on_result, f);
  while (f->result == NULL)
    g_main_context_iteration (NULL, TRUE);
  entries = oh_history_store_list_finish (f->store, f->result, &error);
  g_assert_no_error (error);
  g_clear_object (&f->result);
  return entries;
}

/* "outgoing +4930… Bob Baker answered 2/5; ", newest first: seconds until answered, until ended. */
static char *
story (Fixture *f)
{
  g_autoptr (GPtrArray) entries = list (f);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < entries->len; i++)
    {
      const OhHistoryEntry *e = g_ptr_array_index (entries, i);

      g_string_append_printf (text, "%s %s %s %s ", oh_call_direction_nick (e->direction),
                              e->number, e->name, oh_history_outcome_word (e->outcome));
      if (e->answered_us != 0)
        g_string_append_printf (text, "%d", (int) ((e->answered_us - e->begun_us) / 1000000));
      g_string_append_c (text, '/');
      if (e->ended_us != 0)
        g_string_append_printf (text, "%d", (int) ((e->ended_us - e->begun_us) / 1000000));
      g_string_append (text, "; ");
    }
  return g_string_free (text, FALSE);
}

#define assert_story(f, wanted)                                                                    \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *oh_story = story (f);                                                         \
    g_assert_cmpstr (oh_story, ==, wanted);                                                        \
  }                                                                                                \
  G_STMT_END

/* Lower-case letters are the events of test-call-list; digits are seconds. */
static void
play (Fixture *f, const char *events, const char *remote)
{
  static const struct
  {
    char letter;
    OhPhoneEventKind kind;
  } letters[] = {
    { 'i', OH_PHONE_EVENT_INCOMING },     { 'o', OH_PHONE_EVENT_OUTGOING },
    { 'c', OH_PHONE_EVENT_CONNECTED },    { 'h', OH_PHONE_EVENT_HELD },
    { 'u', OH_PHONE_EVENT_RESUMED },      { 'm', OH_PHONE_EVENT_MISSED },
    { 'd', OH_PHONE_EVENT_DISCONNECTED }, { 'S', OH_PHONE_EVENT_STARTED },
  };
  static guint n_calls;
  g_autofree char *handle = g_strdup_printf ("call-%u", ++n_calls);

  for (const char *p = events; *p != '\0'; p++)
    {
      if (g_ascii_isdigit (*p))
        oh_fake_clock_advance (f->clock, (*p - '0') * G_USEC_PER_SEC);
      for (gsize i = 0; i < G_N_ELEMENTS (letters); i++)
        if (letters[i].letter == *p)
          oh_fake_phone_tell (f->phone, letters[i].kind, handle, remote);
    }
}

static const struct
{
  const char *name, *events, *story;
} courses[] = {
  { "outgoing, answered", "o2c3d", "outgoing +493012345678 Bob Baker answered 2/5; " },
  { "outgoing, held", "o1c1h1u1d", "outgoing +493012345678 Bob Baker answered 1/4; " },
  { "outgoing, not answered", "o4d", "outgoing +493012345678 Bob Baker cancelled /4; " },
  { "incoming, answered", "i2c3d", "incoming +493012345678 Bob Baker answered 2/5; " },
  { "incoming, missed", "i4dm", "incoming +493012345678 Bob Baker missed /4; " },
  { "incoming, refused", "i2d9", "incoming +493012345678 Bob Baker refused /2; " },
  { "it rings", "i2", "incoming +493012345678 Bob Baker ongoing /; " },
  { "they talk", "i2c3", "incoming +493012345678 Bob Baker ongoing 2/; " },
  { "it began before", "2c3d", "unknown +493012345678 Bob Baker answered 0/3; " },
  { "phone restarted", "o2S", "outgoing +493012345678 Bob Baker unknown /2; " },
};

static void
test_course (Fixture *f, gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);

  play (f, courses[i].events, BOB);
  assert_story (f, courses[i].story);
}

static void
test_uri (Fixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) entries = NULL;

  play (f, "i", BOB);
  entries = list (f);
  g_assert_cmpstr (((OhHistoryEntry *) g_ptr_array_index (entries, 0))->uri, ==,
                   "sip:bob@fabrikam.test");
  g_assert_cmpstr (((OhHistoryEntry *) g_ptr_array_index (entries, 0))->phone, ==, "desk");
}

static void
test_missed_and_called_back (Fixture *f, gconstpointer data)
{
  play (f, "i1dm", BOB);
  play (f, "i1dm", "anonymous@anonymous.invalid");
  flush (f);
  g_assert_cmpuint (oh_history_store_get_missed (f->store), ==, 2);
  play (f, "o1c1d", BOB);
  flush (f);
  g_assert_cmpuint (oh_history_store_get_missed (f->store), ==, 1);
  assert_story (f, "outgoing +493012345678 Bob Baker answered 1/2; incoming   missed /1; "
                   "incoming +493012345678 Bob Baker missed /1; ");
}

/* Nothing of a call that was dialled as private; the next one is written again. */
static void
test_private_call (Fixture *f, gconstpointer data)
{
  g_autoptr (OhDialPlan) plan = oh_dial_plan_new ("49", "30", "00", "0", "", 4);
  g_autoptr (OhNumber) number = oh_number_parse ("4711", OH_NUMBER_FROM_USER, plan, NULL);

  oh_call_list_expect (f->calls, OH_PHONE (f->phone), number, TRUE);
  play (f, "o1c1d", "4711@pbx.example");
  assert_story (f, "");
  play (f, "o1c1d", "4711@pbx.example");
  assert_story (f, "outgoing 4711  answered 1/2; ");
}

static void
test_private_number (Fixture *f, gconstpointer data)
{
  static const char *const texts[] = { "030 12345678", NULL };
  g_autoptr (OhDialPlan) plan = oh_dial_plan_new ("49", "30", "00", "0", "", 4);
  g_autoptr (OhPrivateNumbers) numbers = oh_private_numbers_new (texts, plan, NULL);

  oh_history_recorder_set_private (f->recorder, numbers);
  play (f, "i1dm", BOB);
  assert_story (f, "");
  play (f, "i1dm", "4711@pbx.example");
  assert_story (f, "incoming 4711  missed /1; ");
}

/* The phone tells the number only later; or the user makes it private in mid-call. */
static void
test_private_too_late (Fixture *f, gconstpointer data)
{
  static const char *const texts[] = { "030 12345678", "4711", NULL };
  g_autoptr (OhDialPlan) plan = oh_dial_plan_new ("49", "30", "00", "0", "", 4);
  g_autoptr (OhPrivateNumbers) both = oh_private_numbers_new (texts, plan, NULL);
  g_autoptr (OhPrivateNumbers) one = oh_private_numbers_new (texts + 1, plan, NULL);

  oh_history_recorder_set_private (f->recorder, one);
  oh_fake_phone_tell (f->phone, OH_PHONE_EVENT_INCOMING, "x", NULL);
  assert_story (f, "incoming   ongoing /; ");
  oh_fake_phone_tell (f->phone, OH_PHONE_EVENT_CONNECTED, "x", "4711@pbx.example");
  assert_story (f, "");
  oh_fake_phone_tell (f->phone, OH_PHONE_EVENT_DISCONNECTED, "x", "4711@pbx.example");
  assert_story (f, "");

  oh_fake_phone_tell (f->phone, OH_PHONE_EVENT_INCOMING, "y", BOB);
  assert_story (f, "incoming +493012345678 Bob Baker ongoing /; ");
  oh_history_recorder_set_private (f->recorder, both);
  oh_fake_phone_tell (f->phone, OH_PHONE_EVENT_DISCONNECTED, "y", BOB);
  assert_story (f, "");
}

static void
test_off_and_on (Fixture *f, gconstpointer data)
{
  oh_history_recorder_set_on (f->recorder, FALSE);
  oh_fake_phone_tell (f->phone, OH_PHONE_EVENT_INCOMING, "x", BOB);
  flush (f);
  g_assert_false (g_file_test (f->path, G_FILE_TEST_EXISTS)); /* not so much as an empty file */
  oh_history_recorder_set_on (f->recorder, TRUE);
  assert_story (f, "incoming +493012345678 Bob Baker ongoing /; ");
}

/* The program ends in mid-call: all that was known is on its way to the file. */
static void
test_stop (Fixture *f, gconstpointer data)
{
  oh_fake_phone_tell (f->phone, OH_PHONE_EVENT_INCOMING, "x", BOB);
  oh_fake_phone_tell (f->phone, OH_PHONE_EVENT_CONNECTED, "x", BOB);
  oh_history_recorder_stop (f->recorder);
  assert_story (f, "incoming +493012345678 Bob Baker ongoing 0/; ");
  oh_fake_phone_tell (f->phone, OH_PHONE_EVENT_DISCONNECTED, "x", BOB);
  assert_story (f, "incoming +493012345678 Bob Baker ongoing 0/; ");
}

/* A name of any length, and no text at all. */
static void
test_long_name (Fixture *f, gconstpointer data)
{
  for (guint len = OH_HISTORY_TEXT_MAX; len <= OH_HISTORY_TEXT_MAX + 1; len++)
    {
      g_autofree char *name = g_strnfill (len, 'x');
      g_autofree char *kept = oh_history_text (name);

      g_assert_cmpuint (strlen (kept), ==, OH_HISTORY_TEXT_MAX);
    }
  {
    g_autofree char *none = oh_history_text (NULL);
    g_autofree char *broken = oh_history_text ("B\xff");

    g_assert_cmpstr (none, ==, "");
    g_assert_true (g_utf8_validate (broken, -1, NULL));
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (courses); i++)
    {
      g_autofree char *name = g_strconcat ("/history-recorder/course/", courses[i].name, NULL);

      g_test_add (name, Fixture, GUINT_TO_POINTER (i), set_up, test_course, tear_down);
    }
#define ADD(name, function)                                                                        \
  g_test_add ("/history-recorder/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("uri", test_uri);
  ADD ("missed-and-called-back", test_missed_and_called_back);
  ADD ("private-call", test_private_call);
  ADD ("private-number", test_private_number);
  ADD ("private-too-late", test_private_too_late);
  ADD ("off-and-on", test_off_and_on);
  ADD ("stop", test_stop);
  ADD ("long-name", test_long_name);
#undef ADD
  return g_test_run ();
}
