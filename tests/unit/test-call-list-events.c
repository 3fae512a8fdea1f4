/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What phones were seen to tell, word for word as it was written down, and then everything that can
   happen to it on the way: lost, doubled, overtaken. The events go the whole way from the request
   of the phone. */

#include "call-list.h"
#include "fake-clock.h"
#include "fake-phone.h"
#include "phone-body.h"
#include "snom-event.h"

#include <string.h>

#define SECOND G_GINT64_CONSTANT (1000000)
/* The longest that a call can stay when its phone says no more of it: nobody talks half a day, then
   unknown for a minute, then three seconds for "missed". */
#define LAST_LIMIT (12 * 3600 * SECOND + 60 * SECOND + 3 * SECOND)

/* How a phone fills the variables of its URLs in. */
typedef enum
{
  NAMED,   /* percent-encoded */
  RAW,     /* as they are, blanks and all */
  SCHEMED, /* with "sip:" and angle brackets */
  PARTIES, /* knows no "$call-id" and leaves it as it stands */
  LITERAL, /* knows no variable at all */
  N_FILLINGS,
} Filling;

static const char *const fillings[] = { "named", "raw", "schemed", "parties", "literal" };

typedef struct
{
  OhFakeClock *clock;
  OhFakePhone *phone;
  OhCallList *list;
  GString *story;   /* every state that a call came to */
  GHashTable *gone; /* handle → gint64, when its call was removed */
  gboolean resurrected;
} Desk;

static void
on_added (OhCallList *list, OhCall *call, Desk *desk)
{
  g_string_append_printf (desk->story, "+%s ", oh_call_state_nick (oh_call_get_state (call)));
}

static void
on_changed (OhCallList *list, OhCall *call, Desk *desk)
{
  const char *nick = oh_call_state_nick (oh_call_get_state (call));
  g_autofree char *last = g_strconcat (nick, " ", NULL);

  if (!g_str_has_suffix (desk->story->str, last))
    g_string_append (desk->story, last);
}

static void
on_removed (OhCallList *list, OhCall *call, Desk *desk)
{
  const char *handle = oh_call_get_handle (call);

  g_string_append (desk->story, oh_call_get_missed (call) ? "missed" : "-");
  g_string_append_c (desk->story, ' ');
  if (handle == NULL)
    return;
  if (g_hash_table_contains (desk->gone, handle))
    desk->resurrected = TRUE; /* it was gone before */
  g_hash_table_add (desk->gone, g_strdup (handle));
}

static void
set_up (Desk *desk)
{
  memset (desk, 0, sizeof *desk);
  desk->clock = oh_fake_clock_new ();
  desk->phone = oh_fake_phone_new ("desk", OH_CLOCK (desk->clock), TRUE);
  desk->list = oh_call_list_new (OH_CLOCK (desk->clock));
  desk->story = g_string_new (NULL);
  desk->gone = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_signal_connect (desk->list, "added", G_CALLBACK (on_added), desk);
  g_signal_connect (desk->list, "changed", G_CALLBACK (on_changed), desk);
  g_signal_connect (desk->list, "removed", G_CALLBACK (on_removed), desk);
  oh_call_list_add_phone (desk->list, OH_PHONE (desk->phone));
}

static void
tear_down (Desk *desk)
{
  g_signal_handlers_disconnect_by_data (desk->list, desk);
  g_object_unref (desk->list);
  g_object_unref (desk->phone);
  g_assert_cmpuint (oh_fake_clock_n_alarms (desk->clock), ==, 0);
  g_object_unref (desk->clock);
  g_string_free (desk->story, TRUE);
  g_hash_table_unref (desk->gone);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Desk, tear_down)

static guint
n_calls (Desk *desk)
{
  g_autoptr (GPtrArray) calls = oh_call_list_dup_calls (desk->list);

  return calls->len;
}

/* The query of an action URL about the call @n, as a phone of that kind fills it in. */
static char *
query_for (Filling filling, guint n, gboolean empty)
{
  if (filling == LITERAL)
    return g_strdup ("c=$call-id&n=$active_line&r=$remote&l=$local&d=$display_remote");
  if (empty) /* on-hook after the end: nothing to fill in */
    return g_strdup ("c=&n=");
  switch (filling)
    {
    case NAMED:
      return g_strdup_printf ("c=3c%u%%40192.0.2.50&n=1&r=03012345%u%%40pbx.example"
                              "&l=440%%40pbx.example&d=Bob%%20Baker",
                              n, n);
    case RAW:
      return g_strdup_printf ("c=3c%u@192.0.2.50&n=1&r=03012345%u@pbx.example&l=440@pbx.example"
                              "&d=iPhone **621 & Co",
                              n, n);
    case SCHEMED:
      return g_strdup_printf ("c=3c%u@192.0.2.50&n=1&r=<sip:03012345%u@pbx.example>"
                              "&l=sip:440@pbx.example&d=$nr_ongoing_calls",
                              n, n);
    case PARTIES:
      return g_strdup_printf ("c=%%24call-id&n=1&r=03012345%u%%40pbx.example"
                              "&l=440%%40pbx.example&d=%%24nr_ongoing_calls",
                              n);
    case LITERAL:
    case N_FILLINGS:
    default: g_assert_not_reached ();
    }
}

static void
tell (Desk *desk, Filling filling, guint n, const char *event, gboolean after_the_end)
{
  gboolean of_the_hook = strstr (event, "hook") != NULL;
  g_autofree char *query = query_for (filling, n, of_the_hook && after_the_end);
  g_autofree char *line = g_strdup_printf ("GET /s/00/%s?%s HTTP/1.1", event, query);
  OhSnomRequest request;
  OhPhoneEvent *told;

  g_assert_true (oh_snom_request_parse (oh_slice_str (line), &request));
  told = oh_snom_event_parse (&request);
  g_assert_nonnull (told);
  oh_phone_emit_event (OH_PHONE (desk->phone), told);
}

/* The words of the tables for our own. */
static const char *
our_word (const char *word)
{
  if (g_str_equal (word, "offhook"))
    return "off-hook";
  return g_str_equal (word, "onhook") ? "on-hook" : word;
}

/* The requests of a row; @mask: which of those in brackets come. */
static GStrv
requests_of (const char *row, guint mask)
{
  g_auto (GStrv) words = g_strsplit (row, " \342\206\222 ", -1);
  GPtrArray *requests = g_ptr_array_new ();
  guint n_optional = 0;

  for (guint i = 0; words[i] != NULL; i++)
    {
      g_autofree char *word = g_strdup (words[i]);

      if (word[0] == '(')
        {
          if ((mask & (1U << n_optional++)) == 0)
            continue;
          word[strlen (word) - 1] = '\0';
          memmove (word, word + 1, strlen (word));
        }
      g_ptr_array_add (requests, g_strdup (our_word (word)));
    }
  g_ptr_array_add (requests, NULL);
  return (GStrv) g_ptr_array_free (requests, FALSE);
}

/* Observed orders on a D765; the brackets are the source's own. */
static const struct
{
  const char *scenario, *requests, *story;
} rows[] = {
  { "incoming, not answered", "incoming → disconnected → missed", "+incoming ended missed " },
  { "incoming, answered on speaker", "incoming → connected → disconnected",
    "+incoming connected ended - " },
  { "incoming, speaker then handset",
    "incoming → connected → offhook → (onhook) → disconnected → (onhook)",
    "+incoming connected ended - " },
  { "incoming, answered by handset", "incoming → offhook → connected → onhook → disconnected",
    "+incoming connected ended - " },
  { "outgoing, not answered", "outgoing → disconnected", "+dialing ended - " },
  { "outgoing on speaker", "outgoing → connected → disconnected", "+dialing connected ended - " },
  { "outgoing by handset", "offhook → outgoing → connected → onhook → disconnected",
    "+dialing connected ended - " },
};

static void
play_row (guint row, Filling filling, guint mask)
{
  g_auto (Desk) desk;
  g_auto (GStrv) requests = requests_of (rows[row].requests, mask);
  gboolean ended = FALSE;

  set_up (&desk);
  for (guint i = 0; requests[i] != NULL; i++)
    {
      tell (&desk, filling, 1, requests[i], ended);
      ended = ended || g_str_equal (requests[i], "disconnected");
    }
  oh_fake_clock_advance (desk.clock, 3 * SECOND); /* "missed" may still come */
  g_assert_cmpstr (desk.story->str, ==, rows[row].story);
  g_assert_cmpuint (n_calls (&desk), ==, 0);
}

static void
test_observed (void)
{
  for (guint row = 0; row < G_N_ELEMENTS (rows); row++)
    for (guint filling = 0; filling < N_FILLINGS; filling++)
      for (guint mask = 0; mask < 4; mask++)
        {
          g_test_message ("%s, %s, %u", rows[row].scenario, fillings[filling], mask);
          play_row (row, filling, mask);
        }
}

/* -- where the sources disagree ---------------------------------------------------------------- */

static OhCall *
first_call (Desk *desk)
{
  g_autoptr (GPtrArray) calls = oh_call_list_dup_calls (desk->list);

  g_assert_cmpuint (calls->len, >=, 1);
  return g_ptr_array_index (calls, 0); /* the list holds it */
}

/* Declined from here: the phone tells that twice, two seconds apart, once, or not at all. */
static void
test_decline (void)
{
  for (guint filling = 0; filling < N_FILLINGS; filling++)
    for (guint n_told = 0; n_told <= 2; n_told++)
      {
        g_auto (Desk) desk;

        set_up (&desk);
        tell (&desk, filling, 1, "incoming", FALSE);
        oh_call_list_commanded (desk.list, first_call (&desk), OH_PHONE_REJECT);
        for (guint i = 0; i < n_told; i++)
          {
            tell (&desk, filling, 1, "disconnected", FALSE);
            if (i == 0)
              oh_fake_clock_advance (desk.clock, 2 * SECOND);
          }
        oh_fake_clock_advance (desk.clock, SECOND);
        g_assert_nonnull (strstr (desk.story->str, "+incoming ended "));
        g_assert_null (oh_call_list_find_up (desk.list, OH_PHONE (desk.phone)));
        oh_fake_clock_advance (desk.clock, 3 * SECOND);
        g_assert_cmpstr (desk.story->str, ==, "+incoming ended - ");
        g_assert_cmpuint (n_calls (&desk), ==, 0);
      }
}

/* Closed a second after our rejection, not before. */
static void
test_decline_limit (void)
{
  g_auto (Desk) desk;

  set_up (&desk);
  tell (&desk, NAMED, 1, "incoming", FALSE);
  oh_call_list_commanded (desk.list, first_call (&desk), OH_PHONE_REJECT);
  oh_fake_clock_advance (desk.clock, SECOND - 1);
  g_assert_cmpstr (desk.story->str, ==, "+incoming ");
  oh_fake_clock_advance (desk.clock, 1);
  g_assert_cmpstr (desk.story->str, ==, "+incoming ended ");
}

/* For ten seconds nothing that is told of a closed call counts; then its name may be used again. */
static void
test_closed_limit (void)
{
  g_auto (Desk) desk;

  set_up (&desk);
  tell (&desk, NAMED, 1, "incoming", FALSE);
  tell (&desk, NAMED, 1, "connected", FALSE);
  tell (&desk, NAMED, 1, "disconnected", FALSE);
  oh_fake_clock_advance (desk.clock, 10 * SECOND - 1);
  tell (&desk, NAMED, 1, "incoming", FALSE);
  tell (&desk, NAMED, 1, "connected", FALSE);
  g_assert_cmpuint (n_calls (&desk), ==, 0);
  oh_fake_clock_advance (desk.clock, 1);
  tell (&desk, NAMED, 1, "incoming", FALSE);
  g_assert_cmpuint (n_calls (&desk), ==, 1);
}

/* Recorded and played again hours later: only a beginning begins, and what began so has its limit.
 */
static void
test_replayed (void)
{
  static const char *const middle[] = { "connected", "held", "resumed", "connected",
                                        "disconnected" };
  g_auto (Desk) desk;

  set_up (&desk);
  tell (&desk, NAMED, 1, "outgoing", FALSE);
  tell (&desk, NAMED, 1, "connected", FALSE);
  tell (&desk, NAMED, 1, "disconnected", FALSE);
  oh_fake_clock_advance (desk.clock, 24 * 3600 * SECOND - 1);
  for (guint i = 0; i < G_N_ELEMENTS (middle); i++)
    {
      tell (&desk, NAMED, 1, middle[i], FALSE);
      g_assert_cmpuint (n_calls (&desk), ==, 0);
    }
  tell (&desk, NAMED, 1, "incoming", FALSE);
  g_assert_cmpuint (n_calls (&desk), ==, 1);
  g_assert_false (oh_call_list_get_busy (desk.list));
  oh_fake_clock_advance (desk.clock, (180 + 60 + 3) * SECOND);
  g_assert_cmpuint (n_calls (&desk), ==, 0);
  oh_fake_clock_advance (desk.clock, 24 * 3600 * SECOND);
  tell (&desk, NAMED, 1, "connected", FALSE); /* nobody remembers a day ago */
  g_assert_cmpuint (n_calls (&desk), ==, 1);
}

/* The same where the phone gives no name: but who calls again at once is a new call. */
static void
test_closed_parties (void)
{
  for (guint filling = PARTIES; filling <= LITERAL; filling++)
    {
      g_auto (Desk) desk;

      set_up (&desk);
      tell (&desk, filling, 1, "outgoing", FALSE);
      tell (&desk, filling, 1, "connected", FALSE);
      tell (&desk, filling, 1, "disconnected", FALSE);
      tell (&desk, filling, 1, "connected", FALSE);
      tell (&desk, filling, 1, "held", FALSE);
      tell (&desk, filling, 1, "disconnected", FALSE);
      g_assert_cmpstr (desk.story->str, ==, "+dialing connected ended - ");
      tell (&desk, filling, 1, "outgoing", FALSE);
      g_assert_cmpstr (desk.story->str, ==, "+dialing connected ended - +dialing ");
    }
}

/* A busy callee of whom no end is told: 180 s, then unknown, a minute later gone. */
static void
test_busy_untold (void)
{
  for (guint filling = 0; filling < N_FILLINGS; filling++)
    {
      g_auto (Desk) desk;

      set_up (&desk);
      tell (&desk, filling, 1, "outgoing", FALSE);
      oh_fake_clock_advance (desk.clock, 180 * SECOND - 1);
      g_assert_cmpstr (desk.story->str, ==, "+dialing ");
      oh_fake_clock_advance (desk.clock, 1);
      g_assert_cmpstr (desk.story->str, ==, "+dialing unknown ");
      g_assert_false (oh_call_list_get_busy (desk.list));
      oh_fake_clock_advance (desk.clock, 60 * SECOND);
      g_assert_cmpstr (desk.story->str, ==, "+dialing unknown ended - ");
    }
}

/* On-hook ends a call that was on the handset, two seconds later, if nothing else is told of it. */
static void
test_on_hook (void)
{
  static const struct
  {
    const char *requests;
    const char *story;
  } cases[] = {
    { "outgoing → offhook → connected → onhook", "+dialing connected ended - " },
    /* never on the handset: talked on the loudspeaker, the handset was only moved */
    { "outgoing → connected → onhook", "+dialing connected " },
    /* back on the loudspeaker */
    { "offhook → outgoing → connected → onhook → connected", "+dialing connected " },
    { "offhook → outgoing → connected → onhook → held", "+dialing connected held " },
    /* held: the handset is put back while somebody waits */
    { "offhook → outgoing → connected → held → onhook", "+dialing connected held " },
    /* it rings and the handset lay beside the phone */
    { "offhook → incoming → onhook", "+incoming " },
    { "offhook → outgoing → onhook", "+dialing ended - " },
    { "onhook", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (Desk) desk;
      g_auto (GStrv) requests = requests_of (cases[i].requests, 0);

      g_test_message ("%s", cases[i].requests);
      set_up (&desk);
      for (guint j = 0; requests[j] != NULL; j++)
        tell (&desk, NAMED, 1, requests[j], TRUE);
      g_assert_null (strstr (desk.story->str, "ended"));
      oh_fake_clock_advance (desk.clock, 2 * SECOND);
      g_assert_cmpstr (desk.story->str, ==, cases[i].story);
    }
}

/* Half a day, then the user is no longer busy with a call whose end was lost. */
static void
test_talked_out (void)
{
  g_auto (Desk) desk;

  set_up (&desk);
  tell (&desk, NAMED, 1, "incoming", FALSE);
  tell (&desk, NAMED, 1, "connected", FALSE);
  oh_fake_clock_advance (desk.clock, 12 * 3600 * SECOND - 1);
  g_assert_true (oh_call_list_get_busy (desk.list));
  oh_fake_clock_advance (desk.clock, 1);
  g_assert_false (oh_call_list_get_busy (desk.list));
  oh_fake_clock_advance (desk.clock, 60 * SECOND);
  g_assert_cmpstr (desk.story->str, ==, "+incoming connected unknown ended - ");
}

/* Two calls at a phone that names neither: every event finds one, and nothing is left. */
static void
test_two_literal (void)
{
  g_auto (Desk) desk;
  static const char *const events[] = { "outgoing",  "connected",    "held",    "incoming",
                                        "connected", "disconnected", "resumed", "disconnected" };

  set_up (&desk);
  for (guint i = 0; i < G_N_ELEMENTS (events); i++)
    tell (&desk, LITERAL, 1, events[i], FALSE);
  g_assert_cmpstr (desk.story->str, ==,
                   "+dialing connected held +incoming connected ended - connected ended - ");
}

/* -- everything that can happen on the way ----------------------------------------------------- */

#define STORY_MAX 64
#define ROUNDS 3000

typedef struct
{
  guint call;
  const char *event; /* interned */
} Request;

typedef struct
{
  Request requests[STORY_MAX];
  guint n;
} Story;

static void
add (Story *story, guint call, const char *event)
{
  if (story->n < STORY_MAX)
    story->requests[story->n++] = (Request){ call, g_intern_string (event) };
}

/* Up to three legal sequences, one shuffled into the other, each in its order. */
static void
tell_story (Story *story, guint n_stories)
{
  GStrv legal[3];
  guint at[3] = { 0 };
  guint left = n_stories;

  story->n = 0;
  for (guint i = 0; i < n_stories; i++)
    legal[i] = requests_of (rows[g_test_rand_int_range (0, G_N_ELEMENTS (rows))].requests,
                            (guint) g_test_rand_int_range (0, 4));
  while (left > 0)
    {
      guint i = (guint) g_test_rand_int_range (0, (int) n_stories);

      if (legal[i][at[i]] == NULL)
        continue;
      add (story, i + 1, legal[i][at[i]]);
      if (g_str_equal (legal[i][at[i]], "connected") && g_test_rand_int_range (0, 3) == 0)
        {
          add (story, i + 1, "held");
          add (story, i + 1, "resumed");
        }
      if (legal[i][++at[i]] == NULL)
        left--;
    }
  for (guint i = 0; i < n_stories; i++)
    g_strfreev (legal[i]);
}

/* Loses some, tells some twice, and lets some overtake others. */
static void
spoil (Story *story)
{
  Story spoilt = { .n = 0 };

  for (guint i = 0; i < story->n; i++)
    {
      guint fate = (guint) g_test_rand_int_range (0, 8);

      if (fate == 0)
        continue;
      add (&spoilt, story->requests[i].call, story->requests[i].event);
      if (fate == 1)
        add (&spoilt, story->requests[i].call, story->requests[i].event);
    }
  for (guint i = 0; i < spoilt.n / 3; i++)
    {
      guint a = (guint) g_test_rand_int_range (0, (int) spoilt.n);
      guint b = (guint) g_test_rand_int_range (0, (int) spoilt.n);
      Request moved = spoilt.requests[a];

      spoilt.requests[a] = spoilt.requests[b];
      spoilt.requests[b] = moved;
    }
  *story = spoilt;
}

/* Plays it in less than the ten seconds for which an ended call is remembered. */
static void
play (Desk *desk, const Story *story, Filling filling, gboolean ended[4])
{
  for (guint i = 0; i < story->n; i++)
    {
      const Request *request = &story->requests[i];

      tell (desk, filling, request->call, request->event, ended[request->call]);
      if (g_str_equal (request->event, "disconnected") || g_str_equal (request->event, "missed"))
        ended[request->call] = TRUE;
      oh_fake_clock_advance (desk->clock,
                             g_test_rand_int_range (0, (int) (10 * SECOND / STORY_MAX)));
    }
}

static void
assert_no_told_end_is_up (Desk *desk, const gboolean ended[4])
{
  g_autoptr (GPtrArray) calls = oh_call_list_dup_calls (desk->list);

  for (guint i = 0; i < calls->len; i++)
    {
      OhCall *call = g_ptr_array_index (calls, i);
      const char *handle = oh_call_get_handle (call); /* "3c1@192.0.2.50" */

      g_assert_nonnull (handle);
      g_assert_false (ended[handle[2] - '0'] && oh_call_get_state (call) != OH_CALL_ENDED);
    }
}

/* Whatever is lost, doubled or overtaken: a call whose end was told is over and stays over, and of
   the others none outlives its limit. */
static void
test_spoilt (gconstpointer data)
{
  Filling filling = GPOINTER_TO_UINT (data);

  for (guint round = 0; round < ROUNDS; round++)
    {
      g_auto (Desk) desk;
      Story story;
      gboolean ended[4] = { FALSE };

      set_up (&desk);
      tell_story (&story, (guint) g_test_rand_int_range (1, 4));
      spoil (&story);
      play (&desk, &story, filling, ended);
      if (filling < PARTIES)
        assert_no_told_end_is_up (&desk, ended);
      g_assert_false (desk.resurrected);
      oh_fake_clock_advance (desk.clock, LAST_LIMIT);
      g_assert_cmpuint (n_calls (&desk), ==, 0);
      g_assert_false (oh_call_list_get_busy (desk.list));
    }
}

/* A phone that starts anew ends every call, in whatever state, and the agent has none left. */
static void
test_restart (void)
{
  for (guint round = 0; round < ROUNDS / 10; round++)
    {
      g_auto (Desk) desk;
      Story story;
      gboolean ended[4] = { FALSE };

      set_up (&desk);
      tell_story (&story, 3);
      story.n = (guint) g_test_rand_int_range (0, (int) story.n);
      play (&desk, &story, NAMED, ended);
      tell (&desk, LITERAL, 1, "started", FALSE);
      g_assert_null (oh_call_list_find_up (desk.list, OH_PHONE (desk.phone)));
      oh_fake_clock_advance (desk.clock, 3 * SECOND);
      g_assert_cmpuint (n_calls (&desk), ==, 0);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/call-list-events/observed", test_observed);
  g_test_add_func ("/call-list-events/decline", test_decline);
  g_test_add_func ("/call-list-events/decline-limit", test_decline_limit);
  g_test_add_func ("/call-list-events/closed-limit", test_closed_limit);
  g_test_add_func ("/call-list-events/replayed", test_replayed);
  g_test_add_func ("/call-list-events/closed-parties", test_closed_parties);
  g_test_add_func ("/call-list-events/busy-untold", test_busy_untold);
  g_test_add_func ("/call-list-events/on-hook", test_on_hook);
  g_test_add_func ("/call-list-events/talked-out", test_talked_out);
  g_test_add_func ("/call-list-events/two-literal", test_two_literal);
  g_test_add_func ("/call-list-events/restart", test_restart);
  for (guint i = 0; i < N_FILLINGS; i++)
    {
      g_autofree char *name = g_strconcat ("/call-list-events/spoilt/", fillings[i], NULL);

      g_test_add_data_func (name, GUINT_TO_POINTER (i), test_spoilt);
    }
  return g_test_run ();
}
