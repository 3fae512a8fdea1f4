/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dnd-sync.h"

#include "fake-clock.h"
#include "told.h"

#define PRESENCE OH_DND_PRESENCE
#define N_SIDES 3

static const char *const names[N_SIDES] = { PRESENCE, "desk", "lab" };

/* A world of sides that do what they are told, when the test lets them. */
typedef struct
{
  OhFakeClock *clock;
  OhDndSync *sync;
  gboolean is[N_SIDES];     /* what each really is */
  gboolean asked[N_SIDES];  /* a command is under way */
  gboolean wanted[N_SIDES]; /* what it says */
  GQueue events;            /* (element-type int): of phones, on their way: side * 2 + value */
  GString *told;            /* "desk+ lab- " */
  guint n_told;
  guint n_changed;
} World;

static guint
index_of (const char *name)
{
  for (guint i = 0; i < N_SIDES; i++)
    if (g_str_equal (names[i], name))
      return i;
  g_assert_not_reached ();
}

static void
tell (const char *side, gboolean dnd, gpointer user_data)
{
  World *w = user_data;
  guint i = index_of (side);

  g_assert_false (w->asked[i]); /* one at a time */
  w->asked[i] = TRUE;
  w->wanted[i] = dnd;
  w->n_told++;
  g_string_append_printf (w->told, "%s%c ", i == 0 ? "presence" : side, dnd ? '+' : '-');
}

static void
changed (gpointer user_data)
{
  ((World *) user_data)->n_changed++;
}

static const OhDndHost host = { tell, changed };

static void
world_init (World *w, gboolean phones_decide, gboolean presence_decides)
{
  *w = (World){ 0 };
  w->clock = oh_fake_clock_new ();
  w->sync = oh_dnd_sync_new (OH_CLOCK (w->clock), &host, w);
  w->told = g_string_new (NULL);
  oh_dnd_sync_set_ways (w->sync, phones_decide, presence_decides);
}

static void
world_clear (World *w)
{
  oh_dnd_sync_free (w->sync);
  g_object_unref (w->clock);
  g_string_free (w->told, TRUE);
  g_queue_clear (&w->events);
}

static void
see (World *w, guint i)
{
  oh_dnd_sync_see (w->sync, names[i], w->is[i]);
}

static void
see_all (World *w)
{
  for (guint i = 0; i < N_SIDES; i++)
    see (w, i);
}

/* Somebody switches it: presence is heard of at once, a phone by its event. */
static void
switch_side (World *w, guint i, gboolean dnd)
{
  if (w->is[i] == dnd)
    return;
  w->is[i] = dnd;
  if (i == 0)
    see (w, i);
  else
    g_queue_push_tail (&w->events, GINT_TO_POINTER ((int) i * 2 + dnd));
}

/* A phone's event arrives: it says what was then, which need not be what is now. */
static void
deliver (World *w)
{
  int event = GPOINTER_TO_INT (g_queue_pop_head (&w->events));

  oh_dnd_sync_see (w->sync, names[event / 2], event % 2);
  oh_dnd_sync_echo (w->sync, names[event / 2], event % 2);
}

/* A command is done: the phone tells by an event, and is read afterwards. */
static void
finish (World *w, guint i, OhDndOutcome outcome)
{
  gboolean dnd = w->wanted[i];

  g_assert_true (w->asked[i]);
  w->asked[i] = FALSE;
  if (outcome == OH_DND_DONE || outcome == OH_DND_UNSEEN)
    {
      if (i > 0 && w->is[i] != dnd)
        g_queue_push_tail (&w->events, GINT_TO_POINTER ((int) i * 2 + dnd));
      w->is[i] = dnd;
    }
  if (outcome == OH_DND_DONE)
    see (w, i);
  oh_dnd_sync_told (w->sync, names[i], dnd, outcome);
}

/* Until nothing is under way; events before commands, or the other way round. */
static void
drain (World *w, gboolean events_first)
{
  gboolean busy = TRUE;

  for (guint turns = 0; busy; turns++)
    {
      busy = FALSE;
      g_assert_cmpuint (turns, <, 50); /* a loop */
      if (events_first && !g_queue_is_empty (&w->events))
        {
          deliver (w);
          busy = TRUE;
          continue;
        }
      for (guint i = 0; i < N_SIDES && !busy; i++)
        if (w->asked[i])
          {
            finish (w, i, OH_DND_DONE);
            busy = TRUE;
          }
      if (!busy && !g_queue_is_empty (&w->events))
        {
          deliver (w);
          busy = TRUE;
        }
    }
}

static void
assert_all (World *w, gboolean dnd)
{
  g_assert_cmpint (oh_dnd_sync_word (w->sync), ==, dnd);
  for (guint i = 0; i < N_SIDES; i++)
    {
      g_assert_cmpint (w->is[i], ==, dnd);
      g_assert_cmpint (oh_dnd_sync_state (w->sync, names[i]), ==, OH_DND_SAME);
    }
}

/* --- tests ---------------------------------------------------------------------------------- */

/* Two words, of whichever two sides, whatever they say, with everything between them in whatever
 * order it can come: all sides end as the last word says, and nobody is told for ever. */
static void
test_two_words (void)
{
  for (guint bits = 0; bits < 9 * 2 * 2 * 2 * 4 * 2; bits++)
    {
      guint rest = bits;
      guint first = rest % 3, second = rest / 3 % 3;
      gboolean start, second_dnd, events_first, expected;
      guint done;
      World w;

      rest /= 9;
      start = rest % 2;
      second_dnd = rest / 2 % 2;
      events_first = rest / 4 % 2;
      done = rest / 8 % 4; /* which of the first word's commands are done at the second word */
      world_init (&w, TRUE, TRUE);
      for (guint i = 0; i < N_SIDES; i++)
        w.is[i] = start;
      see_all (&w);
      drain (&w, TRUE);
      assert_all (&w, start);
      g_string_truncate (w.told, 0);
      w.n_told = 0;

      switch_side (&w, first, !start);
      while (!g_queue_is_empty (&w.events))
        deliver (&w);
      for (guint i = 0, n = 0; i < N_SIDES; i++)
        if (w.asked[i] && (done & (1u << n++)))
          finish (&w, i, OH_DND_DONE);
      /* a switch that is under way to be set cannot be known to come before or after: who stands
       * at it sees what it is */
      expected = w.is[second] != second_dnd ? second_dnd : oh_dnd_sync_word (w.sync);
      if (w.asked[second])
        expected = oh_dnd_sync_word (w.sync);
      switch_side (&w, second, second_dnd);
      drain (&w, events_first);
      assert_all (&w, expected);
      g_assert_cmpuint (w.n_told, <=, 6);
      world_clear (&w);
    }
}

/* The four ways. */
static void
test_ways (void)
{
  World w;

  world_init (&w, FALSE, FALSE);
  see_all (&w);
  switch_side (&w, 1, TRUE);
  drain (&w, TRUE);
  switch_side (&w, 0, TRUE);
  drain (&w, TRUE);
  assert_told (&w, "");
  world_clear (&w);

  world_init (&w, TRUE, FALSE);
  see_all (&w);
  switch_side (&w, 1, TRUE);
  drain (&w, TRUE);
  assert_told (&w, "presence+ ");
  switch_side (&w, 2, TRUE);
  drain (&w, TRUE);
  switch_side (&w, 1, FALSE); /* the other one still is */
  drain (&w, TRUE);
  assert_told (&w, "");
  switch_side (&w, 2, FALSE);
  drain (&w, TRUE);
  assert_told (&w, "presence- ");
  switch_side (&w, 0, TRUE); /* is not told to the phones */
  drain (&w, TRUE);
  assert_told (&w, "");
  world_clear (&w);

  world_init (&w, FALSE, TRUE);
  see_all (&w);
  switch_side (&w, 0, TRUE);
  drain (&w, TRUE);
  assert_told (&w, "desk+ lab+ ");
  switch_side (&w, 1, FALSE); /* somebody needs it to ring: it is left alone */
  drain (&w, TRUE);
  assert_told (&w, "");
  g_assert_cmpint (oh_dnd_sync_state (w.sync, "desk"), ==, OH_DND_APART);
  switch_side (&w, 0, FALSE);
  drain (&w, TRUE);
  assert_told (&w, "lab- ");
  world_clear (&w);
}

/* A phone that is off is told when it is back, and only what is the last word then. */
static void
test_unreachable (void)
{
  World w;

  world_init (&w, TRUE, TRUE);
  see_all (&w);
  oh_dnd_sync_lose (w.sync, "lab");
  switch_side (&w, 0, TRUE);
  assert_told (&w, "desk+ ");
  finish (&w, 1, OH_DND_UNREACHABLE); /* lost just now */
  oh_dnd_sync_lose (w.sync, "desk");
  see (&w, 2);
  assert_told (&w, "lab+ ");
  drain (&w, TRUE);
  switch_side (&w, 0, FALSE);
  drain (&w, TRUE);
  assert_told (&w, "lab- ");
  see (&w, 1); /* is as it shall be meanwhile */
  assert_told (&w, "");
  g_assert_cmpint (oh_dnd_sync_state (w.sync, "desk"), ==, OH_DND_SAME);
  oh_dnd_sync_lose (w.sync, PRESENCE); /* signed out */
  switch_side (&w, 1, TRUE);
  drain (&w, TRUE);
  assert_told (&w, "lab+ ");
  see (&w, 0);
  drain (&w, TRUE);
  assert_told (&w, "presence+ ");
  assert_all (&w, TRUE);
  world_clear (&w);
}

/* Who refuses is not asked again for the same word. */
static void
test_refused (void)
{
  World w;

  world_init (&w, TRUE, TRUE);
  see_all (&w);
  switch_side (&w, 0, TRUE);
  finish (&w, 1, OH_DND_REFUSED);
  finish (&w, 2, OH_DND_UNSEEN);
  assert_told (&w, "desk+ lab+ ");
  see_all (&w);
  assert_told (&w, "");
  g_assert_cmpint (oh_dnd_sync_state (w.sync, "desk"), ==, OH_DND_APART);
  g_assert_cmpint (oh_dnd_sync_state (w.sync, "lab"), ==, OH_DND_SAME);
  switch_side (&w, 0, FALSE);
  drain (&w, TRUE);
  assert_told (&w, "lab- ");
  switch_side (&w, 0, TRUE);
  assert_told (&w, "desk+ lab+ ");
  world_clear (&w);
}

/* Somebody switches it back while it is still being told: that was the last word. */
static void
test_switched_within_a_command (void)
{
  World w;

  world_init (&w, TRUE, TRUE);
  see_all (&w);
  switch_side (&w, 0, TRUE);
  assert_told (&w, "desk+ lab+ ");
  w.is[1] = TRUE;
  w.is[1] = FALSE;
  w.asked[1] = FALSE;
  see (&w, 1);
  oh_dnd_sync_told (w.sync, "desk", TRUE, OH_DND_DONE);
  drain (&w, TRUE);
  assert_all (&w, FALSE);
  world_clear (&w);
}

/* Events that are late: of the command before the last one. Used up, or out of date. */
static void
test_late_events (void)
{
  World w;

  world_init (&w, TRUE, TRUE);
  see_all (&w);
  switch_side (&w, 0, TRUE);
  finish (&w, 1, OH_DND_DONE);
  finish (&w, 2, OH_DND_DONE);
  switch_side (&w, 0, FALSE);
  finish (&w, 1, OH_DND_DONE);
  finish (&w, 2, OH_DND_DONE);
  g_assert_cmpuint (g_queue_get_length (&w.events), ==, 4); /* on, on, off, off */
  w.n_told = 0;
  while (!g_queue_is_empty (&w.events))
    deliver (&w);
  g_assert_cmpuint (w.n_told, ==, 0);
  assert_all (&w, FALSE);
  switch_side (&w, 1, TRUE); /* and now somebody does it */
  drain (&w, TRUE);
  assert_all (&w, TRUE);

  switch_side (&w, 0, FALSE);
  drain (&w, TRUE);
  switch_side (&w, 0, TRUE);
  for (guint i = 1; i < N_SIDES; i++)
    finish (&w, i, OH_DND_DONE);
  g_queue_clear (&w.events); /* lost */
  switch_side (&w, 0, FALSE);
  for (guint i = 1; i < N_SIDES; i++)
    finish (&w, i, OH_DND_DONE);
  g_queue_clear (&w.events);
  oh_fake_clock_advance (w.clock, OH_DND_ECHO_US + 1);
  switch_side (&w, 1, TRUE); /* no echo, after so long */
  drain (&w, TRUE);
  assert_all (&w, TRUE);
  world_clear (&w);
}

/* --- restarts ------------------------------------------------------------------------------- */

static void
restart (World *w)
{
  g_autofree char *text = oh_dnd_sync_dup_text (w->sync);

  oh_dnd_sync_free (w->sync);
  w->sync = oh_dnd_sync_new (OH_CLOCK (w->clock), &host, w);
  oh_dnd_sync_set_ways (w->sync, TRUE, TRUE);
  oh_dnd_sync_restore (w->sync, text);
  for (guint i = 0; i < N_SIDES; i++)
    w->asked[i] = FALSE;
  g_queue_clear (&w->events);
  g_string_truncate (w->told, 0);
}

/* The agent ends; what was switched meanwhile is a word, what was not is none. */
static void
test_restart (void)
{
  for (guint who = 0; who < N_SIDES; who++)
    for (guint order = 0; order < N_SIDES; order++)
      {
        World w;

        world_init (&w, TRUE, TRUE);
        see_all (&w);
        switch_side (&w, 0, TRUE);
        drain (&w, TRUE);
        restart (&w);
        see_all (&w);
        assert_told (&w, "");
        restart (&w);
        w.is[who] = FALSE;
        for (guint i = 0; i < N_SIDES; i++) /* whoever is heard first */
          see (&w, (i + order) % N_SIDES);
        drain (&w, TRUE);
        assert_all (&w, FALSE);
        world_clear (&w);
      }
}

/* It ended before a phone could be told. */
static void
test_restart_owing (void)
{
  World w;

  world_init (&w, TRUE, TRUE);
  see_all (&w);
  oh_dnd_sync_lose (w.sync, "lab");
  switch_side (&w, 0, TRUE);
  restart (&w); /* "desk" is being told */
  see_all (&w);
  assert_told (&w, "desk+ lab+ ");
  drain (&w, TRUE);
  assert_all (&w, TRUE);
  world_clear (&w);
}

/* A phone that starts anew has forgotten it, and nobody has switched it. */
static void
test_phone_restarts (void)
{
  World w;

  world_init (&w, TRUE, TRUE);
  see_all (&w);
  switch_side (&w, 0, TRUE);
  drain (&w, TRUE);
  g_string_truncate (w.told, 0);
  w.is[1] = FALSE;
  oh_dnd_sync_restarted (w.sync, "desk");
  see (&w, 1);
  assert_told (&w, "desk+ ");
  drain (&w, TRUE);
  assert_all (&w, TRUE);
  world_clear (&w);
}

/* A phone that was never met is told; one that was taken out of the settings is forgotten. */
static void
test_new_phone (void)
{
  g_autofree char *text = NULL;
  World w;

  world_init (&w, TRUE, TRUE);
  see (&w, 0);
  switch_side (&w, 0, TRUE);
  see (&w, 1);
  assert_told (&w, "desk+ ");
  drain (&w, TRUE);
  w.is[2] = TRUE;
  see (&w, 2);
  assert_told (&w, "");
  oh_dnd_sync_forget (w.sync, "lab");
  oh_dnd_sync_forget (w.sync, "lab");
  text = oh_dnd_sync_dup_text (w.sync);
  g_assert_cmpstr (text, ==, "on|=on|desk=on");
  world_clear (&w);
}

/* What is kept comes from a file that anything may have happened to. */
static void
test_memory (void)
{
  static const struct
  {
    const char *text, *kept;
  } cases[] = {
    { "", "off" },
    { "off", "off" },
    { "on", "on" },
    { "maybe|desk=on", "off" },
    { "on|=on|desk=off!|lab=on", "on|=on|desk=off!|lab=on" },
    { "on|desk", "on" },
    { "on|desk=|=off", "on|=off" },
    { "on|desk=on|desk=off", "on|desk=on" },
    { "on||=|!|=!", "on" },
    { "on!|desk=on!!", "on" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *kept = NULL;
      World w;

      world_init (&w, TRUE, TRUE);
      oh_dnd_sync_restore (w.sync, cases[i].text);
      kept = oh_dnd_sync_dup_text (w.sync);
      g_assert_cmpstr (kept, ==, cases[i].kept);
      world_clear (&w);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/dnd-sync/two-words", test_two_words);
  g_test_add_func ("/dnd-sync/ways", test_ways);
  g_test_add_func ("/dnd-sync/unreachable", test_unreachable);
  g_test_add_func ("/dnd-sync/refused", test_refused);
  g_test_add_func ("/dnd-sync/switched-within-a-command", test_switched_within_a_command);
  g_test_add_func ("/dnd-sync/late-events", test_late_events);
  g_test_add_func ("/dnd-sync/restart", test_restart);
  g_test_add_func ("/dnd-sync/restart-owing", test_restart_owing);
  g_test_add_func ("/dnd-sync/phone-restarts", test_phone_restarts);
  g_test_add_func ("/dnd-sync/new-phone", test_new_phone);
  g_test_add_func ("/dnd-sync/memory", test_memory);
  return g_test_run ();
}
