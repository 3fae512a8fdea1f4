/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "publication-fixture.h"

static void
on_chosen (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Fixture *self = user_data;
  g_autoptr (GError) error = NULL;

  if (oh_publication_choose_finish (self->publication, result, &error))
    g_string_append (self->told, "chosen ");
  else
    g_string_append_printf (self->told, "refused(%s) ", oh_error_code_word (error->code));
}

static void
choose (Fixture *self, OhAvailability availability, const char *note)
{
  oh_publication_choose_async (self->publication, OH_PUBLICATION_CHOOSE, availability, note, NULL,
                               on_chosen, self);
}

static void
test_choices (Fixture *self, gconstpointer data)
{
  static const struct
  {
    OhAvailability availability;
    const char *request;
  } cases[] = {
    { OH_AVAILABILITY_BUSY, "state 536870912/2 v0 6500 static|state 536870912/3 v0 6500 static|" },
    { OH_AVAILABILITY_DND, "state 536870912/2 v0 9500 static|"
                           "state 536870912/3 v0 6900 urgent-interruptions-only static|" },
    { OH_AVAILABILITY_BRB, "state 536870912/2 v0 12500 static|"
                           "state 536870912/3 v0 12500 static|" },
    { OH_AVAILABILITY_AWAY, "state 536870912/2 v0 15500 static|"
                            "state 536870912/3 v0 15500 static|" },
    { OH_AVAILABILITY_OFF_WORK, "state 536870912/2 v0 15500 off-work static|"
                                "state 536870912/3 v0 15500 off-work static|" },
    { OH_AVAILABILITY_AVAILABLE, "state 536870912/2 v0 3500 static|"
                                 "state 536870912/3 v0 3500 static|" },
  };

  settle (self);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      choose (self, cases[i].availability, NULL);
      take (self, cases[i].request);
      answer (self, OURS AGGREGATE ("3500", ""));
      oh_sip_peer_assert_silent (self->peer);
      assert_told (self, "chosen ");
    }
  choose (self, OH_AVAILABILITY_AVAILABLE, NULL); /* is so already */
  oh_sip_peer_assert_silent (self->peer);
  assert_told (self, "chosen ");
}

/* The answer to the user is what the server has made of it, not that it has accepted it. */
static void
test_word_comes_later (Fixture *self, gconstpointer data)
{
  settle (self);
  choose (self, OH_AVAILABILITY_BUSY, NULL);
  take (self, CHOICE ("0", "6500"));
  answer (self, OURS USER_STATE ("1"));
  assert_told (self, "");
  notify_self (self, OWN_NOTE ("200"));
  assert_told (self, "available//Back ");
  notify_self (self, OURS USER_STATE ("1") AGGREGATE ("6500", ""));
  assert_told (self, "busy//Back chosen ");
  oh_sip_peer_assert_silent (self->peer);
}

/* An answer without a body: the notification brings versions and state. */
static void
test_word_after_empty_answer (Fixture *self, gconstpointer data)
{
  g_autoptr (OhSipMessage) request = NULL;

  settle (self);
  choose (self, OH_AVAILABILITY_BUSY, NULL);
  take (self, CHOICE ("0", "6500"));
  request = g_steal_pointer (&self->request);
  oh_sip_peer_answer (self->peer, request, 200, NULL, NULL, NULL);
  assert_told (self, "");
  notify_self (self, OURS USER_STATE ("4") AGGREGATE ("6500", ""));
  assert_told (self, "busy// chosen ");
  choose (self, OH_AVAILABILITY_BRB, NULL);
  take (self, CHOICE ("4", "12500"));
  answer (self, OURS USER_STATE ("5") AGGREGATE ("12500", ""));
}

/* A notification that is lost keeps nobody waiting. */
static void
test_word_is_lost (Fixture *self, gconstpointer data)
{
  settle (self);
  choose (self, OH_AVAILABILITY_BUSY, NULL);
  take (self, CHOICE ("0", "6500"));
  answer (self, OURS USER_STATE ("1"));
  oh_fake_clock_advance (self->clock, OH_PUBLICATION_WORD_LIMIT_US - 1);
  assert_told (self, "");
  oh_fake_clock_advance (self->clock, 1);
  assert_told (self, "chosen ");
}

/* Another client chooses something else, and then we the same as before: it has to be sent. */
static void
test_chosen_elsewhere (Fixture *self, gconstpointer data)
{
  settle (self);
  choose (self, OH_AVAILABILITY_BUSY, NULL);
  take (self, CHOICE ("0", "6500"));
  answer (self, OURS USER_STATE ("1") AGGREGATE ("6500", ""));
  assert_told (self, "busy// chosen ");
  notify_self (self, OURS USER_STATE ("2") AGGREGATE ("12500", ""));
  assert_told (self, "brb// ");
  oh_sip_peer_assert_silent (self->peer); /* it is not fought over */
  choose (self, OH_AVAILABILITY_BUSY, NULL);
  take (self, CHOICE ("2", "6500"));
  answer (self, OURS USER_STATE ("3") AGGREGATE ("6500", ""));
  assert_told (self, "busy// chosen ");
  notify_self (self, OURS AGGREGATE ("3500", "")); /* and taken back by the other */
  assert_told (self, "available// ");
  oh_sip_peer_assert_silent (self->peer);
  choose (self, OH_AVAILABILITY_BUSY, NULL);
  take (self, CHOICE ("0", "6500"));
  answer (self, OURS USER_STATE ("1") AGGREGATE ("6500", ""));
}

static void
on_dnd_set (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Fixture *self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean told;

  if (oh_publication_set_dnd_finish (self->publication, result, &told, &error))
    g_string_append (self->told, told ? "set " : "set? ");
  else
    g_string_append_printf (self->told, "refused(%s) ", oh_error_code_word (error->code));
}

#define TIMED(version, what)                                                                       \
  "state 603979776/2 v" version " " what " time|state 603979776/3 v" version " "

/* A phone's key: above the choice for a day, and the choice shows again afterwards. */
static void
test_dnd_of_a_phone (Fixture *self, gconstpointer data)
{
  oh_publication_set_dnd_async (self->publication, TRUE, on_dnd_set, self);
  oh_sip_peer_assert_silent (self->peer);
  assert_told (self, "refused(not-signed-in) ");
  settle (self);
  oh_publication_set_dnd_async (self->publication, TRUE, on_dnd_set, self);
  take (self, TIMED ("0", "9500") "6900 urgent-interruptions-only time|");
  answer (self, OURS TIMED_STATE ("1") AGGREGATE ("9500", ""));
  assert_told (self, "dnd// set ");
  oh_publication_set_dnd_async (self->publication, FALSE, on_dnd_set, self);
  take (self, TIMED ("1", "delete") "delete time|");
  answer (self, OURS AGGREGATE ("3500", ""));
  assert_told (self, "available// set ");
  oh_publication_set_dnd_async (self->publication, FALSE, on_dnd_set, self);
  oh_sip_peer_assert_silent (self->peer);
  assert_told (self, "set ");
}

/* What was chosen by hand goes with the key when it is just that, and stays when it is not. */
static void
test_dnd_by_hand (Fixture *self, gconstpointer data)
{
  settle (self);
  notify_self (self, OURS MANUAL ("9500") AGGREGATE ("9500", ""));
  oh_publication_set_dnd_async (self->publication, FALSE, on_dnd_set, self);
  take (self, "state 536870912/2 v3 delete static|state 536870912/3 v3 delete static|");
  answer (self, OURS AGGREGATE ("3500", ""));
  assert_told (self, "dnd// available// set ");
  notify_self (self, OURS MANUAL ("12500") TIMED_STATE ("7") AGGREGATE ("9500", ""));
  oh_publication_set_dnd_async (self->publication, FALSE, on_dnd_set, self);
  take (self, TIMED ("7", "delete") "delete time|");
  answer (self, OURS MANUAL ("12500") AGGREGATE ("12500", ""));
  assert_told (self, "dnd// brb// set ");
}

static void
test_impossible_choices (Fixture *self, gconstpointer data)
{
  choose (self, OH_AVAILABILITY_BUSY, NULL);
  oh_sip_peer_assert_silent (self->peer);
  assert_told (self, "refused(not-signed-in) ");
  settle (self);
  choose (self, OH_AVAILABILITY_IDLE, NULL);
  choose (self, OH_AVAILABILITY_OFFLINE, NULL);
  choose (self, OH_AVAILABILITY_UNKNOWN, "note");
  oh_sip_peer_assert_silent (self->peer);
  assert_told (self, "refused(usage) refused(usage) refused(usage) ");
}

/* Taking the choice back removes it, also the one for a day that another client has made. */
static void
test_reset (Fixture *self, gconstpointer data)
{
  settle (self);
  notify_self (self, OURS STATE ("536870912", "2", "3", "userState", "expireType='static'")
                       STATE ("536870912", "3", "3", "userState", "expireType='static'")
                         STATE ("603979776", "2", "8", "userState", "expireType='time'"));
  oh_publication_choose_async (self->publication, OH_PUBLICATION_RESET, 0, NULL, NULL, on_chosen,
                               self);
  take (self, "state 603979776/2 v8 delete time|state 536870912/2 v3 delete static|"
              "state 536870912/3 v3 delete static|");
  answer (self, OURS AGGREGATE ("3500", ""));
  oh_sip_peer_assert_silent (self->peer);
  g_string_truncate (self->told, 0);
  oh_publication_choose_async (self->publication, OH_PUBLICATION_RESET, 0, NULL, NULL, on_chosen,
                               self);
  oh_sip_peer_assert_silent (self->peer);
  assert_told (self, "chosen ");
}

/* At the limit and one character beyond; characters, not octets. */
static void
test_long_note (Fixture *self, gconstpointer data)
{
  g_autoptr (GString) note = g_string_new (NULL);
  g_autoptr (OhSipMessage) request = NULL;

  settle (self);
  for (guint i = 0; i < OH_PUBLICATION_NOTE_MAX; i++)
    g_string_append (note, "ü");
  oh_publication_choose_async (self->publication, OH_PUBLICATION_KEEP, 0, note->str, NULL,
                               on_chosen, self);
  request = oh_sip_peer_take (self->peer, "SERVICE", NULL);
  assert_told (self, "");
  g_string_append (note, "ü");
  oh_publication_choose_async (self->publication, OH_PUBLICATION_CHOOSE, OH_AVAILABILITY_BUSY,
                               note->str, NULL, on_chosen, self);
  oh_sip_peer_assert_silent (self->peer);
  assert_told (self, "refused(usage) ");
}

static void
test_note (Fixture *self, gconstpointer data)
{
  settle (self);
  oh_publication_choose_async (self->publication, OH_PUBLICATION_KEEP, 0, "Back", NULL, on_chosen,
                               self);
  take (self, "note 0/200 v0 “Back” static|note 0/300 v0 “Back” static|"
              "note 0/400 v0 “Back” static|");
  answer (self, OWN_NOTE ("200") OWN_NOTE ("300") OWN_NOTE ("400"));
  oh_sip_peer_assert_silent (self->peer);
  assert_told (self, "available//Back chosen ");
  oh_publication_choose_async (self->publication, OH_PUBLICATION_KEEP, 0, "", NULL, on_chosen,
                               self);
  take (self, "note 0/200 v1 delete static|note 0/300 v1 delete static|"
              "note 0/400 v1 delete static|");
  answer (self, "<category name='note'/>");
  oh_sip_peer_assert_silent (self->peer);
  assert_told (self, "available// chosen ");
}

/* Losing the connection ends the waiting; the choice is not made later behind the user's back. */
static void
test_choice_and_stop (Fixture *self, gconstpointer data)
{
  settle (self);
  choose (self, OH_AVAILABILITY_BUSY, NULL);
  take (self, "state 536870912/2 v0 6500 static|state 536870912/3 v0 6500 static|");
  oh_publication_stop (self->publication);
  oh_sip_peer_assert_silent (self->peer);
  assert_told (self, "unknown// refused(not-signed-in) ");
  g_clear_pointer (&self->request, oh_sip_message_unref);
  go_online (self);
  tell_self (self, PROPERTIES);
  TAKE_INITIAL (self);
}

#define ADD(name, function) g_test_add (name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/publication-choice/choices", test_choices);
  ADD ("/publication-choice/word-comes-later", test_word_comes_later);
  ADD ("/publication-choice/word-after-empty-answer", test_word_after_empty_answer);
  ADD ("/publication-choice/word-is-lost", test_word_is_lost);
  ADD ("/publication-choice/chosen-elsewhere", test_chosen_elsewhere);
  ADD ("/publication-choice/dnd-of-a-phone", test_dnd_of_a_phone);
  ADD ("/publication-choice/dnd-by-hand", test_dnd_by_hand);
  ADD ("/publication-choice/impossible-choices", test_impossible_choices);
  ADD ("/publication-choice/reset", test_reset);
  ADD ("/publication-choice/note", test_note);
  ADD ("/publication-choice/long-note", test_long_note);
  ADD ("/publication-choice/choice-and-stop", test_choice_and_stop);
  return g_test_run ();
}
