/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "end-cause.h"
#include "history-entry.h"

G_BEGIN_DECLS

/* What became of a call, and which call settles which: rules without memory. */

/**
 * OhHistoryEnd:
 * @direction: who called
 * @answered: people have talked
 * @missed: the phone says that it was missed
 * @told: the phone has told of it
 * @lost: the phone has gone out of reach, or was started anew: nobody saw the end
 * @cause: why it ended, as the phone put it
 *
 * What is known of a call that is over.
 */
typedef struct
{
  OhCallDirection direction;
  gboolean answered;
  gboolean missed;
  gboolean told;
  gboolean lost;
  OhEndCause cause;
} OhHistoryEnd;

/**
 * oh_history_judge:
 * @end: what is known
 *
 * An incoming call that its phone does not call missed was refused at the phone: phones tell of
 * every call that was missed.
 *
 * Returns: what became of the call, never ONGOING
 */
OhHistoryOutcome oh_history_judge (const OhHistoryEnd *end);

/**
 * oh_history_same_party:
 * @a: a call
 * @b: another
 *
 * The number in its canonical form, or the contact: an extension and the same person's direct
 * number have nothing else in common. A withheld number is nobody's.
 *
 * Returns: whether both were with the same
 */
gboolean oh_history_same_party (const OhHistoryEntry *a, const OhHistoryEntry *b);

/**
 * oh_history_may_settle:
 * @later: a call
 *
 * Whether missed calls of the same party that began before are settled by it: people have talked,
 * whoever called; or we called back and nobody answered, because then it is the other's turn. A
 * line that was busy and a call that could not be placed settle nothing.
 *
 * Returns: whether it settles any
 */
gboolean oh_history_may_settle (const OhHistoryEntry *later);

G_END_DECLS
