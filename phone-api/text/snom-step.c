/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "snom-step.h"

static gboolean
acts (OhSnomRequestKind kind)
{
  return kind == OH_SNOM_ONCE || kind == OH_SNOM_WRITE || kind == OH_SNOM_READ_OPTIONAL;
}

static OhSnomStep
after_answer (const OhSnomFacts *facts)
{
  switch (oh_snom_answer_judge (facts->status, facts->look, acts (facts->kind)))
    {
    case OH_SNOM_ANSWER_ACCEPTED: return OH_SNOM_STEP_TAKE;
    case OH_SNOM_ANSWER_LOGIN: return OH_SNOM_STEP_LOGIN;
    case OH_SNOM_ANSWER_LOCKED_OUT: return OH_SNOM_STEP_WAIT;
    case OH_SNOM_ANSWER_REFUSED: return OH_SNOM_STEP_REFUSED;
    case OH_SNOM_ANSWER_MOVED: return OH_SNOM_STEP_MOVED;
    case OH_SNOM_ANSWER_FOREIGN: return OH_SNOM_STEP_FOREIGN;
    case OH_SNOM_ANSWER_BROKEN:
    default: return OH_SNOM_STEP_ODD;
    }
}

static OhSnomStep
after_silence (const OhSnomFacts *facts)
{
  if (facts->distrusted)
    return OH_SNOM_STEP_DISTRUST;
  if (!facts->sent)
    return facts->cancelled ? OH_SNOM_STEP_CANCELLED : OH_SNOM_STEP_UNREACHED;
  if (facts->kind == OH_SNOM_ONCE)
    return OH_SNOM_STEP_UNKNOWN;
  if (facts->cancelled || facts->timed_out || facts->too_large || facts->repeated)
    return OH_SNOM_STEP_SILENT;
  return OH_SNOM_STEP_AGAIN;
}

OhSnomStep
oh_snom_step (const OhSnomFacts *facts)
{
  /* of a command the status line says it all, even when the page behind it breaks off */
  if (facts->status != 0 && (!facts->broken || facts->kind == OH_SNOM_ONCE))
    return after_answer (facts);
  return after_silence (facts);
}
