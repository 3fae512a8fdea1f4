/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "history-rules.h"

#include "number.h"

static OhHistoryOutcome
judge_incoming (const OhHistoryEnd *end)
{
  if (end->cause == OH_END_ELSEWHERE)
    return OH_HISTORY_ELSEWHERE; /* the phone may call that missed, too */
  if (end->missed || end->cause == OH_END_GIVEN_UP || end->cause == OH_END_NO_ANSWER)
    return OH_HISTORY_MISSED;
  return end->lost ? OH_HISTORY_UNKNOWN : OH_HISTORY_REFUSED;
}

static OhHistoryOutcome
judge_outgoing (const OhHistoryEnd *end)
{
  if (end->lost)
    return OH_HISTORY_UNKNOWN;
  if (!end->told)
    return OH_HISTORY_FAILED; /* the phone has never placed it */
  switch (end->cause)
    {
    case OH_END_BUSY: return OH_HISTORY_BUSY;
    case OH_END_DECLINED: return OH_HISTORY_REFUSED;
    case OH_END_FAILED: return OH_HISTORY_FAILED;
    case OH_END_NOTHING:
    case OH_END_ELSEWHERE:
    case OH_END_GIVEN_UP:
    case OH_END_NO_ANSWER:
    default: return OH_HISTORY_CANCELLED;
    }
}

OhHistoryOutcome
oh_history_judge (const OhHistoryEnd *end)
{
  if (end->answered)
    return OH_HISTORY_ANSWERED;
  switch (end->direction)
    {
    case OH_CALL_DIRECTION_INCOMING: return judge_incoming (end);
    case OH_CALL_DIRECTION_OUTGOING: return judge_outgoing (end);
    case OH_CALL_DIRECTION_UNKNOWN:
    default: return OH_HISTORY_UNKNOWN;
    }
}

gboolean
oh_history_same_party (const OhHistoryEntry *a, const OhHistoryEntry *b)
{
  if (a->uri[0] != '\0' && g_ascii_strcasecmp (a->uri, b->uri) == 0)
    return TRUE;
  return a->number[0] != '\0' && b->number[0] != '\0' && oh_number_same (a->number, b->number);
}

gboolean
oh_history_may_settle (const OhHistoryEntry *later)
{
  return later->answered_us != 0 ||
         (later->direction == OH_CALL_DIRECTION_OUTGOING && later->outcome == OH_HISTORY_CANCELLED);
}
