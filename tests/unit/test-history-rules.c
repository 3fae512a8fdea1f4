/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "history-rules.h"

#define IN OH_CALL_DIRECTION_INCOMING
#define OUT OH_CALL_DIRECTION_OUTGOING
#define UNSEEN OH_CALL_DIRECTION_UNKNOWN

static void
test_judge (void)
{
  static const struct
  {
    OhHistoryEnd end; /* direction, answered, missed, told, lost, cause */
    OhHistoryOutcome outcome;
  } cases[] = {
    { { IN, TRUE, FALSE, TRUE, FALSE, OH_END_NOTHING }, OH_HISTORY_ANSWERED },
    { { IN, TRUE, FALSE, TRUE, TRUE, OH_END_NOTHING }, OH_HISTORY_ANSWERED },
    { { IN, FALSE, TRUE, TRUE, FALSE, OH_END_NOTHING }, OH_HISTORY_MISSED },
    { { IN, FALSE, TRUE, TRUE, FALSE, OH_END_ELSEWHERE }, OH_HISTORY_ELSEWHERE },
    { { IN, FALSE, FALSE, TRUE, FALSE, OH_END_ELSEWHERE }, OH_HISTORY_ELSEWHERE },
    { { IN, FALSE, FALSE, TRUE, FALSE, OH_END_GIVEN_UP }, OH_HISTORY_MISSED },
    { { IN, FALSE, FALSE, TRUE, FALSE, OH_END_NO_ANSWER }, OH_HISTORY_MISSED },
    { { IN, FALSE, FALSE, TRUE, FALSE, OH_END_NOTHING }, OH_HISTORY_REFUSED },
    { { IN, FALSE, FALSE, TRUE, FALSE, OH_END_BUSY }, OH_HISTORY_REFUSED },
    { { IN, FALSE, FALSE, TRUE, TRUE, OH_END_NOTHING }, OH_HISTORY_UNKNOWN },
    { { OUT, TRUE, FALSE, TRUE, FALSE, OH_END_NOTHING }, OH_HISTORY_ANSWERED },
    { { OUT, FALSE, FALSE, TRUE, FALSE, OH_END_NOTHING }, OH_HISTORY_CANCELLED },
    { { OUT, FALSE, FALSE, TRUE, FALSE, OH_END_GIVEN_UP }, OH_HISTORY_CANCELLED },
    { { OUT, FALSE, FALSE, TRUE, FALSE, OH_END_NO_ANSWER }, OH_HISTORY_CANCELLED },
    { { OUT, FALSE, FALSE, TRUE, FALSE, OH_END_BUSY }, OH_HISTORY_BUSY },
    { { OUT, FALSE, FALSE, TRUE, FALSE, OH_END_DECLINED }, OH_HISTORY_REFUSED },
    { { OUT, FALSE, FALSE, TRUE, FALSE, OH_END_FAILED }, OH_HISTORY_FAILED },
    { { OUT, FALSE, FALSE, FALSE, FALSE, OH_END_NOTHING }, OH_HISTORY_FAILED },
    { { OUT, FALSE, FALSE, FALSE, TRUE, OH_END_NOTHING }, OH_HISTORY_UNKNOWN },
    { { UNSEEN, FALSE, FALSE, TRUE, FALSE, OH_END_NOTHING }, OH_HISTORY_UNKNOWN },
    { { UNSEEN, TRUE, FALSE, TRUE, FALSE, OH_END_NOTHING }, OH_HISTORY_ANSWERED },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%" G_GSIZE_FORMAT, i);
      g_assert_cmpstr (oh_history_outcome_word (oh_history_judge (&cases[i].end)), ==,
                       oh_history_outcome_word (cases[i].outcome));
    }
}

static OhHistoryEntry *
entry (const char *number, const char *uri)
{
  OhHistoryEntry *self = oh_history_entry_new (IN, "desk", 1);

  g_free (self->number);
  g_free (self->uri);
  self->number = g_strdup (number);
  self->uri = g_strdup (uri);
  return self;
}

static void
test_same_party (void)
{
  static const struct
  {
    const char *number, *uri, *other, *other_uri;
    gboolean same;
  } cases[] = {
    { "+49303984711", "", "+49303984711", "", TRUE },
    { "+49303984711", "", "0303984711", "", TRUE }, /* one notation lacks the country */
    { "+49303984711", "", "+49303984712", "", FALSE },
    { "+49303984711", "", "4711", "", FALSE },                  /* whose extension? */
    { "+49303984711", "sip:bob@a", "4711", "sip:Bob@a", TRUE }, /* Bob's */
    { "+49303984711", "sip:bob@a", "4711", "sip:eve@a", FALSE },
    { "4711", "", "4711", "", TRUE },
    { "4711", "", "4712", "", FALSE },
    { "", "", "", "", FALSE }, /* two who do not want to be known */
    { "", "", "4711", "", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OhHistoryEntry) a = entry (cases[i].number, cases[i].uri);
      g_autoptr (OhHistoryEntry) b = entry (cases[i].other, cases[i].other_uri);

      g_test_message ("%s %s, %s %s", a->number, a->uri, b->number, b->uri);
      g_assert_cmpint (oh_history_same_party (a, b), ==, cases[i].same);
      g_assert_cmpint (oh_history_same_party (b, a), ==, cases[i].same);
    }
}

static void
test_may_settle (void)
{
  static const struct
  {
    OhCallDirection direction;
    gint64 answered_us;
    OhHistoryOutcome outcome;
    gboolean settles;
  } cases[] = {
    { OUT, 0, OH_HISTORY_ONGOING, FALSE },  { OUT, 5, OH_HISTORY_ONGOING, TRUE },
    { OUT, 5, OH_HISTORY_ANSWERED, TRUE },  { OUT, 0, OH_HISTORY_CANCELLED, TRUE },
    { OUT, 0, OH_HISTORY_BUSY, FALSE },     { OUT, 0, OH_HISTORY_REFUSED, FALSE },
    { OUT, 0, OH_HISTORY_FAILED, FALSE },   { OUT, 0, OH_HISTORY_UNKNOWN, FALSE },
    { IN, 5, OH_HISTORY_ONGOING, TRUE },    { IN, 5, OH_HISTORY_ANSWERED, TRUE },
    { IN, 0, OH_HISTORY_MISSED, FALSE },    { IN, 0, OH_HISTORY_REFUSED, FALSE },
    { IN, 0, OH_HISTORY_ELSEWHERE, FALSE }, { IN, 0, OH_HISTORY_CANCELLED, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (OhHistoryEntry) later = oh_history_entry_new (cases[i].direction, "desk", 1);

      later->answered_us = cases[i].answered_us;
      later->outcome = cases[i].outcome;
      g_test_message ("%" G_GSIZE_FORMAT, i);
      g_assert_cmpint (oh_history_may_settle (later), ==, cases[i].settles);
    }
}

static void
test_words (void)
{
  for (guint i = 0; i < OH_N_HISTORY_OUTCOMES; i++)
    g_assert_cmpuint (oh_history_outcome_from_word (oh_history_outcome_word (i)), ==, i);
  g_assert_cmpint (oh_history_outcome_from_word ("Missed"), ==, OH_HISTORY_UNKNOWN);
  g_assert_cmpint (oh_history_outcome_from_word (NULL), ==, OH_HISTORY_UNKNOWN);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/history-rules/judge", test_judge);
  g_test_add_func ("/history-rules/same-party", test_same_party);
  g_test_add_func ("/history-rules/may-settle", test_may_settle);
  g_test_add_func ("/history-rules/words", test_words);
  return g_test_run ();
}
